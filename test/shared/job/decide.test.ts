import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderFacts } from '../../../shared/job/decide.ts';
import { mayBeDelivered } from '../../../shared/job/may-be-delivered.ts';
import { ruleOf } from '../../../shared/job/may-say.ts';
import { offerUndo } from '../../../shared/job/may-undo.ts';
import { engine, isMachine, printer } from '../../../shared/job/mover.ts';
import { isPrinted, placeOf } from '../../../shared/job/place.ts';
import { rankOf } from '../../../shared/job/rank.ts';
import { attentionOf, type JobState } from '../../../shared/job/state.ts';
import { customRules, statusRules } from '../../../shared/job/table.ts';
import { builtInCustomStatuses, type StatusCode, statusCodes, statusEntry } from '../../../shared/status.ts';
import { admin, counter, makeJob, movers, type PlayedJob, playedJob, press, rule, seen, start, steps, take, wish, wishes } from './play.ts';

fc.configureGlobal({ numRuns: 500 });

function rank(state: JobState): number {
  const place = placeOf(state);
  return place === null ? 0 : (rankOf(place.code, place.custom) ?? 0);
}

const actionId = 'u';

describe('the table', () => {
  const rows = [...statusCodes.map((code) => [code, statusRules[code]] as const), ...Object.entries(customRules)];

  it.each(rows)('knows for %s what ends it, and leaves nobody who must act without a way', (name, { endedBy }) => {
    const final = ['ActionRun', 'JobDataDeleted', 'Joined'].includes(name);
    expect(endedBy.length > 0).toBe(!final);
    const code = statusCodes.find((known) => known === name);
    if (code === undefined || statusEntry(code).who === null) return;
    const byPeople = endedBy.filter((end) => {
      if (end === 'undo') return true;
      const custom = Object.keys(builtInCustomStatuses).find((known) => known === end) ?? null;
      const ending = statusCodes.find((known) => known === end) ?? 'CustomStatus';
      return ruleOf(ending, custom).by.length > 0;
    });
    expect(byPeople, 'a person can end it').not.toEqual([]);
  });

  it('ends a status on its own track, or takes it back', () => {
    for (const code of statusCodes)
      for (const end of statusRules[code].endedBy) {
        const ending = statusCodes.find((known) => known === end);
        if (ending === undefined) continue;
        const [own, other] = [statusEntry(code).track, statusEntry(ending).track];
        const ways = own === other || (own === 'production' && other === 'fulfilment') || (own === 'record' && other === 'record');
        expect(ways, `${code} is ended by ${end}`).toBe(true);
      }
  });
});

