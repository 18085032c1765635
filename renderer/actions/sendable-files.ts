/** Which files of a job can be sent to its printer now, and which of them somebody most likely means. Pure. */
import { type DeliveryState, dueStates } from '../../shared/delivery.ts';
import type { Job, JobFile } from '../../shared/job.ts';

/** The hub is at it: sent again now, it would go out twice. */
const underWay: ReadonlySet<DeliveryState> = new Set(dueStates);

function lastDelivery(job: Job, file: JobFile) {
  return job.deliveries.findLast((delivery) => delivery.fileId === file.id);
}

/** The current files that are not under way already. */
export function sendableFiles(job: Job): readonly JobFile[] {
  return job.files.filter((file) => file.current && !job.deliveries.some(({ fileId, state }) => fileId === file.id && underWay.has(state)));
}

/** What did not get to the printer; all when everything did. */
export function likelyFiles(job: Job): readonly JobFile[] {
  const files = sendableFiles(job);
  const missing = files.filter((file) => (lastDelivery(job, file)?.deliveredAt ?? null) === null);
  return missing.length > 0 ? missing : files;
}
