/** A floor of yesterday that was put to rest in the evening, opened by today's program. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { eventSchema } from '../../shared/event.ts';
import { type Floor, openYesterday } from './open-yesterday.ts';

function unpack(): Floor {
  const floor = openYesterday('at-rest');
  onTestFinished(floor.clean);
  return floor;
}

async function open(): Promise<Floor> {
  const floor = unpack();
  await floor.start();
  return floor;
}

const itemsOf = (body: unknown) => z.looseObject({ items: z.array(z.record(z.string(), z.json())) }).parse(body).items;

/** Those fields of `now` that yesterday's answer had. */
function asBefore(before: Record<string, unknown>, now: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(before).map((key) => [key, now[key]]));
}

describe('what a floor of yesterday said', () => {
  it('stays to the letter: every event, every sentence, and nothing is added while nothing happens', async () => {
    const floor = await open();
    const before = floor.events;
    expect(before.length).toBeGreaterThan(200);
    const now = itemsOf((await floor.hub().api('GET', '/events?limit=5000')).body);
    expect(now.slice(0, before.length)).toEqual(before);
  });

  it('is shown as it was: jobs with their tracks and what asks for attention, arrivals with what was seen', async () => {
    const floor = await open();
    const jobs = new Map((await floor.jobs()).map((job) => [job.number, job]));
    for (const before of floor.notes.answers['/jobs?limit=500'].items) {
      const now = jobs.get(before.number);
      const { lastSeq: _seq, updatedAt: _at, attention, deliveries: _deliveries, ...rest } = before;
      expect(asBefore(rest, now ?? {})).toEqual(rest);
      expect(now?.attention.map((one) => one.code)).toEqual(
        expect.arrayContaining(attention.map((one) => z.looseObject({ code: z.string() }).parse(one).code)),
      );
    }
    const arrivals = itemsOf((await floor.hub().api('GET', '/arrivals?limit=500')).body);
    const before = floor.notes.answers['/arrivals?limit=500'].items;
    expect(arrivals.slice(-before.length).map((one, index) => asBefore(before[index] ?? {}, one))).toEqual(before);
  });

  it('is set up as it was: settings, hot folders with the paused one, rules, stations', async () => {
    const floor = await open();
    const { answers } = floor.notes;
    const ask = async (path: string) => (await floor.hub().api('GET', path)).body;
    expect(await ask('/settings')).toMatchObject(answers['/settings']);
    const folders = itemsOf(await ask('/hot-folders'));
    for (const { health: _health, state, lying: _lying, queued: _queued, unknownFiles: _unknown, ...before } of answers['/hot-folders']
      .items) {
      const now = folders.find((folder) => folder['id'] === before.id) ?? {};
      expect(asBefore({ ...before, state }, now)).toEqual({ ...before, state });
    }
    expect(folders.filter((folder) => folder['paused'] === true).map((folder) => folder['name'])).toEqual(['Paused press']);
    const rules = itemsOf(await ask('/rules'));
    expect(rules.map((rule, index) => asBefore(answers['/rules'].items[index] ?? {}, rule))).toEqual(answers['/rules'].items);
    const stations = itemsOf(await ask('/stations'));
    expect(stations.map((station, index) => asBefore(answers['/stations'].items[index] ?? {}, station))).toEqual(
      answers['/stations'].items,
    );
  });

  it('is open to those who had a token, and to no others', async () => {
    const floor = await open();
    const { tokens } = floor.notes;
    expect(floor.hub().token).toBe(tokens['admin']);
    const ask = (token: string | undefined) => fetch(`${floor.hub().url}/api/health`, { headers: { authorization: `Bearer ${token}` } });
    const dataOf = async (token: string | undefined) => z.looseObject({ data: z.string() }).parse(await (await ask(token)).json()).data;
    // Only an admin is told where the data folder is.
    for (const admin of ['admin', 'Office']) expect(await dataOf(tokens[admin])).toBe(floor.hub().data);
    expect(await dataOf(tokens['Press 1'])).toBe('');
    expect((await ask(`${tokens['Office']}x`)).status).toBe(401);
  });
});

