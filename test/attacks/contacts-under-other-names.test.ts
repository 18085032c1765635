/**
 * A web shop takes the e-mail address of a customer for the name, or puts where somebody is reached among the attributes of a job: whoever has a station's key reads it nowhere,
 * and cannot guess it by what is found or by where it stands in a list.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isContact, withoutAddresses } from '../../shared/contact.ts';
import { type Bed, startBed } from '../hub/server/bed.ts';
import { openSse } from '../hub/server/clients.ts';

const email = 'ada.secret@example.com';
const reached = { 'Rechnungs-E-Mail': email, Kontakt: '+49 170 1234567', customerPhone: '0170 1234567', Ansprechpartner: `Ada <${email}>` };
const plain = {
  size: 'A5',
  material: '135 g silk',
  sku: '0012345678',
  'Direct mail': 'yes',
  resolution: '1200@300dpi',
  Telefonkarte: '4/4',
};
const secret = /secret|1234567(?!8)/u;

let bed: Bed;
beforeAll(async () => {
  bed = await startBed();
  await bed.store.write(async (tx) => {
    const add = (order: string, customer: object) =>
      tx.addJob(
        {
          order,
          job: '1',
          title: 'Flyer',
          named: true,
          letter: null,
          ticket: { order, job: '1', files: [], attributes: { ...reached, ...plain }, customer },
        },
        1,
      );
    await add('1', { name: email, phone: '+49 30 1234567' });
    await add('2', { name: `Ada (${email})`, company: 'Engines' });
    await add('3', { name: 'Byron', email: 'byron.secret@example.org' });
  });
});
afterAll(() => bed.stop());

const asked = async (path: string): Promise<{ text: string; items: { order: string; customer: unknown; attributes: unknown }[] }> => {
  const { body } = await bed.call('GET', path, undefined, bed.stationToken);
  return { text: JSON.stringify(body), items: (body as { items?: [] }).items ?? [] };
};

it('a job tells its customer and its attributes, and neither e-mail nor phone', async () => {
  const { text, items } = await asked('/api/jobs?order=number');
  expect(text).not.toMatch(secret);
  expect(items.map(({ customer }) => customer)).toEqual([{ name: '…' }, { name: 'Ada (…)', company: 'Engines' }, { name: 'Byron' }]);
  for (const { attributes } of items) expect(attributes).toEqual(plain);
  expect((await asked('/api/jobs/1')).text).not.toMatch(secret);
});

it.each(['secret', 'ada.secret', email, 'example', 'byron.secret'])(
  'a search for "%s" finds nobody by an e-mail address',
  async (words) => {
    expect((await asked(`/api/jobs?q=${encodeURIComponent(words)}`)).items).toEqual([]);
  },
);

it('a search for the rest of the name finds the job', async () => {
  expect((await asked('/api/jobs?q=ada')).items.map(({ order }) => order)).toEqual(['2']);
});

it('neither the place in a sorted list nor the cursor tells it', async () => {
  const { body } = await bed.call('GET', '/api/jobs?order=customer&limit=1', undefined, bed.stationToken);
  const { next } = body as { next: string };
  expect(Buffer.from(next, 'base64url').toString()).not.toMatch(secret);
});

it('no push tells it', async () => {
  const stream = await openSse(bed, '/api/live?since=0', bed.stationToken);
  await bed.call('POST', '/api/jobs/1/status', { code: 'Approved', actionId: 'one' });
  const told: string[] = [];
  while (!told.join().includes('"Approved"')) told.push(JSON.stringify((await stream.next()).data));
  stream.close();
  expect(told.join()).not.toMatch(secret);
});

it('the admin sees all of it', async () => {
  const { body } = await bed.call('GET', '/api/jobs/1');
  expect(body).toMatchObject({ customer: { name: email }, attributes: { ...reached, ...plain } });
});

it.each([
  ['note', 'call ada@example.com', true],
  ['Mobil', '0170 1234567', true],
  ['x', '＋49', false],
  ['tel.', '030/123456', true],
  ['hotel', '12345678', false],
  ['mailing', '20261127', false],
  ['paper', '170 g/m² 700x1000', false],
])('%s: %s', (name, value, expected) => {
  expect(isContact(name, value)).toBe(expected);
});

it('what is long is looked through at once', () => {
  const began = performance.now();
  for (const sign of ['a', '@', 'a@', '1', '+', '.', 'a.']) isContact(sign.repeat(20_000), withoutAddresses(sign.repeat(20_000)));
  expect(performance.now() - began).toBeLessThan(2000);
});