describe('a wish', () => {
  it('for what only the program knows is refused, whoever asks, however they insist, wherever the job stands', () => {
    const facts = statusCodes.filter((code) => ruleOf(code, null).by.length === 0);
    expect(facts).toEqual(
      expect.arrayContaining(['JobDataDeleted', 'OutputCreated', 'MisNotified', 'InHotFolder', 'SentEmail', 'ActionRun']),
    );
    fc.assert(
      fc.property(steps, fc.constantFrom(...facts), movers, (past, code, mover) => {
        expect(playedJob(past).ask(wish(code, { force: true }), mover)).toMatchObject({ kind: 'refused', mayInsist: false });
      }),
    );
  });

  it('never takes a job back, unless somebody insists and says why', () => {
    fc.assert(
      fc.property(steps, wishes, movers, (past, asked, mover) => {
        const job = playedJob(past);
        const before = job.state();
        const decision = job.tell({ ...asked, force: false }, mover);
        const may = asked.code === 'RecreationRequested' || asked.custom === 'Reprint';
        if (decision.kind === 'decided' && !may) expect(rank(job.state())).toBeGreaterThanOrEqual(rank(before));
      }),
    );
  });

  it('that may be insisted on goes through by force; any other does not', () => {
    fc.assert(
      fc.property(steps, wishes, movers, (past, asked, mover) => {
        const job = playedJob(past);
        const plain = job.ask({ ...asked, force: false, reason: 'because' }, mover);
        const forced = job.ask({ ...asked, force: true, reason: 'because' }, mover);
        if (plain.kind === 'refused') expect(forced.kind).toBe(plain.mayInsist ? 'decided' : 'refused');
        else expect(forced.kind).toBe(plain.kind);
        if (forced.kind === 'decided' && plain.kind === 'refused') expect(forced.events[0]?.data).toMatchObject({ forced: true });
      }),
    );
  });

  it('that insists on what was read goes through once all of it was read, and on nothing that was not', () => {
    fc.assert(
      fc.property(steps, wishes, movers, (past, asked, mover) => {
        const job = playedJob(past);
        const insists: string[] = [];
        const ask = () => job.ask({ ...asked, force: true, insists, reason: 'because' }, mover);
        let decision = ask();
        while (decision.kind === 'refused' && decision.mayInsist) {
          expect(insists).not.toContain(decision.name);
          insists.push(decision.name ?? '');
          decision = ask();
        }
        const forced = job.ask({ ...asked, force: true, reason: 'because' }, mover);
        expect(decision.kind).toBe(forced.kind);
      }),
    );
  });

  it('to send a file once more, insisted on against what was read, does not go by what stands against it only now', () => {
    const job = playedJob([]);
    for (const code of ['Ordered', 'InHotFolder'] as const) job.record({ code, at: 0, actor: 'admin' });
    const deliver = { kind: 'deliver', jobId: 1, actionId, reason: 'spoilt', hotFolder: 'press-1', earlierSends: 1, again: true } as const;
    const lastSend = { actor: 'station Press 2', at: new Date(0).toISOString() };
    const ask = (more: object) => job.ask({ ...deliver, force: true, insists: ['sentAlready'], ...more }, press);
    expect(ask({ lastSend })).toMatchObject({ kind: 'decided' });
    expect(ask({ lastSend, liesIn: { name: 'Press 2', goesThere: false } })).toMatchObject({ kind: 'refused', name: 'liesElsewhere' });
    expect(ask({ waitsForFirst: true })).toMatchObject({ kind: 'refused', name: 'sendUnclear' });
    expect(ask({ waitsForFirst: true, lastSend, insists: ['sentAlready', 'sendUnclear'] })).toMatchObject({ kind: 'decided' });
    expect(ask({ waitsForFirst: true, insists: undefined })).toMatchObject({ kind: 'decided' });
  });

  it('that was just granted is never granted a second time, and a hand-out is told to the second', () => {
    fc.assert(
      fc.property(steps, wishes, movers, (past, asked, mover) => {
        const job = playedJob(past);
        if (job.tell(asked, mover).kind !== 'decided') return;
        const before = job.history.length;
        const again = job.tell(asked, mover === counter ? press : counter);
        expect(job.history).toHaveLength(before);
        const { handsOut = false } = ruleOf(asked.code, asked.custom ?? null);
        if (handsOut) expect(again).toMatchObject({ kind: 'refused', code: 'CONFLICT', name: 'handedOutAlready', by: mover.actor });
        else if (again.kind === 'already') expect(again.event.code).toBe(asked.code);
        else expect(again, 'only of what a station may not say').toMatchObject({ kind: 'refused', name: expect.stringMatching(/^only/) });
      }),
    );
  });

  it('of one counter scanned twice in a moment is one hand-out; a minute later it is another customer', () => {
    const job = playedJob([]);
    for (const code of ['Printed', 'ReadyForCollection'] as const) job.tell(wish(code), press);
    const collected = wish('CustomStatus', { custom: 'Collected' });
    const first = job.ask(collected, counter);
    if (first.kind === 'decided') for (const event of first.events) job.record(event);
    expect(job.tell(collected, counter)).toMatchObject({ kind: 'already', event: { custom: 'Collected' } });
    expect(job.tell(collected, counter)).toMatchObject({ kind: 'refused', name: 'handedOutAlready' });
  });

  it('that says more than what stands is recorded: another shelf, another fault', () => {
    const job = playedJob([]);
    job.tell(wish('Printed'), press);
    const shelf = (place: string) => job.tell(wish('ReadyForCollection', { data: { shelf: place } }), press).kind;
    expect([shelf('A 1'), shelf('A 1'), shelf('B 2'), shelf('B 2')]).toEqual(['decided', 'already', 'decided', 'already']);
    const fault = (reason: string) => job.tell(wish('AwaitingData', { reason }), press).kind;
    expect([fault('no logo'), fault('no logo'), fault('no address')]).toEqual(['decided', 'already', 'decided']);
  });

  it('to make a future order needs a date that lies ahead', () => {
    expect(playedJob([]).ask(wish('FutureOrder', { force: true }), admin)).toMatchObject({ kind: 'refused', mayInsist: false });
    const later = makeJob(Date.UTC(2027, 0, 1));
    later.record({ code: 'InBasket', at: 0, actor: 'system' });
    expect(later.ask(wish('FutureOrder'), admin)).toMatchObject({ kind: 'decided', work: [{ kind: 'startAt', at: Date.UTC(2027, 0, 1) }] });
  });

  it('to approve an order for later makes it a future order, not one for now', () => {
    const later = makeJob(Date.UTC(2027, 0, 1));
    later.record({ code: 'UnapprovedOrder', at: 0, actor: 'system' });
    later.tell(wish('Approved'), press);
    expect(later.state().tracks.intake?.code).toBe('FutureOrder');
  });
});

