/** A search finds on PostgreSQL what it finds on SQLite, whatever stands in the jobs and is typed; and a text with a NUL, which PostgreSQL takes in none, is kept and found. */
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { realPorts } from '../../../../electron/hub/ports/real.ts';
import { openStore } from '../../../../electron/hub/store/open.ts';
import { openPostgres } from '../../../../electron/hub/store/postgres/open.ts';
import type { Store } from '../../../../electron/hub/store/store.ts';
import { makeFolder, newFile, newJob, noon } from '../fresh-store.ts';
import { startInProcess } from './pglite.ts';

const database = await startInProcess();
afterAll(() => database.end());

const openOn = async (schema: string): Promise<Store> => {
  const store = await openPostgres({ connect: database.connectTo(schema), ports: realPorts });
  onTestFinished(() => store.close());
  return store;
};

const word = fc.oneof(
  fc.constantFrom(
    'Flyer',
    'FLYER',
    'flyér',
    'Müller',
    'muller',
    'Straße',
    'STRASSE',
    'Zoë',
    'naïve',
    'Ångström',
    'año',
    'cœur',
    'Øl',
    'Łódź',
    'İstanbul',
    'ΑΒΓ',
    'жук',
    'a5',
    'A',
    '4c',
    '№',
    '½',
  ),
  fc.string({ unit: fc.constantFrom('a', 'b', 'É', 'e\u0301', '1'), minLength: 1, maxLength: 3 }),
);
const gap = fc.constantFrom(' ', '-', '_', '.', ', ', '/', '%', "'", '"', '\\', '\n', ' & ', ':*', '(', '|');
const text = fc.array(fc.tuple(word, gap), { minLength: 1, maxLength: 5 }).map((parts) => parts.flat().join(''));

it('finds the same on both', { timeout: 120_000 }, async () => {
  const file = await openStore({ path: join(await makeFolder(), 'record.db') });
  onTestFinished(() => file.close());
  const both = [file, await openOn('same_words')];
  let order = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 3 }),
      fc.array(text, { minLength: 3, maxLength: 6 }),
      async (jobs, typed) => {
        for (const [title, name] of jobs) {
          order += 1;
          for (const store of both)
            await store.write(async (tx) => {
              const id = await tx.addJob(newJob(`${order}`, '1', { title }), noon);
              await tx.addFile(newFile(id, name, { archivePath: `/archive/${order}` }));
            });
        }
        for (const q of [...typed, ...jobs.flat().map((said) => said.slice(0, 4))]) {
          const [one, other] = await Promise.all(
            both.map(async ({ read }) => (await read.jobs({ q, limit: 500 })).items.map((job) => job.number)),
          );
          expect(other, q).toEqual(one);
        }
      },
    ),
    { numRuns: 40 },
  );
});

it('keeps a text with a NUL, and finds it', async () => {
  const store = await openOn('nul');
  await store.write((tx) => tx.addJob(newJob('1\0', '1', { title: 'a\0b' }), noon));
  expect((await store.read.jobByNumber('1\0', '1'))?.title).toBe('a\u2400b');
  expect(await store.read.jobByNumber('1', '1')).toBeNull();
});

it('keeps a job with a word too long for the index, wherever it is cut, and finds it', async () => {
  const store = await openOn('long_word');
  // Letters of two units each, so that one of the two words is cut in the middle of a letter.
  const long = '\u{10400}'.repeat(400);
  for (const [at, title] of [long, `a${long}`].entries()) await store.write((tx) => tx.addJob(newJob(`${at}`, '1', { title }), noon));
  const found = async (q: string) => (await store.read.jobs({ q, limit: 5 })).items.map(({ title }) => title);
  expect(await found(`a${long}`)).toEqual([`a${long}`]);
  expect(await found(long.slice(0, -2))).toEqual([long]);
});
