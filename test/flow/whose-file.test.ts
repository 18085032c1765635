/** Whose file is it: the artwork of one customer is never printed for another, and nothing is guessed. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Arrival } from '../../shared/api.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const put = async (folder: string, name: string, content: string | Uint8Array) => {
  await mkdir(join(floor.places.incoming, folder), { recursive: true });
  await writeFile(join(floor.places.incoming, folder, name), content);
};
const asked = (count = 1) =>
  until(async () => {
    const found = await floor.arrivals('asked');
    return found.length === count ? found : null;
  }, `${count} asked`);
const answer = (id: number, jobId: number | 'new' | 'reject', actionId = `answer-${id}`) =>
  floor.ask<Arrival & { message: string }>('POST', `/arrivals/${id}/answer`, { jobId, actionId });
const fileOf = (id: number) =>
  fetch(`${floor.hub().url}/api/arrivals/${id}/file`, { headers: { authorization: `Bearer ${floor.hub().token}` } });
const problems = async (number: string) => (await floor.job(number))?.attention.map((item) => item.code);
const inPress = (): Promise<Record<string, string>> => filesBelow(floor.press);
const holdPress = () => floor.ask('PATCH', '/hot-folders/1', { paused: true });

describe('one folder an order, one name in all of them', () => {
  const ada = pdfBytes(1);
  const bea = pdfBytes(2);

  it('the file of a folder belongs to the ticket of that folder', async () => {
    await put('ord-2001', 'ticket.json', '{"order":"2001","title":"Menu cards Ada","files":["cover.pdf"]}');
    await put('ord-2002', 'ticket.json', '{"order":"2002","title":"Menu cards Bea","files":["cover.pdf"]}');
    await floor.untilStatus('2001-1', 'AwaitingData');
    await floor.untilStatus('2002-1', 'AwaitingData');
    await put('ord-2002', 'cover.pdf', bea);
    await floor.untilStatus('2002-1', 'InHotFolder');
    expect((await floor.job('2001-1'))?.missing).toEqual(['cover.pdf']);
    await put('ord-2001', 'cover.pdf', ada);
    await floor.untilStatus('2001-1', 'InHotFolder');
    const lying = await inPress();
    for (const [number, bytes] of [
      ['2001-1', ada],
      ['2002-1', bea],
    ] as const) {
      const job = await floor.job(number);
      expect([number, lying[job?.deliveries[0]?.name ?? '']]).toEqual([number, latin(bytes)]);
      expect(job?.attention).toEqual([]);
    }
  });

  it('all dropped at once are kept apart too', async () => {
    for (const [order, bytes] of [
      ['2001', ada],
      ['2002', bea],
    ] as const) {
      await put(`ord-${order}`, 'cover.pdf', bytes);
      await put(`ord-${order}`, 'ticket.json', `{"order":"${order}","files":["cover.pdf"]}`);
    }
    await floor.untilStatus('2001-1', 'InHotFolder');
    await floor.untilStatus('2002-1', 'InHotFolder');
    const lying = await inPress();
    for (const [number, bytes] of [
      ['2001-1', ada],
      ['2002-1', bea],
    ] as const)
      expect(lying[(await floor.job(number))?.deliveries[0]?.name ?? '']).toBe(latin(bytes));
  });

  it('a file that is read before the ticket beside it does not go to another order that waits for its name', async () => {
    await floor.ask('POST', '/jobs', { order: '2003', files: ['cover.pdf'] });
    await put('ord-2004', 'cover.pdf', ada);
    await asked();
    expect((await floor.job('2003-1'))?.files).toEqual([]);
    expect(await inPress()).toEqual({});
    await put('ord-2004', 'ticket.json', '{"order":"2004","files":["cover.pdf"]}');
    await floor.untilStatus('2004-1', 'InHotFolder');
    expect(Object.values(await inPress())).toEqual([latin(ada)]);
    await floor.drop('cover.pdf', bea);
    await floor.untilStatus('2003-1', 'InHotFolder');
  });

  it('a file waits for the ticket beside it that is still being written, and goes by what it says', async () => {
    const ticket = '{"order":"2005","files":["cover.pdf"],"approval":"required"}';
    // Longer than this machine may keep the writer waiting.
    await floor.ask('PATCH', '/settings', { incompleteAfterMs: 20_000 });
    await put('ord-2005', 'ticket.json', '{');
    await put('ord-2005', 'cover.pdf', ada);
    for (let length = 2; length < 14; length++) {
      await new Promise((resolve) => setTimeout(resolve, 75));
      await put('ord-2005', 'ticket.json', ticket.slice(0, length));
    }
    expect(await floor.jobs()).toEqual([]);
    await put('ord-2005', 'ticket.json', ticket);
    await until(async () => (await floor.job('2005-1'))?.files.length === 1, 'the file is its');
    expect((await floor.jobs()).map(({ number }) => number)).toEqual(['2005-1']);
    expect(await inPress()).toEqual({});
  });

  it('a ticket that never ends keeps no file for longer than any writer', async () => {
    let isWritten = true;
    const writing = (async () => {
      for (let turn = 0; isWritten; turn++) {
        await put('ord-2006', 'log.json', `{"turn": ${turn}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })();
    await put('ord-2006', '2006-1 cover.pdf', ada);
    await floor.untilStatus('2006-1', 'InHotFolder');
    isWritten = false;
    await writing;
  });

  it('a ticket does not take over the file of another folder; its own still has to come', async () => {
    await put('ord-2074', 'print.pdf', ada);
    await until(async () => (await floor.jobs())[0]?.status === 'InHotFolder', 'the file without a ticket is delivered');
    await put('ord-2075', 't.json', '{"order":"2075","title":"Other","files":["print.pdf"]}');
    const waiting = await floor.untilStatus('2075-1', 'AwaitingData');
    expect(waiting.missing).toEqual(['print.pdf']);
    expect(waiting.files).toEqual([]);
    expect((await floor.jobs()).map((job) => job.number).sort()).toEqual(['2075-1', 'PF000001-1']);
  });

  it('a ticket that comes into the folder of its file takes over the job it became', async () => {
    await put('ord-2074', 'print.pdf', ada);
    await until(async () => (await floor.jobs())[0]?.status === 'InHotFolder', 'the file without a ticket is delivered');
    await put('ord-2074', 't.json', '{"order":"2074","files":["print.pdf"]}');
    await until(async () => (await floor.job('2074-1'))?.files.length === 1, 'the job has its number');
    expect((await floor.jobs()).length).toBe(1);
    expect(Object.keys(await inPress())).toEqual(['print.pdf']);
  });
});

describe('two jobs that wait for one name', () => {
  const artwork = pdfBytes(3);
  const drop = async () => {
    await floor.drop('two-orders.csv', 'order;job;title;files\n2072;1;Ada cards;artwork.pdf\n2073;1;Bea cards;artwork.pdf\n');
    await floor.untilStatus('2073-1', 'AwaitingData');
    await floor.drop('artwork.pdf', artwork);
    const [arrival] = await asked();
    if (arrival === undefined) throw new Error('nothing is asked');
    return arrival;
  };

  it('are both shown the question, and nothing is printed until a person answers', async () => {
    const arrival = await drop();
    expect(arrival.question).toMatchObject({ about: 'file', why: 'severalJobs', newNumber: null });
    expect(arrival.question?.candidates.map(({ number, title, evidence }) => [number, title, evidence]).sort()).toEqual([
      ['2072-1', 'Ada cards', ['awaited']],
      ['2073-1', 'Bea cards', ['awaited']],
    ]);
    await until(async () => (await floor.arrivals('asked'))[0]?.path?.includes('asked') === true, 'the file is kept safe');
    expect(await filesBelow(floor.places.incoming)).toEqual({});
    // A person must see what it is: its size, and the file itself.
    expect(arrival.question?.size).toBe(artwork.length);
    const shown = await fileOf(arrival.id);
    expect([shown.headers.get('content-type'), latin(await shown.bytes())]).toEqual(['application/pdf', latin(artwork)]);
    expect(await problems('2072-1')).toContain('WhoseFile');
    expect(await problems('2073-1')).toContain('WhoseFile');
    // It survives a restart, and is not asked again.
    await floor.restart();
    expect(await floor.arrivals('asked')).toHaveLength(1);
    expect(await inPress()).toEqual({});
    const bea = await floor.job('2073-1');
    const { status, body } = await answer(arrival.id, bea?.id ?? 0);
    expect([status, body.outcome, body.jobId, body.answer?.what]).toEqual([200, 'accepted', bea?.id, 'job']);
    await floor.untilStatus('2073-1', 'InHotFolder');
    expect(Object.values(await inPress())).toEqual([latin(artwork)]);
    expect((await floor.job('2072-1'))?.missing).toEqual(['artwork.pdf']);
    expect(await problems('2072-1')).not.toContain('WhoseFile');
    expect(await problems('2073-1')).toEqual([]);
    expect(await floor.arrivals('asked')).toEqual([]);
    expect(await filesBelow(floor.places.work)).toEqual({});
  });

  it('two people at once: one wins, the other is told who; the same wish again changes nothing', async () => {
    const arrival = await drop();
    const ada = (await floor.job('2072-1'))?.id ?? 0;
    const bea = (await floor.job('2073-1'))?.id ?? 0;
    const both = await Promise.all([answer(arrival.id, ada, 'one'), answer(arrival.id, bea, 'other')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = both[0].status === 200 ? { id: ada, actionId: 'one' } : { id: bea, actionId: 'other' };
    const second = both.find(({ status }) => status === 409)?.body;
    expect(second?.message).toMatch(/^admin said that it belongs to 207[23]-1 already/);
    const belongsTo = winner.id === ada ? '2072-1' : '2073-1';
    expect(second).toMatchObject({ by: 'admin', at: expect.stringMatching(/Z$/), belongsTo });
    expect((await answer(arrival.id, winner.id, winner.actionId)).status).toBe(200);
    expect((await answer(arrival.id, 'new', winner.actionId)).status).toBe(409);
    const jobs = await floor.jobs();
    expect(jobs.flatMap((job) => job.files).length).toBe(1);
    expect(jobs.find((job) => job.files.length === 1)?.id).toBe(winner.id);
  });

  it('neither: turned away, or a job of its own', async () => {
    const arrival = await drop();
    expect((await answer(arrival.id, 'reject')).body).toMatchObject({ outcome: 'rejected', jobId: null, seen: true });
    await until(async () => Object.keys(await filesBelow(floor.places.rejected)).includes('artwork.pdf'), 'it lies among the rejected');
    expect(await problems('2072-1')).not.toContain('WhoseFile');
    await floor.drop('artwork.pdf', artwork);
    const [again] = await asked();
    await answer(again?.id ?? 0, 'new');
    await until(async () => (await floor.job('PF000001-1'))?.status === 'InHotFolder', 'a job of its own');
    expect((await floor.job('2072-1'))?.missing).toEqual(['artwork.pdf']);
  });

  it('what is asked about and lies there no more is printed for nobody', async () => {
    const arrival = await drop();
    await until(async () => (await floor.arrivals('asked'))[0]?.path?.includes('asked') === true, 'the file is kept safe');
    const path = (await floor.arrivals('asked'))[0]?.path ?? '';
    await writeFile(path, Buffer.concat([pdfBytes(9), Buffer.from('%%EOF\n')]));
    expect((await fileOf(arrival.id)).status).toBe(404);
    await writeFile(path, pdfBytes(9));
    const refused = await answer(arrival.id, (await floor.job('2072-1'))?.id ?? 0);
    expect([refused.status, refused.body.message]).toEqual([422, 'artwork.pdf is no longer where it was kept.']);
    expect((await answer(arrival.id, 'reject', 'other')).status).toBe(200);
    expect(latin(await readFile(join(floor.places.rejected, 'artwork.pdf')))).toBe(latin(pdfBytes(9)));
  });
});

it('a file for whose name more wait than are looked at goes to none of them unasked: one beyond may lie here as well', async () => {
  const order = (number: string) => floor.ask('POST', '/jobs', { order: number, job: '1', files: ['cover.pdf'] });
  await order('1');
  for (let number = 2; number <= 20; number++)
    await put(`ord-${number}`, 'ticket.json', JSON.stringify({ order: String(number), job: '1', files: ['cover.pdf'] }));
  await until(async () => (await floor.jobs()).length === 20, 'all tickets are read');
  await order('21');
  await floor.drop('cover.pdf', pdfBytes(1));
  await asked();
  expect((await floor.job('21-1'))?.files).toEqual([]);
});

describe('several files of one job without a ticket', () => {
  it.each([false, true])('are several files, and all are sent (the hot folder paused: %s)', async (paused) => {
    if (paused) await holdPress();
    await floor.drop('2042-1 cover.pdf', pdfBytes(1));
    await floor.drop('2042-1 inside.pdf', pdfBytes(2));
    await until(async () => (await floor.job('2042-1'))?.deliveries.length === 2, 'both are on their way');
    if (paused) await floor.ask('PATCH', '/hot-folders/1', { paused: false });
    await until(async () => Object.keys(await inPress()).length === 2, 'both lie in the hot folder');
    expect((await floor.job('2042-1'))?.files.map(({ version, current }) => [version, current])).toEqual([
      [1, true],
      [1, true],
    ]);
  });

  it('the copy of a conflict is asked about, and the artwork goes its way', async () => {
    await floor.drop('3132-1 Flyer.pdf', pdfBytes(1));
    await floor.drop('3132-1 Flyer.sync-conflict-20261125-101500-ABCDEF7.pdf', pdfBytes(2));
    const [arrival] = await asked();
    await floor.untilStatus('3132-1', 'InHotFolder');
    expect(await inPress()).toEqual({ '3132-1 Flyer.pdf': latin(pdfBytes(1)) });
    expect(arrival?.question?.why).toBe('conflictCopy');
    // Answered for the job it is the next version, and waits for a person since the first was sent.
    await answer(arrival?.id ?? 0, (await floor.job('3132-1'))?.id ?? 0);
    await until(async () => (await problems('3132-1'))?.includes('NewVersionHeld') === true, 'the version is held');
    expect(Object.keys(await inPress())).toEqual(['3132-1 Flyer.pdf']);
  });

  it('a new version of a file that was not sent yet goes by itself, whatever else of its job was sent', async () => {
    await floor.drop('3133-1 a.pdf', pdfBytes(1));
    await floor.untilStatus('3133-1', 'InHotFolder');
    await floor.ask('PATCH', '/hot-folders/1', { paused: true, lyingAfterMs: 3_600_000 });
    await floor.drop('3133-1 b.pdf', pdfBytes(2));
    await until(async () => (await floor.job('3133-1'))?.deliveries.length === 2, 'the other waits');
    await floor.drop('3133-1 b.pdf', pdfBytes(3));
    await until(async () => (await floor.job('3133-1'))?.files.length === 3, 'its next version is there');
    expect(await problems('3133-1')).toEqual([]);
    await floor.ask('PATCH', '/hot-folders/1', { paused: false });
    await until(async () => (await floor.job('3133-1'))?.deliveries.filter(({ state }) => state === 'delivered').length === 2, 'it goes');
  });

  it('an explicit sign names the next version', async () => {
    await floor.drop('2043-1 Flyer.pdf', pdfBytes(1));
    await floor.untilStatus('2043-1', 'InHotFolder');
    await floor.drop('2043-1 Flyer v2.pdf', pdfBytes(2));
    await until(async () => (await problems('2043-1'))?.includes('NewVersionHeld') === true, 'version 2 is held');
    expect((await floor.job('2043-1'))?.files.map(({ version, current }) => [version, current])).toEqual([
      [1, false],
      [2, true],
    ]);
  });
});

describe('one row a file', () => {
  it('the job waits for the files of all its rows', async () => {
    await floor.drop('rows2004.csv', 'order;job;files\n2004;1;2004 cover sheet.pdf\n2004;1;2004 inner pages.pdf\n');
    await until(async () => (await floor.job('2004-1'))?.missing.length === 2, 'both are missing');
    await floor.drop('2004 cover sheet.pdf', pdfBytes(1));
    await until(async () => (await floor.job('2004-1'))?.missing.join() === '2004 inner pages.pdf', 'one is missing');
    expect(await inPress()).toEqual({});
    await floor.drop('2004 inner pages.pdf', pdfBytes(2));
    await floor.untilStatus('2004-1', 'InHotFolder');
    await until(async () => Object.keys(await inPress()).length === 2, 'both lie there');
    expect((await floor.jobs()).length).toBe(1);
  });

  it('a later ticket of the same job adds to its files, and the same again changes nothing', async () => {
    await floor.drop('a.json', '{"order":"2005","files":["a.pdf"]}');
    await floor.drop('b.json', '{"order":"2005","files":["b.pdf"]}');
    await until(async () => (await floor.job('2005-1'))?.missing.length === 2, 'both are missing');
    await floor.drop('a.pdf', pdfBytes(1));
    await until(async () => (await floor.job('2005-1'))?.missing.join() === 'b.pdf', 'one is missing');
    await floor.drop('a.json', '{"order":"2005","files":["a.pdf"]}');
    await until(async () => (await floor.arrivals('ticket')).length === 3, 'the ticket came again');
    expect((await floor.job('2005-1'))?.missing).toEqual(['b.pdf']);
  });
});

describe('a corrected file of a job known only by its ticket', () => {
  beforeEach(async () => {
    await floor.drop('t.json', '{"order":"2006","files":["menu.pdf"]}');
    await floor.untilStatus('2006-1', 'AwaitingData');
    await floor.drop('menu.pdf', pdfBytes(1));
    await floor.untilStatus('2006-1', 'InHotFolder');
  });

  it('waits for a person, and is no new job', async () => {
    await floor.drop('menu.pdf', pdfBytes(2));
    const [arrival] = await asked();
    expect(arrival?.question).toMatchObject({ why: 'correction', candidates: [{ number: '2006-1', evidence: ['known'] }] });
    expect((await floor.jobs()).length).toBe(1);
    await answer(arrival?.id ?? 0, (await floor.job('2006-1'))?.id ?? 0);
    await until(async () => (await problems('2006-1'))?.join() === 'NewVersionHeld', 'the version is held');
    expect(Object.values(await inPress())).toEqual([latin(pdfBytes(1))]);
  });

  it('goes to no other order that waits for a file of the same name: either may be meant', async () => {
    await floor.drop('u.json', '{"order":"2007","files":["menu.pdf"]}');
    await floor.untilStatus('2007-1', 'AwaitingData');
    await floor.drop('menu.pdf', pdfBytes(2));
    const [arrival] = await asked();
    expect(arrival?.question?.candidates.map(({ number }) => number).sort()).toEqual(['2006-1', '2007-1']);
    expect(Object.values(await inPress())).toEqual([latin(pdfBytes(1))]);
  });

  it('that was shipped comes again with the same content: ordered again, or sent twice by mistake, a person says which', async () => {
    const id = (await floor.job('2006-1'))?.id;
    for (const code of ['Printed', 'Shipped']) await floor.ask('POST', `/jobs/${id}/status`, { code, actionId: `it is ${code}` });
    await floor.untilStatus('2006-1', 'Shipped');
    await floor.drop('menu.pdf', pdfBytes(1));
    const [arrival] = await asked();
    expect(arrival?.question).toMatchObject({ why: 'sameContent', candidates: [{ number: '2006-1' }] });
    expect(await floor.arrivals('duplicate')).toEqual([]);
  });

  it('with the same content is a duplicate, and nothing is printed twice', async () => {
    await floor.drop('menu.pdf', pdfBytes(1));
    await until(async () => (await floor.arrivals('duplicate')).length === 1, 'the duplicate');
    await floor.drop('menu copied.pdf', pdfBytes(1));
    expect((await asked())[0]?.question?.why).toBe('sameContent');
    expect((await floor.jobs()).length).toBe(1);
    expect(Object.keys(await inPress())).toHaveLength(1);
  });
});

describe('later evidence', () => {
  it('answers a question that a ticket in the same folder makes clear', async () => {
    await put('ord-1', 't.json', '{"order":"2090","files":["cover.pdf"]}');
    await floor.untilStatus('2090-1', 'AwaitingData');
    await put('ord-2', 'cover.pdf', pdfBytes(2));
    await asked();
    await put('ord-2', 't.json', '{"order":"2091","files":["cover.pdf"]}');
    await floor.untilStatus('2091-1', 'InHotFolder');
    expect(await floor.arrivals('asked')).toEqual([]);
    expect(await problems('2090-1')).not.toContain('WhoseFile');
    expect((await floor.arrivals('accepted'))[0]?.answer).toMatchObject({ what: 'job', by: 'system' });
  });

  it('a ticket that could take over two jobs is asked about, and its answer gives the job its number', async () => {
    await floor.drop('menu.pdf', pdfBytes(1));
    await floor.untilStatus('PF000001-1', 'InHotFolder');
    await floor.drop('menu.pdf', pdfBytes(2));
    await until(
      async () => (await floor.jobs()).every((job) => job.status === 'InHotFolder') && (await floor.jobs()).length === 2,
      'two jobs',
    );
    await floor.drop('t.json', '{"order":"2092","files":["menu.pdf"]}');
    const [arrival] = await asked();
    expect(arrival?.question).toMatchObject({ about: 'ticket', why: 'severalJobs', newNumber: '2092-1' });
    const second = await floor.job('PF000002-1');
    expect(second?.attention.map((item) => item.code)).toEqual(['WhoseFile']);
    await answer(arrival?.id ?? 0, second?.id ?? 0);
    await until(async () => (await floor.job('2092-1'))?.id === second?.id, 'it has its number');
    expect(await problems('PF000001-1')).toEqual([]);
    expect(await problems('2092-1')).toEqual([]);
  });

  it('a list whose two orders name the file that came before gives it to neither', async () => {
    await floor.drop('same.pdf', pdfBytes(1));
    await until(async () => (await floor.jobs()).length === 1, 'one job');
    await floor.drop('list.csv', 'order;job;title;files\n3001;1;Ada cards;same.pdf\n3002;1;Bea cards;same.pdf\n');
    const both = await asked(2);
    expect(both.map(({ question }) => [question?.about, question?.newNumber]).sort()).toEqual([
      ['ticket', '3001-1'],
      ['ticket', '3002-1'],
    ]);
    expect((await floor.jobs()).map((job) => job.number)).toEqual(['PF000001-1']);
    const [nameless] = await floor.jobs();
    const bea = both.find(({ question }) => question?.newNumber === '3002-1');
    const ada = both.find(({ question }) => question?.newNumber === '3001-1');
    await answer(bea?.id ?? 0, nameless?.id ?? 0);
    await answer(ada?.id ?? 0, 'new');
    await until(async () => (await floor.job('3002-1'))?.id === nameless?.id, 'the job has its number');
    expect((await floor.job('3001-1'))?.missing).toEqual(['same.pdf']);
    expect(await problems('3002-1')).toEqual([]);
  });
});

it('a file with a number that no job has, and for whose name a ticket of another order waits, goes to neither', async () => {
  await floor.ask('POST', '/jobs', { order: '7103', files: ['7104-1 Cover.pdf', '7103-2 Inside.pdf'] });
  await floor.drop('7104-1 Cover.pdf', pdfBytes(1));
  const [arrival] = await asked();
  expect(arrival?.question).toMatchObject({ why: 'evidenceDisagrees', newNumber: '7104-1', candidates: [{ number: '7103-1' }] });
  // One of its own order is what the ticket says it is.
  await floor.drop('7103-2 Inside.pdf', pdfBytes(2));
  await until(async () => (await floor.job('7103-1'))?.files.length === 1, 'it is the file of the ticket');
  expect(await inPress()).toEqual({});
  expect((await floor.jobs()).map(({ number }) => number)).toEqual(['7103-1']);
  await answer(arrival?.id ?? 0, 'new');
  await floor.untilStatus('7104-1', 'InHotFolder');
  expect(Object.keys(await inPress())).toEqual(['7104-1 Cover.pdf']);
});