describe('taking back', () => {
  it('leads back to exactly what was true before, says so, and never to where no way leads on', () => {
    fc.assert(
      fc.property(steps, wishes, movers, (past, asked, mover) => {
        const job = playedJob(past);
        const before = job.state();
        if (job.tell(asked, mover).kind !== 'decided') return;
        const seq = job.history.findLast((event) => event.code === asked.code)?.seq ?? 0;
        const undone = job.tell({ kind: 'undo', jobId: 1, actionId, seq }, admin);
        if (undone.kind !== 'decided') return;
        expect({ ...job.state(), tracks: job.state().tracks }).toEqual(before);
        expect(['Nothing', 'Creating', undefined]).not.toContain(job.state().tracks.intake?.code);
      }),
    );
  });

  it('is offered only where it is granted, and comes to what was offered', () => {
    fc.assert(
      fc.property(steps, (past) => {
        const job = playedJob(past);
        const [now, offers] = [
          job.now(),
          [press, rule, admin].map((mover) => ({ mover, offer: offerUndo(job.state(), mover, job.now()) })),
        ];
        for (const { mover, offer } of offers) {
          const step = offer ?? offers.at(-1)?.offer;
          if (step == null) return;
          const asked = job.ask({ kind: 'undo', jobId: 1, actionId, seq: step.step.seq }, mover);
          expect(asked.kind, `${mover.actor} at ${now}`).toBe(offer === null ? 'refused' : 'decided');
        }
        const offer = offerUndo(job.state(), admin, now);
        if (offer === null) return;
        expect(job.tell({ kind: 'undo', jobId: 1, actionId, seq: offer.step.seq }, admin)).toMatchObject({ kind: 'decided' });
        const { status, custom } = job.state();
        if (offer.comesTo !== null) expect(offer.comesTo).toEqual({ code: status, custom });
      }),
    );
  });

  it('is offered to nobody who could not say it, and to no station after a day', () => {
    const job = playedJob([]);
    job.tell(wish('ExternalOutputRequested'), admin);
    expect([press, admin].map((mover) => offerUndo(job.state(), mover, start)?.step.code)).toEqual([undefined, 'ExternalOutputRequested']);
    job.tell(wish('InFinishing', { force: true }), press);
    const offers = (later: number) => [press, admin].map((mover) => offerUndo(job.state(), mover, start + later)?.step.code);
    expect(offers(60_000)).toEqual(['InFinishing', 'InFinishing']);
    expect(offers(25 * 60 * 60_000)).toEqual([undefined, 'InFinishing']);
  });

  it('never talks away what a machine did or saw', () => {
    fc.assert(
      fc.property(steps, (past) => {
        const job = playedJob(past);
        for (const event of job.history.filter(({ undoes }) => undoes !== null)) {
          const undone = job.history.find(({ seq }) => seq === event.undoes);
          const isMadeByApproval = undone?.track === 'intake';
          if (undone !== undefined && isMachine(undone.actor)) expect(isMadeByApproval, undone.code).toBe(true);
        }
      }),
    );
  });

  it('of an order is not possible: before it there was nothing to go on from', () => {
    const job = makeJob();
    job.record({ code: 'Creating', at: 0, actor: 'system' });
    job.tell(wish('Ordered'), press);
    expect(offerUndo(job.state(), admin, start)).toBeNull();
    expect(job.tell({ kind: 'undo', jobId: 1, actionId, seq: 2 }, admin)).toMatchObject({ kind: 'refused', name: 'undoToNowhere' });
  });

  it('of an approval takes its order back too, and holds what waits; not once it has gone to a printer', () => {
    const job = makeJob();
    job.record({ code: 'UnapprovedOrder', at: 0, actor: 'system' });
    job.tell(wish('Approved'), press);
    expect(job.state().tracks.intake?.code).toBe('Ordered');
    const undo = { kind: 'undo', jobId: 1, actionId, seq: 2 } as const;
    expect(job.ask(undo, press)).toMatchObject({ kind: 'decided', work: [{ kind: 'holdDeliveries' }] });
    job.record({ code: 'InHotFolder', at: 0, actor: 'system' });
    expect(job.ask(undo, press)).toMatchObject({ kind: 'refused', name: 'undoSent' });
    job.history.pop();
    const back = makeJob();
    back.record({ code: 'UnapprovedOrder', at: 0, actor: 'system' });
    back.tell(wish('Approved'), press);
    back.tell(undo, press);
    expect(back.state().tracks).toEqual({ intake: expect.objectContaining({ code: 'UnapprovedOrder' }) });
  });

  it('of an approval takes back all that the program made of it, also what the clock did, but no word of a person', () => {
    const seq = 2;
    const undo = { kind: 'undo', jobId: 1, actionId, seq } as const;
    const approved = (): PlayedJob => {
      const job = makeJob(start + 90_000);
      job.record({ code: 'UnapprovedOrder', at: 0, actor: 'system' });
      job.tell(wish('Approved'), press);
      expect(job.state().tracks.intake?.code).toBe('FutureOrder');
      return job;
    };
    const byClock = approved();
    byClock.tell(wish('AwaitingParts'), press);
    byClock.tell({ kind: 'undo', jobId: 1, actionId, seq: byClock.history.length }, press);
    byClock.tell({ kind: 'goOn', jobId: 1 }, engine);
    expect(byClock.state().tracks.intake?.code).toBe('Ordered');
    expect(byClock.tell(undo, press)).toMatchObject({ kind: 'decided', work: [{ kind: 'holdDeliveries' }] });
    expect(byClock.state().tracks.intake?.code).toBe('UnapprovedOrder');
    const byHand = approved();
    byHand.tell(wish('Ordered'), press);
    expect(byHand.ask(undo, press)).toMatchObject({ kind: 'refused', name: 'undoOutOfTurn' });
  });

  it('of what waited for an approval never leaves it to be printed without one', () => {
    fc.assert(
      fc.property(steps, (past) => {
        const job = makeJob();
        job.record({ code: 'UnapprovedOrder', at: start, actor: engine.actor });
        // Somebody who insists goes round it, and says so.
        for (const step of past) if (step.kind !== 'wish' || step.wish.force !== true) take(job, step);
        const { intake, review } = job.state().tracks;
        if (intake?.code === 'Ordered') expect(review).toBeDefined();
      }),
    );
  });

  it('is for whoever may say it', () => {
    const job = playedJob([]);
    job.tell(wish('MisAdditionalActionRequired'), admin);
    const undo = { kind: 'undo', jobId: 1, actionId, seq: 2 } as const;
    expect(job.ask(undo, press)).toMatchObject({ kind: 'refused', name: 'onlyAdmin' });
    expect(job.ask(undo, admin)).toMatchObject({ kind: 'decided' });
  });

  it('goes in order, and releases a block whenever it is', () => {
    const job = playedJob([]);
    job.tell(wish('Blocked'), press);
    job.record({ code: 'InHotFolder', at: 0, actor: 'system' });
    expect(job.ask({ kind: 'undo', jobId: 1, actionId, seq: 2 }, counter)).toMatchObject({ kind: 'decided' });
    const other = playedJob([]);
    for (const code of ['Printed', 'InPacking'] as const) other.tell(wish(code), press);
    expect(other.ask({ kind: 'undo', jobId: 1, actionId, seq: 2 }, press)).toMatchObject({ kind: 'refused', name: 'undoOutOfTurn' });
  });
});

