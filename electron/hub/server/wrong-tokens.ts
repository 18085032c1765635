/**
 * How many wrong tokens came lately, by their kind: from one address, and from all together, so that guessing from many addresses, or through a proxy that
 * has one address for all, is slowed too. Only whoever has no right token is ever told to wait.
 */

/** `unreadable`: no token of ours by its form; `unknown`: nobody's; `ended`: one that was revoked, or whose time is over. */
export type WrongToken = 'unreadable' | 'unknown' | 'ended';

const minuteMs = 60_000;
/** Of one kind in a minute. */
const mostFromAnAddress = 20;
const mostInAll = 300;
/** Addresses told apart; what comes from more of them counts as from one. */
const mostAddresses = 1000;

const everybody = 'everybody';
const theRest = 'the rest';

type Counted = { count: number; readonly since: number };

export type WrongTokens = {
  /** One more. Is that too many? */
  count(kind: WrongToken, address: string): boolean;
  /** How many entries it keeps. */
  size(): number;
};

/** `now` in epoch ms. */
export function makeWrongTokens(now: () => number): WrongTokens {
  const counted = new Map<string, Counted>();
  const addOne = (who: string): number => {
    const entry = counted.get(who) ?? { count: 0, since: now() };
    entry.count += 1;
    counted.set(who, entry);
    return entry.count;
  };
  return {
    count: (kind, address) => {
      for (const [who, { since }] of counted) if (Math.abs(now() - since) >= minuteMs) counted.delete(who);
      const own = `${kind} ${address}`;
      const fromHere = addOne(counted.has(own) || counted.size < mostAddresses ? own : `${kind} ${theRest}`);
      return addOne(`${kind} ${everybody}`) > mostInAll || fromHere > mostFromAnAddress;
    },
    size: () => counted.size,
  };
}
