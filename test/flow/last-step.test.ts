/** A delivery that gets stuck in its last step: it ends, it is told, and it never goes out after somebody said otherwise. */
import { copyFile, link, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HotFolder } from '../../shared/hot-folder.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Failing, failWhere } from './failing-disk.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
let failing: Failing = () => null;
let other: HotFolder;
let actions = 0;
beforeEach(async () => {
  failing = () => null;
  floor = await openFloor(failWhere(() => failing));
  const path = join(floor.dataPath, 'other', 'press');
  await mkdir(path, { recursive: true });
  other = await floor.addFolder({ name: 'Press 2', path });
});
afterEach(() => floor.close());

const name = '1-1 a.pdf';
const lastStep =
  (code: string): Failing =>
  ({ call, args }) =>
    call === 'publish' && `${args[1]}`.endsWith(name) ? code : null;
const delivery = async () => (await floor.job('1-1'))?.deliveries[0];
const say = async (what: object) => floor.ask<{ event: { seq: number } }>('POST', `/jobs/${(await floor.job('1-1'))?.id}/status`, what);
const copies = async () => (await readdir(join(floor.places.hotFolders, '.printfloor-staging'))).filter((file) => file.endsWith('.part'));

/** The last step fails as a share does that went away for a moment: the delivery stays in it. */
async function stuck(): Promise<void> {
  failing = lastStep('EBUSY');
  await floor.drop(name, pdfBytes(1));
  await until(
    async () => (await delivery())?.state === 'publishing' && ((await delivery())?.tries ?? 0) > 0,
    'it is stuck in its last step',
  );
}

/** Another file goes the same way after it. */
async function another(number: string): Promise<void> {
  await floor.drop(`${number} other.pdf`, pdfBytes(50));
  await floor.untilStatus(number, 'InHotFolder');
}

describe('a delivery stuck in its last step', () => {
  it('goes out when the trouble ends', async () => {
    await stuck();
    failing = () => null;
    const job = await floor.untilStatus('1-1', 'InHotFolder');
    expect((await floor.history(job.id)).filter(({ code }) => code === 'InHotFolder')).toHaveLength(1);
    expect(await copies()).toEqual([]);
  });

  it('does not go out on the old press after the job was sent to another', async () => {
    await stuck();
    const job = await floor.job('1-1');
    expect(
      (await floor.ask('POST', `/jobs/${job?.id}/deliver`, { reason: 'press 1 is down', hotFolderId: other.id, actionId: 'route-1' }))
        .status,
    ).toBe(200);
    failing = () => null;
    await floor.untilStatus('1-1', 'InHotFolder');
    await until(async () => (await delivery())?.state === 'cancelled', 'the old one is cancelled');
    await another('2-1');
    expect(Object.keys(await filesBelow(floor.press))).toEqual(['2-1 other.pdf']);
    expect(Object.keys(await filesBelow(other.path))).toEqual([name]);
    expect(await copies()).toEqual([]);
    expect((await floor.job('1-1'))?.attention).toEqual([]);
  });

  it('does not go out after the job was blocked, and goes when it is released', async () => {
    await stuck();
    const blocked = await say({ code: 'Blocked', reason: 'wrong paper', actionId: 'block-1' });
    failing = () => null;
    await until(async () => (await delivery())?.state === 'waiting', 'it waits');
    await another('2-1');
    expect(Object.keys(await filesBelow(floor.press))).toEqual(['2-1 other.pdf']);
    expect(await copies()).toEqual([]);
    await floor.ask('POST', `/jobs/${(await floor.job('1-1'))?.id}/undo`, { seq: blocked.body.event.seq, actionId: 'release-1' });
    await floor.untilStatus('1-1', 'InHotFolder');
  });

  it('does not go out after the job was rejected', async () => {
    await stuck();
    await say({ code: 'Rejected', reason: 'wrong logo', actionId: 'reject-1' });
    failing = () => null;
    await another('2-1');
    await until(async () => (await copies()).length === 0, 'its copy is gone');
    expect(Object.keys(await filesBelow(floor.press))).toEqual(['2-1 other.pdf']);
  });

  it('and cancelled too late is found where it lies, and a person is told', async () => {
    // The link was made, and the answer got lost.
    failing = ({ call, args }) =>
      call === 'lookAtHandOver' && `${args[1]}`.endsWith(name) ? 'EBUSY' : lastStep('EBUSY')({ id: 0, call, args });
    await floor.drop(name, pdfBytes(1));
    await until(async () => ((await delivery())?.tries ?? 0) > 0, 'it is stuck in its last step');
    const [copy = ''] = await copies();
    await link(join(floor.places.hotFolders, '.printfloor-staging', copy), join(floor.press, name));
    const job = await floor.job('1-1');
    await floor.ask('POST', `/jobs/${job?.id}/deliver`, { reason: 'press 1 is down', hotFolderId: other.id, actionId: 'route-1' });
    failing = () => null;
    await until(async () => (await floor.job('1-1'))?.attention.some(({ code }) => code === 'WentOutAnyway'), 'a person is told');
    expect((await delivery())?.state).toBe('delivered');
  });
});

