/** A ticket that comes, or changes, when files are at a printer already: its word counts, and nothing looks well that is not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TicketCame, WayChanged } from '../../../shared/job/command.ts';
import { isTooEarly, mayBeDelivered } from '../../../shared/job/may-be-delivered.ts';
import { engine, printer } from '../../../shared/job/mover.ts';
import { isGone } from '../../../shared/job/place.ts';
import { attentionOf } from '../../../shared/job/state.ts';
import { makeJob, type PlayedJob, playedJob, press, seen, start, steps, wish } from './play.ts';

const lying = { name: 'a.pdf', hotFolder: 'press-1', goesTo: null };
const changed = (goesTo: string | null = null): WayChanged => ({ kind: 'wayChanged', jobId: 1, sent: [{ ...lying, goesTo }] });
const first = (said: Partial<TicketCame['ticket']>): TicketCame => ({
  ...({
    kind: 'ticketCame',
    jobId: 1,
    isFirst: true,
    isNew: false,
    numberBefore: 'PF1-1',
    missing: [],
    missedBefore: [],
    files: [],
  } as const),
  ticket: { submitted: true, approval: 'none', ...said },
});
const waits = fc.constantFrom<Partial<TicketCame['ticket']>>({ approval: 'required' }, { submitted: false });
const problems = (job: PlayedJob): string[] => job.state().problems.map(({ code }) => code);

describe('a first ticket', () => {
  it('that says "not yet" stops what may still be stopped, wherever the first files are by now, unless somebody has approved it', () => {
    fc.assert(
      fc.property(steps, waits, (past, said) => {
        const job = playedJob(past);
        if (isGone(job.state()) || job.state().tracks.review?.code === 'Approved') return;
        job.tell(first(said), engine);
        for (const wished of [false, true]) expect(mayBeDelivered({ state: job.state(), missing: [] }, wished).ok).toBe(false);
      }),
    );
  });

  it('moves nothing that is at a printer back to where orders are taken', () => {
    const job = playedJob([{ kind: 'told', command: delivered(), mover: printer('press-1') }]);
    job.tell(first({ approval: 'required' }), engine);
    expect(job.state()).toMatchObject({ status: 'UnapprovedOrder', stage: 'queue' });
    job.tell(wish('Approved'), press);
    expect(job.state()).toMatchObject({ stage: 'queue', tracks: { intake: { code: 'Ordered' } } });
  });
});

function delivered() {
  const delivery = { hotFolder: 'press-1', hotFolderId: 1, deliveryId: 1, name: 'a.pdf', size: 1, sha256: 'a', send: 1 };
  return { kind: 'seen', what: 'delivered', jobId: 1, delivery, tries: 1 } as const;
}

describe('what cannot be called back', () => {
  it('is attention as long as no person has answered it, whatever the printer goes on to do', () => {
    fc.assert(
      fc.property(steps, fc.option(waits), fc.constantFrom(null, 'digital'), fc.array(seen), (past, said, goesTo, sights) => {
        const job = playedJob(past);
        if (isGone(job.state())) return;
        if (said !== null) job.tell(first(said), engine);
        job.tell(changed(goesTo), engine);
        const expected = [...(isTooEarly(job.state()) ? ['SentBeforeTicket'] : []), ...(goesTo === null ? [] : ['SentElsewhere'])];
        for (const sight of sights) job.tell(sight, printer('press-1'));
        expect(problems(job)).toEqual(expect.arrayContaining(expected));
        if (expected.length > 0) expect(attentionOf(job.state())).not.toEqual([]);
      }),
    );
  });

  it.each([
    [{ approval: 'required' }, null, 'It is at press-1 already, and it is not approved.'],
    [{ submitted: false }, null, 'It is at press-1 already, and the customer has not ordered it yet.'],
    [{}, start + 1e9, `It is at press-1 already, and it is to start on ${new Date(start + 1e9).toISOString()}.`],
  ] as const)('says why it is too early: %o', (said, startAt, words) => {
    const job = makeJob(startAt);
    job.record({ code: 'Ordered', at: start, actor: 'system' });
    job.tell(delivered(), engine);
    job.tell(first(said), engine);
    job.tell(changed(), engine);
    expect(job.state().problems).toMatchObject([{ code: 'SentBeforeTicket', reason: words }]);
  });

  it('is over when the order may be produced after all, when a person says that it was printed, or when it is sent anew', () => {
    const job = playedJob([]);
    job.tell(delivered(), engine);
    job.tell(first({ approval: 'required' }), engine);
    job.tell(changed('digital'), engine);
    expect(problems(job)).toEqual(['SentBeforeTicket', 'SentElsewhere']);
    job.tell(wish('Approved'), press);
    expect(problems(job)).toEqual(['SentElsewhere']);
    const send = { kind: 'deliver', jobId: 1, actionId: 'd', reason: 'there', hotFolder: 'digital', earlierSends: 1, again: true } as const;
    job.tell(send, press);
    expect(problems(job)).toEqual([]);
    job.tell(changed('digital'), engine);
    job.tell(wish('Printed'), press);
    expect(problems(job)).toEqual([]);
    job.tell(changed('digital'), engine);
    job.tell(changed(), engine);
    expect(problems(job)).toEqual([]);
  });
});

it('what no printer has is planned anew, and only where it may be sent', () => {
  fc.assert(
    fc.property(steps, (past) => {
      const job = playedJob(past);
      const decision = job.ask({ kind: 'wayChanged', jobId: 1, sent: [] }, engine);
      if (decision.kind !== 'decided') throw new Error('it is never refused');
      const [before, ...then] = decision.work.map(({ kind }) => kind);
      expect(before).toBe('cancelStale');
      const may = mayBeDelivered({ state: job.state(), missing: [] }, false);
      expect(then.includes('planDeliveries')).toBe(may.ok || may.why === 'sendByHand');
    }),
  );
});

it('a block hides nothing of what its ticket says: once it is released the floor still knows', () => {
  const job = playedJob([]);
  job.tell(delivered(), engine);
  job.tell(wish('Blocked'), press);
  job.tell(first({ approval: 'required' }), engine);
  job.tell(changed(), engine);
  expect(problems(job)).toEqual(['SentBeforeTicket']);
});

it('a file that goes out in the very moment in which its order is stopped is told', () => {
  const job = playedJob([]);
  job.tell(first({ approval: 'required' }), engine);
  job.tell(delivered(), engine);
  expect(problems(job)).toEqual(['SentBeforeTicket']);
});
