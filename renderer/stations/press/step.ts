/** What is expected of the job in focus, or what it waits for. Pure. */
import type { HotFolder } from '../../../shared/hot-folder.ts';
import type { Job } from '../../../shared/job.ts';
import { isAside } from './queue-order.ts';

export type Step =
  | 'held'
  | 'failed'
  | 'prints'
  | 'lies'
  /** The folder it lay in cannot be seen. */
  | 'liesUnseen'
  | 'waits'
  | 'waitsFolder'
  | 'waitsPaused'
  /** So many files lie there already as may. */
  | 'waitsRoom'
  /** The hub can record nothing, and delivers nothing. */
  | 'waitsRecord';

type Its = Pick<HotFolder, 'state' | 'capacity' | 'lying'>;

function waitsFor({ state, capacity, lying }: Its): Step {
  if (state === 'trouble') return 'waitsFolder';
  if (state === 'paused') return 'waitsPaused';
  return capacity !== null && lying >= capacity ? 'waitsRoom' : 'waits';
}

/** `folder`: where it goes; undefined where that is not known. `rests`: the hub can record nothing. */
export function stepOf(job: Job, folder: Its | undefined, rests: boolean): Step {
  if (isAside(job)) return 'held';
  if (job.attention.length > 0) return 'failed';
  if (job.stage === 'press') return 'prints';
  if (job.status === 'InHotFolder') return folder?.state === 'trouble' ? 'liesUnseen' : 'lies';
  if (rests) return 'waitsRecord';
  return folder === undefined ? 'waits' : waitsFor(folder);
}
