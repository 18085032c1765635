import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { record } from '../../../electron/hub/store/record.ts';
import type { NewJob, Store } from '../../../electron/hub/store/store.ts';
import type { StatusCode } from '../../../shared/status.ts';
import { ticketSchema } from '../../../shared/ticket.ts';
import { addFolder, addJob, newDelivery, newFile, newJob, noon, openFresh } from './fresh-store.ts';

async function find(store: Store, q: string): Promise<string[]> {
  return (await store.read.jobs({ q, limit: 100 })).items.map((job) => job.number);
}

describe('the list of jobs', () => {
  it('shows each job once over its pages, while new ones are added', async () => {
    const store = await openFresh();
    for (let order = 1; order <= 25; order += 1) await addJob(store, `${order}`);
    for (const q of [undefined, 'job']) {
      const before = (await store.read.counts()).all;
      const seen: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.read.jobs({ limit: 7, ...(q !== undefined && { q }), ...(cursor !== undefined && { cursor }) });
        seen.push(...page.items.map((job) => job.id));
        cursor = page.next ?? undefined;
        await addJob(store, `${q ?? 'new'}${seen.length}`);
      } while (cursor !== undefined);
      expect(seen).toEqual(Array.from({ length: before }, (_, index) => before - index));
    }
  });

  it('begins with the oldest where that is asked for, page by page', async () => {
    const store = await openFresh();
    for (let order = 1; order <= 5; order += 1) await addJob(store, `${order}`);
    const first = await store.read.jobs({ limit: 3, order: 'oldest' });
    const second = await store.read.jobs({ limit: 3, order: 'oldest', cursor: first.next ?? '' });
    expect([first, second].map(({ items }) => items.map((job) => job.id))).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    expect(second.next).toBeNull();
  });

  it('begins with the job whose very number was typed, however many others are found, and shows it once', async () => {
    const store = await openFresh();
    await addJob(store, '1001', '2', { title: 'Flyer' });
    await addJob(store, 'w2p', '7', { title: '1001-2' });
    for (let reprint = 1; reprint <= 30; reprint += 1) await addJob(store, '1001', `2R${reprint}`);
    await addJob(store, 'W2P', '7');
    for (const order of ['newest', 'oldest', 'urgent', 'title', 'number'] as const)
      for (const reverse of [false, true])
        for (const limit of [1, 2, 8]) {
          const numbers: string[] = [];
          for (let cursor: string | null | undefined; cursor !== null; ) {
            const page = await store.read.jobs({ q: '1001-2', order, reverse, limit, ...(cursor !== undefined && { cursor }) });
            expect(page.items.length).toBeLessThanOrEqual(limit);
            numbers.push(...page.items.map((job) => job.number));
            cursor = page.next;
          }
          expect(numbers[0], `${order} ${limit}`).toBe('1001-2');
          expect(new Set(numbers).size).toBe(numbers.length);
          expect(numbers).toHaveLength(32);
        }
    expect(await find(store, 'w2P-7')).toEqual(expect.arrayContaining(['W2P-7', 'w2p-7']));
    expect((await find(store, 'w2p-7'))[0]).toBe('w2p-7');
    // Other filters hold for it too.
    expect((await store.read.jobs({ q: '1001-2', attention: true, limit: 8 })).items).toEqual([]);
  });

  it('has only the jobs of an order, where that is asked for, however many others are found by it', async () => {
    const store = await openFresh();
    await addJob(store, '1001', '1', { title: 'Flyer' });
    await addJob(store, '1001', '2', { title: 'Poster' });
    await addJob(store, 'Web-9', '1');
    for (let job = 1; job <= 30; job += 1) await addJob(store, `10010${job}`, '1', { title: '1001' });
    const ofOrder = async (orderNumber: string, limit = 8) =>
      (await store.read.jobs({ orderNumber, limit })).items.map((job) => job.number);
    expect(await ofOrder(' 1001 ')).toEqual(['1001-1', '1001-2']);
    expect(await ofOrder('١٠٠١', 1)).toEqual(['1001-1']);
    expect(await ofOrder('1001-1')).toEqual([]);
    expect(await ofOrder('100')).toEqual([]);
    expect(await ofOrder('')).toEqual([]);
    // Other filters hold for it too.
    expect((await store.read.jobs({ orderNumber: '1001', attention: true, limit: 8 })).items).toEqual([]);
  });

  it('has only the job with a number, where that is asked for', async () => {
    const store = await openFresh();
    await addJob(store, '1001', '2', { title: 'Flyer' });
    await addJob(store, '7001', '2-3');
    await addJob(store, 'W2P-778', '3');
    for (let reprint = 1; reprint <= 3; reprint += 1) await addJob(store, '1001', `2R${reprint}`);
    const numbered = async (number: string) => (await store.read.jobs({ number, limit: 8 })).items.map((job) => job.number);
    expect(await numbered(' 1001-2 ')).toEqual(['1001-2']);
    expect(await numbered('7001/2-3')).toEqual(['7001/2-3']);
    expect(await numbered('w2p-778-3')).toEqual(['W2P-778-3']);
    for (const none of ['', '1001', '1001-', 'Flyer', '7001-2-3']) expect(await numbered(none), none).toEqual([]);
  });

  it('says so when a cursor is none', async () => {
    const store = await openFresh();
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 50 }), async (cursor) => {
        await expect(store.read.jobs({ limit: 5, cursor })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
        await expect(store.read.arrivals({ limit: 5, cursor })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
      }),
    );
  });

  it('is filtered by stage, status, hot folder and attention, and by all of them at once', async () => {
    const store = await openFresh();
    const press = await addFolder(store, 'press-1');
    const ids = await store.write(async (tx) => {
      const all: number[] = [];
      for (let order = 0; order < 24; order += 1) {
        const id = await tx.addJob(newJob(`${order}`), noon);
        all.push(id);
        if (order % 2 === 0) await tx.setHotFolder(id, press.id);
        const code = order % 3 === 0 ? 'Printed' : 'CopyToHotFolderFailed';
        await record(tx, id, [{ code, at: noon, actor: 'system', ...(order % 4 === 0 && { data: { problem: 'StillLyingThere' } }) }]);
      }
      return all.reverse();
    });
    const shown = async (query: object) => (await store.read.jobs({ limit: 100, ...query })).items.map((job) => job.id);
    const wanted = (keep: (order: number) => boolean) => ids.filter((id) => keep(id - 1));
    expect(await shown({ stage: 'printed' })).toEqual(wanted((order) => order % 3 === 0));
    expect(await shown({ status: 'CopyToHotFolderFailed' })).toEqual(wanted((order) => order % 3 !== 0));
    expect(await shown({ hotFolder: press.id })).toEqual(wanted((order) => order % 2 === 0));
    expect(await shown({ attention: true })).toEqual(wanted((order) => order % 3 !== 0 || order % 4 === 0));
    expect(await shown({ stage: 'printed', status: 'Printed', hotFolder: press.id, attention: true, q: 'job' })).toEqual(
      wanted((order) => order % 12 === 0),
    );
    expect(await store.read.jobIdsWithProblem('StillLyingThere')).toEqual(wanted((order) => order % 4 === 0).reverse());
    expect((await store.read.jobs({ limit: 1, hotFolder: press.id })).items[0]?.hotFolder).toBe('press-1');
  });
});

