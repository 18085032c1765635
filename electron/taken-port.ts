/** Who has the port that we wanted: a second Printfloor on a computer is mostly another account's, and whoever starts it is told so. Sends no key. */
import { sayPair } from '../shared/words/say.ts';
import { languageOfComputer } from './hub/language.ts';
import { describeStartTrouble } from './start-trouble.ts';

const answerWithinMs = 1500;

/** Printfloor tells whoever comes without a key, by a sentence of its own. */
async function isPrintfloor(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`, { signal: AbortSignal.timeout(answerWithinMs) });
    const told: unknown = await answer.json();
    return answer.status === 401 && typeof told === 'object' && told !== null && 'key' in told && told.key === 'refusals.noToken';
  } catch {
    return false;
  }
}

/** Why the hub did not start, for the person at the machine. */
export async function tellStartTrouble(error: unknown, dataPath: string, port: number): Promise<string> {
  const isTaken = error instanceof Error && (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  const pair =
    isTaken && (await isPrintfloor(port)) ? sayPair(languageOfComputer(), { key: 'refusals.portOfPrintfloor', values: { port } }) : null;
  return pair === null ? describeStartTrouble(error, dataPath, port) : `${pair.what} ${pair.todo}`;
}
