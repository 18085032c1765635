import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { streamEvents } from '../../../electron/hub/server/event-stream.ts';
import { startLive } from '../../../electron/hub/server/live.ts';
import { encodePush } from '../../../electron/hub/server/live-wire.ts';
import { showAnswer } from '../../../electron/hub/server/shown.ts';
import { record } from '../../../electron/hub/store/record.ts';
import { type Live, rightsOf } from '../../../shared/api.ts';
import { eventSchema, type JobEvent } from '../../../shared/event.ts';
import { until } from '../../until.ts';
import { type Bed, startBed } from './bed.ts';
import { connect, openSse, type Sse } from './clients.ts';

let bed: Bed;
beforeAll(async () => {
  bed = await startBed();
});
afterAll(() => bed.stop());

async function takeSeqs(stream: Sse, count: number): Promise<number[]> {
  const seqs: number[] = [];
  while (seqs.length < count) {
    const { id, data } = await stream.next();
    const event = eventSchema.parse(data);
    expect(id).toBe(String(event.seq));
    seqs.push(event.seq);
  }
  return seqs;
}

const upTo = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);

describe('the history as a stream', () => {
  test('catches up from any number exactly once while events keep coming, and again from the last event seen', async () => {
    const jobId = await bed.addJob('4001');
    const before = await bed.store.read.lastSeq();
    await bed.record(jobId, ...Array<'Printed'>(700).fill('Printed'));
    const stream = await openSse(bed, `/api/events/stream?since=${before}`, bed.stationToken);
    const writing = (async () => {
      for (let turn = 0; turn < 100; turn++) await bed.record(jobId, 'InFinishing', 'InPacking');
    })();
    expect(await takeSeqs(stream, 500)).toEqual(upTo(before + 1, 500));
    stream.close();
    const again = await openSse(bed, `/api/events/stream?since=${before}`, bed.stationToken, { 'last-event-id': String(before + 500) });
    expect(await takeSeqs(again, 400)).toEqual(upTo(before + 501, 400));
    await writing;
    await bed.record(jobId, 'ReadyForCollection');
    expect(await takeSeqs(again, 1)).toEqual([before + 901]);
    again.close();
  });

  test('without a number it begins now; a senseless one is refused', async () => {
    const jobId = await bed.addJob('4002');
    await bed.record(jobId, 'Ordered');
    const seq = await bed.store.read.lastSeq();
    const stream = await openSse(bed, '/api/events/stream', bed.adminToken);
    await bed.record(jobId, 'InHotFolder');
    expect(await takeSeqs(stream, 1)).toEqual([seq + 1]);
    stream.close();
    await expect(openSse(bed, '/api/events/stream?since=99999999', bed.adminToken)).rejects.toThrow(/409.*another record/);
    await expect(openSse(bed, '/api/events/stream', bed.adminToken, { 'last-event-id': 'x' })).rejects.toThrow(/400.*Last-Event-ID/);
  });

  test('the same over WebSocket, and as pages', async () => {
    const jobId = await bed.addJob('4003');
    const before = await bed.store.read.lastSeq();
    await bed.record(jobId, ...Array<'Printed'>(30).fill('Printed'));
    const { line, client } = await connect(bed, bed.stationToken);
    const seqs: number[] = [];
    for await (const event of await client.events.stream({ since: before })) if (seqs.push(event.seq) === 30) break;
    expect(seqs).toEqual(upTo(before + 1, 30));
    const page = (await bed.call('GET', `/api/events?since=${before}&limit=20`)).body as { items: JobEvent[]; seq: number };
    expect([page.items.length, page.seq]).toEqual([20, before + 20]);
    line.terminate();
  });

  test('a reader that stops reading is not read ahead for, and misses nothing when it goes on', async () => {
    const jobId = await bed.addJob('4004');
    const before = await bed.store.read.lastSeq();
    const { line, client } = await connect(bed, bed.adminToken);
    const stream = await client.events.stream({ since: before });
    line.pause();
    // 60 MB, far more than what the sockets between us hold
    const note = 'x'.repeat(20_000);
    for (let turn = 0; turn < 6; turn++) {
      await bed.store.write((tx) =>
        record(
          tx,
          jobId,
          Array.from({ length: 500 }, () => ({ code: 'Printed' as const, at: Date.now(), actor: 'system', data: { note } })),
        ),
      );
    }
    expect(bed.furthestRead()).toBeLessThan(before + 2000);
    line.resume();
    let seen = before;
    for await (const event of stream) {
      expect(event.seq).toBe(seen + 1);
      seen = event.seq;
      if (seen === before + 3000) break;
    }
    expect(bed.furthestRead()).toBeGreaterThanOrEqual(before + 2500);
    line.terminate();
  });
});

