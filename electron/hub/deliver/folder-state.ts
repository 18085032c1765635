/** What the loop of one place of a hot folder knows, what it may be told, and what it may be asked to do. One page of types. */
import type { ReasonCode } from '../../../shared/reason.ts';
import type { DiskFault } from '../disk/fault.ts';
import type { Settled } from './settle.ts';

export type FolderTrouble = { readonly reasonCode: ReasonCode; readonly raw: string; readonly since: number; readonly needBytes: number };

/** What the step needs to know of the folder. `isLeft`: the hot folder moved on or was removed, and only what is still there is looked after. */
export type FolderLimits = {
  readonly location: 'local' | 'network';
  readonly capacity: number | null;
  readonly paused: boolean;
  readonly isLeft: boolean;
};

/** A delivery that is due. `copied`: it is in its last step: whether it went out may have to be found out, and its copy is made. */
export type Due = {
  readonly id: number;
  readonly size: number;
  readonly priority: number;
  readonly copied: boolean;
};

/** `now`: epoch ms, for what the record says; `ms`: monotonic, for everything else. */
export type Times = { readonly now: number; readonly ms: number };

export type Trouble = FolderTrouble & { readonly sinceMs: number; readonly tryAtMs: number; readonly gaveUp: boolean };

/** What is smaller than `needBytes` goes all the same. `mostBytes`: room for all of which it is known that they did not fit. */
export type NoRoom = FolderTrouble & { readonly mostBytes: number; readonly tryAtMs: number };

export type FolderState = {
  readonly limits: FolderLimits;
  readonly trouble: Trouble | null;
  readonly noRoom: NoRoom | null;
  /** Times there was no room since there was enough for a while. */
  readonly noRooms: number;
  readonly noRoomAtMs: number;
  /** Times the folder was found in trouble since it was last well for a while. */
  readonly troubles: number;
  readonly troubledAtMs: number;
  readonly underWay: Readonly<Record<'look' | 'read' | 'try' | 'giveUp', boolean>>;
  readonly lookAtMs: number;
  /** After the last look: a hint or a delivery asks for none before. */
  readonly lookNotBeforeMs: number;
  /** Something changed while a look was under way. */
  readonly hinted: boolean;
  /** The record may have more than was read. */
  readonly stale: boolean;
  readonly readAtMs: number;
  /** When the record has something again; monotonic ms, since the clock may be set meanwhile. */
  readonly dueAt: number;
  /** How far the clock is ahead of measured time, ms; what it loses of that makes due times on record lie too far off. */
  readonly clockAheadMs: number;
  /** Due times on record are to be looked through with the next read: they were written by another run, or before the clock was set back. */
  readonly clockDoubted: boolean;
  /** After the record failed: nothing before. */
  readonly restUntilMs: number;
  readonly queue: readonly Due[];
  /** Size by id. */
  readonly flying: ReadonlyMap<number, number>;
  readonly lying: number;
  readonly sentSinceLook: number;
  /** Followed deliveries by the last look; null before the first. */
  readonly followed: number | null;
  readonly hints: 'none' | 'listening' | 'lost';
  readonly stopped: boolean;
};

export type FolderInput =
  | { readonly kind: 'tick' | 'woken' | 'hinted' | 'hintsLost' | 'stop' }
  | { readonly kind: 'tried'; readonly freeBytes: number }
  | { readonly kind: 'changed'; readonly limits: FolderLimits }
  | { readonly kind: 'read'; readonly rows: readonly Due[]; readonly nextDueAt: number | null; readonly all: boolean }
  | { readonly kind: 'looked'; readonly lying: number; readonly busy: boolean; readonly followed: number; readonly tookMs: number }
  | { readonly kind: 'ended'; readonly id: number; readonly end: Settled }
  /** `id`: of the delivery that was in flight. */
  | { readonly kind: 'recordFailed'; readonly work: keyof FolderState['underWay'] | 'send'; readonly id: number | null }
  | { readonly kind: 'lookFailed' | 'tryFailed'; readonly fault: DiskFault }
  /** What cannot be seen any more was left to people; `due`: what waits for the folder all the same. */
  | { readonly kind: 'gaveUp'; readonly due: number };

export type FolderEffect =
  | { readonly kind: 'look' | 'listen' | 'deafen' | 'tell' | 'giveUp' | 'over' }
  /** `copiedOnly`: a paused or full folder only finds out what went out. `clockDoubted`: what is put off for longer than anything is due now. `below`: what is to be copied and is not smaller has no room. */
  | { readonly kind: 'read'; readonly copiedOnly: boolean; readonly clockDoubted: boolean; readonly below: number }
  | { readonly kind: 'try'; readonly needBytes: number }
  | { readonly kind: 'send'; readonly id: number };

export type Stepped = { readonly state: FolderState; readonly effects: readonly FolderEffect[] };

export function beginFolder(limits: FolderLimits): FolderState {
  return {
    limits,
    trouble: null,
    noRoom: null,
    noRooms: 0,
    noRoomAtMs: 0,
    troubles: 0,
    troubledAtMs: 0,
    underWay: { look: false, read: false, try: false, giveUp: false },
    lookAtMs: 0,
    lookNotBeforeMs: 0,
    hinted: false,
    stale: true,
    readAtMs: Number.NEGATIVE_INFINITY,
    dueAt: Number.POSITIVE_INFINITY,
    clockAheadMs: Number.NEGATIVE_INFINITY,
    clockDoubted: true,
    restUntilMs: 0,
    queue: [],
    flying: new Map(),
    lying: 0,
    sentSinceLook: 0,
    followed: null,
    hints: 'none',
    stopped: false,
  };
}
