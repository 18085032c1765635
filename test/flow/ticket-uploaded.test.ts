/** A person gives a job a file to be printed, and it is a ticket: no printer gets it. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pdfBytes } from '../pdf.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
  await floor.ask('POST', '/jobs', { order: '1', job: '1', title: 'Cards' });
});
afterEach(() => floor.close());

async function upload(name: string, content: string | Buffer): Promise<number> {
  const id = (await floor.job('1-1'))?.id;
  const answer = await fetch(`${floor.hub().url}/api/jobs/${id}/files?name=${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${floor.hub().token}`, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(Buffer.from(content)),
  });
  return answer.status;
}

it('is refused in words, unless a hot folder is said to take such files', async () => {
  await floor.ask('PATCH', '/hot-folders/1', { types: [] });
  for (const [name, content] of [
    ['jobs.csv', 'order,job\n1,1\n'],
    ['t.json', '{"order":"1"}'],
  ] as const)
    expect(await upload(name, content)).toBeGreaterThanOrEqual(400);
  expect((await floor.job('1-1'))?.files).toEqual([]);
  expect(await filesBelow(floor.press)).toEqual({});
  expect(await upload('a.pdf', pdfBytes(1))).toBe(201);
  await floor.ask('PATCH', '/hot-folders/1', { types: ['pdf', 'csv'] });
  expect(await upload('names.csv', 'name\nAda\n')).toBe(201);
});
