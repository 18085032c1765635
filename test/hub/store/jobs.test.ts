import { describe, expect, it } from 'vitest';
import { ticketSchema } from '../../../shared/ticket.ts';
import { addFolder, addJob, newDelivery, newFile, newJob, noon, openFresh } from './fresh-store.ts';

describe('a job', () => {
  it('has its number alone', async () => {
    const store = await openFresh();
    await addJob(store, '1001', '2');
    await expect(addJob(store, '1001', '2')).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await store.read.counts()).all).toBe(1);
  });

  it('keeps what a later ticket leaves out', async () => {
    const store = await openFresh();
    const first = {
      order: '1',
      title: 'Flyer',
      product: 'A5',
      customer: { name: 'Ann', phone: '1' },
      priority: 5,
      attributes: { size: 'A5' },
      dueAt: '2026-12-01',
    };
    const id = await addJob(store, '1', '1', { title: 'Flyer', ticket: ticketSchema.parse(first) });
    await store.write((tx) =>
      tx.describeJob(id, ticketSchema.parse({ order: '1', quantity: 500, customer: { phone: '2' }, attributes: { paper: 'matt' } }), noon),
    );
    expect(await store.read.job(id)).toMatchObject({
      title: 'Flyer',
      product: 'A5',
      quantity: 500,
      customer: { name: 'Ann', phone: '2' },
      priority: 5,
      attributes: { size: 'A5', paper: 'matt' },
      dueAt: '2026-12-01T00:00:00.000Z',
      hasTicket: true,
      number: '1-1',
    });
  });

  it('gives up a number of ours for the one in the ticket, but never one that another job has', async () => {
    const store = await openFresh();
    await addJob(store, '77');
    const order = await store.write((tx) => tx.nextOwnNumber());
    const id = await addJob(store, order, '1', { named: false });
    await store.write((tx) => tx.addFile(newFile(id, 'Scan.PDF', { sha256: 'b'.repeat(64) })));
    expect((await store.read.unnamedJobsWithFile('scan.pdf')).map((job) => job.id)).toEqual([id]);
    expect((await store.read.unnamedJobWithContent('b'.repeat(64)))?.id).toBe(id);
    await expect(store.write((tx) => tx.describeJob(id, ticketSchema.parse({ order: '77' }), noon))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await store.write((tx) => tx.describeJob(id, ticketSchema.parse({ order: '78' }), noon));
    expect(await store.read.job(id)).toMatchObject({ number: '78-1', named: true });
    expect(await store.read.unnamedJobsWithFile('scan.pdf')).toEqual([]);
    expect((await store.read.ticketedJobsWithFile('SCAN.pdf')).map((job) => job.id)).toEqual([id]);
    expect((await store.read.ticketedJobsWithContent('b'.repeat(64))).map((job) => job.id)).toEqual([id]);
    expect(await store.read.unnamedJobWithContent('b'.repeat(64))).toBeNull();
  });

  it('is never given a number twice, nor one somebody else uses', async () => {
    const store = await openFresh();
    await addJob(store, 'PF000002');
    const numbers = await Promise.all(Array.from({ length: 20 }, () => store.write((tx) => tx.nextOwnNumber())));
    expect(new Set(numbers).size).toBe(20);
    expect(numbers[0]).toBe('PF000001');
    expect(numbers).not.toContain('PF000002');
  });

  it('is found by a file it waits for, whatever the case and the way accents are written', async () => {
    const store = await openFresh();
    const id = await addJob(store, '1');
    await store.write((tx) => tx.setMissing(id, ['Caf\u00e9.PDF', 'b.pdf']));
    expect((await store.read.jobsMissing('cafe\u0301.pdf')).jobs.map((job) => job.id)).toEqual([id]);
    await store.write((tx) => tx.setMissing(id, ['b.pdf']));
    expect(await store.read.jobsMissing('Caf\u00e9.PDF')).toEqual({ jobs: [], more: false });
    expect((await store.read.job(id))?.missing).toEqual(['b.pdf']);
  });
});