describe('what was seen', () => {
  it('is always accepted, and never turns back what a person said of the whole job', () => {
    fc.assert(
      fc.property(steps, seen, (past, sight) => {
        const job = playedJob(past);
        const before = job.state();
        const decision = job.tell(sight, printer('press-1'));
        expect(decision.kind).toBe('decided');
        if (isPrinted(before)) expect(rank(job.state())).toBe(rank(before));
      }),
    );
  });

  it('after a person said Printed is no longer that it lies there still; a delivery then asks somebody', () => {
    const job = playedJob([]);
    job.record({ code: 'InHotFolder', at: 0, actor: 'system' });
    job.tell(wish('Printed'), press);
    const delivery = { hotFolder: 'press-1', hotFolderId: 1, deliveryId: 1, name: 'a.pdf', size: 1, sha256: 'a', send: 1 };
    job.tell({ kind: 'seen', jobId: 1, delivery, what: 'lying' }, printer('press-1'));
    expect(job.state()).toMatchObject({ status: 'Printed', problems: [] });
    job.tell({ kind: 'seen', jobId: 1, delivery, what: 'delivered', tries: 1 }, printer('press-1'));
    expect(job.state()).toMatchObject({ status: 'Printed', problems: [{ code: 'SeenOtherwise' }] });
    // Sent once more by a person, the printer's word counts again.
    const deliver = { kind: 'deliver', jobId: 1, actionId, reason: 'spoilt', hotFolder: 'press-1', earlierSends: 1, again: true } as const;
    job.tell(deliver, press);
    expect(job.state()).toMatchObject({ status: 'CustomStatus', custom: 'Reprint', stage: 'queue' });
    job.tell({ kind: 'seen', jobId: 1, delivery, what: 'delivered', tries: 1 }, printer('press-1'));
    expect(job.state()).toMatchObject({ status: 'InHotFolder', problems: [] });
  });

  it('that has left the house is sent to no printer again, whoever insists', () => {
    const job = playedJob([]);
    for (const code of ['Ordered', 'InHotFolder', 'Printed', 'Shipped'] as const) job.record({ code, at: 0, actor: 'admin' });
    const deliver = { kind: 'deliver', jobId: 1, actionId, reason: 'again', hotFolder: null, earlierSends: 1, again: true } as const;
    for (const force of [false, true])
      expect(job.ask({ ...deliver, force }, press)).toMatchObject({ kind: 'refused', name: 'goneAlready', mayInsist: false });
  });

  it('of two files: on the press with the first, printed with the last', () => {
    const job = playedJob([]);
    const delivery = { hotFolder: 'press-1', hotFolderId: 1, deliveryId: 1, name: 'a.pdf', size: 1, sha256: 'a', send: 1 };
    job.record({ code: 'InHotFolder', at: 0, actor: 'system' });
    const printed = (left: number) => job.tell({ kind: 'seen', jobId: 1, delivery, what: 'printed', left, note: null }, printer('press-1'));
    printed(1);
    expect(job.state().status).toBe('InProduction');
    printed(0);
    expect(job.state().status).toBe('Printed');
  });
});

