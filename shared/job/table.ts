/**
 * The table of what may be said of a job: for each of the 59 statuses, and the three the shop has from the start, who may say it,
 * what must be so before a person says it, what ends it, and whether it can be taken back. Data only; may-say.ts and may-undo.ts read it.
 */
import type { BuiltInCustomStatus, StatusCode } from '../status.ts';
import type { Role } from './mover.ts';

/** What must be so before a person or another system says it. The program says what it saw, whatever stood there before. */
export type Gate =
  | 'notHeld'
  | 'ordered'
  | 'agreed'
  | 'approved'
  | 'printed'
  | 'onShelf'
  | 'forward'
  | 'notPrinted'
  | 'allSent'
  | 'notGone'
  | 'startsLater';

/** - `step`: while nothing newer stands; `release`: at any time, by anybody; `never`: it is a fact */
export type Undo = 'step' | 'release' | 'never';

export type StatusRule = {
  /** Besides the program itself, which may say everything. `rule`: an automatic rule of the shop. */
  readonly by: readonly (Role | 'rule')[];
  readonly gates: readonly Gate[];
  /** Codes, names of built-in statuses, or `undo`. Nothing: it stays. */
  readonly endedBy: readonly (StatusCode | BuiltInCustomStatus | 'undo')[];
  readonly undo: Undo;
  /** Of no use to whoever must act without a sentence that says why. */
  readonly needsReason?: true;
  /** It hands the job over: nobody does that a second time. */
  readonly handsOut?: true;
};

const nobody = [] as const;
const anybody = [
  'admin',
  'approver',
  'planner',
  'prepress',
  'press operator',
  'finisher',
  'packer',
  'reception',
  'customer service',
] as const;
const office = ['admin', 'planner', 'customer service'] as const;
const toPress = ['notHeld', 'ordered', 'agreed', 'forward'] as const;
const behindPress = [...toPress, 'printed'] as const;

const fact = (...endedBy: StatusRule['endedBy']): StatusRule => ({ by: nobody, gates: [], endedBy, undo: 'never' });
const step = (
  by: StatusRule['by'],
  gates: StatusRule['gates'],
  endedBy: StatusRule['endedBy'],
  more: Pick<StatusRule, 'needsReason' | 'handsOut'> = {},
): StatusRule => ({ by, gates, endedBy, undo: 'step', ...more });

