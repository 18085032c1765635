/**
 * What the hub may ask of its record. Behind it is the only code that knows SQL.
 *
 * Promises: a `write` is durable when its promise resolves, and happens whole or not at all; many writes waiting at the same time share
 * one flush to disk. Readers never wait for writers. History is append-only, and everything derived from it (tracks, status, stage, attention)
 * is stored in the same transaction.
 */

import type { Arrival, Counts, JobQuery, Settings, Station } from '../../../shared/api.ts';
import type { DeliveryState, firstStates } from '../../../shared/delivery.ts';
import type { JobEvent } from '../../../shared/event.ts';
import type { HotFolderSettings, ProbeResult, Rule } from '../../../shared/hot-folder.ts';
import type { JobState } from '../../../shared/job/state.ts';
import type { Job } from '../../../shared/job.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import type { Stamp } from '../disk/stamp.ts';
import type { RecordTrouble } from './record-trouble.ts';

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
};

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
export type JobRow = Job & {
  readonly named: boolean;
  readonly letter: string | null;
  readonly hasTicket: boolean /** Names its tickets gave, come or not. */;
  readonly ticketFiles: readonly string[];
};

/** What is asked of a person, as it is kept; the candidates' numbers and titles are read with it. */
type Question = NonNullable<Arrival['question']>;
export type KeptQuestion = Omit<Question, 'candidates' | 'ticket'> & {
  readonly candidates: readonly {
    readonly jobId: number;
    readonly evidence: readonly Question['candidates'][number]['evidence'][number][];
  }[];
  /** A ticket that waits for the answer. */
  readonly ticket: Ticket | null;
};
export type KeptAnswer = Omit<NonNullable<Arrival['answer']>, 'at'> & { readonly at: number };

/** Work that has no row of its own. `dueAt` in epoch ms. */
export type NewTask = { readonly kind: string; readonly subject: string; readonly jobId: number | null; readonly dueAt: number };
/** A task somebody has claimed: `tries` counts this one, and it is his until `leaseUntil`. */
export type TaskRow = Omit<NewTask, 'dueAt'> & { readonly id: number; readonly tries: number; readonly leaseUntil: number };

/** Tasks of one kind, or of all kinds but these. */
export type TaskChoice = { readonly of: string } | { readonly notOf: readonly string[] };

