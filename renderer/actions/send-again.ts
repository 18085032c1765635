/** Sends the job to its printer once more. It may come out twice, so it always asks why. */
import { Send } from 'lucide-react';
import { type DeliveryState, dueStates } from '../../shared/delivery.ts';
import type { Action } from './action.ts';
import { maySend } from './allowed.ts';

/** The hub is at it: sent again now, it would go out twice. */
const underWay: ReadonlySet<DeliveryState> = new Set(dueStates);

export const sendAgain: Action = {
  label: 'sendAgain',
  icon: Send,
  key: 'a',
  asks: { reason: 'sendAgain' },
  rule: (job) =>
    maySend(job) && job.hotFolderId !== null && job.files.length > 0 && !job.deliveries.some((delivery) => underWay.has(delivery.state)),
  perform: (_job, { reason }) => ({ kind: 'deliver', reason }),
};
