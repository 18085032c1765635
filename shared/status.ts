/**
 * The 59 statuses of a print job: track, meaning at a glance, who must act, where the job physically is, wording.
 * The codes are fixed: other systems send and read them letter for letter. This table is the only list of them.
 */

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

export type Language = 'en' | 'de';

export type StatusEntry = {
  readonly track: Track;
  readonly sign: Sign;
  /** Name of an icon in the Lucide set. */
  readonly icon: string;
  /** The role whose turn it is, or null when nobody has to do anything. */
  readonly who: string | null;
  /** The stage this status puts the job in, or null when it says nothing about the place. */
  readonly stage: Stage | null;
  readonly label: Readonly<Record<Language, string>>;
};

export const statuses = {
  Nothing: {
    track: 'intake',
    sign: 'neutral',
    icon: 'circle-dashed',
    who: null,
    stage: 'intake',
    label: { en: 'Number reserved', de: 'Nummer reserviert' },
  },
  Creating: {
    track: 'intake',
    sign: 'wait',
    icon: 'hourglass',
    who: null,
    stage: 'intake',
    label: { en: 'Being read', de: 'Wird gelesen' },
  },
  InBasket: {
    track: 'intake',
    sign: 'neutral',
    icon: 'shopping-basket',
    who: null,
    stage: 'intake',
    label: { en: 'In the basket', de: 'Im Warenkorb' },
  },
  Ordered: {
    track: 'intake',
    sign: 'neutral',
    icon: 'clipboard-check',
    who: null,
    stage: 'intake',
    label: { en: 'Ordered', de: 'Bestellt' },
  },
  FutureOrder: {
    track: 'intake',
    sign: 'wait',
    icon: 'calendar-clock',
    who: null,
    stage: 'intake',
    label: { en: 'Starts later', de: 'Beginnt später' },
  },
  UnapprovedOrder: {
    track: 'intake',
    sign: 'attention',
    icon: 'user-check',
    who: 'approver',
    stage: 'intake',
    label: { en: 'Order not approved', de: 'Auftrag nicht freigegeben' },
  },
  OutputCreationStarted: {
    track: 'output',
    sign: 'wait',
    icon: 'file-cog',
    who: null,
    stage: 'prepress',
    label: { en: 'Making print files', de: 'Druckdaten werden erzeugt' },
  },
  OutputCreated: {
    track: 'output',
    sign: 'neutral',
    icon: 'file-check',
    who: null,
    stage: 'prepress',
    label: { en: 'Print files ready', de: 'Druckdaten bereit' },
  },
  OutputCreationFailed: {
    track: 'output',
    sign: 'stop',
    icon: 'file-x',
    who: 'prepress',
    stage: 'prepress',
    label: { en: 'Print files failed', de: 'Druckdaten fehlgeschlagen' },
  },
  ExternalOutputRequested: {
    track: 'output',
    sign: 'wait',
    icon: 'file-output',
    who: null,
    stage: 'prepress',
    label: { en: 'Files requested', de: 'Dateien angefordert' },
  },
  ExternalOutputJobClosed: {
    track: 'output',
    sign: 'neutral',
    icon: 'file-check-2',
    who: null,
    stage: 'prepress',
    label: { en: 'Request closed', de: 'Anforderung beendet' },
  },
  RecreationRequested: {
    track: 'output',
    sign: 'attention',
    icon: 'file-clock',
    who: 'prepress',
    stage: 'prepress',
    label: { en: 'Make files again', de: 'Dateien neu erzeugen' },
  },
  OutputDelete: {
    track: 'output',
    sign: 'neutral',
    icon: 'file-minus',
    who: null,
    stage: null,
    label: { en: 'Print files removed', de: 'Druckdaten gelöscht' },
  },
  InArtworking: {
    track: 'production',
    sign: 'wait',
    icon: 'palette',
    who: null,
    stage: 'prepress',
    label: { en: 'In artworking', de: 'In Gestaltung' },
  },
  InReprographics: {
    track: 'production',
    sign: 'wait',
    icon: 'layers',
    who: null,
    stage: 'prepress',
    label: { en: 'In reprographics', de: 'In Druckvorstufe' },
  },
  InHotFolder: {
    track: 'production',
    sign: 'wait',
    icon: 'inbox',
    who: null,
    stage: 'queue',
    label: { en: 'In the hot folder', de: 'Im Hotfolder' },
  },
  CopyToHotFolderFailed: {
    track: 'production',
    sign: 'stop',
    icon: 'folder-x',
    who: 'press operator',
    stage: 'queue',
    label: { en: 'Not at the printer', de: 'Nicht beim Drucker' },
  },
  CopyToHotFolderSkipped: {
    track: 'production',
    sign: 'neutral',
    icon: 'skip-forward',
    who: null,
    stage: 'queue',
    label: { en: 'No hot folder needed', de: 'Kein Hotfolder nötig' },
  },
  InProduction: {
    track: 'production',
    sign: 'wait',
    icon: 'printer',
    who: null,
    stage: 'press',
    label: { en: 'On the press', de: 'Auf der Maschine' },
  },
  Printed: {
    track: 'production',
    sign: 'done',
    icon: 'printer-check',
    who: null,
    stage: 'printed',
    label: { en: 'Printed', de: 'Gedruckt' },
  },
  InFinishing: {
    track: 'production',
    sign: 'wait',
    icon: 'scissors',
    who: null,
    stage: 'finishing',
    label: { en: 'In finishing', de: 'In Weiterverarbeitung' },
  },
  InPacking: {
    track: 'production',
    sign: 'wait',
    icon: 'package-open',
    who: null,
    stage: 'packing',
    label: { en: 'In packing', de: 'In Verpackung' },
  },
  ReadyForCollection: {
    track: 'fulfilment',
    sign: 'done',
    icon: 'package-check',
    who: null,
    stage: 'collection',
    label: { en: 'Ready for collection', de: 'Abholbereit' },
  },
  Shipped: { track: 'fulfilment', sign: 'done', icon: 'truck', who: null, stage: 'shipped', label: { en: 'Shipped', de: 'Versendet' } },
  AwaitingApproval: {
    track: 'review',
    sign: 'attention',
    icon: 'user-check',
    who: 'approver',
    stage: null,
    label: { en: 'Awaiting approval', de: 'Wartet auf Freigabe' },
  },
  Approved: { track: 'review', sign: 'done', icon: 'thumbs-up', who: null, stage: null, label: { en: 'Approved', de: 'Freigegeben' } },
  PartiallyApproved: {
    track: 'review',
    sign: 'attention',
    icon: 'list-checks',
    who: 'approver',
    stage: null,
    label: { en: 'Partly approved', de: 'Teilweise freigegeben' },
  },
  Rejected: {
    track: 'review',
    sign: 'stop',
    icon: 'thumbs-down',
    who: 'customer service',
    stage: null,
    label: { en: 'Rejected', de: 'Abgelehnt' },
  },
  ApprovalJobUpdated: {
    track: 'review',
    sign: 'attention',
    icon: 'refresh-cw',
    who: 'approver',
    stage: null,
    label: { en: 'Changed under review', de: 'Während Prüfung geändert' },
  },
  AwaitingProof: {
    track: 'review',
    sign: 'attention',
    icon: 'eye',
    who: 'customer',
    stage: null,
    label: { en: 'Proof with customer', de: 'Proof beim Kunden' },
  },
  AwaitingData: {
    track: 'review',
    sign: 'attention',
    icon: 'file-question',
    who: 'customer service',
    stage: null,
    label: { en: 'Something is missing', de: 'Es fehlt etwas' },
  },
  AwaitingParts: {
    track: 'review',
    sign: 'attention',
    icon: 'puzzle',
    who: 'planner',
    stage: null,
    label: { en: 'Awaiting parts', de: 'Wartet auf Teile' },
  },
  ArtworkUploaded: {
    track: 'review',
    sign: 'neutral',
    icon: 'upload',
    who: null,
    stage: null,
    label: { en: 'Artwork arrived', de: 'Druckdaten eingetroffen' },
  },
  Verified: { track: 'review', sign: 'done', icon: 'badge-check', who: null, stage: null, label: { en: 'Verified', de: 'Geprüft' } },
  ValidationFinished: {
    track: 'review',
    sign: 'done',
    icon: 'list-checks',
    who: null,
    stage: null,
    label: { en: 'Checks passed', de: 'Prüfung bestanden' },
  },
  ValidationFailed: {
    track: 'review',
    sign: 'stop',
    icon: 'list-x',
    who: 'prepress',
    stage: null,
    label: { en: 'Checks found faults', de: 'Prüfung fand Fehler' },
  },
  SentEmail: {
    track: 'message',
    sign: 'neutral',
    icon: 'mail',
    who: null,
    stage: null,
    label: { en: 'E-mail sent', de: 'E-Mail gesendet' },
  },
  SentEmailFailed: {
    track: 'message',
    sign: 'attention',
    icon: 'mail-x',
    who: 'reception',
    stage: null,
    label: { en: 'E-mail not sent', de: 'E-Mail nicht gesendet' },
  },
  EmailBounced: {
    track: 'message',
    sign: 'attention',
    icon: 'mail-warning',
    who: 'reception',
    stage: null,
    label: { en: 'E-mail came back', de: 'E-Mail kam zurück' },
  },
  EmailBouncedAndPrintJobCreated: {
    track: 'message',
    sign: 'neutral',
    icon: 'mail-plus',
    who: null,
    stage: null,
    label: { en: 'Came back, letter made', de: 'Kam zurück, Brief erstellt' },
  },
  NoEmailBounceActionRequired: {
    track: 'message',
    sign: 'neutral',
    icon: 'mail-minus',
    who: null,
    stage: null,
    label: { en: 'Came back, nothing to do', de: 'Kam zurück, nichts zu tun' },
  },
  SmsDispatching: {
    track: 'message',
    sign: 'wait',
    icon: 'message-square',
    who: null,
    stage: null,
    label: { en: 'Text message on its way', de: 'SMS unterwegs' },
  },
  SmsDispatched: {
    track: 'message',
    sign: 'neutral',
    icon: 'message-square-text',
    who: null,
    stage: null,
    label: { en: 'Text message sent', de: 'SMS gesendet' },
  },
  MisNotified: {
    track: 'mis',
    sign: 'neutral',
    icon: 'building',
    who: null,
    stage: null,
    label: { en: 'MIS knows the job', de: 'MIS kennt den Auftrag' },
  },
  MisFailed: {
    track: 'mis',
    sign: 'stop',
    icon: 'unplug',
    who: 'admin',
    stage: null,
    label: { en: 'MIS not told', de: 'MIS nicht erreicht' },
  },
  MisNotificationRetrigger: {
    track: 'mis',
    sign: 'wait',
    icon: 'repeat',
    who: null,
    stage: null,
    label: { en: 'Telling the MIS again', de: 'MIS wird erneut informiert' },
  },
  MisAdditionalActionRequired: {
    track: 'mis',
    sign: 'attention',
    icon: 'circle-help',
    who: 'planner',
    stage: null,
    label: { en: 'MIS wants something more', de: 'MIS braucht noch etwas' },
  },
  MisManifested: {
    track: 'mis',
    sign: 'neutral',
    icon: 'scroll-text',
    who: null,
    stage: null,
    label: { en: 'On the MIS manifest', de: 'Auf dem MIS-Manifest' },
  },
  MisOrderProcessed: {
    track: 'mis',
    sign: 'neutral',
    icon: 'calendar-check',
    who: null,
    stage: null,
    label: { en: 'Planned in the MIS', de: 'Im MIS geplant' },
  },
  MisAssetsOk: {
    track: 'mis',
    sign: 'neutral',
    icon: 'folder-check',
    who: null,
    stage: null,
    label: { en: 'MIS has all files', de: 'MIS hat alle Dateien' },
  },
  MisAssetsFailed: {
    track: 'mis',
    sign: 'stop',
    icon: 'folder-x',
    who: 'admin',
    stage: null,
    label: { en: 'MIS lacks files', de: 'Dem MIS fehlen Dateien' },
  },
  MisPartiallyFailed: {
    track: 'mis',
    sign: 'stop',
    icon: 'split',
    who: 'admin',
    stage: null,
    label: { en: 'MIS told only in part', de: 'MIS nur teilweise informiert' },
  },
  TemplateProductCreated: {
    track: 'record',
    sign: 'neutral',
    icon: 'bookmark',
    who: null,
    stage: null,
    label: { en: 'Kept as template', de: 'Als Vorlage behalten' },
  },
  TemplateProductCreationFailed: {
    track: 'record',
    sign: 'attention',
    icon: 'bookmark-x',
    who: 'prepress',
    stage: null,
    label: { en: 'Not kept as template', de: 'Vorlage fehlgeschlagen' },
  },
  ActionRun: { track: 'record', sign: 'neutral', icon: 'zap', who: null, stage: null, label: { en: 'Rule ran', de: 'Regel ausgeführt' } },
  CustomStatus: {
    track: 'custom',
    sign: 'neutral',
    icon: 'tag',
    who: null,
    stage: null,
    label: { en: 'Own status', de: 'Eigener Status' },
  },
  CustomStatusHidden: {
    track: 'custom',
    sign: 'neutral',
    icon: 'eye-off',
    who: null,
    stage: null,
    label: { en: 'Own status (hidden)', de: 'Eigener Status (verborgen)' },
  },
  Blocked: {
    track: 'hold',
    sign: 'stop',
    icon: 'octagon-x',
    who: 'as named in the reason',
    stage: null,
    label: { en: 'Blocked', de: 'Gesperrt' },
  },
  JobDataDeleted: {
    track: 'record',
    sign: 'neutral',
    icon: 'eraser',
    who: null,
    stage: null,
    label: { en: 'Personal data removed', de: 'Personendaten gelöscht' },
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
  label: { en: 'Status of a newer version', de: 'Status einer neueren Version' },
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
  Collected: { sign: 'done', icon: 'hand', stage: 'done', label: { en: 'Collected', de: 'Abgeholt' } },
  AwaitingCourierPickup: { sign: 'wait', icon: 'truck', stage: 'packing', label: { en: 'Awaiting courier', de: 'Wartet auf Kurier' } },
  Reprint: { sign: 'attention', icon: 'repeat', stage: 'queue', label: { en: 'Reprint', de: 'Nachdruck' } },
  /** Its files belong to another job, as a ticket that came after them says: nothing is left to do for this one. */
  Joined: { sign: 'done', icon: 'layers', stage: 'done', label: { en: 'Part of another job', de: 'Teil eines anderen Auftrags' } },
} as const satisfies Record<string, Pick<StatusEntry, 'sign' | 'icon' | 'stage' | 'label'>>;

export type BuiltInCustomStatus = keyof typeof builtInCustomStatuses;

export function isBuiltInCustomStatus(name: string): name is BuiltInCustomStatus {
  return Object.hasOwn(builtInCustomStatuses, name);
}

/** What a status is called; a name the shop gave it goes before ours. */
export function statusWords(code: StatusCode, custom: string | null, language: Language): string {
  if (custom === null) return statusEntry(code).label[language];
  return isBuiltInCustomStatus(custom) ? builtInCustomStatuses[custom].label[language] : custom;
}
