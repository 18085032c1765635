/**
 * A disk without room for a file: what is smaller goes on, what is not waits, and the room is looked for again. Pure; part of the step of a hot folder's loop.
 */
import { type DiskFault, reasonOf } from '../disk/fault.ts';
import type { FolderState, Times } from './folder-state.ts';
import { pauseBefore, wellForMs } from './retry.ts';

/** What is to be copied and is not smaller than this has no room. Bytes. */
export function roomOf({ noRoom }: FolderState): number {
  return noRoom?.needBytes ?? Number.MAX_SAFE_INTEGER;
}

/** The first that did not fit is told. Tried less often from time to time, since a disk may say that there is room and take nothing all the same. */
export function meetNoRoom(state: FolderState, fault: DiskFault, needBytes: number, { now, ms }: Times, chance: number): FolderState {
  const noRooms = state.noRoom !== null || ms - state.noRoomAtMs <= wellForMs ? state.noRooms + 1 : 1;
  const known = state.noRoom ?? {
    reasonCode: 'DiskFull',
    raw: fault.raw,
    since: now,
    needBytes,
    mostBytes: needBytes,
  };
  const noRoom = {
    ...known,
    needBytes: Math.min(known.needBytes, needBytes),
    mostBytes: Math.max(known.mostBytes, needBytes),
    tryAtMs: ms + pauseBefore(noRooms, chance),
  };
  return { ...state, noRoom, noRooms, noRoomAtMs: ms };
}

/** What fits by now is tried; what does not waits on. */
export function takeRoom(state: FolderState, freeBytes: number, { ms }: Times, chance: number): FolderState {
  const { noRoom } = state;
  const read = { ...state, stale: true, queue: [] };
  if (noRoom === null) return read;
  if (freeBytes >= noRoom.mostBytes) return { ...read, noRoom: null, noRoomAtMs: ms };
  const needBytes = Math.max(noRoom.needBytes, freeBytes + 1);
  return { ...read, noRoom: { ...noRoom, needBytes, tryAtMs: ms + pauseBefore(state.noRooms, chance) } };
}

/** A try for room that found none; null where it met other trouble. */
export function stillNoRoom(state: FolderState, fault: DiskFault, times: Times, chance: number): FolderState | null {
  if (state.trouble !== null || state.noRoom === null || reasonOf(fault) !== 'DiskFull') return null;
  return meetNoRoom(state, fault, state.noRoom.needBytes, times, chance);
}

export function tryRoomAt(state: FolderState, ms: number): FolderState {
  return state.noRoom === null ? state : { ...state, noRoom: { ...state.noRoom, tryAtMs: ms } };
}
