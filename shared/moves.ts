/**
 * What may follow what: whether somebody may put a job into a status from where it stands. Pure; the buttons on a screen and the
 * hub ask the same question here. It stops moves that make no sense, says why and what to do, and knows which a person may insist on.
 */
import type { JobState } from './state.ts';
import { type Language, type StatusCode, statusEntry } from './status.ts';

/** `person`: somebody at a station; `system`: another program through the API; `engine`: the hub saying what it did or saw. */
export type Mover = 'person' | 'engine' | 'system';

type Words = Readonly<Record<Language, string>>;

export type Move =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly why: Words;
      readonly whatToDo: Words /** A person may go on with a reason. */;
      readonly forceable: boolean;
    };

function refusal(forceable: boolean, en: string, enTodo: string, de: string, deTodo: string): Move {
  return { ok: false, forceable, why: { en, de }, whatToDo: { en: enTodo, de: deTodo } };
}

const refusals = {
  engineOnly: refusal(
    false,
    'Only the program itself can say this, when it has done it.',
    'Use Send again to send the file to the printer.',
    'Das kann nur das Programm selbst sagen, wenn es das getan hat.',
    'Mit Erneut senden die Datei an den Drucker schicken.',
  ),
  blocked: refusal(
    false,
    'The job is blocked.',
    'Read why, then release it first.',
    'Der Auftrag ist gesperrt.',
    'Den Grund lesen und ihn zuerst freigeben.',
  ),
  blockedAlready: refusal(
    false,
    'The job is blocked already.',
    'Release it first to block it for another reason.',
    'Der Auftrag ist schon gesperrt.',
    'Zuerst freigeben, um ihn aus anderem Grund zu sperren.',
  ),
  notOrdered: refusal(
    true,
    'The order is not released for production yet.',
    'Wait until it is ordered and approved, or ask who took the order.',
    'Der Auftrag ist noch nicht für die Produktion frei.',
    'Warten, bis er bestellt und freigegeben ist, oder bei der Auftragsannahme fragen.',
  ),
  notApproved: refusal(
    true,
    'The artwork is not approved.',
    'Get the approval first.',
    'Die Druckdaten sind nicht freigegeben.',
    'Zuerst die Freigabe einholen.',
  ),
  notPrinted: refusal(
    true,
    'The job is not printed yet.',
    'Press Printed first if it is, or look where it is.',
    'Der Auftrag ist noch nicht gedruckt.',
    'Wenn doch, zuerst Gedruckt drücken; sonst nachsehen, wo er ist.',
  ),
  notReady: refusal(
    true,
    'The job is not ready for collection.',
    'Put it on a shelf and scan it as ready first.',
    'Der Auftrag ist nicht abholbereit.',
    'Zuerst ins Regal legen und als abholbereit scannen.',
  ),
} as const;

const engineOnly: readonly StatusCode[] = ['InHotFolder', 'CopyToHotFolderFailed', 'ActionRun'];
const notYetOrdered: readonly StatusCode[] = ['Nothing', 'Creating', 'InBasket', 'FutureOrder', 'UnapprovedOrder'];
const waitsForApproval: readonly StatusCode[] = ['AwaitingApproval', 'PartiallyApproved', 'ApprovalJobUpdated', 'Rejected'];
const printedAlready: readonly StatusCode[] = ['Printed', 'InFinishing', 'InPacking'];

/** On the press or behind it: needs an order that is released and approved. */
const making: readonly string[] = ['InProduction', 'Printed'];
/** Behind the press: needs something printed. */
const behindPress: readonly string[] = ['InFinishing', 'InPacking', 'ReadyForCollection', 'Shipped', 'AwaitingCourierPickup'];

const movesOn: readonly string[] = ['Collected', 'AwaitingCourierPickup', 'Reprint'];

type Tracks = JobState['tracks'];

/** What a hold forbids: everything that brings the job nearer to the customer. */
function checkHold({ hold }: Tracks, code: StatusCode, place: string): Move {
  if (hold?.code !== 'Blocked') return { ok: true };
  if (code === 'Blocked') return refusals.blockedAlready;
  const { track } = statusEntry(code);
  return track === 'production' || track === 'fulfilment' || movesOn.includes(place) ? refusals.blocked : { ok: true };
}

function checkPlace({ intake, review, production, fulfilment }: Tracks, place: string): Move {
  if (intake === undefined || notYetOrdered.includes(intake.code)) return refusals.notOrdered;
  if (review !== undefined && waitsForApproval.includes(review.code)) return refusals.notApproved;
  if (place === 'Collected') return fulfilment?.code === 'ReadyForCollection' ? { ok: true } : refusals.notReady;
  const printed = production !== undefined && printedAlready.includes(production.code);
  return printed || making.includes(place) ? { ok: true } : refusals.notPrinted;
}

/**
 * May the job go into this status now?
 *
 * @param custom the name of the status where `code` is CustomStatus
 */
export function mayMove({ tracks }: Pick<JobState, 'tracks'>, code: StatusCode, by: Mover, custom: string | null = null): Move {
  // What the engine did or saw is true, whatever stood there before.
  if (by === 'engine') return { ok: true };
  if (engineOnly.includes(code)) return refusals.engineOnly;
  const place = code === 'CustomStatus' ? (custom ?? '') : code;
  const held = checkHold(tracks, code, place);
  const isPlace = making.includes(place) || behindPress.includes(place) || place === 'Collected';
  return held.ok && isPlace ? checkPlace(tracks, place) : held;
}

const explained: readonly StatusCode[] = [
  'RecreationRequested',
  'AwaitingData',
  'AwaitingParts',
  'SentEmailFailed',
  'EmailBounced',
  'MisAdditionalActionRequired',
  'TemplateProductCreationFailed',
];

/** Failures and requests that are of no use to whoever must act without a sentence that says why. */
export function needsReason(code: StatusCode): boolean {
  return statusEntry(code).sign === 'stop' || explained.includes(code);
}
