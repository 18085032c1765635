/** Another program may hold the file even for readers, or a server be away; whoever asks waits for that, and everybody else goes on meanwhile. */
import type { Ports } from '../ports/ports.ts';
import { passingTrouble, rawOf, refusalFor } from './record-trouble.ts';

/** How long a question waits for that. */
const longestReadWaitMs = 10_000;

export async function patiently<Result>(
  { clock, timers }: Pick<Ports, 'clock' | 'timers'>,
  read: () => Promise<Result>,
  longestMs = longestReadWaitMs,
): Promise<Result> {
  const from = clock.monotonic();
  for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, 250)) {
    try {
      return await read();
    } catch (error) {
      const code = passingTrouble(error);
      if (code !== 'RecordHeld' && code !== 'RecordAway') throw error;
      if (clock.monotonic() - from > longestMs) throw refusalFor({ code, raw: rawOf(error) });
      await timers.pause(pauseMs);
    }
  }
}
