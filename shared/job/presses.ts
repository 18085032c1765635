/** At which presses a job is. A job of several files may be at several. Pure. */
import type { Delivery, Job } from '../job.ts';

type Facts = Pick<Job, 'hotFolderId' | 'files' | 'deliveries'>;

/** The newest delivery of each current file that was not cancelled; what other programs put somewhere counts by itself. */
function newestOf({ files, deliveries }: Facts): readonly Delivery[] {
  const current = new Set(files.filter((file) => file.current).map(({ id }) => id));
  const newest = new Map<string, Delivery>();
  for (const delivery of deliveries) {
    const { id, fileId, state } = delivery;
    if (state !== 'cancelled' && (fileId === null || current.has(fileId)))
      newest.set(fileId === null ? `put there ${id}` : `${fileId}`, delivery);
  }
  return [...newest.values()];
}

/** Hot folders its files went or go to; where nothing of it is anywhere, the one it belongs to. */
export function hotFoldersOf(job: Facts): readonly number[] {
  const ids = new Set(newestOf(job).map(({ hotFolderId }) => hotFolderId));
  return ids.size > 0 || job.hotFolderId === null ? [...ids] : [job.hotFolderId];
}

/** Hot folders where something of it is not printed yet; all of them where everything is. */
export function openHotFoldersOf(job: Facts): readonly number[] {
  const open = newestOf(job).filter(({ state }) => state !== 'printed');
  return open.length === 0 ? hotFoldersOf(job) : [...new Set(open.map(({ hotFolderId }) => hotFolderId))];
}
