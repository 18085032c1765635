import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HotFolder } from '../../shared/hot-folder.ts';
import type { Job } from '../../shared/job.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

const folders = async () => (await floor.ask<{ items: HotFolder[] }>('GET', '/hot-folders')).body.items;
const codes = async (job: Job | undefined) => (await floor.history(job?.id ?? 0)).map((event) => event.code);

/** A second press with its own folder, and a rule of the first position that sends everything there. */
async function addPress(settings: Record<string, unknown> = {}): Promise<HotFolder> {
  const path = join(floor.places.hotFolders, 'press-2');
  await mkdir(path, { recursive: true });
  const folder = await floor.addFolder({ name: 'Press 2', path, takenAfterMs: 200, ...settings });
  await floor.ask('POST', '/rules', { name: 'All to 2', position: 0, hotFolderId: folder.id });
  return folder;
}

describe('what becomes of a delivered file', () => {
  it('taken away by the printer: InProduction', async () => {
    await floor.drop('1-1 a.pdf', pdfBytes(1));
    await floor.untilStatus('1-1', 'InHotFolder');
    await rename(join(floor.press, '1-1 a.pdf'), join(floor.places.work, 'a.pdf'));
    const job = await floor.untilStatus('1-1', 'InProduction');
    expect((await floor.history(job.id)).at(-1)?.actor).toBe('printer press-1');
  });

  it('moved to done: Printed; moved to failed: attention with what the printer wrote', async () => {
    const { path } = await addPress({ outcome: { kind: 'named', done: 'done', failed: 'failed' } });
    await floor.drop('1-1 a.pdf', pdfBytes(1));
    await floor.drop('1-2 b.pdf', pdfBytes(2));
    await floor.untilStatus('1-1', 'InHotFolder');
    await floor.untilStatus('1-2', 'InHotFolder');
    for (const name of ['done', 'failed']) await mkdir(join(path, name));
    await writeFile(join(path, 'failed', '1-2 b.txt'), 'Font Helvetica-Neue is missing on page 3');
    await rename(join(path, '1-1 a.pdf'), join(path, 'done', '1-1 a.pdf'));
    await rename(join(path, '1-2 b.pdf'), join(path, 'failed', '1-2 b.pdf'));
    await floor.untilStatus('1-1', 'Printed');
    const refused = await until(async () => {
      const found = await floor.job('1-2');
      return found?.attention.length === 1 ? found : null;
    }, 'the refusal is shown');
    expect(refused.attention[0]).toMatchObject({ code: 'PrinterRefused', raw: 'Font Helvetica-Neue is missing on page 3' });
  });

  it('still lying there: attention, which ends when the printer takes it after all', async () => {
    await floor.drop('1-1 a.pdf', pdfBytes(1));
    await until(async () => (await floor.job('1-1'))?.attention[0]?.code === 'StillLyingThere', 'it lies too long', 20_000);
    await rm(join(floor.press, '1-1 a.pdf'));
    const job = await floor.untilStatus('1-1', 'InProduction');
    expect(job.attention).toEqual([]);
  });
});

