/** Which wishes are sent now, and why the others are not. Pure: the time, the hub and whose the screen is come in. */
import type { RecordOf, Whose, Why, Wish } from './wish.ts';

export type Now = {
  readonly online: boolean;
  /** Since when, by the clock of this screen. */
  readonly onlineSince: number;
  /** By the clock of this screen; the hub's is so many ms ahead of it. */
  readonly now: number;
  readonly aheadMs: number;
  readonly record: RecordOf;
  /** Whose key the screen has; null where it has none. */
  readonly whose: Whose | null;
  /** A wish that is older asks before it is sent. */
  readonly askAfterMs: number;
};

export type Standing =
  | 'send'
  /** Sent again by itself, after a pause or when the line is back. */
  | 'later'
  /** Behind another wish for its job. */
  | 'behind'
  /** Somebody else's, who is not here. */
  | 'others'
  | 'otherRecord'
  /** Somebody has to say first whether it is still wanted. */
  | 'asks'
  /** So old that the hub may have forgotten that it was done. */
  | 'tooOld'
  | 'refused';

/** A hub remembers for 90 days what it has done. */
const rememberedMs = 60 * 24 * 60 * 60_000;

/** Clocks differ by that much, and are right. */
const mostAheadMs = 5 * 60_000;

export function isOurs(whose: Whose, here: Whose | null): boolean {
  return here !== null && (whose.key === here.key || (whose.name !== '' && whose.name === here.name));
}

/** The record goes on where it was: the same hub, and everything that was in it is in it. */
export function isOfRecord(meant: RecordOf, { hub, seq }: RecordOf): boolean {
  return (meant.hub === null || hub === null || meant.hub === hub) && meant.seq <= seq;
}

/** By the hub's clock where it was known: that of a screen may have been wrong then, and right now. */
export function ageOf({ at, hubAt }: Pick<Wish, 'at' | 'hubAt'>, { now, aheadMs }: Pick<Now, 'now' | 'aheadMs'>): number {
  return hubAt === null ? now - at : now + aheadMs - hubAt;
}

const healsWithLine: ReadonlySet<Why> = new Set<Why>(['line', 'silence', 'key', 'right']);

/** When it is tried again at the earliest, where the line stays as it is; 0 when at once. */
export function dueAt(wish: Wish, { onlineSince, now }: Now): number {
  if (wish.state.kind !== 'waits' || wish.state.tried === null) return 0;
  const { at, notBefore, why } = wish.state.tried;
  // A clock that was set back must not make it wait for a day.
  if (now < at || (healsWithLine.has(why) && onlineSince > at)) return 0;
  return notBefore;
}

function standingAlone(wish: Wish, here: Now): Standing {
  if (wish.state.kind === 'refused') return 'refused';
  if (wish.state.kind === 'otherRecord') return 'otherRecord';
  if (!isOurs(wish.whose, here.whose)) return 'others';
  const age = ageOf(wish, here);
  if (age > rememberedMs) return 'tooOld';
  // Of one that is still to come nobody knows the age: a clock went wrong.
  if (!wish.state.again && (age > here.askAfterMs || age < -mostAheadMs)) return 'asks';
  if (!here.online) return 'later';
  if (!isOfRecord(wish.record, here.record)) return 'otherRecord';
  return dueAt(wish, here) <= here.now ? 'send' : 'later';
}

/** What stands before nobody: the others of its job go on. */
const holdsUpNobody: ReadonlySet<Standing> = new Set<Standing>(['refused', 'otherRecord', 'others', 'tooOld']);

export function inOrder(wishes: readonly Wish[]): readonly Wish[] {
  return wishes.toSorted((a, b) => a.order - b.order || (a.actionId < b.actionId ? -1 : 1));
}

/** Every wish with where it stands, in order. Of each job at most one is to be sent. */
export function standings(wishes: readonly Wish[], here: Now): ReadonlyMap<Wish, Standing> {
  const heldUp = new Set<number>();
  return new Map(
    inOrder(wishes).map((wish) => {
      const alone = standingAlone(wish, here);
      if (holdsUpNobody.has(alone)) return [wish, alone];
      const behind = heldUp.has(wish.jobId);
      heldUp.add(wish.jobId);
      return [wish, behind && alone !== 'asks' ? 'behind' : alone];
    }),
  );
}

/** The wishes to be sent now, one a job. */
export function toSend(wishes: readonly Wish[], here: Now): readonly Wish[] {
  return [...standings(wishes, here)].flatMap(([wish, standing]) => (standing === 'send' ? [wish] : []));
}

/** When to look again, by the clock of this screen; null where nothing comes by itself. */
export function lookAgainAt(wishes: readonly Wish[], here: Now): number | null {
  if (!here.online) return null;
  const due = [...standings(wishes, here)].flatMap(([wish, standing]) => (standing === 'later' ? [dueAt(wish, here)] : []));
  return due.length === 0 ? null : Math.min(...due);
}

/** Whether it was never sent, so that taking it back is certain. */
export function isUnsent({ state }: Pick<Wish, 'state'>): boolean {
  return state.kind === 'waits' && (state.tried === null || !state.tried.mayBeDone);
}