describe('what was done on a floor of yesterday', () => {
  it('is not sent again: every file a printer has, had or refused stays as it was', async () => {
    const floor = unpack();
    const before = floor.seenByPrinters();
    await floor.start();
    await floor.untilIdle();
    expect(floor.seenByPrinters()).toEqual(before);
    const now = new Map((await floor.jobs()).flatMap((job) => job.deliveries.map((one) => [one.id, { ...one, number: job.number }])));
    for (const delivery of floor.ledger) {
      const { id, number, name, state, send, hotFolderId } = now.get(delivery.id) ?? {};
      // Nobody took it meanwhile: it may have been said that it lies there too long.
      const same = delivery.state === 'delivered' && state === 'lying' ? 'delivered' : state;
      expect({ id, number, name, state: same, send, hotFolderId }).toEqual(delivery);
    }
    const added = [...now.values()].filter((one) => !floor.ledger.some((old) => old.id === one.id) && !one.name.endsWith('last.pdf'));
    expect(added).toEqual([]);
  });

  it('is not done twice when a station that heard no answer asks once more', async () => {
    const floor = await open();
    const seqOf = z.looseObject({ event: eventSchema });
    const seen = floor.seenByPrinters();
    for (const { path, body, answer } of floor.notes.repeats) {
      const again = await floor.hub().api('POST', path, body);
      expect(again.status).toBe(200);
      const before = seqOf.safeParse(answer);
      if (before.success) expect(seqOf.parse(again.body).event).toEqual(before.data.event);
    }
    expect(floor.notes.repeats).toHaveLength(4);
    const before = floor.events.length;
    const added = itemsOf((await floor.hub().api('GET', `/events?since=${before}`)).body).filter((one) => one['actor'] !== 'system');
    expect(added).toEqual([]);
    expect(floor.seenByPrinters()).toEqual(seen);
  });

  it('is known again: the same file once more is a duplicate, the next own number follows', async () => {
    const floor = await open();
    await floor.untilJob('PF000001-1', 'is there', () => true);
    const again = floor.dropAgain('Visitenkarten ohne Nummer.pdf', 'kam noch einmal.pdf');
    await floor.untilArrival('kam noch einmal.pdf', 'duplicate');
    expect((await floor.job('PF000001-1')).files).toHaveLength(1);
    floor.drop(
      'ganz neu.pdf',
      again.map((byte, index) => (index > 1000 && index < 1010 ? 65 : byte)),
    );
    await floor.untilJob('PF000003-1', 'is made', (job) => job.files.length === 1);
  });
});

