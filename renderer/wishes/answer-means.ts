/** What an answer of the hub means for a wish, and how long to wait before it is sent again. Pure. */
import type { Why } from './wish.ts';

/** How a call failed. `status` is null where the hub did not answer. */
export type Failure = {
  readonly status: number | null;
  readonly code: string;
  /** It was sent, and no answer came in time. */
  readonly isLate: boolean;
  /** A rule of the shop stands against the wish itself, whoever sends it. */
  readonly isRule: boolean;
  /** The hub says when to come again, ms. */
  readonly retryAfterMs: number | null;
};

export type Meaning =
  /** The hub has said no, and will say so again: shown to the person, and over. */
  | { readonly kind: 'refused' }
  /** Kept, and tried again. `mayBeDone`: nobody knows whether it was recorded. */
  | { readonly kind: 'unanswered'; readonly why: Why; readonly mayBeDone: boolean };

export function meaningOf({ status, code, isLate, isRule }: Failure): Meaning {
  const unanswered = (why: Why, mayBeDone: boolean): Meaning => ({ kind: 'unanswered', why, mayBeDone });
  if (status === null) return unanswered(isLate ? 'silence' : 'line', true);
  if (isRule && status < 500) return { kind: 'refused' };
  if (status === 401) return unanswered('key', false);
  if (status === 403) return unanswered('right', false);
  if (status === 429) return unanswered('busy', false);
  if (status === 408 || status === 425) return unanswered('silence', true);
  if (code === 'NOT_RECORDED') return unanswered('notRecorded', false);
  if (status >= 400 && status < 500) return { kind: 'refused' };
  return unanswered('fault', true);
}

const firstPauseMs = 1000;
const longestPauseMs = 30_000;
/** Nobody waits longer for a hub, whatever it says. */
const longestAskedMs = 10 * 60_000;

/** `count`: how often it was tried. `chance` from 0 to 1 spreads the screens of a shop, which were all cut off in the same moment. */
export function pauseMs(count: number, chance: number, retryAfterMs: number | null): number {
  const own = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(count - 1, 10)) * (0.75 + chance / 2);
  return Math.round(Math.max(own, Math.min(retryAfterMs ?? 0, longestAskedMs)));
}