describe('files', () => {
  it('count their versions, and only the newest is current', async () => {
    const store = await openFresh();
    const id = await addJob(store, '1');
    const first = await store.write((tx) => tx.addFile(newFile(id, 'a.pdf')));
    await store.write((tx) => tx.addFile(newFile(id, 'a new.pdf', { replaces: first.id })));
    expect((await store.read.job(id))?.files).toMatchObject([
      { name: 'a.pdf', version: 1, current: false },
      { name: 'a new.pdf', version: 2, current: true },
    ]);
  });

  it('never share a place in the archive', async () => {
    const store = await openFresh();
    const id = await addJob(store, '1');
    const places = await Promise.all([1, 2, 3].map(() => store.write((tx) => tx.addFile(newFile(id, 'x.pdf')))));
    expect(places.map((file) => file.archivePath)).toEqual(['/archive/x.pdf', '/archive/x (2).pdf', '/archive/x (3).pdf']);
    const moved = await store.write((tx) => tx.renumberArchivePath(places[1]?.id ?? 0));
    expect(moved.archivePath).toBe('/archive/x (4).pdf');
  });

  it('are unfiled until they are filed, and found at their source', async () => {
    const store = await openFresh();
    const id = await addJob(store, '1');
    const file = await store.write((tx) => tx.addFile(newFile(id, 'x.pdf')));
    expect(await store.read.unfiledFiles()).toEqual([file]);
    expect(await store.read.unfiledAt('/incoming/x.pdf')).toEqual([file]);
    await store.write((tx) => tx.markFiled(file.id));
    expect(await store.read.unfiledFiles()).toEqual([]);
    expect(await store.read.unfiledAt('/incoming/x.pdf')).toEqual([]);
  });
});

describe('deliveries', () => {
  it('wait by priority, then by age, and are counted by folder and state', async () => {
    const store = await openFresh();
    const press = await addFolder(store, 'press-1');
    const id = await store.write((tx) => tx.addJob(newJob('1'), noon));
    const add = (name: string, more: object) => store.write((tx) => tx.addDelivery(newDelivery(id, press.id, name, more), noon));
    await add('a', { priority: 0 });
    const urgent = await add('b', { priority: 9 });
    await store.write((tx) => tx.changeDelivery(urgent.id, { state: 'copying' }));
    await add('c', { priority: 5 });
    await add('d', { priority: 0 });
    const names = async (limit?: number) =>
      (await store.read.deliveriesIn(press.id, ['waiting', 'copying'], limit)).map(({ name }) => name);
    expect(await names()).toEqual(['b', 'c', 'a', 'd']);
    expect(await names(2)).toEqual(['b', 'c']);
    await store.write((tx) => tx.changeDelivery(urgent.id, { state: 'publishing' }));
    await store.write((tx) => tx.changeDelivery(urgent.id, { state: 'delivered', deliveredAt: noon, name: 'B.pdf' }));
    expect(await store.read.deliveryCounts()).toEqual([
      { hotFolderId: press.id, state: 'delivered', count: 1 },
      { hotFolderId: press.id, state: 'waiting', count: 3 },
    ]);
    expect((await store.read.deliveriesNamed('/hot/press-1', 'b.PDF')).map((one) => one.id)).toEqual([urgent.id]);
    const many = Array.from({ length: 250 }, (_, at) => `nobody's ${at}`);
    const idsOf = async (names: readonly string[]) => (await store.read.deliveriesNamedAny('/hot/press-1', names)).map((one) => one.id);
    expect(await idsOf([...many, 'b.PDF', 'C', 'B.pdf'])).toEqual(
      (await store.read.deliveriesIn(press.id, ['waiting', 'delivered']))
        .filter(({ name }) => name === 'B.pdf' || name === 'c')
        .map((one) => one.id)
        .sort(),
    );
    expect(await idsOf(many)).toEqual([]);
    expect(await idsOf([])).toEqual([]);
    expect(await store.read.deliveriesNamedAny('/hot/elsewhere', ['b.pdf'])).toEqual([]);
    const ofSizes = await store.read.deliveriesOfSizes('/hot/press-1', [1, urgent.size, 2]);
    expect(ofSizes).toEqual(await store.read.deliveriesOfSize('/hot/press-1', urgent.size, null, 100));
    expect(ofSizes).toHaveLength(4);
    await store.write((tx) => tx.changeDelivery(urgent.id, { state: 'taken' }));
    expect(await store.read.deliveriesNamed('/hot/press-1', 'b.PDF')).toEqual([]);
    expect(await idsOf(['b.PDF'])).toEqual([]);
  });
});
