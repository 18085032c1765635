/** Lists that give their jobs no numbers: each begins to count at one, and what two of them count the same is not the same for that. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Arrival } from '../../shared/api.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

const taken = (count: number) => until(async () => (await floor.arrivals('ticket')).length === count, `${count} lists are taken`);
const asked = () => until(async () => (await floor.arrivals('asked'))[0] ?? null, 'it is asked');
const answer = (id: number, jobId: number | 'new') =>
  floor.ask<Arrival & { message: string }>('POST', `/arrivals/${id}/answer`, { jobId, actionId: `${id} ${jobId}` });
const cards = 'order;product;quantity;files\n1001;Cards;500;cards.pdf\n';
const poster = 'order;product;quantity;files\n1001;Poster;20;poster.pdf\n';

it('the first job of one list is not overwritten by the first of another: a person says which it is', async () => {
  await floor.drop('cards.csv', cards);
  await taken(1);
  await floor.drop('poster.csv', poster);
  const { id, question } = await asked();
  expect(question).toMatchObject({ about: 'ticket', why: 'sameCount', newNumber: '1001-2', candidates: [{ number: '1001-1' }] });
  expect(await floor.job('1001-1')).toMatchObject({ product: 'Cards', quantity: 500, missing: ['cards.pdf'] });
  expect((await floor.job('1001-1'))?.attention.map(({ code }) => code)).toContain('WhoseFile');
  // The same list once more asks nothing more.
  await floor.drop('poster again.csv', poster);
  await taken(3);
  expect(await floor.arrivals('asked')).toHaveLength(1);
  await answer(id, 'new');
  expect(await floor.job('1001-2')).toMatchObject({ product: 'Poster', quantity: 20, missing: ['poster.pdf'] });
  await floor.drop('poster.pdf', pdfBytes(1));
  await floor.untilStatus('1001-2', 'InHotFolder');
  expect(await floor.job('1001-1')).toMatchObject({ product: 'Cards', quantity: 500, files: [] });
  expect((await floor.job('1001-1'))?.attention.map(({ code }) => code)).not.toContain('WhoseFile');
});

it('the answer that it is the same job changes that one, and says so', async () => {
  await floor.drop('cards.csv', cards);
  await taken(1);
  const job = await floor.job('1001-1');
  await floor.drop('more.csv', 'order;quantity\n1001;700\n');
  const { id } = await asked();
  await answer(id, job?.id ?? 0);
  expect(await floor.job('1001-1')).toMatchObject({ product: 'Cards', quantity: 700 });
  expect((await floor.history(job?.id ?? 0)).map(({ reason }) => reason)).toContain('The ticket changed quantity from 500 to 700.');
});

it('the same list again, with one row more, asks nothing; and neither does a list whose rows have numbers', async () => {
  await floor.drop('cards.csv', cards);
  await taken(1);
  await until(async () => !('cards.csv' in (await filesBelow(floor.places.incoming))), 'the first list is filed');
  await floor.drop('cards.csv', `${cards}1001;Poster;20;poster.pdf\n`);
  await until(async () => (await floor.job('1001-2'))?.product === 'Poster', 'the second row is a second job');
  await floor.drop('numbered.csv', 'order;job;quantity\n1001;1;700\n');
  await until(async () => (await floor.job('1001-1'))?.quantity === 700, 'the number says which');
  expect(await floor.arrivals('asked')).toEqual([]);
});

it('a file came first under the number: the list that counts describes its job', async () => {
  await floor.drop('1001-1 cards.pdf', pdfBytes(1));
  await floor.untilStatus('1001-1', 'InHotFolder');
  await floor.drop('cards.csv', 'order;product\n1001;Cards\n');
  await until(async () => (await floor.job('1001-1'))?.product === 'Cards', 'it is described');
  await floor.drop('poster.csv', poster);
  expect((await asked()).question?.why).toBe('sameCount');
});
