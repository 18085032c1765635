/** Questions of people, on sessions of their own beside the hub's: each has a time limit, ends when its asker leaves, and so many wait and no more. */
import { said } from '../../../../shared/words/say.ts';
import { Refusal } from '../../parts.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Beside } from '../beside.ts';
import { patiently } from '../patiently.ts';
import { makeReader } from '../reader.ts';
import { codeOf } from '../record-trouble.ts';
import type { Connect } from './client.ts';
import { makeLine } from './connect.ts';
import { questionsOn } from './read.ts';

const sessions = 3;
const longestMs = 10_000;
const mostWaiting = 300;
/** Of the server, for a statement that took too long, or was called off. */
const calledOff = '57014';

type Ask = (...args: readonly unknown[]) => Promise<unknown>;

export type UnlessAway = <Result>(read: () => Promise<Result>) => Promise<Result>;

export function startBeside(connect: Connect, settings: string, ports: Pick<Ports, 'clock' | 'timers'>, unlessAway: UnlessAway): Beside {
  const readers = Array.from({ length: sessions }, () => {
    const line = makeLine(connect, async (session) => void (await session.say(`${settings}; set statement_timeout = ${longestMs}`)));
    const questions = questionsOn(line);
    return { line, questions, read: makeReader((work) => patiently(ports, () => unlessAway(() => questions.ask(work)))) };
  });
  const tooLong = (): Refusal => new Refusal('NOT_NOW', said('refusals.askedTooLong', { seconds: longestMs / 1000 }));
  const waiting = (): number => readers.reduce((sum, { questions }) => sum + questions.waiting(), 0);

  const inTime = (asked: Promise<unknown>, leaves: AbortSignal | undefined): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const leave = (): void => end(() => reject(new Refusal('NOT_NOW', said('refusals.askerLeft'))));
      const callOff = ports.timers.after(longestMs, () => end(() => reject(tooLong())));
      const end = (how: () => void): void => {
        callOff();
        leaves?.removeEventListener('abort', leave);
        how();
      };
      leaves?.addEventListener('abort', leave, { once: true });
      asked.then(
        (answer) => end(() => resolve(answer)),
        (error: unknown) => end(() => reject(codeOf(error) === calledOff ? tooLong() : error)),
      );
    });
  return {
    ask: (name, args, leaves) => {
      if (leaves?.aborted === true) return Promise.reject(new Refusal('NOT_NOW', said('refusals.askerLeft')));
      if (waiting() >= mostWaiting) return Promise.reject(new Refusal('NOT_NOW', said('refusals.askedTooMuch')));
      const [quietest] = readers.toSorted((one, other) => one.questions.waiting() - other.questions.waiting());
      if (quietest === undefined) return null;
      return inTime((quietest.read[name] as Ask)(...args), leaves);
    },
    instead: (read) => read(),
    close: async () => {
      for (const { line } of readers) await line.drop();
    },
  };
}
