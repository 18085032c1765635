/** A folder with more tickets of its order than are looked at: what a file's name says there still finds its job, and nothing is guessed. */
import { expect, it } from 'vitest';
import { gatherForFile, isExpected } from '../../../electron/hub/flow/whose.ts';
import { matchFile } from '../../../electron/hub/intake/match.ts';
import { addJob, newFile, noon, openFresh } from '../store/fresh-store.ts';

const folderPath = '/incoming/x';

it('finds the one of thirty jobs that a file in their folder is for', async () => {
  const store = await openFresh();
  const settings = { ...(await store.read.settings()), incoming: [{ path: '/incoming', location: 'local' as const }] };
  const floor = { rules: [], hotFolders: [], settings };
  const ids: number[] = [];
  for (let job = 1; job <= 30; job += 1) {
    const id = await addJob(store, '7000', String(job), { ticket: { order: '7000', job: String(job), files: [], attributes: {} } });
    await store.write(async (tx) => {
      // The second one names no file at all, and is not among the newest.
      if (job !== 2) await tx.setMissing(id, [`f${job}.pdf`], [`f${job}.pdf`]);
      await tx.noteTicketFolder(folderPath, id, '7000');
    });
    ids.push(id);
  }
  const matchOf = async (name: string) => {
    const { facts, jobs } = await gatherForFile(
      store.read,
      floor,
      { name, path: `${folderPath}/${name}`, folderPath, sha256: 'd'.repeat(64) },
      [],
      noon,
    );
    return matchFile(facts, jobs);
  };
  const [first, ...others] = ids;
  expect([await matchOf('f1.pdf'), await matchOf('f30.pdf')]).toEqual([
    { kind: 'job', jobId: first },
    { kind: 'job', jobId: others.at(-1) },
  ]);
  expect(await matchOf('something.pdf')).toMatchObject({ kind: 'ask', why: 'notNamedByTicket' });
  expect(await matchOf('f30_v2.pdf')).toMatchObject({ kind: 'ask', why: 'notNamedByTicket' });
  await store.write(async (tx) => {
    await tx.addFile(newFile(first ?? 0, 'f1.pdf'));
    await tx.setMissing(first ?? 0, []);
  });
  expect(await matchOf('f1.pdf')).toEqual({ kind: 'job', jobId: first });
  expect(await isExpected(store.read, floor, { name: 'something.pdf', folderPath })).toBe(true);
  // A second order's ticket, of an older job than all others: the folder proves nothing any more.
  const other = await addJob(store, '6000');
  await store.write((tx) => tx.noteTicketFolder(folderPath, other, '6000'));
  expect(await store.read.ticketsIn(folderPath)).toMatchObject({ isOneOrders: false });
  expect([await isExpected(store.read, floor, { name: 'something.pdf', folderPath }), await store.read.ownFoldersOf(first ?? 0)]).toEqual([
    false,
    [],
  ]);
});