describe('a question of the review', () => {
  it('that nobody has answered is not answered by something else that is said', () => {
    for (const other of ['Verified', 'ValidationFinished', 'AwaitingData'] as const) {
      const job = playedJob([]);
      job.tell(wish('AwaitingApproval'), press);
      job.tell(wish(other), press);
      expect(
        job.ask({ kind: 'deliver', jobId: 1, actionId, reason: 'go', hotFolder: null, earlierSends: 0, again: false }, press),
      ).toMatchObject({
        kind: 'refused',
        name: 'sendUnapproved',
      });
      expect(attentionOf(job.state()).map(({ code }) => code)).toContain('AwaitingApproval');
      job.tell(wish('Approved'), press);
      expect(attentionOf(job.state())).toEqual([]);
    }
  });
});

describe('what follows', () => {
  it('holds what waits as soon as a job may not be sent, and sends nothing of such a job', () => {
    const sendable = (job: PlayedJob) => mayBeDelivered({ state: job.state(), missing: [] }, true).ok;
    fc.assert(
      fc.property(steps, (past) => {
        const job = playedJob([]);
        for (const step of past) {
          const before = sendable(job);
          const decision = take(job, step);
          if (decision.kind !== 'decided' || sendable(job)) continue;
          const kinds = decision.work.map(({ kind }) => kind);
          if (before) expect(kinds).toContain('holdDeliveries');
          expect(kinds.filter((kind) => kind === 'planDeliveries' || kind === 'releaseDeliveries')).toEqual([]);
        }
      }),
    );
  });

  it('releases what waited for a file its ticket named when that comes, whatever a person said meanwhile', () => {
    const job = playedJob([]);
    job.tell(wish('AwaitingData'), press);
    job.tell(wish('Approved'), press);
    const file = { name: 'back.pdf', version: 1, size: 9, sha256: 'b'.repeat(64) };
    const came = job.ask({ kind: 'fileCame', jobId: 1, file, replaces: null, isNew: false, missing: [] }, engine);
    expect(came).toMatchObject({ work: [{ kind: 'releaseDeliveries' }, { kind: 'planDeliveries' }] });
  });

  it('from a word against sending is that no earlier wish to send goes before it, also where another word stood already', () => {
    const words = ['AwaitingProof', 'AwaitingData', 'AwaitingParts', 'ValidationFailed', 'RecreationRequested', 'InArtworking'] as const;
    fc.assert(
      fc.property(steps, fc.constantFrom(...words), movers, (past, code, mover) => {
        const job = playedJob(past);
        const decision = job.tell(wish(code), mover);
        if (decision.kind === 'decided')
          expect(decision.work).toEqual(expect.arrayContaining([{ kind: 'endWishes' }, { kind: 'holdDeliveries' }]));
      }),
    );
  });

  it('from sending again, taken back, is that nothing of it is sent', () => {
    const job = playedJob([]);
    for (const code of ['InHotFolder', 'Printed'] as const) job.record({ code, at: 0, actor: 'printer press-1' });
    const deliver = { kind: 'deliver', jobId: 1, actionId, reason: 'again', hotFolder: null, earlierSends: 1, again: true } as const;
    expect(job.tell(deliver, press)).toMatchObject({ events: [{ code: 'ActionRun' }, { custom: 'Reprint' }] });
    const undone = job.ask({ kind: 'undo', jobId: 1, actionId, seq: job.history.length }, press);
    expect(undone).toMatchObject({ work: expect.arrayContaining([{ kind: 'cancelDeliveries' }]) });
  });

  it('from a person who says it is made by hand is that nothing is sent any more', () => {
    for (const code of ['Printed', 'InProduction', 'CopyToHotFolderSkipped'] as const)
      expect(playedJob([]).ask(wish(code), press)).toMatchObject({ kind: 'decided', work: [{ kind: 'cancelDeliveries' }] });
    const lying = playedJob([]);
    lying.record({ code: 'InHotFolder', at: 0, actor: 'system' });
    expect(lying.ask(wish('InProduction'), press)).toMatchObject({ kind: 'decided', work: [] });
  });
});

