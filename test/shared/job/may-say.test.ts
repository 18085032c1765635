import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { needsReason, objections } from '../../../shared/job/may-say.ts';
import { engine, type Mover, printer } from '../../../shared/job/mover.ts';
import { type RefusalName, refusals } from '../../../shared/job/refusals.ts';
import { type JobState, standingSchema } from '../../../shared/job/state.ts';
import { type StatusCode, statusCodes, statusEntry } from '../../../shared/status.ts';

/** The tracks of a job on which these were said. */
function after(...codes: StatusCode[]): Pick<JobState, 'tracks'> {
  const standing = { custom: null, at: '2026-11-24T12:00:00.000Z', seq: 1, actor: 'admin', reason: null, reasonCode: null, raw: null };
  return {
    tracks: Object.fromEntries(
      codes.map((code, index) => [statusEntry(code).track, standingSchema.parse({ ...standing, seq: index + 1, code })]),
    ),
  };
}

type Row = readonly [
  what: string,
  state: Pick<JobState, 'tracks'>,
  code: StatusCode,
  custom: string | null,
  answer: 'yes' | 'by force' | 'no',
];

const rows: readonly Row[] = [
  ['an ordered job goes to the press', after('Ordered'), 'InProduction', null, 'yes'],
  ['a job in its hot folder was printed', after('Ordered', 'InHotFolder'), 'Printed', null, 'yes'],
  ['nothing is printed that lies in the basket', after('InBasket'), 'Printed', null, 'by force'],
  ['nothing goes to the press before its date', after('FutureOrder'), 'InProduction', null, 'by force'],
  ['nothing goes to the press while the order is not approved', after('UnapprovedOrder'), 'InProduction', null, 'by force'],
  ['nothing is printed that was never ordered', after(), 'Printed', null, 'by force'],
  ['nothing is printed that a reviewer refused', after('Ordered', 'Rejected'), 'Printed', null, 'by force'],
  ['nothing is packed before it is printed', after('Ordered', 'InProduction'), 'InPacking', null, 'by force'],
  ['nothing is finished before it is printed', after('Ordered', 'InHotFolder'), 'InFinishing', null, 'by force'],
  ['a printed job is packed', after('Ordered', 'Printed'), 'InPacking', null, 'yes'],
  ['a finished job is shipped', after('Ordered', 'InFinishing'), 'Shipped', null, 'yes'],
  ['a packed job waits for the customer', after('Ordered', 'InPacking'), 'ReadyForCollection', null, 'yes'],
  ['a job that waits on its shelf is collected', after('Ordered', 'InPacking', 'ReadyForCollection'), 'CustomStatus', 'Collected', 'yes'],
  ['nothing is collected that is not ready', after('Ordered', 'Printed'), 'CustomStatus', 'Collected', 'by force'],
  ['a status of the shop itself is free', after(), 'CustomStatus', 'Proofed', 'yes'],
  ['nobody but the engine says where a file lies', after('Ordered'), 'InHotFolder', null, 'no'],
  ['nobody but the engine says that a copy failed', after('Ordered'), 'CopyToHotFolderFailed', null, 'no'],
  ['a blocked job does not move on', after('Ordered', 'Blocked'), 'Printed', null, 'no'],
  ['a blocked job is not handed out', after('Ordered', 'ReadyForCollection', 'Blocked'), 'CustomStatus', 'Collected', 'no'],
  ['a blocked job is still reviewed', after('Ordered', 'Blocked'), 'Approved', null, 'yes'],
  ['an order is not made one by going round its approval', after('UnapprovedOrder'), 'Ordered', null, 'by force'],
  ['an order is approved', after('UnapprovedOrder', 'Approved'), 'Ordered', null, 'yes'],
];

const person: Mover = { kind: 'person', actor: 'station Press 1', station: 'Press 1', isAdmin: false };

function ask(state: Pick<JobState, 'tracks'>, code: StatusCode, custom: string | null, mover: Mover): RefusalName | null {
  return objections({ state, missing: [], startAt: null }, { code, custom, now: 0 }, mover)[0] ?? null;
}

describe('what may follow what', () => {
  it.each(rows)('%s', (_, state, code, custom, answer) => {
    const against = ask(state, code, custom, person);
    expect(against === null ? 'yes' : refusals[against].mayInsist ? 'by force' : 'no').toBe(answer);
  });

  it('never hinders the engine', () => {
    const codes = fc.constantFrom(...statusCodes);
    fc.assert(
      fc.property(fc.array(codes, { maxLength: 5 }), codes, (said, code) => {
        const state = after(...said);
        for (const mover of [engine, printer('press-1')]) expect(ask(state, code, null, mover)).toBeNull();
      }),
    );
  });
});

describe('a reason', () => {
  it('is asked for with every failure, and not for plain work', () => {
    for (const code of statusCodes) if (/Failed$|^Blocked$|^Rejected$|Bounced$/.test(code)) expect(needsReason(code), code).toBe(true);
    for (const code of ['Printed', 'InPacking', 'Shipped', 'AwaitingProof', 'Approved'] as const)
      expect(needsReason(code), code).toBe(false);
  });
});
