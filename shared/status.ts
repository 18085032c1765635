/**
 * The 59 statuses of a print job: track, meaning at a glance, who must act, where the job physically is. What they are called stands in words/.
 * The codes are fixed: other systems send and read them letter for letter. This table is the only list of them.
 */
import { type Language, say } from './words/say.ts';

export const trackNames = ['intake', 'output', 'production', 'fulfilment', 'review', 'message', 'mis', 'record', 'custom', 'hold'] as const;
/** A job has one current status on each track, so that a bounced e-mail never hides that the job is on the folder. */
export type Track = (typeof trackNames)[number];

export const stageNames = [
  'intake',
  'prepress',
  'queue',
  'press',
  'printed',
  'finishing',
  'packing',
  'collection',
  'shipped',
  'done',
] as const;
/** Where the job physically is. `queue`: waiting before a press, in its hot folder or on the way there. */
export type Stage = (typeof stageNames)[number];

/** The four meanings that have a colour, a shape and a word; everything else is neutral. */
export type Sign = 'done' | 'attention' | 'stop' | 'wait' | 'neutral';

export type StatusEntry = {
  readonly track: Track;
  readonly sign: Sign;
  /** Name of an icon in the Lucide set. */
  readonly icon: string;
  /** The role whose turn it is, or null when nobody has to do anything. */
  readonly who: string | null;
  /** The stage this status puts the job in, or null when it says nothing about the place. */
  readonly stage: Stage | null;
};

