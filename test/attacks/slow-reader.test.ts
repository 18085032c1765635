/** Somebody asks for much and takes it a byte at a time, so that something always moves and nothing ever ends. */
import { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { guardConnections } from '../../electron/hub/server/connections.ts';

const second = 1000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A connection with an answer of two megabytes waiting in it. */
class Line extends EventEmitter {
  remoteAddress = '127.0.0.1';
  bytesWritten = 2_000_000;
  writableLength = 2_000_000;
  destroyed = false;
  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

function openLine(): Line {
  const server = new EventEmitter() as Server;
  guardConnections(server, { count: () => undefined, stop: () => undefined });
  const line = new Line();
  server.emit('connection', line);
  return line;
}

/** So many times some seconds pass, and then the reader or the hub does something. */
function live(times: number, seconds: number, read: () => void): void {
  for (let at = 0; at < times; at++) {
    vi.advanceTimersByTime(seconds * second);
    read();
  }
}

test('who takes one byte each 14 seconds is let go within minutes', () => {
  const line = openLine();
  live(25, 14, () => {
    line.writableLength -= 1;
  });
  expect(line.destroyed).toBe(true);
});

test('also when more and more waits for him', () => {
  const line = openLine();
  live(40, 14, () => {
    line.bytesWritten += 1000;
    line.writableLength += 999;
  });
  expect(line.destroyed).toBe(true);
});

test('who has a very slow line and comes to the end of each piece stays', () => {
  const line = openLine();
  // A piece counts as taken when all of it is
  live(20, 250, () => {
    line.bytesWritten += 2_000_000;
  });
  expect(line.destroyed).toBe(false);
});