describe('a file sent again while its first copy is in its last step', () => {
  const route = async (more: object = {}) =>
    floor.ask<{ rule?: string; mayInsist?: boolean }>('POST', `/jobs/${(await floor.job('1-1'))?.id}/deliver`, {
      reason: 'press 1 is down',
      hotFolderId: other.id,
      actionId: `again-${actions++}-x`,
      ...more,
    });
  const states = async () => (await floor.job('1-1'))?.deliveries.map(({ state }) => state).join();
  const inOther = async () => Object.keys(await filesBelow(other.path));
  /** The copy has got its name, the answer was lost, and the share lets nobody look. */
  async function wentOutUnseen(): Promise<void> {
    failing = ({ call, args }) =>
      (call === 'lookAtHandOver' || call === 'publish') && args[1] === join(floor.press, name) ? 'EBUSY' : null;
    await floor.drop(name, pdfBytes(1));
    await until(async () => ((await delivery())?.tries ?? 0) > 0, 'it is stuck in its last step');
    const [copy = ''] = await copies();
    await link(join(floor.places.hotFolders, '.printfloor-staging', copy), join(floor.press, name));
  }

  it('is not printed twice: the second waits, and stays when the first is found to have gone out', async () => {
    await wentOutUnseen();
    expect((await route()).status).toBe(200);
    await another('2-1');
    expect(await states()).toBe('withdrawing,waiting');
    expect(await inOther()).toEqual([]);
    expect((await floor.job('1-1'))?.deliveries[1]?.reasonCode).toBe('WaitsForFirst');
    failing = () => null;
    await until(async () => (await states()) === 'delivered,cancelled', 'the first is found, the second is not sent');
    expect((await floor.job('1-1'))?.attention.map(({ code }) => code)).toEqual(['WentOutAnyway']);
    await rm(join(floor.press, name));
    await until(async () => (await states()) === 'taken,cancelled', 'the printer took it');
    expect(await inOther()).toEqual([]);
  });

  it('goes to the other press once it is known that the first did not go out', async () => {
    await stuck();
    expect((await route()).status).toBe(200);
    failing = () => null;
    await until(async () => (await states()) === 'cancelled,delivered', 'the second went');
    expect(await inOther()).toEqual([name]);
  });

  it('is sent at once to whoever says a second time that it may come out twice', async () => {
    await wentOutUnseen();
    await route();
    const refused = await route();
    expect([refused.status, refused.body.rule, refused.body.mayInsist]).toEqual([422, 'sendUnclear', true]);
    expect((await route({ force: true })).status).toBe(200);
    await until(async () => (await states()) === 'withdrawing,cancelled,delivered', 'it lies at the other press');
    failing = () => null;
    await until(async () => (await states()) === 'delivered,cancelled,delivered', 'the first is found');
    expect((await floor.job('1-1'))?.attention.map(({ code }) => code)).toEqual(['WentOutAnyway']);
  });

  it('still waits after the hub was started anew', async () => {
    await wentOutUnseen();
    await route();
    await floor.restart();
    await another('2-1');
    expect(await states()).toBe('withdrawing,waiting');
    expect(await inOther()).toEqual([]);
    failing = () => null;
    await until(async () => (await states()) === 'delivered,cancelled', 'the first is found');
  });
});