describe('the live feed', () => {
  test('begins with everything small, then tells what changed, as it is now', async () => {
    await bed.call('POST', '/api/hot-folders', { name: 'Press 1', path: '/hot/1' });
    const { line, client } = await connect(bed, bed.stationToken);
    const feed = await client.live({});
    const first = await take(feed);
    expect(first).toMatchObject({
      seq: await bed.store.read.lastSeq(),
      resync: false,
      jobs: [],
      hotFolders: [{ name: 'Press 1' }],
      counts: { all: expect.any(Number) },
      arrivals: true,
    });
    const jobId = await bed.addJob('5001');
    await bed.record(jobId, 'Ordered', 'InHotFolder');
    const told = await takeUntil(feed, (pushes) => pushes.flatMap((push) => push.events).length >= 2);
    expect(told.flatMap((push) => push.jobs).at(-1)).toMatchObject({ id: jobId, status: 'InHotFolder' });
    expect(told.flatMap((push) => push.events).map((event) => event.code)).toEqual(['Ordered', 'InHotFolder']);
    expect(told.at(-1)?.counts?.all).toBe(first.counts === null ? 0 : first.counts.all + 1);
    bed.doubles.hotFolders.announce();
    await takeUntil(feed, (pushes) => (pushes.at(-1)?.hotFolders ?? null) !== null);
    line.terminate();
  });

  test('many changes come together, at most once each 20 ms, with nothing left out', async () => {
    const { line, client } = await connect(bed, bed.stationToken);
    const feed = await client.live({});
    await take(feed);
    const ids = await Promise.all(Array.from({ length: 20 }, (_, at) => bed.addJob(`52${at}`)));
    const from = performance.now();
    let written = 0;
    const writing = (async () => {
      for (let turn = 0; turn < 10; turn++)
        for (const id of ids) written += (await bed.record(id, turn % 2 === 0 ? 'Printed' : 'InFinishing')).length;
    })();
    const pushes = await takeUntil(feed, (all) => all.flatMap((push) => push.events).length >= 200);
    const tookMs = performance.now() - from;
    await writing;
    expect(written).toBe(200);
    expect(pushes.length).toBeLessThanOrEqual(tookMs / 20 + 3);
    const seqs = pushes.flatMap((push) => push.events.map((event) => event.seq));
    expect(seqs).toEqual(upTo(seqs[0] ?? 0, 200));
    const latest = new Map(pushes.flatMap((push) => push.jobs).map((job) => [job.id, job]));
    expect(ids.map((id) => latest.get(id)?.status)).toEqual(ids.map(() => 'InFinishing'));
    line.terminate();
  });

  test('the first change after a quiet time is told without waiting, the next one within 20 ms', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const stop = new AbortController();
    const live = startLive(bed.store, bed.doubles.hotFolders, (error) => expect.fail(String(error)));
    const feed = live.follow(undefined, stop.signal, async () => undefined);
    const told: Live[] = [];
    const listening = (async () => {
      for await (const push of feed) told.push(push);
    })();
    await until(() => told.length === 1, 'all that is small is told');
    const jobId = await bed.addJob('5801');
    await until(() => told.length === 2, 'the new job is told');
    await bed.record(jobId, 'Ordered');
    await bed.record(jobId, 'Printed');
    vi.advanceTimersByTime(19);
    await turn();
    expect(told.length).toBe(2);
    vi.advanceTimersByTime(1);
    await until(() => told.length === 3, 'the rest is told');
    expect(told.at(-1)?.events.map((event) => event.code)).toEqual(['Ordered', 'Printed']);
    stop.abort();
    await listening;
    live.stop();
    vi.useRealTimers();
  });

  test('what many are told is made ready once for all with the same rights, and hides from each what he may not see', async () => {
    const jobId = await bed.addJob('5802');
    const stop = new AbortController();
    const live = startLive(bed.store, bed.doubles.hotFolders, (error) => expect.fail(String(error)));
    const follow = (role: 'admin' | 'station') =>
      showAnswer(
        ['live'],
        live.follow(undefined, stop.signal, async () => undefined),
        rightsOf[role],
      ) as AsyncIterator<Live>;
    const feeds = [follow('station'), follow('station'), follow('admin'), follow('admin')];
    await Promise.all(feeds.map(take));
    await bed.record(jobId, 'Ordered');
    const [one, other, admin, otherAdmin] = (await Promise.all(feeds.map(take))).map(encodePush);
    expect(one).toBe(other);
    expect(admin).toBe(otherAdmin);
    expect(one).not.toBe(admin);
    stop.abort();
    live.stop();
  });

  test('too much at once is not listed: the screen is told to load again', async () => {
    const { line, client } = await connect(bed, bed.stationToken);
    const feed = await client.live({});
    await take(feed);
    await bed.store.write(async (tx) => {
      for (let at = 0; at < 300; at++)
        await tx.addJob({ order: `53${at}`, job: '1', title: '', named: true, ticket: null, letter: null }, Date.now());
    });
    const pushes = await takeUntil(feed, (all) => all.some((push) => push.resync));
    expect(pushes.at(-1)).toMatchObject({ resync: true, jobs: [], events: [] });
    line.terminate();
  });

  test('a screen that does not take its pushes gets one later, which tells it to load again', async () => {
    const stop = new AbortController();
    const live = startLive(bed.store, bed.doubles.hotFolders, (error) => expect.fail(String(error)));
    const slow = live.follow(undefined, stop.signal, async () => undefined);
    const quick = live.follow(undefined, stop.signal, async () => undefined);
    await take(slow);
    await take(quick);
    const jobId = await bed.addJob('5401');
    for (let turn = 0; turn < 4; turn++) {
      await bed.record(jobId, ...Array<'Printed'>(200).fill('Printed'));
      const seq = await bed.store.read.lastSeq();
      await takeUntil(quick, (all) => (all.at(-1)?.seq ?? 0) >= seq);
    }
    expect(await take(slow)).toMatchObject({ seq: await bed.store.read.lastSeq(), resync: true, jobs: [], events: [] });
    stop.abort();
    live.stop();
  });

  test('a screen that comes back is told what it missed, and to load again', async () => {
    const jobId = await bed.addJob('5501');
    const since = await bed.store.read.lastSeq();
    await bed.record(jobId, 'Ordered', 'InHotFolder');
    const { line, client } = await connect(bed, bed.stationToken);
    expect(await take(await client.live({ since }))).toMatchObject({
      seq: since + 2,
      resync: true,
      events: [{ code: 'Ordered' }, { code: 'InHotFolder' }],
    });
    line.terminate();
  });

  test('a quiet line still speaks, and a reader who is no longer welcome is cut off, also when much is going on', async () => {
    const signal = new AbortController().signal;
    const live = startLive(bed.store, bed.doubles.hotFolders, (error) => expect.fail(String(error)), 20);
    let welcome = true;
    const ask = async (): Promise<void> => {
      if (!welcome) throw new Error('not welcome');
    };
    const feed = live.follow(undefined, signal, ask);
    const stream = streamEvents(bed.store, await bed.store.read.lastSeq(), signal, ask, 20);
    const first = await take(feed);
    expect(await take(feed)).toEqual({ ...first, hotFolders: null, counts: null, arrivals: false });
    welcome = false;
    const jobId = await bed.addJob('5601');
    const busy = until(async () => (await bed.record(jobId, 'Printed')).length === 0 || stopped, 'the streams have ended');
    let stopped = false;
    await expect(takeUntil(feed, () => false)).rejects.toThrow('not welcome');
    await expect(
      (async () => {
        for await (const _event of stream);
      })(),
    ).rejects.toThrow('not welcome');
    stopped = true;
    await busy;
    live.stop();
  });

  test('over HTTP too, as server-sent events', async () => {
    const stream = await openSse(bed, '/api/live', bed.stationToken);
    expect((await stream.next()).data).toMatchObject({ resync: false, arrivals: true });
    stream.close();
  });
});

