/**
 * Places where the fault tests let the program die, to prove that any step can be cut off. Without the environment variable
 * this does nothing.
 */
const wished = process.env['PRINTFLOOR_CRASH_AT'];

export type CrashPoint =
  | 'arrival-recorded'
  | 'original-filed'
  | 'temp-opened'
  | 'temp-written'
  | 'temp-verified'
  | 'publishing-recorded'
  | 'taken-back'
  | 'published'
  | 'folder-flushed'
  | 'temp-removed'
  | 'delivery-recorded';

/** Kills this process at `point` when the test asked for it; in a disk process the hub above it first. */
export function crashPoint(point: CrashPoint): void {
  if (wished !== point) return;
  if (process.env['PRINTFLOOR_HUB_PID'] !== undefined) process.kill(Number(process.env['PRINTFLOOR_HUB_PID']), 'SIGKILL');
  process.kill(process.pid, 'SIGKILL');
}
