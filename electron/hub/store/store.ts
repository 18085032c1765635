/**
 * What the hub may ask of its record. Behind it is the only code that knows SQL.
 *
 * Promises: a `write` is durable when its promise resolves, and happens whole or not at all; many writes waiting at the same time share
 * one flush to disk. Readers never wait for writers. History is append-only, and everything derived from it (tracks, status, stage, attention)
 * is stored in the same transaction.
 */
import type { Arrival, Counts, Settings, Station } from '../../../shared/api.ts';
import type { DeliveryState } from '../../../shared/delivery.ts';
import type { JobEvent } from '../../../shared/event.ts';
import type { HotFolderSettings, ProbeResult, Rule } from '../../../shared/hot-folder.ts';
import type { JobState } from '../../../shared/job/state.ts';
import type { Job } from '../../../shared/job.ts';
import type { SecurityEntry } from '../../../shared/security.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import type { EngineName } from './engine.ts';
import type { RecordTrouble } from './record-trouble.ts';
import type {
  AskedArrival,
  DeliveryChange,
  DeliveryRow,
  DueDelivery,
  FileRow,
  FolderTickets,
  HotFolderRow,
  JobInFull,
  JobPage,
  JobRow,
  KeptAnswer,
  LeftBehind,
  ListQuery,
  NewArrival,
  NewDelivery,
  NewFile,
  NewJob,
  NewPlace,
  NewSecurity,
  NewTask,
  NotCounted,
  OpenQuestion,
  Page,
  PausedBy,
  QuestionSums,
  TaskChoice,
  TaskRow,
} from './rows.ts';

export type * from './rows.ts';

/** In order. `next`: the `seq` to go on after; null when there is no more now. */
export type EventsPage = { readonly items: readonly JobEvent[]; readonly next: number | null };

