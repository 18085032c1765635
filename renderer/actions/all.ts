/** All actions in the order in which they are offered, and which of them leads. Pure. */
import { isForPrinter } from '../../shared/job/lies-though-printed.ts';
import { mustStopNow } from '../../shared/job/urgency.ts';
import type { Job } from '../../shared/job.ts';
import type { Action } from './action.ts';
import { approve } from './approve.ts';
import { block } from './block.ts';
import { chooseFolder } from './choose-folder.ts';
import { collected } from './collected.ts';
import { count } from './count.ts';
import { inFinishing } from './in-finishing.ts';
import { inPacking } from './in-packing.ts';
import { onPress } from './on-press.ts';
import { printed } from './printed.ts';
import { readyForCollection } from './ready-for-collection.ts';
import { release } from './release.ts';
import { reprint } from './reprint.ts';
import { seenTo } from './seen-to.ts';
import { sendAgain } from './send-again.ts';
import { sendElsewhere } from './send-elsewhere.ts';
import { shipped } from './shipped.ts';
import { undo } from './undo.ts';

export const actions: readonly Action[] = [
  release,
  approve,
  seenTo,
  chooseFolder,
  printed,
  count,
  onPress,
  inFinishing,
  inPacking,
  readyForCollection,
  shipped,
  collected,
  sendAgain,
  reprint,
  sendElsewhere,
  undo,
  block,
];

/** The one right button for a problem; null when no button of ours can end it. */
export function remedyFor(problem: { readonly code: string; readonly reasonCode: string | null }): Action | null {
  switch (problem.reasonCode ?? problem.code) {
    case 'NoRuleFits':
    case 'HotFolderGone':
    case 'TypeNotAccepted':
      return chooseFolder;
    case 'ChangedAfterSent':
    case 'DeliveryUncertain':
      return printed;
    case 'LiesThoughPrinted':
      return seenTo;
    case 'Blocked':
      return release;
    case 'UnapprovedOrder':
    case 'AwaitingApproval':
      return approve;
    case 'PrinterRefused':
    case 'OneFileFailed':
    case 'NewVersionHeld':
    case 'PutByHand':
    case 'NameContract':
    case 'SentElsewhere':
    case 'FileBusy':
    case 'CopyDiffers':
    case 'NameTaken':
    case 'SourceChanged':
    case 'SourceMissing':
    case 'NameTooLong':
    case 'NameNotAllowed':
    case 'FileTooLarge':
    case 'UnknownError':
      return sendAgain;
    default:
      return problem.code === 'Blocked' ? release : problem.code === 'CopyToHotFolderFailed' ? sendAgain : null;
  }
}

/** The action that ends the oldest problem of a job which one of ours can end; null when there is none. */
export function leadingRemedy(job: Job): Action | null {
  return job.attention.map(remedyFor).find((action) => action?.rule(job) === true) ?? null;
}

const neverLeads: readonly Action[] = [sendAgain, reprint, sendElsewhere, undo, block];

/** Whether it is the next step that is expected: what goes back or stops is offered, and never leads. */
export function mayLead(action: Action, job: Job): boolean {
  const guesses = isForPrinter(job, job.deliveries) && (action === printed || action === count);
  return !neverLeads.includes(action) && !guesses && !asksToLook(job) && !mustNotGoOn(job);
}

/** Something may be printed this minute that must not be: first somebody takes it away from the printer. */
function mustNotGoOn({ attention: [first] }: Job): boolean {
  return first !== undefined && mustStopNow(first);
}

/** Its file lies there, and nobody knows why: somebody has to look before anything is said of it. */
function asksToLook(job: Job): boolean {
  return job.attention.some(({ code }) => code === 'StillLyingThere');
}

/** Where somebody has to look first, saying that it is done comes last of what goes on, behind sending it again. */
function inTurn(job: Job): readonly Action[] {
  if (!asksToLook(job)) return actions;
  const guesses: readonly Action[] = [printed, count, onPress];
  return [...actions.slice(0, actions.indexOf(undo)).filter((action) => !guesses.includes(action)), ...guesses, undo, block];
}

/**
 * The places of the bar at a press, from the left: a hand finds each action where it always is, whatever is expected next. Of those that share a place the first that may
 * be done stands there; the others are found by their keys and on the page of the job.
 */
const places: readonly (readonly Action[])[] = [
  [printed],
  [count],
  [onPress, approve, sendElsewhere, reprint],
  [chooseFolder, sendAgain],
  [undo],
  [release, block],
];

/** What may be done now, each with its place, counted from 1. */
export function inPlaces(possible: readonly Action[]): readonly { readonly action: Action; readonly place: number }[] {
  return places.flatMap((those, at) => {
    const action = those.find((one) => possible.includes(one));
    return action === undefined ? [] : [{ action, place: at + 1 }];
  });
}

/** The step that is expected next, where one of ours is. */
export function leading(job: Job): Action | null {
  const [first] = actionsFor(job);
  return first !== undefined && mayLead(first, job) ? first : null;
}

/** What may be done now, the most likely first: what ends the oldest problem leads. */
export function actionsFor(job: Job): readonly Action[] {
  const possible = inTurn(job).filter((action) => action.rule(job));
  const remedy = leadingRemedy(job);
  return remedy === null ? possible : [remedy, ...possible.filter((action) => action !== remedy)];
}
