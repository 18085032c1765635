/** Questions of people, on sessions of their own beside the hub's: each has a time limit, is not begun any more when its asker has left, and so many wait and no more. */
import type { Ports } from '../../ports/ports.ts';
import { type Ask, type Beside, giveTurns, longestQuestionMs, mostQuestions, unanswered } from '../beside.ts';
import { patiently } from '../patiently.ts';
import type { Snapshot } from '../read-jobs.ts';
import { makeReader } from '../reader.ts';
import { codeOf } from '../record-trouble.ts';
import type { Connect } from './client.ts';
import { makeLine } from './connect.ts';
import { questionsOn } from './read.ts';

const sessions = 3;
/** Of the server, for a statement that took too long, or was called off. */
const calledOff = '57014';

export type UnlessAway = <Result>(read: () => Promise<Result>) => Promise<Result>;

export function startBeside(connect: Connect, settings: string, ports: Pick<Ports, 'clock' | 'timers'>, unlessAway: UnlessAway): Beside {
  const readers = Array.from({ length: sessions }, () => {
    const line = makeLine(
      connect,
      async (session) => void (await session.say(`${settings}; set statement_timeout = ${longestQuestionMs}`)),
    );
    return { line, questions: questionsOn(line) };
  });
  const tooLong = () => unanswered.tooLong(longestQuestionMs);
  const waiting = (): number => readers.reduce((sum, { questions }) => sum + questions.waiting(), 0);

  /** `isOver`: nobody waits for it any more. */
  const inTime = (ask: (isOver: () => boolean) => Promise<unknown>, leaves: AbortSignal | undefined): Promise<unknown> =>
    new Promise((resolve, reject) => {
      let isOver = false;
      const leave = (): void => end(() => reject(unanswered.hasLeft()));
      const callOff = ports.timers.after(longestQuestionMs, () => end(() => reject(tooLong())));
      const end = (how: () => void): void => {
        isOver = true;
        callOff();
        leaves?.removeEventListener('abort', leave);
        how();
      };
      leaves?.addEventListener('abort', leave, { once: true });
      ask(() => isOver).then(
        (answer) => end(() => resolve(answer)),
        (error: unknown) => end(() => reject(codeOf(error) === calledOff ? tooLong() : error)),
      );
    });
  return {
    ask: (name, args, leaves) => {
      if (leaves?.aborted === true) return Promise.reject(unanswered.hasLeft());
      if (waiting() >= mostQuestions) return Promise.reject(unanswered.tooMuch());
      const [quietest] = readers.toSorted((one, other) => one.questions.waiting() - other.questions.waiting());
      if (quietest === undefined) return null;
      const { questions } = quietest;
      return inTime((isOver) => {
        const whileWanted: Snapshot = (work) =>
          questions.ask(async (db) => {
            if (isOver()) throw unanswered.hasLeft();
            return await work(db);
          });
        const read = makeReader((work) => patiently(ports, () => unlessAway(() => whileWanted(work))));
        return (read[name] as Ask)(...args);
      }, leaves);
    },
    inTurn: giveTurns(ports.timers),
    close: async () => {
      for (const { line } of readers) await line.drop();
    },
  };
}
