/**
 * A thousand floors at each test, in two processes of their own: in a worker of the tests one floor takes more than twice as long, and its memory grows with each.
 * `npm run faults` plays on for as long as it has time.
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isLong } from '../random.ts';
import { allSteps, join as joinPlayed, type Played, tell } from './play.ts';
import { allKinds } from './swarm.ts';

const half = isLong ? 1_000_000 : 500;
const withinMs = isLong ? 20 * 60_000 : Number.MAX_SAFE_INTEGER;

function playApart(from: number, to: number): Promise<Played> {
  const child = fork(join(import.meta.dirname, 'replay.ts'), ['--seeds', `${from}-${to}`, '--within', String(withinMs)], {
    stdio: 'ignore',
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('message', (message) => done(message as Played));
    child.on('exit', (code) => fail(new Error(`the floors ended with ${code}`)));
  });
}

it('no floor breaks a promise, whatever happens to it', async () => {
  const played = joinPlayed(await Promise.all([playApart(1, half), playApart(half + 1, 2 * half)]));
  console.log(tell(played));
  expect(played.broken).toEqual([]);
  // Of what never happened nothing was proven.
  expect([...allSteps(), ...allKinds()].filter((kind) => played.counts[kind] === undefined)).toEqual([]);
});
