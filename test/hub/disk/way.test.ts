/** The handle of a busy folder: shared for a moment, and let go by its age however busy the folder is. */
import { afterEach, expect, it } from 'vitest';
import { files } from '../../../electron/hub/disk/files.ts';
import { nameFolders } from '../../../electron/hub/disk/named-folders.ts';
import type { FileInfo } from '../../../electron/hub/disk/stamp.ts';
import { overTheWay } from '../../../electron/hub/disk/way.ts';

/** A clock that is moved by hand. */
function makeTimers() {
  let now = 0;
  let waiting: { readonly at: number; readonly act: () => void }[] = [];
  return {
    after: (ms: number, act: () => void) => {
      const one = { at: now + ms, act };
      waiting.push(one);
      return () => {
        waiting = waiting.filter((other) => other !== one);
      };
    },
    advance: (ms: number): void => {
      now += ms;
      const due = waiting.filter(({ at }) => at <= now);
      waiting = waiting.filter(({ at }) => at > now);
      for (const { act } of due) act();
    },
  };
}

const info: FileInfo = { size: 1, mtimeMs: 1, ctimeMs: 1, ino: '1', dev: '1', kind: 'file', links: 1, owner: 0, born: null };
const settled = () => new Promise((resolve) => setImmediate(resolve));

function play() {
  const timers = makeTimers();
  const [opened, closed]: [string[], string[]] = [[], []];
  const hold = async () => {
    const path = `/handle/${opened.length + 1}`;
    opened.push(path);
    return { path, close: async () => void closed.push(path) };
  };
  const ends: (() => void)[] = [];
  const used: string[] = [];
  const lstat: typeof files.lstat = (path) =>
    new Promise((resolve) => {
      used.push(`${path}`);
      ends.push(() => resolve(info));
    });
  const port = overTheWay({ ...files, lstat }, { hold, makeFolder: async () => undefined }, timers);
  const begin = async (): Promise<() => Promise<void>> => {
    const from = ends.length;
    const done = port.lstat('/srv/in/sub/a.pdf');
    await settled();
    return async () => {
      ends[from]?.();
      await done;
      await settled();
    };
  };
  return { timers, opened, closed, used, begin };
}

afterEach(() => nameFolders([]));

it('uses of one moment share a handle, which is let go a moment later', async () => {
  nameFolders(['/srv/in']);
  const { timers, opened, closed, begin } = play();
  await (await begin())();
  await (await begin())();
  expect([opened.length, closed]).toEqual([1, []]);
  timers.advance(50);
  await settled();
  expect(closed).toEqual(['/handle/1']);
});

it('under steady load it is not kept: what begins later goes by the path again, and who still works by it is not disturbed', async () => {
  nameFolders(['/srv/in']);
  const { timers, opened, closed, used, begin } = play();
  const first = await begin();
  timers.advance(30);
  const second = await begin();
  await first();
  timers.advance(30);
  const third = await begin();
  await settled();
  expect(used).toEqual(['/handle/1/a.pdf', '/handle/1/a.pdf', '/handle/2/a.pdf']);
  expect([opened.length, closed]).toEqual([2, []]);
  await second();
  expect(closed).toEqual(['/handle/1']);
  await third();
  timers.advance(50);
  await settled();
  expect(closed).toEqual(['/handle/1', '/handle/2']);
});
