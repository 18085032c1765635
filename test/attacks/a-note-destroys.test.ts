/** What was rejected earlier has names that the notes of others may want: a file and its note take a pair of names that is free. */
import { existsSync } from 'node:fs';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { shortHash } from '../../shared/short-hash.ts';
import { type Floor, filesBelow, openFloor } from '../flow/floor.ts';
import { until } from '../until.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

const rejected = async () => await filesBelow(floor.places.rejected);
const told = (name: string) =>
  until(
    async () =>
      (await floor.arrivals('rejected')).some((arrival) => arrival.name === name && arrival.path?.startsWith(floor.places.rejected)),
    `${name} is put away`,
  );

it('a file called like the reason of another stays whole, whichever of them comes first', async () => {
  await floor.drop('b.docx.reason.txt', 'my own words');
  await told('b.docx.reason.txt');
  await floor.drop('b.docx', 'a letter');
  await told('b.docx');
  const first = await rejected();
  expect(first['b.docx.reason.txt']).toBe('my own words');
  expect(first['b (2).docx']).toBe('a letter');
  expect(first['b (2).docx.reason.txt']).toContain('b.docx was not accepted');

  await floor.drop('b (2).docx.reason.txt', 'more words');
  await told('b (2).docx.reason.txt');
  const second = await rejected();
  expect(second['b (2).docx.reason.txt']).toContain('b.docx was not accepted');
  expect(Object.values(second)).toContain('more words');
});

it('the folder of what was rejected is no incoming folder, however it is spelled', async () => {
  const { rejected: path } = floor.places;
  await symlink(path, join(floor.dataPath, 'door'));
  for (const spelled of [path, `${path}/`, join(floor.dataPath, 'door'), join(path, 'below')]) {
    const { status, body } = await floor.ask('PATCH', '/settings', { incoming: [{ path: spelled, location: 'local' }] });
    expect([spelled, status, JSON.stringify(body)]).toEqual([spelled, 409, expect.stringContaining('rejected folder')]);
  }
});

it('reasons that were left half written go at the next start, and what others called so stays', async () => {
  const names = ['try-1', '.probe-1.txt', 'c.docx.reason.txt.part'];
  for (const name of names) await writeFile(join(floor.places.rejected, name), 'theirs');
  const hubId = (await readFile(join(floor.dataPath, 'hub-id'), 'utf8')).trim();
  const draft = join(floor.places.rejected, `.printfloor-draft-${shortHash(hubId)}-1.part`);
  await writeFile(draft, 'half');
  await floor.restart();
  await until(() => !existsSync(draft), 'the draft is cleared');
  await floor.drop('d.docx', 'a letter');
  await told('d.docx');
  for (const name of names) expect(await readFile(join(floor.places.rejected, name), 'utf8')).toBe('theirs');
});