export const statuses = {
  Nothing: {
    track: 'intake',
    sign: 'neutral',
    icon: 'circle-dashed',
    who: null,
    stage: 'intake',
  },
  Creating: {
    track: 'intake',
    sign: 'wait',
    icon: 'hourglass',
    who: null,
    stage: 'intake',
  },
  InBasket: {
    track: 'intake',
    sign: 'neutral',
    icon: 'shopping-basket',
    who: null,
    stage: 'intake',
  },
  Ordered: {
    track: 'intake',
    sign: 'neutral',
    icon: 'clipboard-check',
    who: null,
    stage: 'intake',
  },
  FutureOrder: {
    track: 'intake',
    sign: 'wait',
    icon: 'calendar-clock',
    who: null,
    stage: 'intake',
  },
  UnapprovedOrder: {
    track: 'intake',
    sign: 'attention',
    icon: 'user-check',
    who: 'approver',
    stage: 'intake',
  },
  OutputCreationStarted: {
    track: 'output',
    sign: 'wait',
    icon: 'file-cog',
    who: null,
    stage: 'prepress',
  },
  OutputCreated: {
    track: 'output',
    sign: 'neutral',
    icon: 'file-check',
    who: null,
    stage: 'prepress',
  },
  OutputCreationFailed: {
    track: 'output',
    sign: 'stop',
    icon: 'file-x',
    who: 'prepress',
    stage: 'prepress',
  },
  ExternalOutputRequested: {
    track: 'output',
    sign: 'wait',
    icon: 'file-output',
    who: null,
    stage: 'prepress',
  },
  ExternalOutputJobClosed: {
    track: 'output',
    sign: 'neutral',
    icon: 'file-check-2',
    who: null,
    stage: 'prepress',
  },
  RecreationRequested: {
    track: 'output',
    sign: 'attention',
    icon: 'file-clock',
    who: 'prepress',
    stage: 'prepress',
  },
  OutputDelete: {
    track: 'output',
    sign: 'neutral',
    icon: 'file-minus',
    who: null,
    stage: null,
  },
  InArtworking: {
    track: 'production',
    sign: 'wait',
    icon: 'palette',
    who: null,
    stage: 'prepress',
  },
  InReprographics: {
    track: 'production',
    sign: 'wait',
    icon: 'layers',
    who: null,
    stage: 'prepress',
  },
  InHotFolder: {
    track: 'production',
    sign: 'wait',
    icon: 'inbox',
    who: null,
    stage: 'queue',
  },
  CopyToHotFolderFailed: {
    track: 'production',
    sign: 'stop',
    icon: 'folder-x',
    who: 'press operator',
    stage: 'queue',
  },
  CopyToHotFolderSkipped: {
    track: 'production',
    sign: 'neutral',
    icon: 'skip-forward',
    who: null,
    stage: 'queue',
  },
  InProduction: {
    track: 'production',
    sign: 'wait',
    icon: 'printer',
    who: null,
    stage: 'press',
  },
  Printed: {
    track: 'production',
    sign: 'done',
    icon: 'printer-check',
    who: null,
    stage: 'printed',
  },
  InFinishing: {
    track: 'production',
    sign: 'wait',
    icon: 'scissors',
    who: null,
    stage: 'finishing',
  },
  InPacking: {
    track: 'production',
    sign: 'wait',
    icon: 'package-open',
    who: null,
    stage: 'packing',
  },
  ReadyForCollection: {
    track: 'fulfilment',
    sign: 'done',
    icon: 'package-check',
    who: null,
    stage: 'collection',
  },
  Shipped: { track: 'fulfilment', sign: 'done', icon: 'truck', who: null, stage: 'shipped' },
  AwaitingApproval: {
    track: 'review',
    sign: 'attention',
    icon: 'user-check',
    who: 'approver',
    stage: null,
  },
  Approved: { track: 'review', sign: 'done', icon: 'thumbs-up', who: null, stage: null },
  PartiallyApproved: {
    track: 'review',
    sign: 'attention',
    icon: 'list-checks',
    who: 'approver',
    stage: null,
  },
  Rejected: {
    track: 'review',
    sign: 'stop',
    icon: 'thumbs-down',
    who: 'customer service',
    stage: null,
  },
  ApprovalJobUpdated: {
    track: 'review',
    sign: 'attention',
    icon: 'refresh-cw',
    who: 'approver',
    stage: null,
  },
  AwaitingProof: {
    track: 'review',
    sign: 'attention',
    icon: 'eye',
    who: 'customer',
    stage: null,
  },
  AwaitingData: {
    track: 'review',
    sign: 'attention',
    icon: 'file-question',
    who: 'customer service',
    stage: null,
  },
  AwaitingParts: {
    track: 'review',
    sign: 'attention',
    icon: 'puzzle',
    who: 'planner',
    stage: null,
  },
  ArtworkUploaded: {
    track: 'review',
    sign: 'neutral',
    icon: 'upload',
    who: null,
    stage: null,
  },
  Verified: { track: 'review', sign: 'done', icon: 'badge-check', who: null, stage: null },
  ValidationFinished: {
    track: 'review',
    sign: 'done',
    icon: 'list-checks',
    who: null,
    stage: null,
  },
  ValidationFailed: {
    track: 'review',
    sign: 'stop',
    icon: 'list-x',
    who: 'prepress',
    stage: null,
  },
  SentEmail: {
    track: 'message',
    sign: 'neutral',
    icon: 'mail',
    who: null,
    stage: null,
  },
  SentEmailFailed: {
    track: 'message',
    sign: 'attention',
    icon: 'mail-x',
    who: 'reception',
    stage: null,
  },
  EmailBounced: {
    track: 'message',
    sign: 'attention',
    icon: 'mail-warning',
    who: 'reception',
    stage: null,
  },
  EmailBouncedAndPrintJobCreated: {
    track: 'message',
    sign: 'neutral',
    icon: 'mail-plus',
    who: null,
    stage: null,
  },
  NoEmailBounceActionRequired: {
    track: 'message',
    sign: 'neutral',
    icon: 'mail-minus',
    who: null,
    stage: null,
  },
  SmsDispatching: {
    track: 'message',
    sign: 'wait',
    icon: 'message-square',
    who: null,
    stage: null,
  },
  SmsDispatched: {
    track: 'message',
    sign: 'neutral',
    icon: 'message-square-text',
    who: null,
    stage: null,
  },
  MisNotified: {
    track: 'mis',
    sign: 'neutral',
    icon: 'building',
    who: null,
    stage: null,
  },
  MisFailed: {
    track: 'mis',
    sign: 'stop',
    icon: 'unplug',
    who: 'admin',
    stage: null,
  },
  MisNotificationRetrigger: {
    track: 'mis',
    sign: 'wait',
    icon: 'repeat',
    who: null,
    stage: null,
  },
  MisAdditionalActionRequired: {
    track: 'mis',
    sign: 'attention',
    icon: 'circle-help',
    who: 'planner',
    stage: null,
  },
  MisManifested: {
    track: 'mis',
    sign: 'neutral',
    icon: 'scroll-text',
    who: null,
    stage: null,
  },
  MisOrderProcessed: {
    track: 'mis',
    sign: 'neutral',
    icon: 'calendar-check',
    who: null,
    stage: null,
  },
  MisAssetsOk: {
    track: 'mis',
    sign: 'neutral',
    icon: 'folder-check',
    who: null,
    stage: null,
  },
  MisAssetsFailed: {
    track: 'mis',
    sign: 'stop',
    icon: 'folder-x',
    who: 'admin',
    stage: null,
  },
  MisPartiallyFailed: {
    track: 'mis',
    sign: 'stop',
    icon: 'split',
    who: 'admin',
    stage: null,
  },
  TemplateProductCreated: {
    track: 'record',
    sign: 'neutral',
    icon: 'bookmark',
    who: null,
    stage: null,
  },
  TemplateProductCreationFailed: {
    track: 'record',
    sign: 'attention',
    icon: 'bookmark-x',
    who: 'prepress',
    stage: null,
  },
  ActionRun: { track: 'record', sign: 'neutral', icon: 'zap', who: null, stage: null },
  CustomStatus: {
    track: 'custom',
    sign: 'neutral',
    icon: 'tag',
    who: null,
    stage: null,
  },
  CustomStatusHidden: {
    track: 'custom',
    sign: 'neutral',
    icon: 'eye-off',
    who: null,
    stage: null,
  },
  Blocked: {
    track: 'hold',
    sign: 'stop',
    icon: 'octagon-x',
    who: 'as named in the reason',
    stage: null,
  },
  JobDataDeleted: {
    track: 'record',
    sign: 'neutral',
    icon: 'eraser',
    who: null,
    stage: null,
  },
} as const satisfies Record<string, StatusEntry>;

