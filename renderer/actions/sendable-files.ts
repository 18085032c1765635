/** Which files of a job are offered to be sent to its printer, and which of them somebody most likely means: by the rule the hub goes by. Pure. */
import { type Sending, sendingOf } from '../../shared/job/sending.ts';
import type { Job, JobFile } from '../../shared/job.ts';

/** What is on its way is not sent again; what does not come to its end may be. */
const offered: ReadonlySet<Sending> = new Set<Sending>(['open', 'stuck', 'sent']);
const onItsWay: ReadonlySet<Sending> = new Set<Sending>(['waits', 'lastStep', 'stuck']);

function filesThat(job: Job, holds: ReadonlySet<Sending>): readonly JobFile[] {
  return job.files.filter((file) => file.current && holds.has(sendingOf(file.id, job.deliveries)));
}

/** The current files that are not on their way already. */
export function sendableFiles(job: Job): readonly JobFile[] {
  return filesThat(job, offered);
}

/** What did not get to the printer; all when everything did. */
export function likelyFiles(job: Job): readonly JobFile[] {
  const files = sendableFiles(job);
  const missing = files.filter((file) => sendingOf(file.id, job.deliveries) !== 'sent');
  return missing.length > 0 ? missing : files;
}

/** Files that have not come to a printer yet, and are to go to one of these hot folders or do not get there. */
export function heldUpFiles(job: Job, standsStill: (hotFolderId: number) => boolean): readonly JobFile[] {
  return filesThat(job, onItsWay).filter((file) => {
    const last = job.deliveries.findLast(({ fileId, state }) => fileId === file.id && state !== 'cancelled');
    return last !== undefined && (last.tries > 0 || standsStill(last.hotFolderId) || sendingOf(file.id, job.deliveries) === 'stuck');
  });
}