export type NewArrival = Omit<Arrival, 'id' | 'at' | 'seen' | 'question' | 'answer'> & {
  readonly at: number;
  readonly sha256: string | null;
  readonly question?: KeptQuestion;
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

export type Reader = WhoseReader & {
  job(id: number): Promise<JobRow | null>;
  jobByNumber(order: string, job: string): Promise<JobRow | null>;
  jobs(query: ListQuery): Promise<Page<Job>>;
  jobsByIds(ids: readonly number[]): Promise<Job[]>;
  /** Jobs in this status, for the clock (FutureOrder) and the start. */
  jobIdsIn(status: 'FutureOrder' | 'AwaitingData' | 'Ordered'): Promise<number[]>;
  /** Jobs with this open problem, so that a changed rule or folder can be tried on them. */
  jobIdsWithProblem(code: string): Promise<number[]>;
  /** Jobs with a delivery in a state that only a newer version knows. */
  jobIdsWithUnknownDelivery(): Promise<number[]>;
  counts(): Promise<Counts>;
  /** When the next task is due, of all or of some kinds; null when there is none. One that somebody holds is due when his lease ends. */
  nextTaskAt(choice?: TaskChoice): Promise<number | null>;
  /** Is there a task for this job, due or not? */
  hasTask(jobId: number): Promise<boolean>;
  history(jobId: number): Promise<JobEvent[]>;
  eventsSince(seq: number, limit: number): Promise<JobEvent[]>;
  lastSeq(): Promise<number>;
  files(jobId: number): Promise<FileRow[]>;
  file(id: number): Promise<FileRow | null>;
  /** Files recorded but not yet moved into the archive. */
  unfiledFiles(): Promise<FileRow[]>;
  delivery(id: number): Promise<DeliveryRow | null>;
  deliveriesOf(jobId: number): Promise<DeliveryRow[]>;
  /** Deliveries to a place in these states, by priority (high first), then age. */
  deliveriesIn(placeId: number, states: readonly DeliveryState[], limit?: number): Promise<DeliveryRow[]>;
  /** Deliveries that a printer which shows more took since then; newest first. */
  deliveriesTakenSince(placeId: number, since: number, limit: number): Promise<DeliveryRow[]>;
  /** What is to be sent, resumed or found out at a place now, by priority (high first), then age. `which`: the small files, or the big ones. */
  deliveriesDue(placeId: number, now: number, limit: number, which: 'small' | 'big'): Promise<DeliveryRow[]>;
  /** When the next one that waits for its time is due; null when none does. */
  nextDueAt(placeId: number, now: number): Promise<number | null>;
  /** Deliveries under this final name (compared without case) that may still lie in this folder or come there, whichever hot folder it belongs to. */
  deliveriesNamed(folderPath: string, name: string): Promise<DeliveryRow[]>;
  /** Deliveries of files of this size to this folder, whatever became of them. */
  deliveriesOfSize(folderPath: string, size: number): Promise<DeliveryRow[]>;
  deliveryCounts(): Promise<{ hotFolderId: number; state: DeliveryState; count: number }[]>;
  hotFolders(): Promise<HotFolderRow[]>;
  /** Null when it was removed. */
  hotFolder(id: number): Promise<HotFolderRow | null>;
  /** Hot folders with a place that is theirs no more, where something is still to be sent or to be seen; what was taken later than `takenAfter` counts. */
  placesLeft(takenAfter: number): Promise<HotFolderRow[]>;
  rules(): Promise<Rule[]>;
  settings(): Promise<Settings>;
  arrivals(query: {
    outcome?: Arrival['outcome'] | undefined;
    unseen?: boolean | undefined;
    limit: number;
    cursor?: string | undefined;
  }): Promise<Page<Arrival>>;
  arrival(id: number): Promise<Arrival | null>;
  /** An arrival with its question, answered or not; null for any other. */
  askedArrival(id: number): Promise<AskedArrival | null>;
  /** Questions nobody has answered, oldest first. */
  openQuestions(): Promise<AskedArrival[]>;
  /** What was left behind in a folder, at any depth. */
  leftBehindIn(folderPath: string): Promise<LeftBehind[]>;
  leftBehind(place: string): Promise<LeftBehind | null>;
  stations(): Promise<Station[]>;
  stationByTokenHash(hash: string): Promise<Station | null>;
  /** The answer given earlier for this action id, with a fingerprint of what was asked. */
  action(actionId: string): Promise<{ fingerprint: string; answer: string } | null>;
};

/** Whose file may it be: everything that can point to a job. Lists of jobs are the newest few, newest first. */
export type WhoseReader = {
  /** Jobs that wait for a file of this name (compared without case, NFC). */
  jobsMissing(fileName: string): Promise<JobRow[]>;
  /** Jobs with a ticket that have a file of this name. */
  ticketedJobsWithFile(fileName: string): Promise<JobRow[]>;
  ticketedJobsWithContent(sha256: string): Promise<JobRow[]>;
  /** Jobs we numbered ourselves that have a file of this name. */
  unnamedJobsWithFile(fileName: string): Promise<JobRow[]>;
  /** Jobs we numbered ourselves whose files came from this folder. */
  unnamedJobsFrom(folderPath: string): Promise<JobRow[]>;
  /** The newest job we numbered ourselves that has exactly this content. */
  unnamedJobWithContent(sha256: string): Promise<JobRow | null>;
  /** Tickets that lay in this folder. Two orders are enough to know that it is no order's own. */
  ticketsIn(folderPath: string): Promise<{ jobId: number; order: string }[]>;
  /** Folders of its order's own that tickets of this job lay in. */
  ownFoldersOf(jobId: number): Promise<string[]>;
  /** Originals that are still to be filed from this place, newest first. */
  unfiledAt(sourcePath: string): Promise<FileRow[]>;
};

export type Writer = Reader & {
  addJob(job: NewJob, at: number): Promise<number>;
  /** A ticket fills in or corrects the details; a number we gave ourselves is replaced by the ticket's. */
  describeJob(id: number, ticket: Ticket, at: number): Promise<void>;
  /** `ticketFiles`: the names its tickets gave, where those change too. */
  setMissing(id: number, missing: readonly string[], ticketFiles?: readonly string[]): Promise<void>;
  setHotFolder(id: number, hotFolderId: number | null): Promise<void>;
  /** The other jobs of its order, and where they stand. `startAt` in epoch ms. */
  siblings(jobId: number): Promise<{ id: number; state: JobState; missing: readonly string[]; startAt: number | null }[]>;
  /** What the rules look at: where the job stands, what it lacks, when it starts (epoch ms); null when there is none. */
  jobFacts(jobId: number): Promise<{ number: string; state: JobState; missing: readonly string[]; startAt: number | null } | null>;
  /** The next number for a job whose file name says nothing: "PF000123", its job is "1". Never given twice. */
  nextOwnNumber(): Promise<string>;
  /** Adds a file: version 1, or the next one of the file it replaces. */
  addFile(file: NewFile): Promise<FileRow>;
  /** The wished place turned out to be taken: gives the file the next numbered one. */
  renumberArchivePath(fileId: number): Promise<FileRow>;
  markFiled(fileId: number): Promise<void>;
  addDelivery(delivery: NewDelivery, at: number): Promise<DeliveryRow>;
  changeDelivery(id: number, change: DeliveryChange): Promise<void>;
  addHotFolder(settings: HotFolderSettings, place: NewPlace & { health: ProbeResult | null }): Promise<HotFolderRow>;
  /** With `place` it moves there: to one it had before, when nothing about it is different. Deliveries stay where they are. */
  /** Of a folder whose place stays as it is: only how it is reached was said wrongly. */
  correctLocation(folder: { readonly id: number; readonly path: string }, location: HotFolderSettings['location']): Promise<void>;
  changeHotFolder(id: number, change: Partial<HotFolderSettings> & { place?: NewPlace; health?: ProbeResult | null }): Promise<void>;
  /** The folder was seen alive: remembers by what it is known again. */
  knowFolder(placeId: number, folderId: string): Promise<void>;
  removeHotFolder(id: number): Promise<void>;
  addRule(rule: Omit<Rule, 'id' | 'position'> & { position?: number | undefined }): Promise<Rule>;
  changeRule(id: number, change: Partial<Omit<Rule, 'id'>>): Promise<void>;
  removeRule(id: number): Promise<void>;
  changeSettings(change: Partial<Settings>): Promise<Settings>;
  addArrival(arrival: NewArrival): Promise<number>;
  markArrivalSeen(id: number): Promise<Arrival | null>;
  /** A question is answered: what became of the arrival. */
  settleArrival(id: number, settled: Pick<Arrival, 'outcome' | 'jobId' | 'path'> & { readonly answer: KeptAnswer }): Promise<void>;
  /** Where its file lies now. */
  moveArrival(id: number, path: string): Promise<void>;
  noteTicketFolder(folderPath: string, jobId: number, order: string): Promise<void>;
  leaveBehind(left: LeftBehind): Promise<void>;
  forgetLeft(place: string): Promise<void>;
  addStation(name: string, role: Station['role'], tokenHash: string, at: number): Promise<Station>;
  removeStation(id: number): Promise<boolean>;
  /** The station was heard of. */
  seeStation(id: number, at: number): Promise<void>;
  /** Puts work in; the same kind and subject again changes when it is due. */
  addTask(task: NewTask, at: number): Promise<void>;
  /** The longest due that nobody works on; his for so long. Null when nothing is due. */
  claimTask(choice: TaskChoice, now: number, leaseMs: number): Promise<TaskRow | null>;
  /** It is done; nothing happens when it was put in anew meanwhile. */
  finishTask(task: TaskRow): Promise<void>;
  putOffTask(task: TaskRow, dueAt: number, raw: string): Promise<void>;
  /** Of a kind nobody knows: it waits for a program that does. */
  setTaskAside(task: TaskRow, raw: string | null): Promise<void>;
  /** At a start: nobody works on anything, and what waited for a program that knows these kinds is due. */
  takeTasksUp(kinds: readonly string[], now: number): Promise<void>;
  /** Answers kept before then are forgotten. */
  forgetActions(before: number): Promise<void>;
  keepAction(actionId: string, fingerprint: string, answer: string, at: number): Promise<void>;
};

/** What a committed write changed, told to listeners in commit order. */
export type Change = {
  readonly events: readonly JobEvent[];
  readonly jobIds: ReadonlySet<number>;
  readonly hotFolders: boolean;
  readonly rules: boolean;
  readonly settings: boolean;
  readonly arrivals: boolean;
  /** Work was put into the table of tasks. */
  readonly tasks: boolean;
};

export type Store = {
  readonly read: Reader;
  /** Runs `work` alone in a transaction. It may be run again when a neighbour in the same flush fails, so it must do nothing but read and write here. */
  write<Result>(work: (tx: Writer) => Promise<Result>): Promise<Result>;
  /** Why nothing is recorded at present; null when all is well. */
  trouble(): RecordTrouble | null;
  onChange(listener: (change: Change) => void): () => void;
  close(): Promise<void>;
};
