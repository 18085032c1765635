/** The questions of people, asked of whoever reads beside the hub where somebody does, and of the hub itself where nobody does. */
import { said } from '../../../shared/words/say.ts';
import { Refusal } from '../parts.ts';
import type { Timers } from '../ports/ports.ts';
import { makeTurns } from '../turns.ts';
import type { Asked, Reader } from './store.ts';

/** So long a question may take, whichever engine answers it. */
export const longestQuestionMs = 10_000;
/** So many may wait, of all tokens together; each has its own limit before. */
export const mostQuestions = 300;

/** Why a question is not answered. */
export const unanswered = {
  hasLeft: () => new Refusal('NOT_NOW', said('refusals.askerLeft')),
  tooLong: (ms: number) => new Refusal('NOT_NOW', said('refusals.askedTooLong', { seconds: ms / 1000 })),
  tooMuch: () => new Refusal('NOT_NOW', said('refusals.askedTooMuch')),
};

export type Beside = {
  /** Null: there is no thread for it. @throws Refusal; ThreadLost when the thread ended over it */
  ask(name: keyof Asked, args: readonly unknown[], leaves: AbortSignal | undefined): Promise<unknown> | null;
  /** One answer after another is read here, or taken from there, and everybody else has a turn in between: each may take a tenth of a second to be told. */
  inTurn<Answer>(read: () => Promise<Answer>): Promise<Answer>;
  /** Ends the thread when it has answered what it has in hand. */
  close(): Promise<void>;
};

export class ThreadLost extends Error {}

export function giveTurns(timers: Pick<Timers, 'turn'>): Beside['inTurn'] {
  const turns = makeTurns();
  return (read) =>
    turns(0, async () => {
      await timers.turn();
      return await read();
    });
}

export type Ask = (...args: readonly unknown[]) => Promise<unknown>;
/** As a record, so that the compiler misses none. */
const askedBeside: Record<keyof Asked, true> = {
  jobs: true,
  countsOf: true,
  historyPage: true,
  eventsPage: true,
  arrivals: true,
  security: true,
};

/** The questions of people, read beside the hub where that can be. `watched`: hears of what breaks there; what is read here it has heard. */
export function askedOf(
  read: Reader,
  beside: Beside | null,
  leaves: AbortSignal | undefined,
  watched: <Answer>(ask: () => Promise<Answer>) => Promise<Answer> = (ask) => ask(),
): Asked {
  const asks = (Object.keys(askedBeside) as (keyof Asked)[]).map((name): [string, Ask] => {
    const here = read[name] as Ask;
    const ask: Ask = async (...args) => {
      if (beside === null) return await here(...args);
      const hereInTurn = (): Promise<unknown> =>
        beside.inTurn(async () => {
          if (leaves?.aborted === true) throw unanswered.hasLeft();
          return await here(...args);
        });
      const there = beside.ask(name, args, leaves);
      if (there === null) return await hereInTurn();
      try {
        const answer = await watched(() => there);
        return await beside.inTurn(() => Promise.resolve(answer));
      } catch (error) {
        if (error instanceof ThreadLost) return await hereInTurn();
        throw error;
      }
    };
    return [name, ask];
  });
  return Object.fromEntries(asks) as unknown as Asked;
}
