/** Settings over HTTP: two who change the same, what is refused at which field, and a ticket that is only tried. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mostTriedBytes, settingsSchema, triedTicketSchema } from '../../../shared/api.ts';
import { type Bed, startBed } from './bed.ts';

let bed: Bed;
beforeAll(async () => {
  bed = await startBed();
});
afterAll(() => bed.stop());

const change = (body: unknown) => bed.call('PATCH', '/api/settings', body);

test('what somebody else changed since is not overwritten, and nothing of the change is', async () => {
  expect((await change({ shopName: 'Ink & Sons', settleMs: 2000 })).status).toBe(200);
  const seen = { shopName: 'Ink & Sons', settleMs: 2000 };
  expect((await change({ settleMs: 5000, seen })).status).toBe(200);
  const late = await change({ shopName: 'Ink', settleMs: 100, seen });
  expect(late).toMatchObject({ status: 409, body: { fields: ['settleMs'], key: 'refusals.settingsChanged' } });
  expect(settingsSchema.parse((await bed.call('GET', '/api/settings')).body)).toMatchObject({ shopName: 'Ink & Sons', settleMs: 5000 });
  expect((await change({ shopName: 'Ink', seen: { shopName: 'Ink & Sons' } })).status).toBe(200);
  // Whoever says nothing of what was seen goes on as before.
  expect((await change({ settleMs: 1000 })).status).toBe(200);
});

test('a refused value says at which field', async () => {
  const fields = async (body: unknown) => (await change(body)).body;
  expect(await fields({ namePatterns: ['{order}{job}'] })).toMatchObject({ fields: ['namePatterns'] });
  expect(await fields({ xmlMapping: { title: 'Name' } })).toMatchObject({ fields: ['xmlMapping'] });
  expect(await fields({ timeZone: 'Moon/Crater' })).toMatchObject({ fields: ['timeZone'] });
  expect(settingsSchema.parse((await bed.call('GET', '/api/settings/defaults')).body)).toMatchObject({ settleMs: 1000, shopName: '' });
});

describe('a ticket that is tried', () => {
  const tried = async (name: string, content: string | Buffer, more: object = {}) => {
    const answer = await bed.call('POST', '/api/settings/try-ticket', { name, content: Buffer.from(content).toString('base64'), ...more });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return triedTicketSchema.parse(answer.body);
  };

  test('is read with the mapping as typed, says which job it would change, and leaves nothing', async () => {
    const id = await bed.addJob('77');
    const before = await bed.store.read.lastSeq();
    const xml = '<Export><Auftrag nr="77"><Was>Flyer</Was><Termin>2026-12-01</Termin></Auftrag></Export>';
    const xmlMapping = { jobs: 'Export/Auftrag', order: '@nr', product: 'Was', dueAt: 'Termin' };
    expect(await tried('a.xml', xml, { xmlMapping, timeZone: 'Europe/Berlin' })).toMatchObject({
      ok: true,
      count: 1,
      tickets: [{ number: '77-1', jobId: id, product: 'Flyer', dueAt: '2026-12-01T22:59:59.999Z', dueDayOnly: true }],
    });
    expect(await bed.store.read.lastSeq()).toBe(before);
    expect((await bed.store.read.settings()).xmlMapping).toEqual({});
    expect(bed.asked.filter((one) => one.startsWith('acceptTicket'))).toEqual([]);
  });

  test('says in words what is wrong with it, and where; a mapping that is none is refused at its field', async () => {
    const list = 'order;job;quantity\n1;1;500\n1;2;many\n';
    const faulty = await tried('list.csv', list);
    expect(faulty).toMatchObject({ ok: false, reasonCode: 'BrokenTicket', tickets: [] });
    expect(faulty.detail).toContain('many');
    const rows = Array.from({ length: 300 }, (_, at) => `1;${at + 1};5`).join('\n');
    const many = await tried('list.csv', `order;job;quantity\n${rows}\n`);
    expect([many.count, many.tickets.length]).toEqual([300, 20]);
    const bad = { name: 'a.xml', content: 'PGEvPg==', xmlMapping: { nonsense: 'a' } };
    expect(await bed.call('POST', '/api/settings/try-ticket', bad)).toMatchObject({ status: 400, body: { fields: ['xmlMapping'] } });
  });

  test('does no harm, whatever it is, and is an admin’s to try', async () => {
    const bomb = `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(1000)}">]><a>${'&b;'.repeat(1000)}</a>`;
    for (const [name, content] of [
      ['a.xml', bomb],
      ['a.xml', '<a>'.repeat(100_000)],
      ['a.json', '['.repeat(200_000)],
      ['a.json', '{"__proto__":{"order":"1"}}'],
      ['../../etc/passwd', 'root'],
      ['a.csv', Buffer.alloc(mostTriedBytes, 0xff)],
      ['a.pdf', '%PDF'],
    ] as const)
      expect((await tried(name, content)).ok, name).toBe(false);
    const tooLarge = { name: 'a.csv', content: Buffer.alloc(mostTriedBytes + 3).toString('base64') };
    expect((await bed.call('POST', '/api/settings/try-ticket', tooLarge)).status).toBe(400);
    const small = { name: 'a.json', content: 'e30=' };
    expect((await bed.call('POST', '/api/settings/try-ticket', small, bed.stationToken)).status).toBe(403);
  });
});