describe('a ticket', () => {
  const came = { kind: 'ticketCame', jobId: 1, isNew: false, numberBefore: null, missing: [], missedBefore: [], files: [] } as const;
  const ticket = (approval: 'required' | 'given' | 'none', submitted = true) => ({
    ...came,
    isFirst: false,
    ticket: { submitted, approval },
  });

  it.each([
    [ticket('none', false), null, 'InBasket'],
    [ticket('required'), null, 'UnapprovedOrder'],
    [ticket('none'), Date.parse('2999-01-01T00:00:00Z'), 'FutureOrder'],
    [ticket('none'), 0, 'Ordered'],
    [ticket('given'), null, 'Ordered'],
  ] as const)('%j to be started at %s begins as its words say', (told, startAt, status) => {
    const job = makeJob(startAt);
    job.tell({ ...told, isNew: true, isFirst: true }, admin);
    expect(job.state().tracks.intake?.code).toBe(status);
  });

  it('again never pulls an approved order back, and one that says nothing of it approves nothing', () => {
    const job = makeJob();
    job.tell({ ...ticket('required'), isNew: true, isFirst: true }, admin);
    expect(job.state().tracks.intake?.code).toBe('UnapprovedOrder');
    job.tell(ticket('none'), admin);
    expect(job.state().tracks.intake?.code).toBe('UnapprovedOrder');
    job.tell(wish('Approved'), press);
    for (const again of [ticket('required'), ticket('none', false), ticket('given')]) job.tell(again, admin);
    expect(job.state().tracks).toMatchObject({ intake: { code: 'Ordered' }, review: { code: 'Approved' } });
  });

  it('leaves what it does not say as tickets before it said it', () => {
    const job = makeJob();
    job.tell({ ...ticket('required', false), isNew: true, isFirst: true }, admin);
    job.tell({ ...came, isFirst: false, ticket: {}, approvalBefore: 'required' }, admin);
    expect(job.state().tracks.intake?.code).toBe('InBasket');
    job.tell({ ...came, isFirst: false, ticket: { submitted: true }, approvalBefore: 'required' }, admin);
    expect(job.state().tracks.intake?.code).toBe('UnapprovedOrder');
    const first = makeJob();
    first.tell({ ...came, isNew: true, isFirst: true, ticket: {} }, admin);
    expect(first.state().tracks.intake?.code).toBe('Ordered');
  });

  it.each(['Rejected', 'ApprovalJobUpdated'] as const)('that says it is approved never overrules %s: somebody is asked', (code) => {
    for (const begun of [ticket('required'), ticket('none', false)]) {
      const job = makeJob();
      job.tell({ ...begun, isNew: true, isFirst: true }, admin);
      job.tell(wish(code), press);
      job.tell(wish('AwaitingProof'), press);
      for (const mover of [engine, press]) job.tell(ticket('given'), mover);
      expect(job.state().tracks.review?.open?.code).toBe(code);
      expect(mayBeDelivered({ state: job.state(), missing: [] }, true).ok).toBe(false);
      expect(attentionOf(job.state()).filter((one) => one.code === 'TicketSaysApproved')).toHaveLength(1);
      job.tell(wish('Approved'), press);
      expect(attentionOf(job.state())).toEqual([]);
      expect(mayBeDelivered({ state: job.state(), missing: [] }, false).ok).toBe(true);
    }
  });

  it('that comes after its files decides where the job stands, also when they are at a printer already', () => {
    const job = playedJob([]);
    job.tell({ ...ticket('required'), isFirst: true }, admin);
    expect(job.state().tracks.intake?.code).toBe('UnapprovedOrder');
    const begun = playedJob([]);
    begun.record({ code: 'InHotFolder', at: 0, actor: 'system' });
    begun.tell({ ...ticket('required'), isFirst: true }, admin);
    expect(begun.state().tracks.intake?.code).toBe('UnapprovedOrder');
  });
});

