/** The types by which the hub's parts know each other; hub.ts joins them. One page, no code but the error. */
import type { Arrival, Problem, Settings } from '../../shared/api.ts';
import type { HotFolder, HotFolderSettings, ProbeResult } from '../../shared/hot-folder.ts';
import type { DeliverWish, ReprintWish } from '../../shared/job/command.ts';
import type { RefusalCode } from '../../shared/job/decide.ts';
import type { Ticket } from '../../shared/ticket.ts';
import { type Said, sayPair } from '../../shared/words/say.ts';
import type { KeptFiles } from './kept-files.ts';

/** Who asks. `actor` is what the history says: "admin", "station Press 1". */
export type Caller = { readonly role: 'admin' | 'station'; readonly actor: string; readonly station: string | null };

/** Who changes how the floor is set up, and from which address. */
export type By = Pick<Caller, 'actor'> & { readonly address: string };

/** What a screen can make of a refusal besides its sentence. */
type RefusalMore = Omit<Problem, 'code' | 'message' | 'whatToDo' | 'key' | 'values'>;

/** What a decision refuses with, and what the record refuses with when nothing can be recorded. */
export type RefusedWith = RefusalCode | 'NOT_RECORDED';

/** Expected trouble on its way to whoever asked: what to say of it, and until it is said to somebody the English of it. Anything else thrown is a bug. */
export class Refusal extends Error implements Problem {
  readonly code: RefusedWith;
  readonly whatToDo: string;
  readonly said: Said;
  readonly more: RefusalMore;

  constructor(code: RefusedWith, said: Said, more: RefusalMore = {}) {
    const { what, todo } = sayPair('en', said) ?? { what: said.key, todo: '' };
    super(what);
    this.name = 'Refusal';
    this.code = code;
    this.whatToDo = todo;
    this.said = said;
    this.more = more;
  }
}

export type DeliveryRequest = Pick<DeliverWish, 'reason' | 'fileIds' | 'hotFolderId' | 'unsent' | 'force' | 'insists'> & {
  readonly actionId: string;
};
export type ReprintRequest = Pick<ReprintWish, 'quantity' | 'reason' | 'fileIds' | 'force' | 'insists'> & { readonly actionId: string };

/** The way of a job, as far as others may start it. */
export type Flow = {
  /** Makes the job or completes the one that is there; answers its id. */
  acceptTicket(ticket: Ticket, caller: Caller): Promise<number>;
  /** Takes over a complete, flushed file in the work folder as a file of this job; throws a Refusal when it is no good. */
  acceptFile(jobId: number, name: string, path: string, caller: Caller): Promise<void>;
  /** What lies at places of the record, to be handed out. */
  readonly kept: KeptFiles;
  /** A person sends a job (again) and says why; repeated with the same action id it does nothing more. */
  requestDelivery(jobId: number, request: DeliveryRequest, caller: Caller): Promise<void>;
  /** Pieces of a job are printed again, as a job of their own, whose id is answered; repeated with the same action id it is the same one. */
  requestReprint(jobId: number, request: ReprintRequest, caller: Caller): Promise<number>;
  /** Whose file an asked arrival is. The same action id does it once; who comes second is told who was first. */
  answerArrival(
    id: number,
    answer: { readonly jobId: number | 'new' | 'reject'; readonly actionId: string },
    caller: Caller,
  ): Promise<Arrival>;
};

export type HotFolders = {
  list(): Promise<HotFolder[]>;
  /** `takeOver`, here and below: also when another hub works in the folder, which then stops. */
  tryOut(settings: HotFolderSettings, takeOver?: boolean, by?: By): Promise<ProbeResult>;
  /** `by`, here and elsewhere: who asks, as the history says it. Probes first and throws a Refusal with the failed step when the folder is no good. */
  create(settings: HotFolderSettings, takeOver?: boolean, by?: By): Promise<HotFolder>;
  /** `waiting`: what becomes of files planned for its old path. Refused with their number when there are some and nobody said. */
  /** `seen`: what these fields were when they were read. @throws Refusal where one is something else by now */
  update(
    id: number,
    change: Partial<HotFolderSettings>,
    waiting?: 'stay' | 'move',
    takeOver?: boolean,
    by?: By,
    seen?: { readonly [Name in keyof HotFolderSettings]?: HotFolderSettings[Name] | undefined },
  ): Promise<HotFolder>;
  /**
   * Refused while deliveries wait for it. Answers how many delivered files lie there and stay watched, how many cannot be seen, so that their jobs ask
   * somebody, and how many rules lead to it still.
   */
  remove(id: number, by?: By): Promise<{ readonly lying: number; readonly unseen: number; readonly rules: number }>;
  probe(id: number, takeOver?: boolean, by?: By): Promise<HotFolder>;
  /** State, queue or health of any folder changed. */
  onChange(listener: () => void): () => void;
};

export type WatchState = { readonly path: string; readonly state: 'watching' | 'polling' | 'missing'; readonly reason: string | null };

export type Intake = {
  watching(): readonly WatchState[];
  /** For a change of the folders, from `check` until it is on record: no other folder of the hub is saved meanwhile. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Watches these folders from now on, and no others. */
  watch(folders: Settings['incoming']): Promise<void>;
  /**
   * The folders as they may be saved. @throws Refusal when one may never be ours or overlaps another folder, when another hub takes files out of it (unless
   * `takeOver`), or when a new one holds files already (unless `confirm`); both for all or for these paths
   */
  check(
    folders: Settings['incoming'],
    takeOver: boolean | readonly string[],
    confirm: boolean | readonly string[],
    by?: By,
  ): Promise<Settings['incoming']>;
};
