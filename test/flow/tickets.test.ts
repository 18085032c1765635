/** Tickets of other systems on a whole floor: what becomes of their rows, dates, numbers and encodings on the job itself. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Job } from '../../shared/job.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

const jobNamed = async (number: string): Promise<Job> => await until(async () => await floor.job(number), `job ${number}`);

it('one row a file: the job waits for all its files, and none prints as a job of its own', async () => {
  await floor.drop('rows2004.csv', 'order;job;files\r\n2004;1;2004 cover sheet.pdf\r\n2004;1;2004 inner pages.pdf\r\n');
  expect((await jobNamed('2004-1')).missing).toEqual(['2004 cover sheet.pdf', '2004 inner pages.pdf']);
  await floor.drop('2004 cover sheet.pdf', pdfBytes(1));
  await floor.drop('2004 inner pages.pdf', pdfBytes(2));
  await floor.untilStatus('2004-1', 'InHotFolder');
  expect((await floor.jobs()).map(({ number }) => number)).toEqual(['2004-1']);
  expect(Object.keys(await filesBelow(floor.press)).sort()).toEqual(['2004 cover sheet.pdf', '2004 inner pages.pdf']);
});

it('a set of two files with one content is two files', async () => {
  await floor.ask('POST', '/jobs', { order: '2005', files: ['front.pdf', 'back.pdf'] });
  await floor.drop('front.pdf', pdfBytes(1));
  await floor.drop('back.pdf', pdfBytes(1));
  const job = await floor.untilStatus('2005-1', 'InHotFolder');
  expect(job.files.map(({ name }) => name).sort()).toEqual(['back.pdf', 'front.pdf']);
  await until(async () => Object.keys(await filesBelow(floor.press)).length === 2, 'both lie in the hot folder');
});

it('dates are read by the clock of the shop, which is a setting, and stay as they were written', async () => {
  expect((await floor.ask<{ timeZone: string }>('GET', '/settings')).body.timeZone).toBe(
    new Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  const refused = await floor.ask<{ message: string }>('PATCH', '/settings', { timeZone: 'Mars/Olympus' });
  expect([refused.status, refused.body.message]).toEqual([400, '"Mars/Olympus" is no time zone.']);
  expect((await floor.ask('PATCH', '/settings', { timeZone: 'Europe/Berlin' })).status).toBe(200);
  expect((await floor.ask<{ timeZone: string }>('GET', '/health')).body.timeZone).toBe('Europe/Berlin');
  await floor.drop('dates.csv', 'order;job;due\r\n3002;1;01.12.2026\r\n3003;1;01.12.2026 14:00\r\n');
  expect(await jobNamed('3002-1')).toMatchObject({ dueAt: '2026-12-01T22:59:59.999Z', dueDayOnly: true, dueAtWritten: '01.12.2026' });
  expect(await jobNamed('3003-1')).toMatchObject({
    dueAt: '2026-12-01T13:00:00.000Z',
    dueDayOnly: false,
    dueAtWritten: '01.12.2026 14:00',
  });
  const later = await floor.ask<Job>('POST', '/jobs', { order: '3004', startAt: '2099-06-01' });
  expect(later.body).toMatchObject({
    status: 'FutureOrder',
    startAt: '2099-05-31T22:00:00.000Z',
    startDayOnly: true,
    startAtWritten: '2099-06-01',
  });
});

it('a list in the encoding of old Windows is read, and that is said where it arrived', async () => {
  await floor.drop('liste.csv', Buffer.from('Auftrag;Bezeichnung\r\n3005;Gr\xfc\xdfe\r\n', 'latin1'));
  expect((await jobNamed('3005-1')).title).toBe('Grüße');
  const [arrival] = await until(async () => {
    const tickets = await floor.arrivals('ticket');
    return tickets.length > 0 ? tickets : null;
  }, 'the ticket is on record');
  expect(arrival?.detail).toContain('read as Windows-1252');
});

it('two jobs never show the same number', async () => {
  const first = await floor.ask<Job>('POST', '/jobs', { order: '7001-2', job: '3' });
  const second = await floor.ask<Job>('POST', '/jobs', { order: '7001', job: '2-3' });
  expect([first.body.number, second.body.number]).toEqual(['7001-2-3', '7001/2-3']);
  const found = await floor.ask<{ items: Job[] }>('GET', `/jobs?q=${encodeURIComponent('7001/2-3')}`);
  expect(found.body.items.map(({ id }) => id)).toContain(second.body.id);
  const same = await floor.ask<Job>('POST', '/jobs', { order: '٧٠٠١', job: '2-3\u200b' });
  expect(same.body.id).toBe(second.body.id);
});

it('what cannot be read is refused with row and column', async () => {
  await floor.drop('excel.csv', 'Auftrag;Menge\r\n1001;5\r\n1,23457E+11;5\r\n');
  const [rejected] = await until(async () => {
    const found = await floor.arrivals('rejected');
    return found.length > 0 ? found : null;
  }, 'the list is rejected');
  expect(rejected?.detail).toContain('Line 3: The order "1,23457E+11" (column A, "Auftrag") has been shortened by a spreadsheet');
  expect(await floor.jobs()).toEqual([]);
});
