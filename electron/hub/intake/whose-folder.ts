/**
 * Whose an incoming folder is, while it is worked on. Its marker lies where senders write, so that anybody can write one that names another Printfloor. A hub
 * that is told so signs its own marker again: who lives and was told by a person to take over signs once more, and is believed; a file that nobody stands behind
 * is not. Nothing is taken meanwhile, so that no two hubs empty one folder. Pure.
 *
 * A marker says how often a person had said "take over" (its turn): one that knows of fewer than ours is an older word, and is signed over at once.
 * Believed at once is any marker that lies there at a start, before this hub has seen its own.
 */

export type Whose =
  | { readonly kind: 'unknown' | 'theirs' }
  | { readonly kind: 'ours'; readonly turn: number }
  /** Signed again; whoever lives has until then to sign once more. */
  | { readonly kind: 'asked'; readonly turn: number; readonly until: number; readonly who: string };

/** What a look at the marker found. `put`: whose marker of an older word was signed over, as the disk says it. */
export type MarkerSeen =
  | { readonly kind: 'ours'; readonly turn: number; readonly put: string | null }
  | { readonly kind: 'theirs'; readonly who: string };

export type Heard = {
  readonly whose: Whose;
  readonly doing: 'work' | 'wait' | 'signAgain' | 'stop';
  /** Whose marker was not believed. */
  readonly ignored: string | null;
};

/** A hub looks every few seconds and asks every ten; one with ten thousand files takes longer. */
export const answersWithinMs = 60_000;

/** @param now on the monotonic clock */
export function hearWhose(before: Whose, seen: MarkerSeen, now: number): Heard {
  if (seen.kind === 'ours') {
    if (before.kind === 'asked' && now < before.until) return { whose: before, doing: 'wait', ignored: null };
    return {
      whose: { kind: 'ours', turn: seen.turn },
      doing: 'work',
      ignored: before.kind === 'asked' ? before.who : seen.put,
    };
  }
  if (before.kind === 'ours')
    return {
      whose: { kind: 'asked', turn: before.turn, until: now + answersWithinMs, who: seen.who },
      doing: 'signAgain',
      ignored: null,
    };
  return { whose: { kind: 'theirs' }, doing: 'stop', ignored: null };
}
