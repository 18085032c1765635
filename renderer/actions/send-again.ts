/** Sends the job to its printer once more. It may come out twice, so it always asks why. */
import { Send } from 'lucide-react';
import { hotFoldersOf } from '../../shared/job/presses.ts';
import type { Action } from './action.ts';
import { maySend } from './allowed.ts';
import { sendableFiles } from './sendable-files.ts';

export const sendAgain: Action = {
  label: 'sendAgain',
  icon: Send,
  key: 'a',
  asks: { reason: 'sendAgain' },
  rule: (job) => maySend(job) && hotFoldersOf(job).length > 0 && sendableFiles(job).length > 0,
  perform: (_job, { reason, fileIds }) =>
    fileIds?.length === 0 ? null : { kind: 'deliver', reason, ...(fileIds !== undefined && { fileIds }) },
};