export type Reader = WhoseReader & {
  job(id: number): Promise<JobRow | null>;
  /** As people are told of it. */
  toldJob(id: number): Promise<Job | null>;
  /** The jobs of these ids that there are, in this order. */
  jobRows(ids: readonly number[]): Promise<JobRow[]>;
  /** A job with its files and deliveries as they are on record, oldest first. */
  jobInFull(id: number): Promise<JobInFull | null>;
  /** The job that has what this one had, where a ticket said that its files are another's; else the job itself. */
  wholeJob(id: number): Promise<JobRow | null>;
  /** The jobs whose files and deliveries this one has since. */
  partsOf(id: number): Promise<number[]>;
  /** Of a job that is part of another by now: that one. */
  jobByNumber(order: string, job: string): Promise<JobRow | null>;
  /** What the jobs of an order are called within it. */
  jobNumbersOf(order: string): Promise<string[]>;
  jobs(query: ListQuery): Promise<JobPage>;
  jobsByIds(ids: readonly number[]): Promise<Job[]>;
  /** Jobs in this status, for the clock (FutureOrder) and the start. */
  jobIdsIn(status: 'FutureOrder' | 'AwaitingData' | 'Ordered'): Promise<number[]>;
  /** Jobs with this open problem, so that a changed rule or folder can be tried on them. */
  jobIdsWithProblem(code: string): Promise<number[]>;
  /** Jobs with a delivery in a state that only a newer version knows. */
  jobIdsWithUnknownDelivery(): Promise<number[]>;
  counts(): Promise<Counts>;
  /** How many in work are due before this moment (epoch ms), besides those somebody must act on. */
  lateJobs(before: number): Promise<number>;
  /** Of what these words find. */
  countsOf(q: string): Promise<Counts>;
  /** How many jobs are in each status, as `countedUnder` says; one without jobs is left out. */
  statusCounts(): Promise<ReadonlyMap<string, number>>;
  /** When the next task is due, of all or of some kinds; null when there is none. One that somebody holds is due when his lease ends. */
  nextTaskAt(choice?: TaskChoice): Promise<number | null>;
  /** Is there a task for this job, due or not? */
  hasTask(jobId: number): Promise<boolean>;
  history(jobId: number): Promise<JobEvent[]>;
  /** Of one job, what came after this `seq`, in order: as much as a page holds. */
  historyPage(jobId: number, after: number): Promise<EventsPage>;
  eventsSince(seq: number, limit: number): Promise<JobEvent[]>;
  /** At most so many, and no more than a page holds. */
  eventsPage(seq: number, limit: number): Promise<EventsPage>;
  lastSeq(): Promise<number>;
  files(jobId: number): Promise<FileRow[]>;
  file(id: number): Promise<FileRow | null>;
  /** Files recorded but not yet moved into the archive. */
  unfiledFiles(): Promise<FileRow[]>;
  delivery(id: number): Promise<DeliveryRow | null>;
  deliveriesOf(jobId: number): Promise<DeliveryRow[]>;
  /** Deliveries to a place in these states, by priority (high first), then age. */
  deliveriesIn(placeId: number, states: readonly DeliveryState[], limit?: number): Promise<DeliveryRow[]>;
  /** A part of them, of one state: what comes behind `last`, in the same order; null: from the first. For places with many, between which others have a turn. */
  deliveriesBehind(
    placeId: number,
    state: DeliveryState,
    last: Pick<DeliveryRow, 'id' | 'priority'> | null,
    limit: number,
  ): Promise<DeliveryRow[]>;
  /** Deliveries that a printer which shows more took since then; newest first, `last`: behind this one. */
  deliveriesTakenSince(
    placeId: number,
    since: number,
    last: Pick<DeliveryRow, 'id' | 'deliveredAt'> | null,
    limit: number,
  ): Promise<DeliveryRow[]>;
  /** What is to be sent, resumed or found out at a place now, by priority (high first), then age. `which`: the small files, or the big ones. */
  deliveriesDue(placeId: number, now: number, limit: number, which: 'small' | 'big', below?: number): Promise<DueDelivery[]>;
  /** How many planned deliveries of each hot folder are put off for longer than until this time. */
  deliveriesPutOff(after: number): Promise<{ hotFolderId: number; count: number }[]>;
  /** When the next one that waits for its time is due; null when none does. */
  nextDueAt(placeId: number, now: number): Promise<number | null>;
  /** Deliveries under this final name (compared without case) that may still lie in this folder or come there, whichever hot folder it belongs to. */
  deliveriesNamed(folderPath: string, name: string): Promise<DeliveryRow[]>;
  /** The same for many names in one question. */
  deliveriesNamedAny(folderPath: string, names: readonly string[]): Promise<DeliveryRow[]>;
  /** Deliveries of files of this size to this folder, whatever became of them. */
  deliveriesOfSize(folderPath: string, size: number, last: DeliveryRow | null, limit: number): Promise<DeliveryRow[]>;
  /** The same for many sizes in one question. */
  deliveriesOfSizes(folderPath: string, sizes: readonly number[]): Promise<DeliveryRow[]>;
  deliveryCounts(): Promise<{ hotFolderId: number; state: DeliveryState; count: number }[]>;
  hotFolders(): Promise<HotFolderRow[]>;
  /** Null when it was removed. */
  hotFolder(id: number): Promise<HotFolderRow | null>;
  /** Hot folders with a place that is theirs no more, where something is still to be sent or to be seen; what was taken later than `takenAfter` counts. */
  placesLeft(takenAfter: number): Promise<HotFolderRow[]>;
  rules(): Promise<Rule[]>;
  settings(): Promise<Settings>;
  /** Incoming folders whose files nobody was asked about yet. */
  notCounted(): Promise<NotCounted[]>;
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
  openQuestions(): Promise<OpenQuestion[]>;
  openQuestionSums(): Promise<QuestionSums>;
  /** Does the very same ticket wait for an answer? */
  isTicketAsked(ticket: Ticket): Promise<boolean>;
  /** What was left behind in a folder, at any depth. */
  leftBehindIn(folderPath: string): Promise<LeftBehind[]>;
  leftBehind(place: string): Promise<LeftBehind | null>;
  stations(): Promise<Station[]>;
  /** Whose token it is, whether its time is over or not. */
  stationByTokenHash(hash: string): Promise<Station | null>;
  /** What touched security, newest first. */
  security(query: { limit: number; cursor?: string | undefined }): Promise<Page<SecurityEntry>>;
  /** Name of the station whose token this was until it was revoked; null when it never was one. */
  endedToken(hash: string): Promise<string | null>;
  /** The answer given earlier for this action id, with a fingerprint of what was asked. */
  action(actionId: string): Promise<{ fingerprint: string; answer: string } | null>;
};

