/** In which order the open problems of a job are told, first what may go wrong at a printer this minute; and whether one stops the job or asks for somebody. Pure. */
import type { ReasonCode } from '../reason.ts';
import { isStatusCode, type Sign, type StatusCode, statusEntry } from '../status.ts';

/** Left out: after all of these. */
const urgent: readonly (readonly (ReasonCode | StatusCode)[])[] = [
  // Something is printed, or about to be, that must not be.
  ['OtherContent', 'LiesThoughStopped', 'GoneThoughStopped', 'WentOutAnyway', 'SentBeforeTicket', 'SentElsewhere', 'ChangedAfterSent'],
  // It may have been printed, or be printed twice.
  ['LiesThoughPrinted', 'SeenOtherwise', 'DeliveryUncertain', 'OutOfSight', 'WhoseOutcome'],
  // It is not printed until somebody acts.
  ['PrinterRefused', 'CopyToHotFolderFailed', 'OneFileFailed', 'NameTaken', 'FirstCopyLies', 'PutByHand'],
];

export function urgencyOf({ code }: { readonly code: string }): number {
  const rank = urgent.findIndex((codes) => codes.some((one) => one === code));
  return rank === -1 ? urgent.length : rank;
}

/** Somebody has to stop it at the machine this minute. */
export function mustStopNow(problem: { readonly code: string }): boolean {
  return urgencyOf(problem) === 0;
}

/** It lies at a printer, or came out of one, against somebody's word or with other content: nothing goes on before it is taken away there. */
const goneWrong: ReadonlySet<string> = new Set<ReasonCode>(['OtherContent', 'LiesThoughStopped', 'GoneThoughStopped', 'WentOutAnyway']);

export function isGoneWrong({ code }: { readonly code: string }): boolean {
  return goneWrong.has(code);
}

/** Problems that ask for a decision while nothing is broken. */
const calm: ReadonlySet<string> = new Set<ReasonCode>([
  'NoRuleFits',
  'HotFolderGone',
  'NewVersionHeld',
  'PutByHand',
  'NameContract',
  'StillLyingThere',
  'WhoseFile',
  'SeenOtherwise',
  'LiesThoughPrinted',
  'FirstCopyLies',
]);

export function signOf({ code }: { readonly code: string }): Extract<Sign, 'stop' | 'attention'> {
  const isCalm = isStatusCode(code) ? statusEntry(code).sign !== 'stop' : calm.has(code);
  return isCalm ? 'attention' : 'stop';
}
