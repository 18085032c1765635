/** Somebody changes a print file at the worst moments: between its hash and its filing, and through an open file after it. */
import { closeSync, mkdirSync, openSync, renameSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';
import { type Moment, meddleAt } from './meddled-disk.ts';

let floor: Floor;
let moment: Moment | null = null;
let meddledWith = () => false;
beforeEach(async () => {
  moment = null;
  const { fork, done } = meddleAt(() => moment);
  meddledWith = done;
  floor = await openFloor(fork);
});
afterEach(() => floor.close());

const name = '1-1 Poster.pdf';
const old = pdfBytes(1, 2_000_000);
const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const path = () => join(floor.places.incoming, name);

/** Large files are hashed after they were seen to be complete. */
const beforeHash = (act: () => void): Moment => ({
  when: 'before',
  is: ({ call, args }) => call === 'inspect' && args[1] === Number.MAX_SAFE_INTEGER,
  act,
});
/** Of this very file: another one may be filed first. */
const isFilingOf = (filePath: string): Moment['is'] => {
  return ({ call, args }) => call === 'moveFile' && args[0] === filePath;
};
const beforeFiling = (act: () => void, filePath = path()): Moment => ({ when: 'before', is: isFilingOf(filePath), act });
const afterFiling = (act: () => void): Moment => ({ when: 'after', is: isFilingOf(path()), act });

const meddlings: Record<string, { readonly next: Buffer; readonly act: (next: Buffer) => void }> = {
  'is replaced': {
    next: pdfBytes(2, 2_000_000),
    act: (next) => {
      writeFileSync(`${path()}.part`, next);
      renameSync(`${path()}.part`, path());
    },
  },
  'is edited in place': { next: pdfBytes(3, 2_000_000), act: (next) => writeFileSync(path(), next, { flag: 'r+' }) },
  grows: { next: pdfBytes(4, 3_000_000), act: (next) => writeFileSync(path(), next, { flag: 'r+' }) },
  shrinks: {
    next: pdfBytes(5, 1_000_000),
    act: (next) => {
      truncateSync(path(), next.length);
      writeFileSync(path(), next, { flag: 'r+' });
    },
  },
};

async function expectNewIsPrinted(next: Buffer): Promise<void> {
  // Not before: another delivery wakes the hot folder's loop, which may send this file ahead of its filing, while it is still the old one.
  await until(async () => meddledWith(), 'somebody changed it');
  await floor.drop('2-1 Afterwards.pdf', pdfBytes(9));
  await floor.untilStatus('2-1', 'InHotFolder');
  const job = await until(
    async () => {
      const found = await floor.job('1-1');
      return found?.status === 'InHotFolder' ? found : null;
    },
    'the new content lies in the hot folder',
    10_000,
  );
  expect((await filesBelow(floor.press))[name]).toBe(latin(next));
  expect(job.attention).toEqual([]);
  expect(job.files.filter((file) => file.current).map((file) => file.size)).toEqual([next.length]);
  expect((await floor.history(job.id)).filter((event) => event.code === 'InHotFolder')).toHaveLength(1);
  await until(
    async () => Object.values(await filesBelow(floor.places.archive)).filter((content) => content === latin(next)).length === 1,
    'the new content is in the archive, and that once',
  );
}

describe.each(Object.entries(meddlings))('a file that %s', (_what, { next, act }) => {
  it('before it is hashed is taken as what it has become', async () => {
    moment = beforeHash(() => act(next));
    await floor.drop(name, old);
    await expectNewIsPrinted(next);
    expect((await floor.job('1-1'))?.files).toHaveLength(1);
  });

  it('between its hash and its filing becomes the next version, and the old one is sent nowhere', async () => {
    moment = beforeFiling(() => act(next));
    await floor.drop(name, old);
    await expectNewIsPrinted(next);
    expect((await floor.job('1-1'))?.deliveries.map((delivery) => delivery.state).sort()).toEqual(['cancelled', 'delivered']);
  });
});

it('what is written through an open file after the filing comes back as the next version', async () => {
  const next = pdfBytes(6, 2_000_000);
  writeFileSync(path(), old);
  const held = openSync(path(), 'r+');
  moment = afterFiling(() => {
    writeSync(held, next, 0, next.length, 0);
    closeSync(held);
  });
  await expectNewIsPrinted(next);
});

describe('a file that is deleted between its hash and its filing', () => {
  const vanish = async () => {
    moment = beforeFiling(() => rmSync(path()));
    await floor.drop(name, old);
    return await until(async () => {
      const job = await floor.job('1-1');
      return job?.deliveries[0]?.state === 'failed' ? job : null;
    }, 'the delivery is given up');
  };

  it('is said to be gone at once, and not to be filed', async () => {
    expect((await vanish()).deliveries[0]?.reasonCode).toBe('SourceMissing');
    expect(await filesBelow(floor.places.archive)).toEqual({});
    await floor.restart();
    expect((await floor.job('1-1'))?.deliveries[0]?.reasonCode).toBe('SourceMissing');
  });

  it.each([name, '1-1 Poster again.pdf'])('goes on when it comes again as %s', async (again) => {
    await vanish();
    await floor.drop(again, old);
    const job = await floor.untilStatus('1-1', 'InHotFolder');
    expect(job.attention).toEqual([]);
    expect(await filesBelow(floor.press)).toEqual({ [name]: latin(old) });
    await until(async () => Object.values(await filesBelow(floor.places.archive)).join() === latin(old), 'it is filed');
  });

  it('goes where its hot folder is by then', async () => {
    await vanish();
    const moved = join(floor.places.hotFolders, 'press-1 moved');
    mkdirSync(moved);
    const { items } = (await floor.ask<{ items: { id: number }[] }>('GET', '/hot-folders')).body;
    await floor.ask('PATCH', `/hot-folders/${items[0]?.id}`, { path: moved });
    await floor.drop(name, old);
    await floor.untilStatus('1-1', 'InHotFolder');
    expect(await filesBelow(moved)).toEqual({ [name]: latin(old) });
  });
});

it('a ticket that is corrected while it is filed is read again', async () => {
  const ticket = (title: string) => JSON.stringify({ order: '3', job: '1', title, files: ['a.pdf'] });
  const ticketPath = join(floor.places.incoming, 't.json');
  moment = beforeFiling(() => writeFileSync(ticketPath, ticket('Corrected title')), ticketPath);
  await floor.drop('t.json', ticket('Title'));
  await until(async () => (await floor.job('3-1'))?.title === 'Corrected title', 'the correction is on record', 10_000);
});