it('a delivery in its last step is not printed by the file of another that the printer showed meanwhile', async () => {
  const inPress = (...path: string[]) => join(floor.press, ...path);
  for (const path of ['Done', 'Failed']) await mkdir(inPress(path));
  await floor.ask('PATCH', '/hot-folders/1', { outcome: { kind: 'named', done: 'Done', failed: 'Failed' } });
  await floor.drop('2-1 first.pdf', pdfBytes(1));
  await floor.untilStatus('2-1', 'InHotFolder');
  await stuck();
  await copyFile(inPress('2-1 first.pdf'), inPress('Done', 'job 0001.pdf'));
  await rm(inPress('2-1 first.pdf'));
  await floor.untilStatus('2-1', 'Printed');
  failing = () => null;
  await floor.untilStatus('1-1', 'InHotFolder');
  await another('3-1');
  await rm(inPress('3-1 other.pdf'));
  await floor.untilStatus('3-1', 'InProduction');
  expect((await floor.job('1-1'))?.status).toBe('InHotFolder');
});

it('a file that was being copied when its hot folder was paused does not go out, and goes when it is started again', async () => {
  let goOn: (code: null) => void = () => undefined;
  let isDropped = false;
  const copying = new Promise<void>((resolve) => {
    failing = ({ call, args }) => {
      if (call === 'removeFile' && `${args[0]}`.endsWith('.part')) isDropped = true;
      if (call !== 'copyVerified') return null;
      resolve();
      return new Promise((answer) => {
        goOn = answer;
      });
    };
  });
  await floor.drop(name, pdfBytes(1));
  await copying;
  await floor.ask('PATCH', '/hot-folders/1', { paused: true });
  goOn(null);
  await until(async () => isDropped || (await delivery())?.state === 'delivered', 'its copy is made, and its end is known');
  expect(await filesBelow(floor.press)).toEqual({});
  expect((await delivery())?.state).toBe('waiting');
  failing = () => null;
  await floor.ask('PATCH', '/hot-folders/1', { paused: false });
  await floor.untilStatus('1-1', 'InHotFolder');
});

describe('its verified copy', () => {
  /** What the record says of the delivery at the moment its copy is removed. */
  const saidThen: string[] = [];
  const noting =
    (also: Failing): Failing =>
    (request) => {
      if (request.call === 'removeFile' && `${request.args[0]}`.endsWith('.part')) {
        const record = new Database(floor.places.database, { readonly: true });
        saidThen.push(record.prepare<[], { state: string }>('select state from delivery where id = 1').get()?.state ?? 'none');
        record.close();
      }
      return also(request);
    };
  beforeEach(() => {
    saidThen.length = 0;
  });

  it('goes only after the record says that it was not handed over: dying in between loses nothing', async () => {
    await stuck();
    await say({ code: 'Blocked', reason: 'wrong paper', actionId: 'block-2' });
    failing = noting(() => null);
    await until(async () => saidThen.length > 0, 'its copy is removed');
    expect(saidThen).toEqual(['waiting']);
  });

  it.each(['EINVAL', 'EFBIG', 'ENAMETOOLONG'])(
    'and a job sent elsewhere while the last step fails for good with %s: the old one is over, and never said to lie there',
    async (code) => {
      let fail: (code: string) => void = () => undefined;
      const begun = new Promise<void>((resolve) => {
        failing = noting((request) => {
          if (lastStep(code)(request) === null) return null;
          resolve();
          return new Promise((answer) => {
            fail = answer;
          });
        });
      });
      await floor.drop(name, pdfBytes(1));
      await begun;
      const job = await floor.job('1-1');
      failing = noting(() => null);
      await floor.ask('POST', `/jobs/${job?.id}/deliver`, { reason: 'press 1 is down', hotFolderId: other.id, actionId: 'route-2' });
      expect((await delivery())?.state).toBe('withdrawing');
      fail(code);
      const { id } = await floor.untilStatus('1-1', 'InHotFolder');
      await until(async () => (await delivery())?.state === 'cancelled', 'the old one is over');
      await until(async () => saidThen.length > 0, 'its copy is removed');
      expect(saidThen[0]).toBe('cancelled');
      expect((await floor.history(id)).filter((event) => event.code === 'InHotFolder')).toHaveLength(1);
    },
  );
});

