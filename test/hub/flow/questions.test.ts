/** Questions whose file it is, on a real record: one answer counts, and only what can touch one asks it again. */
import { expect, it } from 'vitest';
import { answerArrival } from '../../../electron/hub/flow/answer.ts';
import type { FlowParts } from '../../../electron/hub/flow/flow-parts.ts';
import { touchedBy } from '../../../electron/hub/flow/touched-by.ts';
import type { NewArrival, Store } from '../../../electron/hub/store/store.ts';
import { addJob, newFile, noon, openFresh } from '../store/fresh-store.ts';

const question = { about: 'file', why: 'conflictCopy', candidates: [], newNumber: null, size: 1, ticket: null } as const;

function ask(store: Store, more: Partial<NewArrival> = {}): Promise<number> {
  const arrival = {
    name: 'a.pdf',
    folder: '/incoming',
    at: noon,
    path: null,
    sha256: null,
    jobId: null,
    reasonCode: 'WhoseFile',
    detail: null,
  };
  return store.write((tx) => tx.addArrival({ ...arrival, outcome: 'asked', question, ...more }));
}

/** Nothing that an answer does one after the other is kept so here: as with two hubs on one record. */
async function partsOf(store: Store): Promise<FlowParts> {
  const settings = { ...(await store.read.settings()), incoming: [{ path: '/incoming', location: 'local' as const }] };
  const some: Partial<FlowParts> = {
    store,
    now: () => noon,
    floor: () => ({ rules: [], hotFolders: [], settings }),
    arrivalTurns: (_, work) => work(),
    breathe: async () => undefined,
  };
  return some as FlowParts;
}

it('of two answers at the same moment one counts, and the other is told so, whoever keeps turns', async () => {
  const store = await openFresh();
  const id = await ask(store);
  const parts = await partsOf(store);
  const caller = { role: 'admin', actor: 'admin', station: null } as const;
  const answers = await Promise.allSettled(
    ['one', 'two'].map((actionId) => answerArrival(parts, id, { jobId: 'reject', actionId }, caller)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'CONFLICT' } });
});

it('a ticket asks again only about what it may speak of', async () => {
  const store = await openFresh();
  const jobId = await addJob(store, '1001');
  await store.write(async (tx) => {
    await tx.addFile(newFile(jobId, 'known.pdf', { sha256: 'c'.repeat(64) }));
    await tx.setMissing(jobId, ['cover.pdf'], ['cover.pdf']);
  });
  const names: Record<string, Partial<NewArrival>> = {
    number: { name: '1001-3 x.pdf' },
    awaited: { name: 'Cover.pdf' },
    version: { name: 'cover_v2.pdf' },
    folder: { name: 'x.pdf', folder: '/incoming/order' },
    content: { name: 'x.pdf', sha256: 'c'.repeat(64) },
    candidate: { name: 'x.pdf', question: { ...question, candidates: [{ jobId, evidence: ['known'] }] } },
    other: { name: 'x.pdf', folder: '/incoming/another', sha256: 'd'.repeat(64) },
    'other number': { name: '1002-1 x.pdf' },
  };
  const ids = new Map<number, string>();
  for (const [what, more] of Object.entries(names)) ids.set(await ask(store, more), what);
  const mayTouch = await touchedBy(await partsOf(store), { folderPath: '/incoming/order', jobIds: [jobId] });
  const touched = (await store.read.openQuestions()).filter(mayTouch).map(({ id }) => ids.get(id));
  expect(touched).toEqual(['number', 'awaited', 'version', 'folder', 'content', 'candidate']);
});
