/**
 * At the press the next job comes into focus by itself when somebody else moves the one before it on. A tap or a key that was on its way then means the job that
 * stood there: for a moment nothing is done to the one that came.
 */
import { create } from 'zustand';

/** Somebody who sees the change needs longer to read it. */
const restMs = 1000;

export const useMoved = create<{ readonly jobId: number | null }>()(() => ({ jobId: null }));

let resting: ReturnType<typeof setTimeout> | null = null;

/** This job came into focus by itself. */
export function noteMoved(jobId: number): void {
  if (resting !== null) clearTimeout(resting);
  resting = setTimeout(() => useMoved.setState({ jobId: null }), restMs);
  useMoved.setState({ jobId });
}

export function isJustMoved(jobId: number): boolean {
  return useMoved.getState().jobId === jobId;
}
