/** A floor of yesterday in the moment of a power cut, with everything half done, opened by today's program. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '../../shared/job.ts';
import { openYesterday } from './open-yesterday.ts';

const states = (job: Job): string => job.deliveries.map((delivery) => delivery.state).join();

// One floor for all: each test looks at what has become of it, the last starts it once more.
const floor = openYesterday('cut-off');
const before = floor.seenByPrinters();
afterAll(floor.clean);
beforeAll(async () => {
  await floor.start();
  await floor.untilJob('HALF120-1', 'is read', () => true);
  await floor.untilArrival('half written.pdf', 'rejected');
  await floor.untilIdle();
});

async function times(number: string, code: string): Promise<number> {
  return (await floor.historyOf(number)).filter((event) => event.code === code).length;
}

describe('a power cut on a floor of yesterday', () => {
  it('loses nothing that was on record: jobs, history and ledger are what the log had', async () => {
    const jobs = await floor.jobs();
    const now = new Map(
      jobs.flatMap((job) => job.deliveries.map((one) => [one.id, { id: one.id, number: job.number, name: one.name, send: one.send }])),
    );
    for (const { id, number, name, send } of floor.ledger) expect(now.get(id)).toEqual({ id, number, name, send });
    const { body } = await floor.hub().api('GET', '/events?limit=5000');
    expect(JSON.stringify(body)).toContain(JSON.stringify(floor.events).slice(1, -1));
    for (const old of floor.notes.answers['/jobs?limit=500'].items) expect(jobs.map((job) => job.number)).toContain(old.number);
  });

  it('sends once what was being handed over, and asks where nobody can know', async () => {
    for (const cut of ['a', 'b', 'c', 'e']) {
      const number = `cut-${cut}-1`;
      expect(states(await floor.job(number))).toBe('delivered');
      expect(await times(number, 'InHotFolder')).toBe(1);
      expect(readdirSync(floor.pressPath(`Cut ${cut}`)).filter((name) => !name.startsWith('.') && name.startsWith('cut-'))).toEqual([
        `cut-${cut} art.pdf`,
      ]);
    }
    expect(readFileSync(join(floor.pressPath('Cut E'), 'cut-e art.pdf')).length).toBe(52 * 1024 * 1024);
    // It lies there since yesterday: the very same file.
    expect(floor.seenByPrinters()).toMatchObject(before);
    const doubt = await floor.job('cut-d-1');
    expect(states(doubt)).toBe('uncertain');
    expect(doubt.attention.map((one) => one.code)).toEqual(['DeliveryUncertain']);
    expect(await times('cut-d-1', 'InHotFolder')).toBe(0);
    // Only we tidy up beside a press: our copy is gone, so it was handed over, and the printer has it.
    await floor.untilJob('cut-f-1', 'is taken', (job) => states(job) === 'taken');
    expect(await times('cut-f-1', 'InHotFolder')).toBe(1);
    for (const cut of ['d', 'f']) expect(Object.keys(floor.seenByPrinters()).filter((path) => path.includes(`cut-${cut} art`))).toEqual([]);
  });

  it('leaves no copy of ours behind, and files every original once', async () => {
    for (const folder of ['presses', 'data/hotfolders'])
      expect(readdirSync(join(floor.root, folder), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.part'))).toEqual(
        [],
      );
    const archived = readdirSync(join(floor.root, 'data/archive'), { recursive: true, encoding: 'utf8' });
    for (const name of ['recorded-1 art.pdf', 'filed art.pdf', 'late art.pdf'])
      expect(archived.filter((path) => path.endsWith(name))).toHaveLength(1);
    // The mark by which a second hub is told that the folder has one stays.
    expect(readdirSync(join(floor.root, 'data/incoming')).filter((name) => name !== '.printfloor-incoming')).toEqual([]);
  });

  it('makes no job twice of a list that was read half, or read and not filed', async () => {
    const jobs = await floor.jobs();
    const numbers = (order: string) => jobs.filter((job) => job.order.startsWith(order)).map((job) => job.number);
    expect(new Set(numbers('HALF')).size).toBe(120);
    expect(numbers('HALF')).toHaveLength(120);
    expect(numbers('WHOLE')).toHaveLength(3);
    for (const number of ['HALF1-1', 'HALF50-1', 'HALF51-1', 'WHOLE2-1']) {
      expect((await floor.historyOf(number)).map((event) => event.code)).toEqual(['Creating', 'Ordered', 'AwaitingData']);
      expect((await floor.job(number)).missing).toEqual([`${number.slice(0, -2)}.pdf`]);
    }
  });

  it('takes what came while no hub ran, starts the order whose day has come, all that once, however often it is started', async () => {
    for (const number of ['late-1', 'soon-1']) await floor.untilJob(number, 'is sent', (job) => states(job) === 'delivered');
    const recorded = (await floor.jobs()).find((job) => job.files.some((file) => file.name === 'recorded-1 art.pdf'));
    expect(recorded && states(recorded)).toBe('delivered');
    const seen = floor.seenByPrinters();
    await floor.start();
    await floor.untilIdle();
    expect(floor.seenByPrinters()).toEqual(seen);
    for (const number of ['late-1', 'soon-1', recorded?.number ?? '']) expect(await times(number, 'InHotFolder')).toBe(1);
  });
});
