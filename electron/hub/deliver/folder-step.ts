/**
 * The loop of one place of a hot folder as a state and a pure step: what came in, what is to be done now, and when to look again. Never touches a disk
 * or the record; run-hot-folder.ts does what it says and tells how it ended.
 *
 * Promises: a fault of the folder stops everything but the tries to find it well; a full disk keeps back only what has no room; never more at once than the lanes have room for, and large files never fill
 * them all; nothing is sent into a full, paused or stopped folder; something is always under way, or a time to go on is set.
 */
import { bigFrom } from '../../../shared/delivery.ts';
import { reasonEntry } from '../../../shared/reason.ts';
import { type DiskFault, reasonOf } from '../disk/fault.ts';
import type { Due, FolderEffect, FolderInput, FolderState, Stepped, Times, Trouble } from './folder-state.ts';
import { pauseBefore, wellForMs } from './retry.ts';
import { meetNoRoom, roomOf, stillNoRoom, takeRoom, tryRoomAt } from './room.ts';
import type { Settled } from './settle.ts';

/** Small files at once: their flushes then share one journal commit. */
export const atOnce = { local: 24, network: 3 } as const;
/** Big files fill the disk by themselves: fewer at once are faster, need less memory, and leave room for small ones. */
export const bigAtOnce = 2;
/** `hinted`: idle and told of changes; `polled`: nobody tells. */
const lookEveryMs = { busy: 1000, hinted: 30_000, polled: 5000 } as const;
/** Own deliveries make hints too; looking costs with the number of files that lie there. */
const restFactor = 10;
const afterHintMs = 250;
/** Neither a hint nor a delivery has the rest after a long look cut short by more: in a burst they would have the whole folder looked at four times a second. */
const mostHeldBackMs = 5000;
/** An urgent one waits no longer behind what was read before it came. */
const readAgainAfterMs = 250;
const recordRestMs = 1000;
/** A clock that is kept right is moved by less. */
const clockMovedMs = 1000;
/** A place nobody looks after any more, and that cannot be seen: what lies there is a person's to find out. */
const outOfSightAfterMs = 600_000;

function isFull({ limits, lying, flying }: FolderState): boolean {
  return limits.capacity !== null && lying + flying.size >= limits.capacity;
}

/** Waits are measured, and due times are on record by the clock. */
function noticeClock(state: FolderState, { now, ms }: Times): FolderState {
  const gained = now - ms - state.clockAheadMs;
  if (Math.abs(gained) <= clockMovedMs) return state;
  const setBack = gained < 0 ? { clockDoubted: true, stale: true } : {};
  return { ...state, clockAheadMs: now - ms, ...setBack };
}

function ends(state: FolderState, work: keyof FolderState['underWay']): FolderState {
  return { ...state, underWay: { ...state.underWay, [work]: false } };
}

/** The first fault is kept: it says what began it. */
function meetTrouble(state: FolderState, fault: DiskFault, { now, ms }: Times, chance: number): FolderState {
  const reasonCode = reasonOf(fault);
  const known = reasonEntry(reasonCode).of === 'folder' ? reasonCode : 'DiskError';
  const troubles = ms - state.troubledAtMs > wellForMs ? 1 : state.troubles + 1;
  const first = state.trouble ?? {
    reasonCode: known,
    raw: fault.raw,
    since: now,
    needBytes: 0,
    sinceMs: ms,
    gaveUp: false,
  };
  // What is wrong with a folder that can be seen again is only known once somebody has looked.
  const told = known === 'MarkerGone' || known === 'OtherFolder' ? { ...first, reasonCode: known, raw: fault.raw } : first;
  return { ...state, troubles, troubledAtMs: ms, trouble: { ...told, tryAtMs: ms + pauseBefore(troubles, chance) } };
}

function lookWithin({ lookAtMs, lookNotBeforeMs }: FolderState, pauseMs: number, { ms }: Times): number {
  return Math.min(lookAtMs, Math.max(lookNotBeforeMs, ms + pauseMs));
}

function landed(state: FolderState, id: number): FolderState {
  const flying = new Map(state.flying);
  flying.delete(id);
  return { ...state, flying };
}

function takeEnd(state: FolderState, end: Settled, times: Times, chance: number): FolderState {
  switch (end.kind) {
    case 'delivered':
      return {
        ...state,
        troubles: 0,
        lying: state.lying + 1,
        sentSinceLook: state.sentSinceLook + 1,
        // It is followed from now on, and no look has seen it yet.
        followed: null,
        lookAtMs: lookWithin(state, lookEveryMs.busy, times),
      };
    case 'notDelivered':
      return { ...state, stale: true };
    case 'folderTrouble':
      if (state.trouble === null && end.needBytes > 0)
        return meetNoRoom({ ...state, stale: true }, end.fault, end.needBytes, times, chance);
      // Several in flight meet the same trouble; only the first counts as a try.
      return state.trouble === null ? meetTrouble({ ...state, stale: true }, end.fault, times, chance) : { ...state, stale: true };
  }
}

