/** The status guide over HTTP: the 59 in words, with how many jobs are there now. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { statusSchema } from '../../../shared/api.ts';
import { statusCodes } from '../../../shared/status.ts';
import { type Bed, startBed } from './bed.ts';

let bed: Bed;
beforeAll(async () => {
  bed = await startBed();
});
afterAll(() => bed.stop());

async function ask(language: string) {
  const response = await fetch(`${bed.url}/api/statuses`, {
    headers: { authorization: `Bearer ${bed.stationToken}`, 'accept-language': language },
  });
  expect(response.status).toBe(200);
  const { items } = z.strictObject({ items: z.array(statusSchema) }).parse(await response.json());
  return new Map(items.map((item) => [item.code, item]));
}

test('is exactly the 59 in the language of whoever asks, for a station too', async () => {
  const [english, german] = [await ask('en'), await ask('de-CH')];
  expect([...english.keys()]).toEqual(statusCodes);
  expect(english.get('InHotFolder')).toMatchObject({ track: 'production', stage: 'queue', who: null, name: 'In the hot folder' });
  expect(german.get('InHotFolder')?.name).toBe('Im Hotfolder');
  for (const code of statusCodes) expect(german.get(code)?.meaning, code).not.toBe(english.get(code)?.meaning);
  expect(german.get('ReadyForCollection')?.next).toContainEqual({ code: 'CustomStatus', custom: 'Collected', name: 'Abgeholt' });
});

test('counts each job under its status, and beside it under what is never one', async () => {
  const [one, other] = [await bed.addJob('7001'), await bed.addJob('7002')];
  await bed.record(one, 'Ordered', 'InHotFolder', 'Printed', 'EmailBounced');
  await bed.record(other, 'Ordered');
  const jobs = async () => [...(await ask('en')).values()].flatMap(({ code, jobs }) => (jobs === 0 ? [] : [`${code} ${jobs}`]));
  expect(await jobs()).toEqual(['Ordered 1', 'Printed 1', 'EmailBounced 1']);
  const [bounced] = (await bed.store.read.history(one)).slice(-1);
  await bed.record(one, 'SentEmail');
  expect(bounced?.code).toBe('EmailBounced');
  expect(await jobs()).toEqual(['Ordered 1', 'Printed 1', 'SentEmail 1']);
});
