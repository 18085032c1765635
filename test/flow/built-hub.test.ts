/** The hub as a shop runs it: built, every process and thread of it from dist/. What only a build can break is tried here; all else is tried from the sources. */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { buildProgram, builtHub } from '../../build/build.mjs';
import { healthSchema } from '../../shared/api.ts';
import { eventSchema } from '../../shared/event.ts';
import { hotFolderSchema } from '../../shared/hot-folder.ts';
import { type Job, jobSchema } from '../../shared/job.ts';
import { openYesterday } from '../data-folders/open-yesterday.ts';
import { startTestHub, type TestHub } from '../hub-client.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';

beforeAll(buildProgram);
let clean = async (): Promise<void> => undefined;
afterEach(() => clean());

const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });

async function jobOf(hub: TestHub, number: string): Promise<Job | undefined> {
  return (await hub.ask(listOf(jobSchema).loose(), 'GET', '/jobs?limit=500')).items.find((job) => job.number === number);
}

function untilState(hub: TestHub, number: string, state: string): Promise<Job> {
  return until(
    async () => {
      const job = await jobOf(hub, number);
      return job?.deliveries[0]?.state === state ? job : null;
    },
    `${number} is ${state}`,
    20_000,
  );
}

it('delivers, reads a long ticket, describes itself; killed with a file on its way it sends that once, and none again', async () => {
  const hub = await startTestHub({ program: builtHub });
  ({ clean } = hub);
  const incoming = join(hub.data, 'incoming');
  const sentTimes = async (number: string): Promise<number> => {
    const job = await jobOf(hub, number);
    const { items } = await hub.ask(listOf(eventSchema).loose(), 'GET', `/jobs/${job?.id}/history`);
    return items.filter(({ code }) => code === 'InHotFolder').length;
  };
  await hub.api('PATCH', '/settings', { settleMs: 0 });
  const [press] = (await hub.ask(listOf(hotFolderSchema), 'GET', '/hot-folders')).items;
  const pausePress = (paused: boolean) => hub.ask(hotFolderSchema, 'PATCH', `/hot-folders/${press?.id}`, { paused });

  await writeFile(join(incoming, '1001-1 Card.pdf'), pdfBytes(1, 3000));
  await untilState(hub, '1001-1', 'delivered');
  // So long that it is read in the thread beside the hub.
  const rows = Array.from({ length: 200 }, (_, row) => `2001;${row + 1};Card number ${row + 1}`);
  await writeFile(join(incoming, 'list.csv'), ['order;job;title', ...rows].join('\r\n'));
  await until(() => jobOf(hub, '2001-200'), 'the last job of the list is there', 20_000);
  expect(
    Object.keys(z.object({ paths: z.record(z.string(), z.unknown()) }).parse(await (await fetch(`${hub.url}/openapi.json`)).json()).paths),
  ).toContain('/jobs');
  expect((await fetch(`${hub.url}/api/docs`)).status).toBe(200);

  expect(await hub.stop()).toBe(0);
  // So large that it is checked in a process of its own.
  const record = new Database(join(hub.data, 'printfloor.sqlite'));
  record.exec('create table filler (x blob); insert into filler values (zeroblob(3000000))');
  record.close();
  await hub.start();
  await until(async () => (await hub.ask(healthSchema, 'GET', '/health')).record === null, 'the record was found whole');
  await pausePress(true);
  await writeFile(join(incoming, '1001-2 Card.pdf'), pdfBytes(2, 3000));
  await untilState(hub, '1001-2', 'waiting');
  await hub.kill9();
  await hub.start();
  expect((await jobOf(hub, '1001-2'))?.deliveries[0]?.state).toBe('waiting');
  await pausePress(false);
  await untilState(hub, '1001-2', 'delivered');
  for (const number of ['1001-1', '1001-2']) expect(await sentTimes(number)).toBe(1);
  const lying = (await readdir(press?.path ?? '')).filter((name) => !name.startsWith('.'));
  expect(lying.sort()).toEqual(['1001-1 Card.pdf', '1001-2 Card.pdf']);
});

it('opens the data folder of an earlier version: nothing a printer had is sent again', async () => {
  const floor = openYesterday('at-rest', builtHub);
  ({ clean } = floor);
  const before = floor.seenByPrinters();
  await floor.start();
  await floor.untilIdle();
  expect(floor.seenByPrinters()).toEqual(before);
  const numbers = (await floor.jobs()).map(({ number }) => number);
  expect(numbers).toEqual(expect.arrayContaining(floor.notes.answers['/jobs?limit=500'].items.map(({ number }) => number)));
  expect(await floor.hub().stop()).toBe(0);
});
