import { expect, test } from 'vitest';
import { makeHands } from '../../../electron/hub/server/hands.ts';

test('a token has so many answers in hand, the next waits its turn, others do not wait for it', async () => {
  const hands = makeHands();
  const taken = await Promise.all(Array.from({ length: 8 }, () => hands.take(1, 'read')));
  const turns: string[] = [];
  const take = async (turn: string): Promise<() => void> => {
    const letGo = await hands.take(1, 'read');
    turns.push(turn);
    return letGo;
  };
  const first = take('first');
  const second = take('second');
  (await hands.take(2, 'read'))();
  (await hands.take(null, 'read'))();
  (await hands.take(1, 'act'))();
  expect(turns).toEqual([]);
  taken[0]?.();
  // Called twice, it gives one place
  taken[0]?.();
  (await first)();
  await second;
  expect(turns).toEqual(['first', 'second']);
});

test('beyond those that wait it is told so, and streams do not wait', async () => {
  const hands = makeHands();
  for (let at = 0; at < 508; at++) void hands.take(1, 'read');
  await expect(hands.take(1, 'read')).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS', status: 429 });
  const streams = await Promise.all(Array.from({ length: 200 }, () => hands.take(1, 'stream')));
  await expect(hands.take(1, 'stream')).rejects.toMatchObject({ status: 429 });
  streams[0]?.();
  (await hands.take(1, 'stream'))();
});
