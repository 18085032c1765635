import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { makeStartHints, startHints } from '../../electron/hub/hint.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printfloor-hint-'));
  return () => rm(folder, { recursive: true, force: true });
});

/** Listens; answers how many hints came so far, and what was told as lost. */
function listenTo(path: string): { readonly hints: () => number; readonly lost: readonly string[] } {
  let hints = 0;
  const lost: string[] = [];
  const listening = startHints(
    path,
    () => void hints++,
    (message) => lost.push(message),
  );
  onTestFinished(() => listening.stop());
  return { hints: () => hints, lost };
}

describe('hints', () => {
  it('tell of a file that comes, and of what changed before anybody listened', async () => {
    const { hints, lost } = listenTo(folder);
    await vi.waitFor(() => expect(hints()).toBeGreaterThan(0));
    const before = hints();
    await writeFile(join(folder, 'a.pdf'), 'a');
    await vi.waitFor(() => expect(hints()).toBeGreaterThan(before));
    expect(lost).toEqual([]);
  });

  it('come from each of many folders whose watching begins one after the other, also where one is let go before it is its turn', async () => {
    const folders = await Promise.all([...'abcdef'].map((name) => mkdtemp(join(folder, name))));
    const [first, second, ...others] = folders.map((path) => {
      let hints = 0;
      const listening = startHints(
        path,
        () => void hints++,
        () => undefined,
      );
      return { path, hints: () => hints, stop: listening.stop };
    });
    await Promise.all([first?.stop(), second?.stop()]);
    for (const { path, hints, stop } of others) {
      onTestFinished(stop);
      await vi.waitFor(() => expect(hints()).toBeGreaterThan(0), 5000);
      const before = hints();
      await writeFile(join(path, 'a.pdf'), 'a');
      await vi.waitFor(() => expect(hints()).toBeGreaterThan(before), 5000);
    }
    expect(second?.hints()).toBe(0);
  });

  it('come from so many folders and no more: the others are told to be looked through, until one is let go', async () => {
    const [one, two, three] = await Promise.all([...'abc'].map((name) => mkdtemp(join(folder, name))));
    const start = makeStartHints(2);
    const lost: string[] = [];
    const listen = (path = '') =>
      start(
        path,
        () => undefined,
        (message) => void lost.push(message),
      );
    const [first, second] = [listen(one), listen(two)];
    onTestFinished(() => second.stop());
    expect(lost).toEqual([]);
    await listen(three).stop();
    expect(lost).toEqual(['2 folders are watched already; this one is looked through regularly']);
    await first.stop();
    await first.stop();
    const third = listen(three);
    onTestFinished(() => third.stop());
    listen(one);
    expect(lost).toHaveLength(2);
  });

  it('go on by a timer during a burst, and listen again after it', async () => {
    const { hints, lost } = listenTo(folder);
    for (let at = 0; at < 100; at++) await writeFile(join(folder, `${at}.pdf`), 'a');
    const afterBurst = hints();
    await vi.waitFor(() => expect(hints()).toBeGreaterThan(afterBurst + 5), 5000);
    // The rest is over: nothing is told unless something happens.
    await vi.waitFor(
      async () => {
        const quiet = hints();
        await new Promise((resolve) => setTimeout(resolve, 500));
        expect(hints()).toBe(quiet);
      },
      { timeout: 10_000, interval: 10 },
    );
    const quiet = hints();
    await writeFile(join(folder, 'late.pdf'), 'a');
    await vi.waitFor(() => expect(hints()).toBeGreaterThan(quiet));
    expect(lost).toEqual([]);
  });
});
