/**
 * Somebody who may write into an incoming folder puts a ticket there that takes seconds to read, or that sets thousands of things going: nobody else waits
 * for it. The hub runs in the process of the test, whose loop is watched.
 */
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTicketReader } from '../../electron/hub/intake/tickets/read-ticket.ts';
import { systemTimers } from '../../electron/hub/ports/system.ts';
import { type Floor, openFloor } from '../flow/floor.ts';
import { longestStopMs, watchLoop } from '../loop.ts';
import { isLong } from '../random.ts';
import { until } from '../until.ts';

const rows = isLong ? 20_000 : 500;

let floor: Floor;
beforeAll(async () => {
  floor = await openFloor();
  // The thread is started, and everything has been loaded once.
  await floor.drop('first.csv', `order;job;title\n1;1;First\n${' '.repeat(5000)}`);
  await until(async () => (await floor.arrivals('ticket')).length === 1, 'the first ticket is read');
}, 30_000);
afterAll(() => floor.close());

/** Drops a ticket and answers how long the loop stood until it was dealt with. */
async function longestStop(name: string, content: string): Promise<{ stopMs: number; detail: string | null }> {
  const folder = join(floor.places.incoming, dirname(name));
  await mkdir(folder, { recursive: true });
  // Made here, since what the test does itself counts too.
  const bytes = Buffer.from(content);
  const watch = watchLoop();
  await floor.drop(name, bytes);
  const arrival = await until(
    async () => (await floor.arrivals()).find((one) => one.name === basename(name) && one.folder === folder && one.outcome !== 'asked'),
    `${name} is dealt with`,
    60_000,
  );
  const { longestMs } = watch.stop();
  if (isLong) console.log(`${name}: ${Math.round(longestMs)} ms, ${arrival.outcome}: ${arrival.detail}`);
  return { stopMs: longestMs, detail: arrival.detail };
}

const list = (count: number, columns: readonly string[], row: (at: number) => readonly string[]): string =>
  [columns, ...Array.from({ length: count }, (_, at) => row(at))].map((cells) => cells.join(';')).join('\n');

/** `quick`: also in the short run. */
const hostile: readonly { readonly name: string; readonly quick?: true; readonly content: () => string }[] = [
  {
    name: 'cells.csv',
    quick: true,
    content: () =>
      // More than may say something; at length as much as a ticket may weigh, which alone takes a slow machine a tenth of a second to carry over.
      list(isLong ? 19_000 : 2_600, ['order', 'job', ...Array.from({ length: 198 }, (_, at) => `c${at}`)], (at) => [
        `9${at}`,
        '1',
        ...Array(198).fill('abcd'),
      ]),
  },
  { name: 'jobs.csv', content: () => list(rows, ['order', 'job', 'title', 'files'], (at) => [`8${at}`, '1', `Flyer ${at}`, `f${at}.pdf`]) },
  { name: 'one order.csv', quick: true, content: () => list(rows, ['order', 'job', 'files'], (at) => ['7000', `${at + 1}`, 'same.pdf']) },
  // In a folder of its own, which is asked for the jobs of its order at each row.
  { name: 'x/one order.csv', quick: true, content: () => list(Math.max(rows, 2000), ['order', 'title'], () => ['7001', 'N']) },
  { name: 'no numbers.csv', quick: true, content: () => list(rows, ['order', 'title'], (at) => ['6000', `Flyer ${at}`]) },
  { name: 'no numbers again.csv', quick: true, content: () => list(rows, ['order', 'title'], (at) => ['6000', `Poster ${at}`]) },
  {
    name: 'files.json',
    content: () => JSON.stringify({ order: '5000', files: Array.from({ length: 500 }, (_, at) => `${'ä'.repeat(100)}${at}.pdf`) }),
  },
  {
    name: 'attributes.json',
    content: () =>
      JSON.stringify({
        order: '5001',
        attributes: Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`a${at}`, 'x'.repeat(900)])),
      }),
  },
  { name: 'deep.json', content: () => `{"order":"1","attributes":${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}}` },
  { name: 'keys.json', content: () => `{"order":"1","attributes":{${Array.from({ length: 60_000 }, (_, at) => `"k${at}":"v"`).join()}}}` },
  { name: 'elements.xml', content: () => `<order>${'<a b="c">d</a>'.repeat(240_000)}</order>` },
  // Too small for the thread.
  { name: 'small.csv', quick: true, content: () => list(900, ['order'], (at) => [String(at + 1)]) },
  { name: 'small.json', quick: true, content: () => `[${Array.from({ length: 300 }, (_, at) => `{"order":${at}}`).join()}]` },
  { name: 'quotes.csv', content: () => `order;title\n${'1;"a""b'.repeat(10_000)}` },
];

test.each(hostile.filter(({ quick }) => isLong || quick === true))('$name', { timeout: 250_000 }, async ({ name, content }) => {
  const { stopMs, detail } = await longestStop(name, content());
  expect(stopMs).toBeLessThan(longestStopMs);
  if (name === 'cells.csv') expect(detail).toContain('cells');
});

test('a ticket that takes too long or too much is refused, and the next one is read', async () => {
  const read = makeTicketReader({ after: (ms, call) => systemTimers.after(ms / 1000, call) });
  const options = { xmlMapping: {}, timeZone: 'Europe/Berlin' };
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  // A thousandth of the time that a shop would give it.
  const slow = list(20_000, ['order', 'job', 'title', 'product'], (at) => [`1${at}`, '1', 'Flyer', 'A5']);
  expect(await read('slow.csv', bytes(slow), options)).toMatchObject({
    ok: false,
    code: 'TicketTooLarge',
    detail: expect.stringContaining('longer'),
  });
  const patient = makeTicketReader(systemTimers);
  const [first, second] = [
    patient('a.csv', bytes(slow), options),
    patient('b.json', bytes(`{"order":"1","notes":"${'n'.repeat(4900)}"}`), options),
  ];
  expect(await first).toMatchObject({ ok: true, tickets: { length: 20_000 }, namedTwice: [] });
  expect(await second).toMatchObject({ ok: true, tickets: [{ order: '1' }] });
});