function takeLook(state: FolderState, input: Extract<FolderInput, { kind: 'looked' }>, { ms }: Times): FolderState {
  const every = input.busy ? lookEveryMs.busy : lookEveryMs[state.hints === 'listening' ? 'hinted' : 'polled'];
  const restMs = input.tookMs * restFactor;
  const pauseMs = Math.max(state.hinted ? afterHintMs : every, restMs);
  return {
    ...ends(state, 'look'),
    lying: input.lying + state.sentSinceLook,
    followed: state.sentSinceLook > 0 ? null : input.followed,
    lookAtMs: ms + pauseMs,
    lookNotBeforeMs: ms + Math.min(restMs, mostHeldBackMs),
    hinted: false,
  };
}

function takeIn(state: FolderState, input: FolderInput, times: Times, chance: number): FolderState {
  const { ms } = times;
  switch (input.kind) {
    case 'tick':
      return state;
    case 'woken':
      return { ...state, stale: true };
    case 'hinted':
      return { ...state, hinted: true, lookAtMs: lookWithin(state, afterHintMs, times) };
    case 'hintsLost':
      return { ...state, hints: 'lost' };
    case 'changed': {
      const trouble = state.trouble === null ? null : { ...state.trouble, tryAtMs: ms };
      return {
        ...tryRoomAt(state, ms),
        limits: input.limits,
        trouble,
        lookAtMs: 0,
        stale: true,
        queue: [],
        readAtMs: Number.NEGATIVE_INFINITY,
      };
    }
    case 'read': {
      const queue = input.rows.filter(({ id }) => !state.flying.has(id));
      const dueAt = input.nextDueAt === null ? Number.POSITIVE_INFINITY : ms + input.nextDueAt - times.now;
      return { ...ends(state, 'read'), queue, dueAt, stale: state.stale || !input.all };
    }
    case 'looked':
      return takeLook(state, input, times);
    case 'lookFailed':
      return meetTrouble(ends(state, 'look'), input.fault, times, chance);
    case 'tried': {
      const tried = takeRoom(ends(state, 'try'), input.freeBytes, times, chance);
      return state.trouble === null ? tried : { ...tried, trouble: null, lookAtMs: 0 };
    }
    case 'tryFailed':
      return stillNoRoom(ends(state, 'try'), input.fault, times, chance) ?? meetTrouble(ends(state, 'try'), input.fault, times, chance);
    case 'ended':
      return takeEnd(landed(state, input.id), input.end, times, chance);
    case 'recordFailed': {
      const clockDoubted = state.clockDoubted || input.work === 'read';
      const rested = { ...state, restUntilMs: ms + recordRestMs, stale: true, clockDoubted };
      return input.work === 'send' ? landed(rested, input.id ?? 0) : ends(rested, input.work);
    }
    case 'gaveUp': {
      const done = { ...ends(state, 'giveUp'), trouble: state.trouble === null ? null : { ...state.trouble, gaveUp: true } };
      return input.due > 0 ? done : { ...done, followed: 0, queue: [], stale: false, dueAt: Number.POSITIVE_INFINITY };
    }
    case 'stop':
      return { ...state, stopped: true };
    default:
      return input satisfies never;
  }
}

/** The next that fits: the most urgent first, and a small one before a large one that has no lane. */
function nextToSend(state: FolderState): Due | null {
  const { limits, queue, flying } = state;
  if (flying.size >= atOnce[limits.location]) return null;
  const bigFlying = [...flying.values()].filter((size) => size >= bigFrom).length;
  const sendsNothing = limits.paused || isFull(state);
  const below = roomOf(state);
  const mayGo = ({ size, copied }: Due): boolean => copied || (!sendsNothing && size < below);
  return queue.find((due) => mayGo(due) && (due.size < bigFrom || bigFlying < bigAtOnce)) ?? null;
}

/** Where nothing is sent nothing is read: reading on would only find the same again. */
function mayRead({ limits, flying }: FolderState): boolean {
  return flying.size < atOnce[limits.location];
}

function sendWhatFits(given: FolderState): Stepped {
  const effects: FolderEffect[] = [];
  let due = nextToSend(given);
  if (due === null) return { state: given, effects };
  const [queue, flying] = [[...given.queue], new Map(given.flying)];
  const state = { ...given, queue, flying };
  for (; due !== null; due = nextToSend(state)) {
    effects.push({ kind: 'send', id: due.id });
    queue.splice(queue.indexOf(due), 1);
    flying.set(due.id, due.size);
  }
  return { state, effects };
}

// Asked by the step and by the rest after it, and so summed up once: two sums that differ by their last digit would wake the loop for nothing.
function outOfSightAt({ sinceMs }: Trouble): number {
  return sinceMs + outOfSightAfterMs;
}

function readAgainAt({ readAtMs }: FolderState): number {
  return readAtMs + readAgainAfterMs;
}

