/**
 * Answers in hand: being made, or made and not yet taken by who asked. Each token has so many of each kind and no more, over all its connections: what is asked
 * beyond waits its turn, and beyond that is refused. So no one client fills the memory of the hub or takes its time from the others.
 */
import { said } from '../../../shared/words/say.ts';
import { problem } from './problem.ts';

/**
 * list: a page of many that is being made, before it is an answer. read: a page or a single thing. act: a change. stream: events or the live feed, for as long as
 * they are listened to. file: content going out. upload: content coming in.
 */
export type HandKind = 'list' | 'read' | 'act' | 'stream' | 'file' | 'upload';

/**
 * In hand at once for one token. Fifty pages that share one find each its turn; streams go on, so that one that finds no place would wait for ever. Lists are made
 * one a turn for all together: who asks for many has few places in that row.
 */
const mostInHand: Readonly<Record<HandKind, number>> = { list: 3, read: 8, act: 64, stream: 200, file: 32, upload: 16 };
/** For their turn, for one token. */
const mostWaiting: Readonly<Record<HandKind, number>> = { list: 500, read: 500, act: 100, stream: 0, file: 200, upload: 0 };

type Places = { taken: number; readonly waiting: (() => void)[] };

export type Hands = {
  /** Resolves when it is its turn; the result is to be called once, when the answer has left or nobody takes it any more. @throws 429 */
  take(token: number | null, kind: HandKind): Promise<() => void>;
};

/** `onTooMany` hears of each call that was refused. */
export function makeHands(onTooMany: () => void = () => undefined): Hands {
  const places = new Map<string, Places>();

  const letGo = (name: string, place: Places): void => {
    const next = place.waiting.shift();
    // Not at once: one answer after the other would follow without anybody else being heard between them
    if (next !== undefined) setImmediate(next);
    else place.taken -= 1;
    if (place.taken === 0) places.delete(name);
  };

  return {
    take(token, kind) {
      const name = `${token ?? 'admin'} ${kind}`;
      const place = places.get(name) ?? { taken: 0, waiting: [] };
      places.set(name, place);
      const once = Promise.withResolvers<() => void>();
      let gone = false;
      const mine = (): void =>
        once.resolve(() => {
          if (!gone) letGo(name, place);
          gone = true;
        });
      if (place.taken < mostInHand[kind]) {
        place.taken += 1;
        mine();
      } else if (place.waiting.length < mostWaiting[kind]) place.waiting.push(mine);
      else {
        onTooMany();
        return Promise.reject(problem('TOO_MANY_REQUESTS', said('refusals.tooMuchAtOnce')));
      }
      return once.promise;
    },
  };
}