describe('routing', () => {
  it('waits with attention where no rule fits, and goes on when one does', async () => {
    await floor.ask('DELETE', `/rules/${(await floor.rules())[0]?.id}`);
    await floor.drop('1-1 a.pdf', pdfBytes(1));
    await until(async () => (await floor.job('1-1'))?.attention[0]?.code === 'NoRuleFits', 'it says that no rule fits');
    expect(await filesBelow(floor.press)).toEqual({});
    await floor.ask('POST', '/rules', { name: 'All', hotFolderId: 1 });
    const job = await floor.untilStatus('1-1', 'InHotFolder');
    expect(job.attention).toEqual([]);
  });

  it('sends by product and quantity, and where a rule says so without a hot folder', async () => {
    const press = await addPress();
    const [, all] = await floor.rules();
    await floor.ask('PATCH', `/rules/${all?.id}`, { conditions: { product: ['poster*'], quantityFrom: 10 } });
    await floor.ask('PATCH', `/rules/${(await floor.rules()).find((rule) => rule.hotFolderId === press.id)?.id}`, {
      conditions: { product: ['card*'] },
    });
    await floor.ask('POST', '/rules', { name: 'Hand work', position: 500, hotFolderId: null, conditions: { product: ['Engraving'] } });
    for (const [order, product, quantity] of [
      ['1', 'Cards', 1],
      ['2', 'Poster A1', 10],
      ['3', 'Poster A1', 9],
      ['4', 'Engraving', 1],
    ] as const) {
      await floor.ask('POST', '/jobs', { order, product, quantity, files: [`${order}.pdf`] });
      await floor.drop(`${order}.pdf`, pdfBytes(Number(order)));
    }
    expect((await floor.untilStatus('1-1', 'InHotFolder')).hotFolder).toBe('Press 2');
    expect((await floor.untilStatus('2-1', 'InHotFolder')).hotFolder).toBe('press-1');
    await until(async () => (await floor.job('3-1'))?.attention[0]?.code === 'NoRuleFits', 'nine posters fit no rule');
    const skipped = await floor.untilStatus('4-1', 'CopyToHotFolderSkipped');
    expect((await floor.history(skipped.id)).at(-1)?.data).toMatchObject({ reasonCode: 'NoHotFolderByRule', rule: 'Hand work' });
  });

  it('checks the name that a web-to-print system needs before it copies', async () => {
    const { id, path } = await addPress({ contract: true });
    await floor.drop('P_55_1_card.pdf', pdfBytes(1));
    await floor.untilStatus('55-1', 'InHotFolder');
    await floor.drop('56-1 card.pdf', pdfBytes(2));
    await until(async () => (await floor.job('56-1'))?.attention[0]?.code === 'NameContract', 'it says who will not learn about it');
    expect(Object.keys(await filesBelow(path))).toEqual(['P_55_1_card.pdf']);
    await floor.ask('PATCH', `/hot-folders/${id}`, { template: 'p_{order}_{job}_{name}' });
    await floor.untilStatus('56-1', 'InHotFolder');
    expect(Object.keys(await filesBelow(path)).sort()).toEqual(['P_55_1_card.pdf', 'p_56_1_56-1 card.pdf']);
  });

  it('keeps to the capacity of a folder', async () => {
    const { path } = await addPress({ capacity: 2 });
    for (let job = 1; job <= 5; job++) await floor.drop(`1-${job} a.pdf`, pdfBytes(job));
    const taken: string[] = [];
    while (taken.length < 5) {
      const lying = await until(async () => {
        const names = Object.keys(await filesBelow(path));
        return names.length > 0 ? names : null;
      }, 'files lie there');
      expect(lying.length).toBeLessThanOrEqual(2);
      for (const name of lying) {
        await rm(join(path, name));
        taken.push(name);
      }
    }
    expect(new Set(taken).size).toBe(5);
  });
});

describe('a person', () => {
  it('sends again with a reason, counted; the same action id does it once', async () => {
    await floor.drop('1-1 a.pdf', pdfBytes(1));
    const job = await floor.untilStatus('1-1', 'InHotFolder');
    await rm(join(floor.press, '1-1 a.pdf'));
    await floor.untilStatus('1-1', 'InProduction');
    expect((await floor.ask('POST', `/jobs/${job.id}/deliver`, { actionId: 'again-0001' })).status).toBe(400);
    for (let turn = 0; turn < 3; turn++)
      expect((await floor.ask('POST', `/jobs/${job.id}/deliver`, { reason: 'paper jam', actionId: 'again-0001' })).status).toBe(200);
    await until(
      async () => (await codes(await floor.job('1-1'))).filter((code) => code === 'InHotFolder').length === 2,
      'it is delivered again',
    );
    const again = await floor.job('1-1');
    expect(again?.deliveries.map((delivery) => delivery.send)).toEqual([1, 2]);
  });

  it('blocks a job: nothing goes to the printer until it is released', async () => {
    await floor.ask('PATCH', '/hot-folders/1', { paused: true });
    await floor.drop('1-1 a.pdf', pdfBytes(1));
    const job = await floor.untilStatus('1-1', 'OutputCreated');
    const blocked = await floor.ask<{ event: { seq: number } }>('POST', `/jobs/${job.id}/status`, {
      code: 'Blocked',
      reason: 'wrong paper',
      actionId: 'block-0001',
    });
    await floor.ask('PATCH', '/hot-folders/1', { paused: false });
    await floor.drop('1-2 b.pdf', pdfBytes(2));
    await floor.untilStatus('1-2', 'InHotFolder');
    expect(Object.keys(await filesBelow(floor.press))).toEqual(['1-2 b.pdf']);
    expect((await floor.ask('POST', `/jobs/${job.id}/deliver`, { reason: 'go', actionId: 'send-0001' })).status).toBe(422);
    await floor.ask('POST', `/jobs/${job.id}/undo`, { seq: blocked.body.event.seq, actionId: 'release-0001' });
    await floor.untilStatus('1-1', 'InHotFolder');
  });
});

