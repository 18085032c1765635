/** The contract, answered: each procedure hands its question to the part that owns the matter. No rule of the shop lives here. */

import { answerFloor } from './answer-floor.ts';
import { answerGuide } from './answer-guide.ts';
import { answerHelp } from './answer-help.ts';
import { answerHub } from './answer-hub.ts';
import { answerJobs } from './answer-jobs.ts';
import { answerStreams } from './answer-streams.ts';
import type { Hours } from './hours.ts';
import type { LiveFeed } from './live.ts';
import { guarded } from './procedures.ts';
import type { ServerParts } from './server-parts.ts';
import type { Speech } from './speech.ts';

export type RouterParts = ServerParts & {
  readonly live: LiveFeed;
  /** Which page is handed out; null where there is none. */
  readonly page: string | null;
  /** Aborts when the server stops. */
  readonly stopping: AbortSignal;
  readonly report: (error: unknown) => void;
  readonly speech: Speech;
  readonly hours: Hours;
  /** The token of this station opens nothing any more. */
  readonly sendAway: (stationId: number) => void;
};

export function makeRouter(parts: RouterParts) {
  return guarded.router({
    ...answerHub(parts),
    ...answerJobs(parts),
    ...answerFloor(parts),
    ...answerStreams(parts),
    ...answerHelp(parts),
    ...answerGuide(parts),
  });
}

export type HubRouter = ReturnType<typeof makeRouter>;