describe('the end', () => {
  test('stop ends lines, streams and calls in hand within a second', async () => {
    const closing = await startBed();
    const { line, client } = await connect(closing, closing.adminToken);
    const feed = await client.live({});
    await take(feed);
    const stream = await openSse(closing, '/api/events/stream', closing.adminToken);
    const closed = new Promise((resolve) => line.once('close', resolve));
    const deaf = await connect(closing, closing.adminToken);
    deaf.line.pause();
    const from = performance.now();
    await closing.stop();
    expect(performance.now() - from).toBeLessThan(1500);
    await closed;
    await expect(stream.next()).rejects.toThrow();
    await expect(fetch(`${closing.url}/`)).rejects.toThrow();
    deaf.line.terminate();
    expect(closing.reported).toEqual([]);
  });

  test('a reader that left leaves nothing behind', async () => {
    const stream = await openSse(bed, '/api/events/stream', bed.adminToken);
    stream.close();
    const { line, client } = await connect(bed, bed.adminToken);
    await take(await client.live({}));
    line.close();
    await until(() => line.readyState === line.CLOSED, 'the line is closed');
    await pause(0);
    expect(bed.reported).toEqual([]);
  });
});

async function take(feed: AsyncIterator<Live>): Promise<Live> {
  const { value, done } = await feed.next();
  if (done === true) throw new Error('The feed ended');
  return value;
}

async function takeUntil(feed: AsyncIterator<Live>, enough: (pushes: Live[]) => boolean): Promise<Live[]> {
  const pushes: Live[] = [];
  while (!enough(pushes)) pushes.push(await take(feed));
  return pushes;
}
