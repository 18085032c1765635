/** Sends the job to its printer once more. It may come out twice, so it always asks why. */
import { Send } from 'lucide-react';
import { type Action, isHeld } from './action.ts';

export const sendAgain: Action = {
  label: 'sendAgain',
  icon: Send,
  key: 'a',
  asks: { reason: 'sendAgain' },
  rule: (job) =>
    !isHeld(job) &&
    job.hotFolderId !== null &&
    job.files.length > 0 &&
    !job.deliveries.some((delivery) => ['waiting', 'copying', 'publishing'].includes(delivery.state)),
  perform: (_job, { reason }) => ({ kind: 'deliver', reason }),
};
