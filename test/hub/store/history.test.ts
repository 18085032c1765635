import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { record } from '../../../electron/hub/store/record.ts';
import type { JobEvent, NewEvent } from '../../../shared/event.ts';
import { countedUnder } from '../../../shared/job/counted.ts';
import { toldAttention } from '../../../shared/job/say-attention.ts';
import { attentionOf, deriveState } from '../../../shared/job/state.ts';
import { type StatusCode, statusCodes } from '../../../shared/status.ts';
import { addJob, noon, openFresh } from './fresh-store.ts';

const event = fc.record({
  code: fc.constantFrom(...statusCodes),
  reason: fc.option(fc.string({ minLength: 1, maxLength: 20 }), { nil: null }),
  data: fc.oneof(
    fc.constant({}),
    fc.constant({ problem: 'NoRuleFits' }),
    fc.constant({ solves: 'NoRuleFits' }),
    fc.constant({ problem: 'PrinterRefused', raw: 'E 17' }),
    fc.constant({ reasonCode: 'DiskFull', tries: 3 }),
  ),
  /** Which of the events so far is taken back instead; none for most. */
  undo: fc.option(fc.nat(30), { nil: null, freq: 5 }),
  job: fc.nat(2),
});

/** What the step says, or the taking back it wants where that event can be taken back. */
function nextEvent(history: readonly JobEvent[], { undo, ...said }: { code: StatusCode; undo: number | null }): NewEvent {
  const target = undo === null ? undefined : history[undo];
  const takesBack = target !== undefined && target.undoes === null && history.every((one) => one.undoes !== target.seq);
  if (takesBack) return { code: target.code, at: noon, actor: 'admin', undoes: target.seq };
  return { ...said, at: noon, actor: 'station Press 1', station: 'Press 1', custom: said.code.startsWith('Custom') ? 'Collected' : null };
}

describe('history', () => {
  it('keeps what is derived and what is counted equal to the whole history, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 40 }), async (steps) => {
        const store = await openFresh();
        const ids = [await addJob(store, '1'), await addJob(store, '2'), await addJob(store, '3')];
        for (const { job, ...step } of steps) {
          const id = ids[job] ?? 0;
          const next = nextEvent(await store.read.history(id), step);
          await store.write((tx) => record(tx, id, [next]));
        }
        const jobs = await store.read.jobsByIds(ids);
        for (const job of jobs) {
          const derived = deriveState(await store.read.history(job.id));
          expect(job).toMatchObject({ status: derived.status, custom: derived.custom, statusAt: derived.statusAt, stage: derived.stage });
          expect(job.tracks).toEqual(derived.tracks);
          expect(job.attention).toEqual(attentionOf(derived).map(toldAttention));
        }
        const { all, attention, stages } = await store.read.counts();
        expect(all).toBe(3);
        expect(attention).toBe(jobs.filter((job) => job.attention.length > 0).length);
        expect(new Map(Object.entries(stages))).toEqual(
          new Map([...Map.groupBy(jobs, (job) => job.stage)].map(([stage, some]) => [stage, some.length])),
        );
        const counted = jobs.flatMap((job) => [...countedUnder(job)]);
        expect(await store.read.statusCounts()).toEqual(
          new Map([...Map.groupBy(counted, (code) => code)].map(([code, some]) => [code, some.length])),
        );
        await store.close();
      }),
      { numRuns: 40 },
    );
  });

  it('numbers events without a gap, over all jobs and over writes that failed', async () => {
    const store = await openFresh();
    const id = await addJob(store, '1');
    const said = { code: 'Printed', at: noon, actor: 'admin' } as const;
    await store.write((tx) => record(tx, id, [said, said]));
    await expect(
      store.write(async (tx) => {
        await record(tx, id, [said]);
        throw new Error('power of the press is gone');
      }),
    ).rejects.toThrow('power');
    const [event] = await store.write((tx) =>
      record(tx, id, [{ ...said, reason: 'Äh', data: { shelf: 'A 3', deep: [1, { two: null }] } }]),
    );
    expect(event?.seq).toBe(3);
    expect((await store.read.eventsSince(0, 10)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect((await store.read.eventsSince(2, 10))[0]).toEqual(event);
    expect(event).toMatchObject({ reason: 'Äh', data: { shelf: 'A 3', deep: [1, { two: null }] }, track: 'production' });
  });
});