export const statusRules = {
  Nothing: fact('Creating', 'InBasket', 'Ordered', 'FutureOrder', 'UnapprovedOrder'),
  Creating: fact('InBasket', 'Ordered', 'FutureOrder', 'UnapprovedOrder'),
  InBasket: step(office, ['forward'], ['Ordered', 'FutureOrder', 'UnapprovedOrder']),
  Ordered: step(anybody, ['forward', 'approved'], ['FutureOrder', 'UnapprovedOrder']),
  FutureOrder: step(office, ['forward', 'approved', 'startsLater'], ['Ordered']),
  UnapprovedOrder: step(office, ['forward'], ['Ordered', 'FutureOrder']),

  OutputCreationStarted: fact('OutputCreated', 'OutputCreationFailed'),
  OutputCreated: fact('RecreationRequested', 'OutputDelete', 'OutputCreationStarted'),
  OutputCreationFailed: { ...fact('OutputCreationStarted', 'RecreationRequested'), needsReason: true },
  ExternalOutputRequested: step(['admin'], [], ['ExternalOutputJobClosed']),
  ExternalOutputJobClosed: step(['admin'], [], ['ExternalOutputRequested', 'RecreationRequested']),
  RecreationRequested: step(anybody, ['notGone'], ['OutputCreationStarted', 'undo'], { needsReason: true }),
  OutputDelete: fact('OutputCreationStarted', 'RecreationRequested'),

  InArtworking: step(['admin', 'prepress'], ['notHeld', 'forward'], ['InReprographics', 'InHotFolder', 'InProduction']),
  InReprographics: step(['admin', 'prepress'], ['notHeld', 'forward'], ['InArtworking', 'InHotFolder', 'InProduction']),
  InHotFolder: fact('InProduction', 'Printed', 'CopyToHotFolderFailed'),
  CopyToHotFolderFailed: { ...fact('InHotFolder', 'CopyToHotFolderSkipped', 'InProduction', 'Printed'), needsReason: true },
  CopyToHotFolderSkipped: step(['admin', 'planner', 'prepress', 'press operator', 'rule'], toPress, [
    'InHotFolder',
    'InProduction',
    'Printed',
  ]),
  InProduction: step(['admin', 'press operator', 'rule'], [...toPress, 'allSent'], ['Printed', 'CopyToHotFolderFailed']),
  Printed: step(
    ['admin', 'press operator', 'rule'],
    [...toPress, 'allSent'],
    ['InFinishing', 'InPacking', 'ReadyForCollection', 'Shipped', 'Reprint'],
  ),
  InFinishing: step(anybody, behindPress, ['InPacking', 'ReadyForCollection', 'Shipped', 'Reprint']),
  InPacking: step(anybody, behindPress, ['ReadyForCollection', 'AwaitingCourierPickup', 'Shipped', 'Reprint']),

  ReadyForCollection: step(anybody, behindPress, ['Collected', 'Shipped']),
  Shipped: step(anybody, behindPress, ['undo'], { handsOut: true }),

  AwaitingApproval: step(anybody, ['notPrinted'], ['Approved', 'Rejected', 'PartiallyApproved', 'ApprovalJobUpdated']),
  Approved: step(['admin', 'approver', 'rule'], [], ['ApprovalJobUpdated', 'AwaitingApproval', 'Rejected']),
  PartiallyApproved: fact('Approved', 'Rejected'),
  Rejected: step(['admin', 'approver', 'rule'], ['notPrinted'], ['Approved', 'AwaitingApproval', 'ApprovalJobUpdated', 'undo'], {
    needsReason: true,
  }),
  ApprovalJobUpdated: step(['admin', 'prepress', 'customer service'], [], ['Approved', 'Rejected', 'AwaitingApproval']),
  AwaitingProof: step(anybody, ['notPrinted'], ['Approved', 'Rejected', 'Verified']),
  AwaitingData: step(anybody, [], ['ArtworkUploaded', 'Verified', 'Approved'], { needsReason: true }),
  AwaitingParts: step(anybody, [], ['Verified', 'Approved'], { needsReason: true }),
  ArtworkUploaded: fact('Verified', 'ValidationFinished', 'ValidationFailed', 'AwaitingApproval', 'AwaitingProof'),
  Verified: step(['admin', 'approver', 'prepress', 'planner', 'rule'], [], ['ArtworkUploaded', 'AwaitingApproval', 'AwaitingProof']),
  ValidationFinished: step(['admin', 'prepress', 'rule'], [], ['Verified', 'ArtworkUploaded', 'ValidationFailed']),
  ValidationFailed: step(['admin', 'prepress', 'rule'], [], ['Verified', 'ValidationFinished', 'ArtworkUploaded', 'Approved'], {
    needsReason: true,
  }),

  SentEmail: fact('SentEmailFailed', 'EmailBounced', 'SentEmail'),
  SentEmailFailed: { ...fact('SentEmail', 'NoEmailBounceActionRequired'), needsReason: true },
  EmailBounced: { ...fact('SentEmail', 'EmailBouncedAndPrintJobCreated', 'NoEmailBounceActionRequired'), needsReason: true },
  EmailBouncedAndPrintJobCreated: fact('SentEmail'),
  NoEmailBounceActionRequired: step(['admin', 'reception', 'customer service', 'rule'], [], ['SentEmail']),
  SmsDispatching: fact('SmsDispatched', 'SentEmailFailed'),
  SmsDispatched: fact('SentEmail', 'SmsDispatching'),

  MisNotified: fact('MisNotificationRetrigger', 'MisManifested', 'MisOrderProcessed', 'MisAdditionalActionRequired', 'MisAssetsOk'),
  MisFailed: { ...fact('MisNotified', 'MisNotificationRetrigger'), needsReason: true },
  MisNotificationRetrigger: step(anybody, [], ['MisNotified', 'MisFailed', 'MisPartiallyFailed']),
  MisAdditionalActionRequired: step(['admin'], [], ['MisNotificationRetrigger', 'MisOrderProcessed', 'MisManifested'], {
    needsReason: true,
  }),
  MisManifested: step(['admin'], [], ['MisOrderProcessed', 'MisNotificationRetrigger']),
  MisOrderProcessed: step(['admin'], [], ['MisManifested', 'MisNotificationRetrigger']),
  MisAssetsOk: fact('MisAssetsFailed', 'MisOrderProcessed', 'MisNotificationRetrigger'),
  MisAssetsFailed: { ...fact('MisAssetsOk', 'MisNotificationRetrigger'), needsReason: true },
  MisPartiallyFailed: { ...fact('MisNotified', 'MisAssetsOk', 'MisNotificationRetrigger'), needsReason: true },

  TemplateProductCreated: step(anybody, [], ['TemplateProductCreationFailed', 'JobDataDeleted']),
  TemplateProductCreationFailed: { ...fact('TemplateProductCreated'), needsReason: true },
  ActionRun: fact(),
  CustomStatus: step([...anybody, 'rule'], [], ['CustomStatus', 'undo']),
  CustomStatusHidden: step(['admin', 'rule'], [], ['CustomStatusHidden', 'CustomStatus', 'undo']),
  Blocked: { by: [...anybody, 'rule'], gates: ['notPrinted'], endedBy: ['undo'], undo: 'release', needsReason: true },
  JobDataDeleted: fact(),
} as const satisfies Record<StatusCode, StatusRule>;

/** The shop's own, which are places on the floor; `CustomStatus` above is for names we know nothing of. */
export const customRules = {
  Collected: step(anybody, ['notHeld', 'ordered', 'agreed', 'onShelf'], ['undo'], { handsOut: true }),
  AwaitingCourierPickup: step(anybody, behindPress, ['Shipped', 'Collected']),
  Reprint: step(anybody, ['notHeld', 'ordered', 'agreed', 'notGone'], ['InHotFolder', 'InProduction', 'Printed', 'undo']),
  Joined: fact(),
} as const satisfies Record<BuiltInCustomStatus, StatusRule>;
