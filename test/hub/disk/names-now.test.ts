/** Which folders are named now: forgotten when nobody names them any more, and at once where others may write around them. */
import { expect, it } from 'vitest';
import { makeNames } from '../../../electron/hub/disk/names-now.ts';

function play() {
  let waiting: (() => void)[] = [];
  const after = (_ms: number, act: () => void) => {
    waiting.push(act);
    return () => {
      waiting = waiting.filter((other) => other !== act);
    };
  };
  const told: (readonly string[])[] = [];
  const names = makeNames({ after }, (paths) => told.push(paths));
  const minute = (): void => {
    const due = waiting;
    waiting = [];
    for (const act of due) act();
  };
  return { names, told, minute, now: () => [...names.now()].sort(), waits: () => waiting.length };
}

it('what is tried is named while it is tried, also inside a folder that is named, and for a minute after where nothing is around it', () => {
  const { names, minute, now } = play();
  names.nameAsSaid(() => ['/srv/hot']);
  const forget = names.name(['/srv/hot/b', '/mnt/c']);
  expect(now()).toEqual(['/mnt/c', '/srv/hot', '/srv/hot/b']);
  forget();
  expect(now()).toEqual(['/mnt/c', '/srv/hot']);
  minute();
  expect(now()).toEqual(['/srv/hot']);
});

it('what nobody takes back is forgotten all the same', () => {
  const { names, minute, now, waits } = play();
  names.name(['/mnt/c']);
  minute();
  minute();
  expect([now(), waits()]).toEqual([[], 0]);
});

it('a folder that left is on its way out, until the one around it is named: then it is forgotten at once', () => {
  const { names, now, minute } = play();
  let said = ['/srv/in/a'];
  names.nameAsSaid(() => said);
  said = [];
  names.review();
  expect(now()).toEqual(['/srv/in/a']);
  said = ['/srv/in'];
  names.review();
  expect(now()).toEqual(['/srv/in']);
  minute();
  expect(now()).toEqual(['/srv/in']);
});

it('a folder that comes back stays, and nothing is told twice', () => {
  const { names, told, now, minute, waits } = play();
  let said = ['/srv/a'];
  names.nameAsSaid(() => said);
  said = [];
  names.review();
  said = ['/srv/a'];
  names.review();
  names.review();
  minute();
  expect([now(), told, waits()]).toEqual([['/srv/a'], [['/srv/a']], 0]);
});
