/** What the record holds, as everybody but SQL sees it: jobs, files, deliveries, hot folders and their places, tasks, arrivals. Types alone. */
import type { Arrival, JobQuery } from '../../../shared/api.ts';
import type { DeliveryState, firstStates } from '../../../shared/delivery.ts';
import type { HotFolderSettings, ProbeResult } from '../../../shared/hot-folder.ts';
import type { JobOrder } from '../../../shared/job/board.ts';
import type { Job } from '../../../shared/job.ts';
import type { SecurityEntry } from '../../../shared/security.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import type { Stamp } from '../disk/stamp.ts';

/** A print file as the hub knows it. Paths are absolute; `at` values are epoch ms. */
export type FileRow = {
  readonly id: number;
  readonly jobId: number;
  readonly name: string;
  readonly version: number;
  readonly current: boolean;
  readonly size: number;
  readonly sha256: string;
  readonly type: string;
  /** Where it was found. */
  readonly sourcePath: string;
  /** Where the original is kept; unique. */
  readonly archivePath: string;
  /** True once the original lies at `archivePath`. */
  readonly filed: boolean;
  readonly arrivedAt: number;
};
export type NewFile = Omit<FileRow, 'id' | 'filed' | 'current' | 'version' | 'archivePath'> & {
  /** Wished place in the archive; the store numbers the name ("x (2).pdf") until it is unique. */
  readonly archivePath: string;
  /** The file whose next version this is, under whatever name; that one is then no longer current. */
  readonly replaces: number | null;
  /** The filed original of another job that this is as well: nothing is filed once more. */
  readonly sameAs?: Pick<FileRow, 'id' | 'version' | 'archivePath'>;
};

/** One delivery: the intent (name, size, hash) from the start, then how far it came. Also the ledger against double prints. */
export type DeliveryRow = {
  readonly id: number;
  readonly jobId: number;
  /** Null for a file that another program put into the hot folder. */
  readonly fileId: number | null;
  readonly hotFolderId: number;
  /** Where it goes, or went: a place of that hot folder, as it was when this was planned. */
  readonly placeId: number;
  /** Where the printer of that place shows how far it is; null when it shows nothing. */
  readonly outcome: HotFolderSettings['outcome'] | null;
  /** A person sent it, knowing where the job stood. */
  readonly wished: boolean;
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly state: DeliveryState;
  readonly send: number;
  readonly tries: number;
  readonly reasonCode: string | null;
  readonly raw: string | null;
  readonly nextTryAt: number | null;
  /** Inode and change time of the verified copy, taken just before it gets its final name; decides after a crash whether it got it. */
  readonly mark: string | null;
  readonly priority: number;
  readonly createdAt: number;
  readonly deliveredAt: number | null;
};

/** What the queue of a printer asks of a delivery: hundreds are read each time, and each anew before it is sent. */
export type DueDelivery = Pick<DeliveryRow, 'id' | 'size' | 'priority' | 'state'>;

export type NewDelivery = Pick<
  DeliveryRow,
  'jobId' | 'fileId' | 'hotFolderId' | 'placeId' | 'name' | 'size' | 'sha256' | 'send' | 'priority'
> & {
  readonly state: (typeof firstStates)[number];
  readonly outcome?: HotFolderSettings['outcome'] | null;
  readonly wished?: boolean;
  readonly mark?: string | null;
  readonly deliveredAt?: number | null;
};
export type DeliveryChange = Partial<
  Pick<
    DeliveryRow,
    'name' | 'state' | 'placeId' | 'outcome' | 'wished' | 'tries' | 'reasonCode' | 'raw' | 'nextTryAt' | 'mark' | 'deliveredAt'
  >
>;

/** Where the files of a hot folder go. Never changed: a hot folder that moves gets another place. Paths are absolute. */
export type PlaceRow = {
  readonly id: number;
  readonly hotFolderId: number;
  readonly folderPath: string;
  readonly location: HotFolderSettings['location'];
  /** Where copies are made before they get their final name; on the same disk as `folderPath`. */
  readonly stagingPath: string;
  readonly markerPath: string;
  /** Content of the marker file that tells the live folder from an empty mount point. */
  readonly marker: string;
  /** Disk and id of the folder itself as last seen alive; null as long as nobody looked. */
  readonly folderId: string | null;
};
export type NewPlace = Pick<PlaceRow, 'stagingPath' | 'markerPath' | 'marker'>;

export type HotFolderRow = HotFolderSettings & {
  readonly id: number;
  /** Where it is now. What was planned or delivered before may belong to an earlier place. */
  readonly place: PlaceRow;
  readonly health: ProbeResult | null;
  /** Null while it is not paused, or nobody knows. `at` in epoch ms. */
  readonly pausedBy: PausedBy | null;
};
export type PausedBy = { readonly actor: string; readonly at: number };