describe('a file', () => {
  const file = { name: 'b.pdf', version: 2, size: 1, sha256: 'b' };
  const came = (replaces: string | null) => ({ kind: 'fileCame', jobId: 1, isNew: false, missing: [], file, replaces }) as const;

  it.each(['AwaitingApproval', 'Rejected', 'AwaitingProof', 'AwaitingParts'] as const)('never answers %s by coming', (code) => {
    for (const replaces of [null, 'a.pdf']) {
      const job = playedJob([]);
      job.tell(wish(code), press);
      const decision = job.tell(came(replaces), admin);
      expect(mayBeDelivered({ state: job.state(), missing: [] }, false).ok).toBe(false);
      expect(decision).not.toMatchObject({ work: expect.arrayContaining([{ kind: 'planDeliveries' }]) });
    }
  });

  it('that changed, or that no ticket named, makes an approval void; one that a ticket had named does not', () => {
    for (const [command, ok] of [
      [came('a.pdf'), false],
      [{ ...came(null), isMore: true }, false],
      [came(null), true],
    ] as const) {
      const job = playedJob([]);
      job.tell(wish('Approved'), press);
      // What comes next says nothing of the approval, and hides it.
      job.tell(came(null), admin);
      job.tell(command, admin);
      expect(mayBeDelivered({ state: job.state(), missing: [] }, false).ok).toBe(ok);
    }
  });

  it('that is one more of an order which came approved is approved with it, and a changed one is not', () => {
    const given = { kind: 'ticketCame', jobId: 1, isFirst: true, isNew: true, numberBefore: null, missing: [], missedBefore: [] } as const;
    for (const [command, ok] of [
      [{ ...came(null), isMore: true }, true],
      [came('a.pdf'), false],
    ] as const) {
      const job = makeJob();
      job.tell({ ...given, files: [], ticket: { submitted: true, approval: 'given' } }, admin);
      job.tell(command, admin);
      expect(mayBeDelivered({ state: job.state(), missing: [] }, false).ok).toBe(ok);
    }
  });
});