describe('the board', () => {
  const hour = 3_600_000;
  const due = (ms: number) => ticketSchema.parse({ order: '1', job: '1', dueAt: new Date(noon + ms).toISOString() });

  /** Orders in the order of the list, page by page. */
  async function listed(store: Store, query: object, limit = 2): Promise<string[]> {
    const orders: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await store.read.jobs({ order: 'urgent', limit, ...query, ...(cursor !== undefined && { cursor }) });
      orders.push(...page.items.map((job) => job.order));
      cursor = page.next;
    }
    return orders;
  }

  async function openBoard(): Promise<{ readonly store: Store; readonly pressId: number }> {
    const store = await openFresh();
    const press = await addFolder(store, 'press-1');
    const add = async (order: string, code: StatusCode, more: Partial<NewJob> = {}, problem?: string): Promise<void> => {
      await store.write(async (tx) => {
        const id = await tx.addJob(newJob(order, '1', more), noon);
        if (order.length === 1) await tx.setHotFolder(id, press.id);
        await record(tx, id, [{ code, at: noon, actor: 'system', ...(problem !== undefined && { data: { problem } }) }]);
      });
    };
    await add('shipped', 'Shipped', { ticket: due(-90 * hour), title: 'Menu' });
    await add('b', 'InHotFolder', { ticket: due(hour), title: 'menu 10' });
    await add('none', 'InHotFolder');
    await add('newer', 'InHotFolder');
    await add('stops', 'CopyToHotFolderFailed', { ticket: due(50 * hour) });
    await add('asks', 'InHotFolder', { ticket: due(2 * hour) }, 'NoRuleFits');
    await add('a', 'InHotFolder', { ticket: due(-hour), title: 'Menu 9' });
    await add('collect', 'ReadyForCollection', { ticket: due(-3 * hour) });
    return { store, pressId: press.id };
  }

  it('is read page by page, whole, folded, and narrowed by what is asked for', async () => {
    const { store, pressId } = await openBoard();
    const whole = ['stops', 'asks', 'a', 'b', 'newer', 'none', 'collect', 'shipped'];
    expect(await listed(store, {})).toEqual(whole);
    expect(await listed(store, {}, 1)).toEqual(whole);
    expect(await listed(store, { finished: false })).toEqual(whole.slice(0, -1));
    expect(await listed(store, { finished: true })).toEqual(['shipped']);
    expect(await listed(store, { attention: true })).toEqual(['stops', 'asks']);
    expect(await listed(store, { hotFolder: pressId })).toEqual(['a', 'b']);
    expect(await listed(store, { stage: 'queue', finished: false })).toEqual(['stops', 'asks', 'a', 'b', 'newer', 'none']);
    expect(await listed(store, { stage: 'shipped', finished: false })).toEqual([]);
    expect(await listed(store, { q: 'menu' })).toEqual(['a', 'b', 'shipped']);
    expect(await listed(store, { order: 'due', finished: false, reverse: true })).toEqual([
      'stops',
      'asks',
      'b',
      'a',
      'collect',
      'newer',
      'none',
    ]);
    expect(await listed(store, { order: 'title', q: 'menu' })).toEqual(['shipped', 'a', 'b']);
    expect(await listed(store, { order: 'newest', finished: false, limit: 3 })).toEqual([
      'collect',
      'a',
      'asks',
      'stops',
      'newer',
      'none',
      'b',
    ]);
    expect((await store.read.jobs({ limit: 1, order: 'title' })).order).toBe('title');
    await expect(store.read.jobs({ limit: 1, order: 'urgent', cursor: 'bmV3ZXN0' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('moves a job as its history goes on, and counts what is late and what is folded away', async () => {
    const { store } = await openBoard();
    expect(await store.read.lateJobs(noon)).toBe(1);
    expect(await store.read.lateJobs(noon + 2 * hour)).toBe(2);
    expect((await store.read.counts()).finished).toBe(1);
    expect(await store.read.countsOf('menu')).toEqual({ all: 3, attention: 0, stages: { queue: 2, shipped: 1 }, finished: 1 });
    expect(await store.read.countsOf('nobody')).toEqual({ all: 0, attention: 0, stages: {}, finished: 0 });
    const [late] = (await store.read.jobs({ q: 'menu 9', limit: 1 })).items;
    const say = (code: StatusCode) => store.write((tx) => record(tx, late?.id ?? 0, [{ code, at: noon, actor: 'admin' }]));
    const [blocked] = await say('Blocked');
    expect((await listed(store, {})).slice(0, 3)).toEqual(['a', 'stops', 'asks']);
    expect(await store.read.lateJobs(noon)).toBe(0);
    await store.write((tx) => record(tx, late?.id ?? 0, [{ code: 'Blocked', at: noon, actor: 'admin', undoes: blocked?.seq ?? 0 }]));
    await say('Shipped');
    expect((await listed(store, {})).slice(-2)).toEqual(['a', 'shipped']);
    expect((await store.read.counts()).finished).toBe(2);
  });
});

it('a job with files at two hot folders is listed at both, by pages too, and at one it has left no more', async () => {
  const store = await openFresh();
  const [one, two] = [await addFolder(store, 'press-1'), await addFolder(store, 'press-2')];
  const deliveryIds = await store.write(async (tx) => {
    const made: number[] = [];
    for (let order = 0; order < 9; order += 1) {
      const id = await tx.addJob(newJob(`${order}`), noon);
      const [a, b] = [await tx.addFile(newFile(id, `${order}a.pdf`)), await tx.addFile(newFile(id, `${order}b.pdf`))];
      await tx.setHotFolder(id, one.id);
      made.push((await tx.addDelivery(newDelivery(id, one.id, a.name, { fileId: a.id }), noon)).id);
      if (order % 3 !== 0) continue;
      await tx.addDelivery(newDelivery(id, two.id, b.name, { fileId: b.id }), noon);
      await tx.setHotFolder(id, two.id, one.id);
    }
    return made;
  });
  const shown = async (hotFolder: number, order: 'newest' | 'oldest' = 'newest'): Promise<string[]> => {
    const orders: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await store.read.jobs({ limit: 2, hotFolder, order, ...(cursor !== undefined && { cursor }) });
      orders.push(...page.items.map((job) => job.order));
      cursor = page.next;
    }
    return orders;
  };
  expect(await shown(one.id, 'oldest')).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8']);
  expect(await shown(two.id)).toEqual(['6', '3', '0']);
  expect((await store.read.jobs({ limit: 9, hotFolder: one.id, q: 'job 3' })).items.map((job) => job.order)).toEqual(['3']);
  await store.write((tx) => tx.changeDelivery(deliveryIds[3] ?? 0, { state: 'cancelled' }));
  expect(await shown(one.id)).toEqual(['8', '7', '6', '5', '4', '2', '1', '0']);
});

describe('search', () => {
  async function openFilled(): Promise<Store> {
    const store = await openFresh();
    const ticket = ticketSchema.parse({
      order: '1001',
      job: '2',
      product: 'Flyer A5',
      customer: { name: 'Zoë Müller', company: 'Café Grün' },
    });
    await addJob(store, '1001', '2', { title: 'Summer sale', ticket });
    await addJob(store, '1001', '23', { title: 'Winter sale' });
    await addJob(store, '1002', '2', { title: '100% "quoted" AND (more)' });
    const [id = 0] = (await store.read.jobs({ limit: 1 })).items.map((job) => job.id);
    await store.write((tx) => tx.addFile(newFile(id, 'Plan_final v2.pdf')));
    return store;
  }

  it('finds numbers, beginnings of words, names with or without accents, and file names', async () => {
    const store = await openFilled();
    expect(await find(store, '1001-2')).toEqual(['1001-2', '1001-23']);
    expect(await find(store, '1001-23')).toEqual(['1001-23']);
    expect(await find(store, '1001')).toEqual(['1001-23', '1001-2']);
    expect(await find(store, '10')).toEqual(['1002-2', '1001-23', '1001-2']);
    expect(await find(store, 'sal 1001')).toEqual(['1001-23', '1001-2']);
    expect(await find(store, 'summer SALE')).toEqual(['1001-2']);
    expect(await find(store, 'muller')).toEqual(['1001-2']);
    expect(await find(store, 'MÜLLER gru')).toEqual(['1001-2']);
    expect(await find(store, 'flyer')).toEqual(['1001-2']);
    expect(await find(store, 'fin plan')).toEqual(['1002-2']);
    expect(await find(store, 'plan_fin')).toEqual(['1002-2']);
    expect(await find(store, 'v2.pdf')).toEqual(['1002-2']);
    expect(await find(store, 'ale')).toEqual([]);
  });

  it('takes hostile text for text', async () => {
    const store = await openFilled();
    expect(await find(store, '"quoted" AND (more)')).toEqual(['1002-2']);
    for (const q of [
      '"',
      '*',
      '- -',
      "'; drop table job; --",
      'title:sale',
      'NEAR(sale summer)',
      'sale OR 1002',
      '\0',
      'sale\0x',
      '^sale*',
      '{a b}: c',
    ]) {
      await expect(find(store, q), q).resolves.toBeInstanceOf(Array);
    }
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (q) => {
        await store.read.jobs({ q, limit: 10 });
      }),
      { numRuns: 100 },
    );
  });

  it('follows what changes', async () => {
    const store = await openFilled();
    const id = await addJob(store, 'PF000001', '1', { named: false, title: 'scan' });
    const { id: fileId } = await store.write((tx) => tx.addFile(newFile(id, 'scan old.pdf')));
    await store.write((tx) => tx.addFile(newFile(id, 'scan new.pdf', { replaces: fileId })));
    await store.write((tx) => tx.describeJob(id, ticketSchema.parse({ order: '2000', job: '7', title: 'Poster' }), noon));
    expect(await find(store, 'poster')).toEqual(['2000-7']);
    expect(await find(store, 'pf000001')).toEqual([]);
    expect(await find(store, 'scan')).toEqual(['2000-7']);
    expect(await find(store, 'old')).toEqual([]);
  });
});
