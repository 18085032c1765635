/** Pieces of a job are printed again: what stands against it, what the history of both jobs says, and the number of the new one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReprintWish } from '../../../shared/job/command.ts';
import { mostReprinted, objectionToReprint, reprintNumber } from '../../../shared/job/decide-reprint.ts';
import { historyWords } from '../../../shared/job/in-history.ts';
import { mayBeDelivered } from '../../../shared/job/may-be-delivered.ts';
import { isAgreed, isHeld, isOrdered } from '../../../shared/job/may-say.ts';
import { engine } from '../../../shared/job/mover.ts';
import { shownNumber } from '../../../shared/job-number.ts';
import { languages } from '../../../shared/words/say.ts';
import { admin, counter, makeJob, movers, playedJob, press, start, steps, wish } from './play.ts';

fc.configureGlobal({ numRuns: 500 });

const becomes = { jobId: 2, number: '7001-2R1', fileIds: [1] };
const asked = (more: Partial<ReprintWish> = {}): ReprintWish => {
  return { kind: 'reprint', jobId: 1, actionId: 'r', quantity: 25, reason: 'Spoilt', becomes, wasTaken: true, ...more };
};

describe('a reprint', () => {
  it('never changes the first job, wherever that stands: it gets one line of history, and no work', () => {
    fc.assert(
      fc.property(steps, movers, fc.boolean(), (past, mover, force) => {
        const job = playedJob(past);
        const before = job.state();
        const decision = job.tell(asked({ force }), mover);
        if (decision.kind !== 'decided') return;
        expect(decision).toMatchObject({ events: [{ code: 'ActionRun', data: { reprint: 2 } }], work: [], others: [] });
        const { tracks, ...rest } = job.state();
        const { record: _, ...others } = tracks;
        const { record: __, ...othersBefore } = before.tracks;
        expect(others).toEqual(othersBefore);
        expect({ ...rest, statusSeq: 0 }).toMatchObject({ status: before.status, stage: before.stage, problems: before.problems });
      }),
    );
  });

  it('is refused for a job that is blocked, not ordered, not approved or part of another, however somebody insists', () => {
    fc.assert(
      fc.property(steps, movers, (past, mover) => {
        const job = playedJob(past);
        const state = job.state();
        const mayBe = !isHeld(state) && isOrdered(state) && isAgreed(state) && state.tracks.custom?.custom !== 'Joined';
        expect(job.ask(asked({ force: true }), mover)).toMatchObject(mayBe ? { kind: 'decided' } : { kind: 'refused', mayInsist: false });
      }),
    );
  });

  it('is refused before a press has begun with the job, and not after', () => {
    const job = makeJob();
    job.record({ code: 'Ordered', at: start, actor: engine.actor });
    expect(job.ask(asked({ wasTaken: false }), press)).toMatchObject({ kind: 'refused', name: 'reprintNotBegun', code: 'NOT_NOW' });
    job.record({ code: 'InHotFolder', at: start, actor: engine.actor });
    expect(objectionToReprint(job.state(), false)).toBe('reprintNotBegun');
    // Of several files one was taken.
    expect(objectionToReprint(job.state(), true)).toBeNull();
    job.tell(wish('InProduction'), press);
    expect(objectionToReprint(job.state(), false)).toBeNull();
    job.tell(wish('Printed'), press);
    job.tell(wish('Shipped', { force: true }), counter);
    expect(objectionToReprint(job.state(), false)).toBeNull();
  });

  it('is of 1 to so many pieces; more than were ordered, or the same a moment ago, needs a word', () => {
    const job = playedJob([{ kind: 'wish', wish: wish('Printed', { force: true }), mover: admin }]);
    for (const quantity of [0, -1, 1.5, mostReprinted + 1, Number.NaN])
      expect(job.ask(asked({ quantity, force: true }), press)).toMatchObject({ kind: 'refused', code: 'BAD_REQUEST', name: null });
    expect(job.ask(asked({ quantity: 501, ordered: 500 }), press)).toMatchObject({ name: 'reprintMore', mayInsist: true });
    expect(job.ask(asked({ quantity: 500, ordered: 500 }), press)).toMatchObject({ kind: 'decided' });
    expect(job.ask(asked({ quantity: 501, ordered: 500, force: true }), press)).toMatchObject({ kind: 'decided' });
    const lastReprint = { actor: 'station Press 2', at: new Date(job.now() - 5000).toISOString() };
    expect(job.ask(asked({ lastReprint }), press)).toMatchObject({ code: 'CONFLICT', name: 'reprintedAlready', by: 'station Press 2' });
    expect(job.ask(asked({ lastReprint, force: true }), press)).toMatchObject({ kind: 'decided' });
    const longAgo = { ...lastReprint, at: new Date(job.now() - 11_000).toISOString() };
    expect(job.ask(asked({ lastReprint: longAgo }), press)).toMatchObject({ kind: 'decided' });
  });

  it('begins as an ordered job that may go to a printer, and says of which it is, in every language', () => {
    const made = makeJob();
    const files = [1, 2].map((n) => ({ name: `${n}.pdf`, version: n, size: n, sha256: `${n}` }));
    made.tell({ kind: 'reprintMade', jobId: 1, of: { jobId: 7, number: '7001-2' }, quantity: 1, reason: 'Spoilt', files }, press);
    expect(mayBeDelivered({ state: made.state(), missing: [] }, false)).toEqual({ ok: true });
    expect(made.history[0]).toMatchObject({ code: 'Creating', actor: 'station Press 1', data: { reprintOf: 7 } });
    const [created] = made.history;
    if (created === undefined) throw new Error('it has no history');
    for (const language of languages) expect(historyWords(language, created)).toMatch(/7001-2.* 1 .*Spoilt/u);
    expect(made.history.filter(({ code }) => code === 'OutputCreated')).toHaveLength(2);
  });
});

it('its number is shown by no other job of the order, and by none of another', () => {
  const no = fc.stringMatching(/^[0-9]{1,3}(R[0-9]{1,2})?$/u);
  fc.assert(
    fc.property(no, fc.array(no), fc.nat(20), (ordered, others, earlier) => {
      const known = [ordered, ...others];
      for (let count = 0; count < earlier; count++) known.push(reprintNumber(ordered, known));
      const number = reprintNumber(ordered, known);
      expect(known).not.toContain(number);
      expect(known.map((one) => shownNumber('7001', one))).not.toContain(shownNumber('7001', number));
      // Lists without job numbers are counted: never upon a reprint.
      expect(number).not.toMatch(/^[0-9]+$/u);
    }),
  );
});