describe('the other jobs of an order', () => {
  const file = { name: 'b.pdf', version: 2, size: 1, sha256: 'b' };
  const other = (code: StatusCode): OrderFacts['siblings'] => {
    const job = playedJob([]);
    job.record({ code, at: 0, actor: 'system' });
    return [{ id: 2, state: job.state(), missing: [], startAt: null }];
  };
  const given = {
    ...({
      kind: 'ticketCame',
      jobId: 1,
      isFirst: true,
      isNew: true,
      numberBefore: null,
      missing: [],
      missedBefore: [],
      files: [],
    } as const),
    ticket: { submitted: true, approval: 'given' },
  } as const;
  const changed = { kind: 'fileCame', jobId: 1, isNew: false, missing: [], file, replaces: 'a.pdf' } as const;

  it('are told of an approval that a ticket brings, as of one that a person gives', () => {
    for (const command of [given, wish('Approved')]) {
      const decision = makeJob().ask(command, admin, other('AwaitingApproval'));
      expect(decision).toMatchObject({ others: [{ jobId: 2, events: [{ code: 'PartiallyApproved' }] }] });
    }
  });

  it('are told of an approval that ends, whatever ends it', () => {
    for (const command of [changed, wish('ApprovalJobUpdated'), wish('Rejected')]) {
      const job = playedJob([]);
      job.tell(wish('Approved'), press);
      const decision = job.ask(command, admin, other('PartiallyApproved'));
      expect(decision).toMatchObject({ others: [{ jobId: 2, events: [{ code: 'AwaitingApproval' }] }] });
    }
  });
});
