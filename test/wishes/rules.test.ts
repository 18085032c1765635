/** The rules of wishes: what is sent next, what an answer means, when somebody is asked, and what a browser kept. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSameFinger, type Press } from '../../renderer/input/same-press.ts';
import { meaningOf, pauseMs } from '../../renderer/wishes/answer-means.ts';
import { ageOf, lookAgainAt, type Now, standings, toSend } from '../../renderer/wishes/next.ts';
import { readKeptWish } from '../../renderer/wishes/read-kept.ts';
import { earlierWishes } from '../../renderer/wishes/take-over.ts';
import { causeOf } from '../../renderer/wishes/unsent.ts';
import { shapeOf, type Try, type Wish } from '../../renderer/wishes/wish.ts';

const hour = 3_600_000;
const now = 1_000 * hour;
const me = { key: 'k1', name: 'station Press 1' };
const here: Now = { online: true, onlineSince: now - hour, now, aheadMs: 0, record: { hub: 'h', seq: 9 }, whose: me, askAfterMs: 8 * hour };
const tried = (fields: Partial<Try>): Try => ({ count: 1, at: now - 10, notBefore: now + 1000, why: 'fault', mayBeDone: true, ...fields });
let made = 0;
function wish(fields: Partial<Wish> = {}): Wish {
  made++;
  return {
    version: 1,
    actionId: `a${made}`,
    order: made,
    jobId: 1,
    number: '1001-1',
    call: { kind: 'status', code: 'Printed' },
    whose: me,
    record: { hub: 'h', seq: 5 },
    at: now - 1000,
    hubAt: now - 1000,
    state: { kind: 'waits', tried: null, again: false },
    kept: 'yes',
    ...fields,
  };
}
const waits = (fields: Partial<Try>): Partial<Wish> => ({ state: { kind: 'waits', tried: tried(fields), again: false } });
const of = (...wishes: Wish[]) => [...standings(wishes, here).values()];

describe('what is sent next', () => {
  it('is the first of each job; what waits for its pause holds up its own job only', () => {
    const [first, second, other] = [wish(waits({})), wish(), wish({ jobId: 2 })];
    expect(of(first, second, other)).toEqual(['later', 'behind', 'send']);
    expect(toSend([other, second, first], here)).toEqual([other]);
    expect(lookAgainAt([first], here)).toBe(now + 1000);
  });

  it('is at once what had no line when the line is back, and what a clock set back would hold up for a day', () => {
    expect(of(wish(waits({ why: 'line', at: now - 2 * hour })))).toEqual(['send']);
    expect(of(wish(waits({ why: 'line' })))).toEqual(['later']);
    expect(of(wish(waits({ at: now + hour, notBefore: now + 2 * hour })))).toEqual(['send']);
  });

  it('is never what another meant, or what was meant for another record; neither holds up what is ours', () => {
    const others = wish({ whose: { key: 'k2', name: 'station Press 2' } });
    const [otherHub, older] = [wish({ record: { hub: 'x', seq: 5 } }), wish({ record: { hub: 'h', seq: 10 } })];
    expect(of(others, otherHub, older, wish())).toEqual(['others', 'otherRecord', 'otherRecord', 'send']);
    expect([...standings([wish()], { ...here, whose: null }).values()]).toEqual(['others']);
    // A station that got a new key is the same one on record; a name nobody knows is nobody's.
    expect(of(wish({ whose: { ...me, key: 'old' } }))).toEqual(['send']);
    expect([...standings([wish({ whose: { key: 'k2', name: '' } })], { ...here, whose: { key: 'k1', name: '' } }).values()]).toEqual([
      'others',
    ]);
  });

  it('asks about what is older than a shift by the clock of the hub, and sends nothing the hub may have forgotten', () => {
    const old = { hubAt: now - 9 * hour };
    expect(of(wish(old), wish())).toEqual(['asks', 'behind']);
    expect(of(wish({ ...old, state: { kind: 'waits', tried: null, again: true } }))).toEqual(['send']);
    expect(of(wish({ hubAt: now - 61 * 24 * hour, state: { kind: 'waits', tried: null, again: true } }))).toEqual(['tooOld']);
    // The clock of this screen jumped ahead while the line was lost: nobody knows how old it is.
    expect(of(wish({ hubAt: now + hour }))).toEqual(['asks']);
    expect(of(wish({ hubAt: now + 60_000 }))).toEqual(['send']);
    // The clock of this screen was five hours ahead then and is right now.
    expect(ageOf({ at: now + 5 * hour, hubAt: now - hour }, here)).toBe(hour);
  });
});

it('an answer is a refusal only when the hub will say the same again', () => {
  const of = (status: number | null, code = '', isLate = false, isRule = false) => {
    const meaning = meaningOf({ status, code, isLate, isRule, retryAfterMs: null });
    return meaning.kind === 'refused' ? 'refused' : `${meaning.why}${meaning.mayBeDone ? '?' : ''}`;
  };
  expect([400, 404, 409, 413, 422].map((status) => of(status))).toEqual(Array(5).fill('refused'));
  expect([401, 403, 408, 429, 500, 502, 507].map((status) => of(status))).toEqual([
    'key',
    'right',
    'silence?',
    'busy',
    'fault?',
    'fault?',
    'fault?',
  ]);
  // That it is too late to undo is no word about the key.
  expect(of(403, 'FORBIDDEN', false, true)).toBe('refused');
  expect([of(503, 'NOT_RECORDED'), of(null), of(null, '', true)]).toEqual(['notRecorded', 'line?', 'silence?']);
});

it('pauses grow to half a minute, keep to what the hub asks for, and never to more than ten minutes', () => {
  expect([1, 2, 3, 9, 99].map((count) => pauseMs(count, 0.5, null))).toEqual([1000, 2000, 4000, 30_000, 30_000]);
  expect([pauseMs(1, 0, 60_000), pauseMs(1, 0, 1e12)]).toEqual([60_000, 600_000]);
});

describe('what a person is told of what does not go out', () => {
  it('is never that it is kept while nobody knows: not without a line, a right or a good answer', () => {
    const keeps = [wish({ kept: 'trying' }), wish({ kept: 'trying', ...waits({ why: 'key' }) }), wish({ kept: 'trying', ...waits({}) })];
    const offline = { ...here, online: false };
    const told = (at: Now, kept: Wish['kept'], age: number) =>
      keeps.map((one) => [...causeOf([{ ...one, kept, at: now - age }], at).values()][0] ?? null);
    expect(told(offline, 'trying', 10)).toEqual([null, null, null]);
    expect(told(offline, 'trying', 1000)).toEqual(['trying', 'trying', 'trying']);
    expect(told(here, 'trying', 1000)).toEqual([null, 'trying', null]);
    expect(told(offline, 'yes', 10)).toEqual(['line', 'key', 'line']);
    expect(told(offline, 'no', 10)).toEqual(['here', 'here', 'here']);
    expect(told(here, 'trying', 6000)).toEqual(['trying', 'trying', 'trying']);
  });
});

describe('what a browser kept', () => {
  it('comes back as it was, and what a later version wrote is left alone', () => {
    const { kept: _, ...whole } = wish(waits({}));
    expect(readKeptWish(structuredClone(whole))).toEqual({ kind: 'wish', wish: whole });
    expect(readKeptWish({ ...whole, version: 2, call: { kind: 'dance' } })).toEqual({ kind: 'later' });
    expect(readKeptWish({ ...whole, call: { kind: 'deliver', reason: 'x', fileIds: [] } })).toEqual({ kind: 'nothing' });
  });

  it('with more than an older page can read is left alone by that, and never done without it', () => {
    const deliver = { kind: 'deliver', reason: 'x', fileIds: [1] } as const;
    expect(shapeOf(deliver)).toBe(1);
    expect([shapeOf({ ...deliver, unsent: true }), shapeOf({ ...deliver, insists: ['sentAlready'] })]).toEqual([3, 3]);
    const { kept: _, ...whole } = wish(waits({}));
    const call = { ...deliver, force: true, insists: ['sentAlready'] };
    expect(readKeptWish({ ...whole, version: 3, call })).toEqual({ kind: 'wish', wish: { ...whole, version: 3, call } });
    expect(readKeptWish({ ...whole, version: 3, call: { ...call, insists: 'all' } })).toMatchObject({ wish: { call: { insists: [] } } });
  });

  it('may be anything at all', () => {
    fc.assert(fc.property(fc.anything(), (kept) => ['wish', 'later', 'nothing'].includes(readKeptWish(kept).kind)));
  });

  it('by an earlier version is taken over: what waited waits, what was told as not sent is told', () => {
    const kept = [{ actionId: 'x', jobId: 3, number: '1003-1', call: { kind: 'undo', seq: 4 } }, null];
    const taken = earlierWishes({ waiting: kept, unsent: [{ ...kept[0], actionId: 'y' }], record: { hub: 'h', seq: 5 } }, me, now);
    expect(taken.map(({ actionId, state, record }) => [actionId, state.kind, record.hub])).toEqual([
      ['y', 'otherRecord', 'h'],
      ['x', 'waits', 'h'],
    ]);
  });
});

it('every wish ends once, each job in its order, whatever the hub answers and however often the line goes', () => {
  const step = fc.constantFrom('done', 'refused', 'fault', 'line', 'busy') as fc.Arbitrary<'done' | 'refused' | 'fault' | 'line' | 'busy'>;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 12 }), fc.array(step, { maxLength: 60 }), (jobs, steps) => {
      let open = jobs.map((jobId, order) => wish({ jobId, order }));
      const ended: Wish[] = [];
      let clock = now;
      // In the end the hub answers.
      for (const answer of [...steps, ...Array<'done'>(20).fill('done')]) {
        clock += 60_000;
        for (const next of toSend(open, { ...here, now: clock })) {
          if (answer === 'done' || answer === 'refused') {
            open = open.filter((one) => one !== next);
            ended.push(next);
          } else open = open.map((one) => (one === next ? { ...one, ...waits({ at: clock, notBefore: clock + 1000, why: answer }) } : one));
        }
      }
      expect(open).toEqual([]);
      expect(new Set(ended).size).toBe(jobs.length);
      for (const job of [1, 2, 3]) {
        const orders = ended.filter(({ jobId }) => jobId === job).map(({ order }) => order);
        expect(orders).toEqual(orders.toSorted((a, b) => a - b));
      }
    }),
    { numRuns: 50 },
  );
});

it('a finger that comes again at once on the same spot means nothing new; another place, key or screen does', () => {
  const press = (fields: Partial<Press>): Press => ({ at: 0, key: null, x: 100, y: 100, on: '#/press/1', ...fields });
  const first = press({});
  expect(isSameFinger(first, press({ at: 240, x: 120 }))).toBe(true);
  expect(
    [press({ at: 800 }), press({ at: 100, x: 300 }), press({ at: 100, on: '#/press/2' })].some((one) => isSameFinger(first, one)),
  ).toBe(false);
  expect(isSameFinger(press({ key: 'KeyP' }), press({ at: 200, key: 'KeyP' }))).toBe(true);
});