describe('what waited on a floor of yesterday', () => {
  it('goes once when the paused press goes on; what is held stays', async () => {
    const floor = await open();
    const before = floor.seenByPrinters();
    const paused = floor.notes.answers['/hot-folders'].items.find((folder) => folder.name === 'Paused press');
    expect((await floor.hub().api('PATCH', `/hot-folders/${paused?.id}`, { paused: false })).status).toBe(200);
    await floor.untilJob('waiting-1', 'is sent', (job) => job.deliveries.some((one) => one.state === 'delivered'));
    await floor.untilJob('5001-1', 'is sent', (job) => job.deliveries.some((one) => one.state === 'delivered'));
    await floor.untilIdle();
    await floor.start();
    await floor.untilIdle();
    const added = Object.keys(floor.seenByPrinters()).filter((path) => before[path] === undefined);
    expect(added.sort()).toEqual(['presses/paused-press/5001-1 neu.pdf', 'presses/paused-press/waiting art.pdf']);
    // Blocked, rejected and awaiting approval since they were planned; cancelled; of a press that was removed, for a job in the basket; a name that is taken.
    for (const number of ['blocked-1', 'rejected-1', 'reviewed-1', 'stopped-1', 'orphan-1', 'taken-name-1'])
      expect(await floor.historyOf(number)).not.toContainEqual(expect.objectContaining({ code: 'InHotFolder' }));
    expect(floor.seenByPrinters()).toMatchObject(before);
    for (const number of ['waiting-1', '5001-1'])
      expect((await floor.historyOf(number)).filter((event) => event.code === 'InHotFolder')).toHaveLength(1);
  });

  it('waits on for whom it waits: future, unapproved, basket, missing files, no rule, a rule that names a removed press', async () => {
    const floor = await open();
    await floor.untilIdle();
    for (const number of ['future-1', 'unapproved-1', 'basket-1', 'lacking-1', 'poster-1', 'webname-1', 'gone-planned-1'])
      expect((await floor.job(number)).deliveries).toEqual([]);
    expect((await floor.job('lacking-1')).missing).toEqual(['a.pdf', 'c.pdf']);
    const approved = await floor
      .hub()
      .api('POST', `/jobs/${(await floor.job('unapproved-1')).id}/status`, { code: 'Approved', actionId: 'approve-now' });
    expect(approved.status).toBe(200);
    await floor.untilJob('unapproved-1', 'is sent', (job) => job.deliveries.some((one) => one.state === 'delivered'));
  });

  it('asks a person within half a minute where a name is taken, and lets what was rejected go once it is approved', async () => {
    const floor = await open();
    const paused = floor.notes.answers['/hot-folders'].items.find((folder) => folder.name === 'Paused press');
    await floor.hub().api('PATCH', `/hot-folders/${paused?.id}`, { paused: false });
    const { id } = await floor.job('rejected-1');
    expect((await floor.hub().api('POST', `/jobs/${id}/status`, { code: 'Approved', actionId: 'approve-rejected' })).status).toBe(200);
    await floor.untilJob('rejected-1', 'is sent', (job) => job.deliveries.at(-1)?.state === 'delivered');
    expect((await floor.historyOf('rejected-1')).filter((event) => event.code === 'InHotFolder')).toHaveLength(1);
    await floor.untilJob('taken-name-1', 'asks a person', (job) => job.attention.some((one) => one.code === 'NameTaken'));
    const taken = join(floor.pressPath('Paused press'), 'taken-name art.pdf');
    expect(readFileSync(taken, 'utf8')).toBe('somebody else lies here');
    rmSync(taken);
    await floor.untilJob('taken-name-1', 'is sent', (job) => job.deliveries[0]?.state === 'delivered' && job.attention.length === 0);
    expect((await floor.historyOf('taken-name-1')).filter((event) => event.code === 'InHotFolder')).toHaveLength(1);
  });
});

describe('what only a newer version knows', () => {
  it('waits with attention: a delivery in another state and work of another kind are shown, left alone and not lost', async () => {
    const floor = await open();
    await floor.hub().stop();
    const record = new Database(join(floor.root, 'data/printfloor.sqlite'));
    record.exec(`
      update delivery set state = 'airlifted' where id in (select d.id from delivery d join job j on j.id = d.job_id where j.order_no = 'waiting' and d.state = 'waiting');
      update counter set name = 'delivery 2 airlifted' where name = 'delivery 2 failed';
      insert into task (kind, subject, job_id, due_at, tries, created_at) select 'teleport', 'x', id, 1, 0, 1 from job where order_no = 'delivered'
    `);
    record.close();
    const before = floor.seenByPrinters();
    await floor.start();
    for (const number of ['waiting-1', 'delivered-1'])
      await floor.untilJob(number, 'asks for the newer version', (job) => job.attention.some((one) => one.code === 'UnknownTask'));
    const paused = floor.notes.answers['/hot-folders'].items.find((folder) => folder.name === 'Paused press');
    await floor.hub().api('PATCH', `/hot-folders/${paused?.id}`, { paused: false });
    await floor.untilJob('5001-1', 'is sent', (job) => job.deliveries.some((one) => one.state === 'delivered'));
    await floor.untilIdle();
    expect(Object.keys(floor.seenByPrinters()).filter((path) => before[path] === undefined)).toEqual([
      'presses/paused-press/5001-1 neu.pdf',
    ]);
    await floor.hub().stop();
    const after = new Database(join(floor.root, 'data/printfloor.sqlite'), { readonly: true });
    expect(after.prepare("select count(*) as n from delivery where state = 'airlifted'").get()).toEqual({ n: 1 });
    expect(after.prepare("select kind, due_at from task where kind = 'teleport'").all()).toEqual([{ kind: 'teleport', due_at: null }]);
    after.close();
  });
});