/** Whose file may it be: everything that can point to a job. Lists of jobs are the newest few, newest first. */
export type WhoseReader = {
  /** Jobs that wait for a file of this name (compared without case, NFC). `more`: there are older ones than these. */
  jobsMissing(fileName: string): Promise<{ readonly jobs: JobRow[]; readonly more: boolean }>;
  /** Jobs with a ticket that have a file of this name. */
  ticketedJobsWithFile(fileName: string): Promise<JobRow[]>;
  ticketedJobsWithContent(sha256: string): Promise<JobRow[]>;
  /** Jobs we numbered ourselves that have a file of this name. */
  unnamedJobsWithFile(fileName: string): Promise<JobRow[]>;
  /** Jobs we numbered ourselves whose files came from this folder. */
  unnamedJobsFrom(folderPath: string): Promise<JobRow[]>;
  /** The newest job we numbered ourselves that has exactly this content. */
  unnamedJobWithContent(sha256: string): Promise<JobRow | null>;
  /** Jobs with a ticket from this folder. */
  ticketsIn(folderPath: string): Promise<FolderTickets>;
  /** Jobs with a ticket from this folder that wait for a file of this name, or have one. */
  jobsNaming(folderPath: string, fileName: string): Promise<JobRow[]>;
  /** Folders of its order's own that tickets of this job lay in. */
  ownFoldersOf(jobId: number): Promise<string[]>;
  /** Originals that are still to be filed from this place, newest first. */
  unfiledAt(sourcePath: string): Promise<FileRow[]>;
};

export type JobFacts = {
  readonly id: number;
  readonly number: string;
  readonly state: JobState;
  readonly missing: readonly string[];
  readonly startAt: number | null;
};

