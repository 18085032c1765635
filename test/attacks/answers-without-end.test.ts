/** A station writes much into one job, and asks for it: no answer and no push is larger than a page, whoever asks, and nothing of it is left out for good. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startLive } from '../../electron/hub/server/live.ts';
import { record } from '../../electron/hub/store/record.ts';
import { eventSchema, type JobEvent } from '../../shared/event.ts';
import { type Bed, startBed } from '../hub/server/bed.ts';

const mostPageBytes = 2 * 1024 * 1024;
/** As much data as one word about a job may bring, 300 times over. */
const words = 300;
const data = { note: 'x'.repeat(15_000) };

let bed: Bed;
let jobId: number;
beforeAll(async () => {
  bed = await startBed();
  jobId = await bed.addJob('7000');
  const event = { code: 'CustomStatus', custom: 'Proofed', at: Date.now(), actor: 'station Press 1', data } as const;
  await bed.store.write((tx) => record(tx, jobId, Array(words).fill(event)));
});
afterAll(() => bed.stop());

type Page = { readonly items: readonly JobEvent[]; readonly next: number | null; readonly seq: number };

async function pageAt(route: string): Promise<Page> {
  const { body } = await bed.call('GET', route, undefined, bed.stationToken);
  expect(JSON.stringify(body).length).toBeLessThan(mostPageBytes + 1000);
  return body as Page;
}

const seqs = (events: readonly JobEvent[]): number[] => events.map((event) => eventSchema.parse(event).seq);

test('the history of one job comes in pages, and is whole', async () => {
  const found: number[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: Page = await pageAt(`/api/jobs/${jobId}/history?after=${after}`);
    found.push(...seqs(page.items));
    after = page.next;
  }
  expect(found).toEqual((await bed.store.read.history(jobId)).map((event) => event.seq));
});

test('all events come in pages, and are all there', async () => {
  const found: number[] = [];
  for (let since = 0; ; ) {
    const page = await pageAt(`/api/events?since=${since}&limit=5000`);
    if (page.items.length === 0) break;
    found.push(...seqs(page.items));
    since = page.seq;
  }
  expect(found).toHaveLength(words);
});

test('a push that would be larger tells the screen to load again', async () => {
  const ended = new AbortController();
  const live = startLive(bed.store, bed.doubles.hotFolders, () => undefined);
  const pushes = live.follow(undefined, ended.signal, async () => undefined);
  await pushes.next();
  const written = bed.store.write((tx) =>
    record(tx, jobId, Array(words).fill({ code: 'CustomStatus', custom: 'Proofed', at: Date.now(), actor: 'station Press 1', data })),
  );
  const { value } = await pushes.next();
  await written;
  expect(value).toMatchObject({ resync: true, jobs: [], events: [], seq: await bed.store.read.lastSeq() });
  ended.abort();
  live.stop();
});