describe('files of other programs in a hot folder', () => {
  it('are on record for the job their name names, known or new; others are shown and left alone', async () => {
    await floor.ask('POST', '/jobs', { order: '70', job: '1', title: 'Known' });
    await writeFile(join(floor.press, 'P_70_1_x.pdf'), pdfBytes(1));
    await writeFile(join(floor.press, 'd_71_3_x.pdf'), pdfBytes(2));
    await writeFile(join(floor.press, 'whatever.pdf'), pdfBytes(3));
    const known = await floor.untilStatus('70-1', 'InHotFolder');
    await floor.untilStatus('71-3', 'InHotFolder');
    expect(known.title).toBe('Known');
    await until(async () => (await folders())[0]?.unknownFiles.join() === 'whatever.pdf', 'the unknown file is shown');
    await floor.restart();
    await floor.drop('9-9 a.pdf', pdfBytes(9));
    await floor.untilStatus('9-9', 'InHotFolder');
    expect((await codes(known)).filter((code) => code === 'InHotFolder')).toHaveLength(1);
    expect(Object.keys(await filesBelow(floor.press))).toHaveLength(4);
  });
});

describe('two jobs and one name', () => {
  it('never replace each other: the second gets its number', async () => {
    await floor.drop('flyer.pdf', pdfBytes(1));
    await until(async () => (await floor.jobs())[0]?.status === 'InHotFolder', 'the first lies there');
    await floor.drop('flyer.pdf', pdfBytes(2));
    const files = await until(async () => {
      const found = await filesBelow(floor.press);
      return Object.keys(found).length === 2 ? found : null;
    }, 'both lie there');
    expect(files['flyer.pdf']).toBe(pdfBytes(1).toString('latin1'));
  });
});

describe('a hot folder that goes away', () => {
  it('is in trouble, fails no job, and goes on by itself when it is back', async () => {
    await rename(floor.press, `${floor.press}-away`);
    await floor.drop('1-1 a.pdf', pdfBytes(1));
    await until(async () => (await folders())[0]?.state === 'trouble', 'the folder is in trouble', 20_000);
    expect((await floor.untilStatus('1-1', 'OutputCreated')).attention).toEqual([]);
    await rename(`${floor.press}-away`, floor.press);
    await floor.untilStatus('1-1', 'InHotFolder');
    await until(async () => (await folders())[0]?.state === 'ready', 'the folder is ready');
    expect((await codes(await floor.job('1-1'))).filter((code) => code === 'CopyToHotFolderFailed')).toEqual([]);
  });
});

describe('before a hot folder is saved', () => {
  it('it is probed: a missing one is refused with the reason, a good one shows its health', async () => {
    const refused = await floor.ask<{ code: string; message: string; whatToDo: string }>('POST', '/hot-folders', {
      name: 'Nowhere',
      path: join(floor.dataPath, 'nowhere'),
    });
    expect(refused.status).toBe(422);
    expect(refused.body.message).toContain('cannot be found');
    const good = await addPress();
    expect(good.health).toMatchObject({ ok: true, reasonCode: null });
    expect(good.health?.steps.map((step) => [step.step, step.ok])).toEqual(
      ['find', 'marker', 'write', 'readBack', 'rename', 'noReplace', 'delete', 'space', 'clock'].map((step) => [step, true]),
    );
    expect((await floor.ask('POST', '/hot-folders', { name: 'Twice', path: good.path })).status).toBe(409);
    await chmod(good.path, 0o755);
    expect(await readFile(join(floor.dataPath, 'admin-token'), 'utf8')).toMatch(/^\S{43}\n?$/);
  });
});
