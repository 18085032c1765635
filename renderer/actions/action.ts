/**
 * What an action is: one thing a person may do to a job, with its word, icon, key, rule and effect. Buttons, keys and the
 * command palette all use the same object; the hub has the last word.
 */
import type { LucideIcon } from 'lucide-react';
import type { GivenCounts } from '../../shared/job/counts.ts';
import { type RefusalName, refusals } from '../../shared/job/refusals.ts';
import type { Standing } from '../../shared/job/state.ts';
import type { Job } from '../../shared/job.ts';
import { hubNow } from '../hub-clock.ts';
import type { Call } from '../wishes/wish.ts';
import type { en } from '../words/en.ts';
import type { readyReasons } from '../words/ready-reasons.ts';
import { objectionTo } from './allowed.ts';

type Words = (typeof en)['action'];
/** A word that needs nothing put into it. */
export type ActionWord = {
  [Name in keyof Words]: Words[Name] extends string ? (Words[Name] extends `${string}{${string}` ? never : Name) : never;
}[keyof Words];
export type ReasonFor = Exclude<keyof (typeof readyReasons)['en'], 'chooseFolder' | 'seenTo'>;

/**
 * `reason`: asks why before it is done; `folder`: asks for a hot folder; `count`: how many were printed; `reprint`: how many are printed again, and why; `othersStep`: says who did what it takes back; `earlierStep`: that it is not the last thing that was done; `insist`: says what
 * stands against it, and why it is done all the same.
 */
export type Asks =
  | 'nothing'
  | 'folder'
  | 'count'
  | 'reprint'
  | { readonly reason: ReasonFor }
  | { readonly othersStep: Standing }
  | { readonly earlierStep: Standing }
  | { readonly insist: RefusalName };

/** What was answered. `fileIds`: just these files, where a job has several; `unfinished`: what was counted is not all of it yet; `quantity`: so many pieces, and `force`: although they are more than were ordered. */
export type GivenAnswer = {
  readonly reason: string;
  readonly hotFolderId?: number;
  readonly fileIds?: readonly number[];
  readonly counts?: GivenCounts;
  readonly unfinished?: boolean;
  readonly quantity?: number;
  readonly force?: boolean;
};

export type Action = {
  /** Its word, and its identity. */
  readonly label: ActionWord;
  readonly icon: LucideIcon;
  /** One letter, lower case; pressed with Alt. */
  readonly key: string;
  readonly asks: Asks | ((job: Job) => Asks);
  /** Whether it is offered for this job now. */
  rule(job: Job): boolean;
  /** What is asked of the hub; null when the job changed so that there is nothing to ask. */
  perform(job: Job, answer: GivenAnswer): Call | null;
};

/** What has to be asked before this action is done to this job: what the rules object to first, where one may insist. */
export function asksOf(action: Action, job: Job): Asks {
  const asks = typeof action.asks === 'function' ? action.asks(job) : action.asks;
  if (asks !== 'nothing') return asks;
  const call = action.perform(job, { reason: '' });
  const objection = call?.kind === 'status' ? objectionTo(job, call.code, call.custom ?? null, hubNow()) : null;
  return objection === null ? 'nothing' : { insist: objection };
}

/** What stands against it now, where that is something else than `asked`, which was read: nobody insists on what he has not seen. Null where it is not. */
export function asksAnew(action: Action, asked: Asks, job: Job): Exclude<Asks, 'nothing'> | null {
  if (typeof asked !== 'object' || !('insist' in asked)) return null;
  const asks = asksOf(action, job);
  // What nobody may insist on is the hub's to refuse.
  return typeof asks === 'object' && 'insist' in asks && asks.insist !== asked.insist && refusals[asks.insist].mayInsist ? asks : null;
}
