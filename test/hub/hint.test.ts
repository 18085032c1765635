import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startHints } from '../../electron/hub/hint.ts';

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
