import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { steady } from '../../../electron/hub/server/steady.ts';

/** A line whose reader takes what the test lets him take. */
function slowLine() {
  const waiting: (() => void)[] = [];
  const line = {
    readyState: WebSocket.OPEN,
    bufferedAmount: 0,
    isPaused: false,
    pause: () => {
      line.isPaused = true;
    },
    resume: () => {
      line.isPaused = false;
    },
    send: (data: string, done: () => void) => {
      line.bufferedAmount += data.length;
      waiting.push(() => {
        line.bufferedAmount -= data.length;
        done();
      });
    },
  };
  return {
    line,
    take: () => waiting.shift()?.(),
    held: steady(line as unknown as WebSocket, { cork: () => undefined, uncork: () => undefined }),
  };
}

test('a line with too much unsent is not listened to until its reader has taken it', async () => {
  const { line, take, held } = slowLine();
  const sent = held.send('x'.repeat(5 * 1024 * 1024));
  expect(line.isPaused).toBe(true);
  take();
  await sent;
  expect(line.isPaused).toBe(false);
});

test('nor one with too many calls in hand', () => {
  const { line, held } = slowLine();
  for (let at = 0; at < 32; at++) held.begun();
  expect(line.isPaused).toBe(true);
  held.ended();
  expect(line.isPaused).toBe(false);
});

test('how long its reader has taken nothing is told, and forgotten when he takes something', async () => {
  const { take, held } = slowLine();
  expect(held.stalledMs()).toBe(0);
  void held.send('one');
  void held.send('two');
  await pause(30);
  expect(held.stalledMs()).toBeGreaterThan(20);
  take();
  expect(held.stalledMs()).toBeLessThan(20);
  take();
  await pause(5);
  expect(held.stalledMs()).toBe(0);
});
