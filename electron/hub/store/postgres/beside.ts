/** Questions of people, on sessions of their own beside the hub's: each has a time limit, is not begun any more when its asker has left, called off on the server where it was, and so many wait and no more. */
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
    /** `inHand`: what the session works on. */
    const at: { pid: number; inHand: object | null } = { pid: 0, inHand: null };
    const line = makeLine(connect, async (session) => {
      await session.say(`${settings}; set statement_timeout = ${longestQuestionMs}`);
      const [row] = (await session.say('select pg_backend_pid() as pid')) as { pid: number }[];
      at.pid = row?.pid ?? 0;
    });
    return { line, at, questions: questionsOn(line) };
  });
  const calling = makeLine(connect);
  /** What nobody waits for any more. Where the server does not hear it, its own limit ends it. */
  const callOffAt = async (pid: number): Promise<void> => {
    try {
      await calling.open();
      await calling.say(`select pg_cancel_backend(${pid})`);
    } catch {
      await calling.drop();
    }
  };
  const tooLong = () => unanswered.tooLong(longestQuestionMs);
  const waiting = (): number => readers.reduce((sum, { questions }) => sum + questions.waiting(), 0);

  /** `isOver`: nobody waits for it any more. */
  const inTime = (
    ask: (isOver: () => boolean) => Promise<unknown>,
    leaves: AbortSignal | undefined,
    onGivenUp: () => void,
  ): Promise<unknown> =>
    new Promise((resolve, reject) => {
      let isOver = false;
      const giveUp = (why: Error): void => {
        end(() => reject(why));
        onGivenUp();
      };
      const leave = (): void => giveUp(unanswered.hasLeft());
      const callOff = ports.timers.after(longestQuestionMs, () => giveUp(tooLong()));
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
      const { questions, at } = quietest;
      const mine = {};
      const asked = (isOver: () => boolean): Promise<unknown> => {
        const whileWanted: Snapshot = (work) =>
          questions.ask(async (db) => {
            if (isOver()) throw unanswered.hasLeft();
            at.inHand = mine;
            try {
              return await work(db);
            } finally {
              at.inHand = null;
            }
          });
        const read = makeReader((work) => patiently(ports, () => unlessAway(() => whileWanted(work))));
        return (read[name] as Ask)(...args);
      };
      return inTime(asked, leaves, () => {
        if (at.inHand === mine) void callOffAt(at.pid);
      });
    },
    inTurn: giveTurns(ports.timers),
    close: async () => {
      for (const line of [calling, ...readers.map((reader) => reader.line)]) await line.drop();
    },
  };
}
