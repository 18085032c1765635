/** Which rules may be insisted on: a person may go on all the same, with a reason. Why, and what to do instead, stands in words/. */
import type { Words } from '../words/say.ts';

export const refusals = {
  onlyTheProgram: { mayInsist: false },
  onlyAdmin: { mayInsist: false },
  blocked: { mayInsist: false },
  blockedAlready: { mayInsist: false },
  notOrdered: { mayInsist: true },
  notApproved: { mayInsist: true },
  notPrinted: { mayInsist: true },
  notReady: { mayInsist: true },
  printedAlready: { mayInsist: true },
  goneAlready: { mayInsist: false },
  furtherAlready: { mayInsist: true },
  handedOutAlready: { mayInsist: false },
  noStartDate: { mayInsist: false },
  partOfAnother: { mayInsist: false },
  sendUnordered: { mayInsist: false },
  sendUnapproved: { mayInsist: false },
  sendIncomplete: { mayInsist: false },
  sendUnfinished: { mayInsist: true },
  sendByHand: { mayInsist: true },
  sendUnclear: { mayInsist: true },
  sentAlready: { mayInsist: true },
  sentMeanwhile: { mayInsist: true },
  replacedMeanwhile: { mayInsist: false },
  liesElsewhere: { mayInsist: true },
  liesThere: { mayInsist: true },
  reprintNotBegun: { mayInsist: false },
  reprintMore: { mayInsist: true },
  reprintedAlready: { mayInsist: true },
  countedMeanwhile: { mayInsist: false },
  notAllSent: { mayInsist: true },
  notInHistory: { mayInsist: false },
  undoOfUndo: { mayInsist: false },
  undoneAlready: { mayInsist: false },
  undoFact: { mayInsist: false },
  undoOutOfTurn: { mayInsist: false },
  undoSent: { mayInsist: false },
  undoToNowhere: { mayInsist: false },
  undoTooLate: { mayInsist: false },
} as const satisfies Record<keyof Words['rules'], { readonly mayInsist: boolean }>;

export type RefusalName = keyof typeof refusals;

/** Goes on although something stands against it: `insists` on just these rules; left out, on whatever does. */
export type Insisting = { readonly force?: boolean | undefined; readonly insists?: readonly string[] | undefined };

export function isInsistedOn(name: RefusalName, { force = false, insists }: Insisting): boolean {
  return refusals[name].mayInsist && force && (insists === undefined || insists.includes(name));
}