export type Writer = Reader & {
  /** Before anything is decided on the order of this job: until this write ends nobody else changes it, on whatever engine. */
  lockOrder(jobId: number): Promise<void>;
  addJob(job: NewJob, at: number): Promise<number>;
  /** A job of the same order that prints pieces of this one again, and is named by it; without files yet. `job`: its number within the order, which must be free. */
  addReprint(
    of: Pick<JobRow, 'id' | 'number' | 'orderedAs'>,
    reprint: { readonly job: string; readonly quantity: number },
    at: number,
  ): Promise<number>;
  /** A ticket fills in or corrects the details; a number we gave ourselves is replaced by the ticket's. */
  describeJob(id: number, ticket: Ticket, at: number): Promise<void>;
  /** `ticketFiles`: the names its tickets gave, where those change too. */
  setMissing(id: number, missing: readonly string[], ticketFiles?: readonly string[]): Promise<void>;
  /** The hot folder it belongs to now. `before`: the one it belonged to; its deliveries may be there still, so that it is found there too. */
  setHotFolder(id: number, hotFolderId: number | null, before?: number | null): Promise<void>;
  /** The other jobs of its order, and where they stand. `startAt` in epoch ms. */
  siblings(jobId: number): Promise<{ id: number; state: JobState; missing: readonly string[]; startAt: number | null }[]>;
  /** What the rules look at: where the job stands, what it lacks, when it starts (epoch ms); of one that is part of another that one. Null when there is none. */
  jobFacts(jobId: number): Promise<JobFacts | null>;
  /** The next number for a job whose file name says nothing: "PF000123", its job is "1". Never given twice. */
  nextOwnNumber(): Promise<string>;
  /** Adds a file: version 1, or the next one of the file it replaces. */
  addFile(file: NewFile): Promise<FileRow>;
  /** The wished place turned out to be taken: gives the file the next numbered one. */
  renumberArchivePath(fileId: number): Promise<FileRow>;
  markFiled(fileId: number): Promise<void>;
  /** One job is part of another from now on: its files and deliveries are that one's, and what is still to be told of it is told of that one. */
  moveFiles(fromJobId: number, toJobId: number): Promise<void>;
  addDelivery(delivery: NewDelivery, at: number): Promise<DeliveryRow>;
  changeDelivery(id: number, change: DeliveryChange): Promise<void>;
  /** Only where this step may be taken from where it stands. Answers the delivery as it was just before, or null. */
  stepDelivery(id: number, change: DeliveryChange & { readonly state: DeliveryState }): Promise<DeliveryRow | null>;
  addHotFolder(
    settings: HotFolderSettings,
    place: NewPlace & { health: ProbeResult | null; pausedBy?: PausedBy | null },
  ): Promise<HotFolderRow>;
  /** Of a folder whose place stays as it is: only how it is reached was said wrongly. */
  correctLocation(folder: { readonly id: number; readonly path: string }, location: HotFolderSettings['location']): Promise<void>;
  /** With `place` it moves there: to one it had before, when nothing about it is different. Deliveries stay where they are. */
  changeHotFolder(
    id: number,
    change: Partial<HotFolderSettings> & { place?: NewPlace; health?: ProbeResult | null; pausedBy?: PausedBy | null },
  ): Promise<void>;
  /** The folder was seen alive: remembers by what it is known again. */
  knowFolder(placeId: number, folderId: string): Promise<void>;
  removeHotFolder(id: number): Promise<void>;
  addRule(rule: Omit<Rule, 'id' | 'position'> & { position?: number | undefined }): Promise<Rule>;
  changeRule(id: number, change: Partial<Omit<Rule, 'id'>>): Promise<void>;
  removeRule(id: number): Promise<void>;
  changeSettings(change: Partial<Settings>): Promise<Settings>;
  setNotCounted(folders: readonly NotCounted[]): Promise<void>;
  addArrival(arrival: NewArrival): Promise<number>;
  markArrivalSeen(id: number): Promise<Arrival | null>;
  /** A question is answered: what became of the arrival. */
  settleArrival(id: number, settled: Pick<Arrival, 'outcome' | 'jobId' | 'path'> & { readonly answer: KeptAnswer }): Promise<void>;
  /** Where its file lies now. */
  moveArrival(id: number, path: string): Promise<void>;
  noteTicketFolder(folderPath: string, jobId: number, order: string): Promise<void>;
  leaveBehind(left: LeftBehind): Promise<void>;
  forgetLeft(place: string): Promise<void>;
  /** `endsAt` in epoch ms: its token opens nothing from then on; null: it has no end. */
  addStation(name: string, role: Station['role'], tokenHash: string, at: number, endsAt?: number | null): Promise<Station>;
  /** Its token is remembered as one that ended. Answers the station as it was; null when there is none. */
  removeStation(id: number, at: number): Promise<Station | null>;
  /** The station was heard of, from this address. */
  seeStation(id: number, at: number, from: string): Promise<void>;
  noteSecurity(entry: NewSecurity, at: number): Promise<void>;
  /** The same within an hour is one entry, with how often it came. */
  countSecurity(entry: NewSecurity, at: number, times: number): Promise<void>;
  /** Entries from before then are forgotten. */
  forgetSecurity(before: number): Promise<void>;
  /** Tokens that ended before then are no longer told from others. */
  forgetEndedTokens(before: number): Promise<void>;
  /** Puts work in; the same kind and subject again changes when it is due. */
  addTask(task: NewTask, at: number): Promise<void>;
  /** The longest due that nobody works on; his for so long. Null when nothing is due. */
  claimTask(choice: TaskChoice, now: number, leaseMs: number): Promise<TaskRow | null>;
  /** It is done; nothing happens when it was put in anew meanwhile. */
  finishTask(task: TaskRow): Promise<void>;
  /** Tasks of this kind are another job's from now on. */
  moveTasks(kind: string, fromJobId: number, toJobId: number): Promise<void>;
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

/** What people ask, which may be much. */
export type Asked = Pick<Reader, 'jobs' | 'countsOf' | 'historyPage' | 'eventsPage' | 'arrivals' | 'security'>;

export type Store = {
  readonly engine: EngineName;
  /** By which a record on a server is known among others, wherever it is moved; null of one in a file. */
  readonly recordId: string | null;
  readonly read: Reader;
  /**
   * The same questions, for people: beside everything else, each with a time limit, until `leaves` aborts. What was acknowledged before is in the answer.
   * @throws Refusal when it takes too long, too many wait, or nobody does
   */
  ask(leaves?: AbortSignal): Asked;
  /** Runs `work` alone in a transaction. It may be run again when a neighbour in the same flush fails, so it must do nothing but read and write here. */
  write<Result>(work: (tx: Writer) => Promise<Result>): Promise<Result>;
  /** Why nothing is recorded at present; null when all is well. */
  trouble(): RecordTrouble | null;
  /** Resolves when all that was read until now is on disk, or nothing can be recorded: a reader sees what is committed a moment before it is safe. */
  onDisk(): Promise<void>;
  onChange(listener: (change: Change) => void): () => void;
  close(): Promise<void>;
};