function isOver(state: FolderState): boolean {
  const { limits, underWay, flying, queue, stale, dueAt, followed } = state;
  const atRest = !(underWay.look || underWay.read || underWay.try || underWay.giveUp || stale) && flying.size === 0 && queue.length === 0;
  return limits.isLeft && atRest && state.noRoom === null && followed === 0 && dueAt === Number.POSITIVE_INFINITY;
}

function inTrouble(state: FolderState, trouble: Trouble, { ms }: Times): Stepped {
  const effects: FolderEffect[] = [];
  let next = state;
  if (state.hints === 'listening') {
    effects.push({ kind: 'deafen' });
    next = { ...next, hints: 'none' };
  }
  if (!state.underWay.try && ms >= trouble.tryAtMs) {
    effects.push({ kind: 'try', needBytes: trouble.needBytes });
    next = { ...next, underWay: { ...next.underWay, try: true } };
  }
  if (state.limits.isLeft && !(trouble.gaveUp || state.underWay.giveUp) && ms >= outOfSightAt(trouble)) {
    effects.push({ kind: 'giveUp' });
    next = { ...next, underWay: { ...next.underWay, giveUp: true } };
  }
  return { state: next, effects };
}

function goOn(given: FolderState, { ms }: Times): Stepped {
  const effects: FolderEffect[] = [];
  let state = given;
  if (state.limits.location === 'local' && state.hints === 'none') {
    effects.push({ kind: 'listen' });
    state = { ...state, hints: 'listening' };
  }
  if (!state.underWay.look && ms >= state.lookAtMs) {
    effects.push({ kind: 'look' });
    state = { ...state, hinted: false, sentSinceLook: 0, underWay: { ...state.underWay, look: true } };
  }
  if (state.noRoom !== null && !state.underWay.try && ms >= state.noRoom.tryAtMs) {
    effects.push({ kind: 'try', needBytes: state.noRoom.needBytes });
    state = { ...state, underWay: { ...state.underWay, try: true } };
  }
  const isDue = (state.stale && (state.queue.length === 0 || ms >= readAgainAt(state))) || ms >= state.dueAt;
  if (isDue && !state.underWay.read && mayRead(state)) {
    const copiedOnly = state.limits.paused || isFull(state);
    effects.push({ kind: 'read', copiedOnly, clockDoubted: state.clockDoubted, below: roomOf(state) });
    const readNow = { stale: false, clockDoubted: false, dueAt: Number.POSITIVE_INFINITY, readAtMs: ms };
    state = { ...state, ...readNow, underWay: { ...state.underWay, read: true } };
  }
  // What is read anew is about to come: what was read before it may be behind it.
  const sent = state.underWay.read ? { state, effects: [] } : sendWhatFits(state);
  return { state: sent.state, effects: [...effects, ...sent.effects] };
}

/** `chance` in [0, 1): spreads the tries of many. */
export function stepFolder(before: FolderState, input: FolderInput, times: Times, chance: number): Stepped {
  const taken = takeIn(noticeClock(before, times), input, times, chance);
  // What waits for room was not read as long as there was none.
  const state = isFull(before) && !isFull(taken) ? { ...taken, stale: true } : taken;
  if (state.stopped) return { state, effects: [] };
  const told = ({ trouble, noRoom }: FolderState): string => `${trouble === null}${trouble?.raw} ${noRoom?.raw}`;
  const tells = input.kind === 'looked' || told(before) !== told(state);
  const tell: readonly FolderEffect[] = tells ? [{ kind: 'tell' }] : [];
  if (isOver(state)) return { state: { ...state, stopped: true }, effects: [...tell, { kind: 'over' }] };
  if (times.ms < state.restUntilMs) return { state, effects: tell };
  const went = state.trouble === null ? goOn(state, times) : inTrouble(state, state.trouble, times);
  return { state: went.state, effects: [...tell, ...went.effects] };
}

function restWell(state: FolderState, ms: number): number[] {
  const { underWay, noRoom } = state;
  const waits: number[] = [];
  if (!underWay.look) waits.push(state.lookAtMs - ms);
  if (noRoom !== null && !underWay.try) waits.push(noRoom.tryAtMs - ms);
  if (!underWay.read && mayRead(state)) {
    waits.push(state.dueAt - ms);
    if (state.stale) waits.push(state.queue.length === 0 ? 0 : readAgainAt(state) - ms);
  }
  return waits;
}

function restInTrouble({ underWay, limits }: FolderState, trouble: Trouble, ms: number): number[] {
  const waits: number[] = [];
  if (!underWay.try) waits.push(trouble.tryAtMs - ms);
  if (limits.isLeft && !(trouble.gaveUp || underWay.giveUp)) waits.push(outOfSightAt(trouble) - ms);
  return waits;
}

/** How long nothing is to be done unless something comes in; ms. */
export function restOf(state: FolderState, { ms }: Times): number {
  const waits = state.trouble === null ? restWell(state, ms) : restInTrouble(state, state.trouble, ms);
  return Math.max(0, state.restUntilMs - ms, Math.min(...waits));
}