describe('a fault in the last step that stays', () => {
  it.each([
    ['ENAMETOOLONG', 'NameTooLong', 5000],
    ['EISDIR', 'UnknownError', 30_000],
  ])('%s ends with attention %s in %i ms, and leaves no copy', async (code, reasonCode, ms) => {
    failing = lastStep(code);
    await floor.drop(name, pdfBytes(1));
    const job = await until(
      async () => {
        const found = await floor.job('1-1');
        return found?.status === 'CopyToHotFolderFailed' ? found : null;
      },
      'it failed in words',
      ms,
    );
    expect(job.deliveries[0]).toMatchObject({ state: 'failed', reasonCode });
    expect(job.attention.map((item) => item.reasonCode)).toEqual([reasonCode]);
    await until(async () => (await copies()).length === 0, 'the copy is gone');
    failing = () => null;
    await floor.ask('POST', `/jobs/${job.id}/deliver`, { reason: 'mended', actionId: 'again-0001' });
    await floor.untilStatus('1-1', 'InHotFolder');
  });

  it('names too long for an encrypted share are cut, and what tells them apart stays', async () => {
    failing = ({ call, args }) =>
      call === 'publish' && Buffer.byteLength(`${args[1]}`.slice(floor.press.length + 1)) > 143 ? 'ENAMETOOLONG' : null;
    const names = [1, 2].map((page) => `1-${page} ${'Brochüre '.repeat(17)}Seite ${page}.pdf`);
    for (const [index, one] of names.entries()) await floor.drop(one, pdfBytes(index + 1));
    for (const number of ['1-1', '1-2']) expect((await floor.untilStatus(number, 'InHotFolder')).attention).toEqual([]);
    const lying = Object.keys(await filesBelow(floor.press));
    expect(lying).toHaveLength(2);
    for (const one of lying) expect(Buffer.byteLength(one)).toBeLessThanOrEqual(143);
    await until(async () => (await copies()).length === 0, 'the copies are gone');
  });

  it('of a job that is sent again is no delivery, though the file of the first time still lies there', async () => {
    await floor.drop(name, pdfBytes(1));
    const job = await floor.untilStatus('1-1', 'InHotFolder');
    failing = lastStep('EBUSY');
    await floor.ask('POST', `/jobs/${job.id}/deliver`, { reason: 'once more', actionId: 'again-0002', force: true });
    await until(async () => ((await floor.job('1-1'))?.deliveries[1]?.tries ?? 0) > 1, 'it was tried');
    expect((await floor.job('1-1'))?.deliveries[1]?.state).toBe('publishing');
    failing = () => null;
    await rm(join(floor.press, name));
    await until(async () => (await floor.job('1-1'))?.deliveries[1]?.state === 'delivered', 'it went out');
    expect((await floor.history(job.id)).filter(({ code }) => code === 'InHotFolder')).toHaveLength(2);
  });

  it('a name that another file has is told within half a minute, and taken by itself once it is free', async () => {
    // Its name names no job: it is nobody's.
    const nobodys = 'Flyer.pdf';
    await writeFile(join(floor.press, nobodys), 'not ours');
    await floor.drop(nobodys, pdfBytes(1));
    const job = await until(
      async () => {
        const [found] = await floor.jobs();
        return found?.attention.some((item) => item.code === 'NameTaken') ? found : null;
      },
      'a person is told',
      30_000,
    );
    expect(job.deliveries[0]?.state).toBe('waiting');
    expect((await floor.history(job.id)).filter((event) => event.data['problem'] === 'NameTaken')).toHaveLength(1);
    await rm(join(floor.press, nobodys));
    const sent = await until(
      async () => {
        const [found] = await floor.jobs();
        return found?.deliveries[0]?.state === 'delivered' ? found : null;
      },
      'it goes out',
      20_000,
    );
    expect(sent.attention).toEqual([]);
  });
});