export type StatusCode = keyof typeof statuses;

export const statusCodes = Object.keys(statuses) as [StatusCode, ...StatusCode[]];

/** What is shown of a code that a newer version wrote: neutral, in nobody's way. */
const unknownStatus: StatusEntry = {
  track: 'record',
  sign: 'neutral',
  icon: 'circle-help',
  who: null,
  stage: null,
};

export function isStatusCode(code: string): code is StatusCode {
  return Object.hasOwn(statuses, code);
}

/** The entry of a code, typed as the common shape; a code of a newer version gets a neutral one instead of an error. */
export function statusEntry(code: StatusCode): StatusEntry {
  return isStatusCode(code) ? statuses[code] : unknownStatus;
}

/** The custom statuses every shop has from the start; `custom` on the event carries the key. */
export const builtInCustomStatuses = {
  Collected: { sign: 'done', icon: 'hand', stage: 'done' },
  AwaitingCourierPickup: { sign: 'wait', icon: 'truck', stage: 'packing' },
  Reprint: { sign: 'attention', icon: 'repeat', stage: 'queue' },
  /** Its files belong to another job, as a ticket that came after them says: nothing is left to do for this one. */
  Joined: { sign: 'done', icon: 'layers', stage: 'done' },
} as const satisfies Record<string, Pick<StatusEntry, 'sign' | 'icon' | 'stage'>>;

export type BuiltInCustomStatus = keyof typeof builtInCustomStatuses;

export function isBuiltInCustomStatus(name: string): name is BuiltInCustomStatus {
  return Object.hasOwn(builtInCustomStatuses, name);
}

/** What a status is called; a name the shop gave it goes before ours. */
export function statusWords(code: StatusCode, custom: string | null, language: Language): string {
  if (custom === null) return say(language, isStatusCode(code) ? `statuses.${code}` : 'statuses.ofNewerVersion');
  return isBuiltInCustomStatus(custom) ? say(language, `customStatuses.${custom}`) : custom;
}
