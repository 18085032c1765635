/** When a burst is over is the folder's to tell: watching anew looks at every file in it. */
import { EventEmitter } from 'node:events';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { startHints } from '../../electron/hub/hint.ts';

const { watchers, folder } = vi.hoisted(() => ({ watchers: [] as { emit: (event: string) => unknown }[], folder: { mtimeMs: 0 } }));
vi.mock('chokidar', () => ({
  watch: () => {
    const watcher = Object.assign(new EventEmitter(), { close: async () => undefined });
    watchers.push(watcher);
    return watcher;
  },
}));
vi.mock('node:fs/promises', () => ({ stat: async () => ({ ...folder }) }));

beforeEach(() => {
  watchers.length = 0;
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

async function pass(seconds: number, each: () => void = () => undefined): Promise<void> {
  for (let at = 0; at < seconds * 10; at++) {
    each();
    await vi.advanceTimersByTimeAsync(100);
  }
}

it('listens anew once the folder has stood still for a second, however long the burst was, and hints meanwhile', async () => {
  let hints = 0;
  const { stop } = startHints(
    '/printer',
    () => void hints++,
    () => undefined,
  );
  onTestFinished(() => stop());
  watchers[0]?.emit('ready');
  await pass(0.1);
  for (let at = 0; at < 100; at++) watchers[0]?.emit('all');
  const before = hints;
  await pass(60, () => void folder.mtimeMs++);
  expect(watchers).toHaveLength(1);
  expect(hints - before).toBeGreaterThan(250);
  await pass(2);
  expect(watchers).toHaveLength(2);
});

it('listens anew after its rest where the folder stands still', async () => {
  const { stop } = startHints(
    '/printer',
    () => undefined,
    () => undefined,
  );
  onTestFinished(() => stop());
  watchers[0]?.emit('ready');
  await pass(0.1);
  for (let at = 0; at < 100; at++) watchers[0]?.emit('all');
  await pass(9);
  expect(watchers).toHaveLength(1);
  await pass(2);
  expect(watchers).toHaveLength(2);
});