/** What a new job starts with; ticket fields it does not know are null. */
export type NewJob = {
  readonly order: string;
  readonly job: string;
  readonly title: string;
  /** False when the number was given by us because the file name said nothing. */
  readonly named: boolean;
  readonly ticket: Ticket | null;
  /** The raw name of the web-to-print form, if the file name had one; upper case. */
  readonly letter: string | null;
};

/** The job, and what only the hub needs to know of it. */
export type JobRow = Omit<Job, 'revision'> & {
  readonly named: boolean;
  readonly letter: string | null;
  readonly hasTicket: boolean;
  /** Names its tickets gave, come or not. */
  readonly ticketFiles: readonly string[];
  /** Its number was counted within the list that made it. */
  readonly counted: boolean;
  /** What its tickets said of an approval; null where none did. */
  readonly approval: NonNullable<Ticket['approval']> | null;
  /** The number within its order of the job that was ordered: its own, or for a reprint that of the first. */
  readonly orderedAs: string;
};

export type JobInFull = { readonly job: JobRow; readonly files: readonly FileRow[]; readonly deliveries: readonly DeliveryRow[] };

/** What is asked of a person, as it is kept; the candidates' numbers and titles are read with it. */
type Question = NonNullable<Arrival['question']>;
export type KeptQuestion = Omit<Question, 'candidates' | 'ticket'> & {
  readonly candidates: readonly {
    readonly jobId: number;
    readonly evidence: readonly Question['candidates'][number]['evidence'][number][];
  }[];
  /** A ticket that waits for the answer. */
  readonly ticket: Ticket | null;
  /** The job this ticket is on record as already; left out while it waits. */
  readonly recordedAs?: number;
};
export type KeptAnswer = Omit<NonNullable<Arrival['answer']>, 'at'> & { readonly at: number };

/** Work that has no row of its own. `dueAt` in epoch ms. */
export type NewTask = { readonly kind: string; readonly subject: string; readonly jobId: number | null; readonly dueAt: number };
/** A task somebody has claimed: `tries` counts this one, and it is his until `leaseUntil`. */
export type TaskRow = Omit<NewTask, 'dueAt'> & { readonly id: number; readonly tries: number; readonly leaseUntil: number };

/** Tasks of one kind, or of all kinds but these. */
export type TaskChoice = { readonly of: string } | { readonly notOf: readonly string[] };

/** What touched security; who did it from where is null where nobody knows. */
export type NewSecurity = Pick<SecurityEntry, 'kind' | 'actor' | 'address' | 'about' | 'changes'>;

export type NewArrival = Omit<Arrival, 'id' | 'at' | 'key' | 'values' | 'details' | 'seen' | 'question' | 'answer'> & {
  readonly at: number;
  /** What `detail` says, where it is a sentence of ours. */
  readonly details?: Arrival['details'];
  readonly sha256: string | null;
  readonly question?: KeptQuestion;
};
/** A question nobody has answered, without the ticket it may be about. */
export type OpenQuestion = Pick<Arrival, 'id' | 'name' | 'folder' | 'path'> & {
  readonly sha256: string | null;
  readonly question: Omit<KeptQuestion, 'ticket'>;
};
/** How much is asked; `ticketSigns`: how long the tickets are that this is about. */
export type QuestionSums = { readonly count: number; readonly ticketSigns: number };

/** What the tickets that lay in a folder say of it. */
export type FolderTickets = {
  /** All its tickets speak of one order; true where there is none. */
  readonly isOneOrders: boolean;
  /** The newest few of their jobs, newest first. */
  readonly jobIds: readonly number[];
  /** There are more than those few. */
  readonly more: boolean;
};

/** An arrival that a person is asked about. */
export type AskedArrival = Omit<Arrival, 'question'> & { readonly sha256: string | null; readonly question: KeptQuestion };

/** What was dealt with and still lies where it came. `waits`: it is dealt with again once it can be read. */
export type LeftBehind = {
  readonly place: string;
  readonly stamp: Stamp;
  readonly sha256: string | null;
  readonly arrivalId: number | null;
  readonly waits: boolean;
};

export type Page<Item> = { readonly items: Item[]; readonly next: string | null };

/** What a list of jobs is asked for; `hotFolder` by id. */
export type ListQuery = Omit<JobQuery, 'hotFolder'> & { readonly hotFolder?: number | undefined };

/** A page of the list of jobs, and the order it is in. */
export type JobPage = Page<Job> & { readonly order: JobOrder };

/** An incoming folder whose files nobody was asked about. `emptyIno`: of the empty folder at its path, where a share may still come over it; null: nothing was seen there. */
export type NotCounted = { readonly path: string; readonly emptyIno: string | null };
