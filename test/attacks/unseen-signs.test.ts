/**
 * Somebody hides signs in a text: control characters, direction marks that turn what stands behind them, signs without width. Whatever way the text comes,
 * no answer has them: what a person reads is what is there.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { startWatchedHub, type WatchedHub } from './watched-hub.ts';

const hidden = '\u202e\u2066\u200b\u0007\ufeff';

let hub: WatchedHub;
beforeAll(async () => {
  hub = await startWatchedHub();
  await ask('PATCH', '/settings', { settleMs: 0, shopName: `Shop${hidden}` });
}, 60_000);
afterAll(() => hub.stop());

async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
  const headers = { authorization: `Bearer ${hub.token}`, 'content-type': 'application/json' };
  const answer = await fetch(`${hub.url}/api${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const told = await answer.json();
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(told)}`);
  return told;
}

/** Every text and key in an answer that has a sign nobody sees; line breaks and tabs are seen, and where a file lies is told exactly. */
function hiding(value: unknown): string[] {
  if (typeof value === 'string') return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(value.replaceAll(/[\n\t]/gu, '')) ? [JSON.stringify(value)] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => (key === 'path' ? [] : [...hiding(key), ...hiding(item)]));
}

test('what people and systems write', async () => {
  await ask('POST', '/stations', { name: `Press${hidden} 1` });
  await ask('POST', '/rules', {
    name: `All${hidden}`,
    conditions: { product: [`F${hidden}*`], attribute: { name: `si${hidden}ze`, values: [`A${hidden}5`] } },
    hotFolderId: 1,
  });
  await ask('PATCH', '/hot-folders/1', { name: `press${hidden}-1`, template: `{name}${hidden}` });
  const ticket = {
    order: `70${hidden}01`,
    title: `Fl${hidden}yer`,
    product: `A${hidden}`,
    customer: { name: `A${hidden}da` },
    notes: `a\n${hidden}b`,
    attributes: { [`k${hidden}`]: `v${hidden}` },
  };
  await ask('POST', '/jobs', ticket);
  await ask('POST', '/jobs/1/status', { code: 'Blocked', reason: `Ja${hidden}m`, data: { [`k${hidden}`]: [`v${hidden}`] }, actionId: 'a' });
  await ask('POST', '/jobs/1/status', { code: 'CustomStatus', custom: `Cut${hidden}`, actionId: 'b' });
  for (const path of ['/settings', '/stations', '/rules', '/hot-folders', '/jobs', '/jobs/1/history', '/events'])
    expect([path, hiding(await ask('GET', path))]).toEqual([path, []]);
  expect(await ask('GET', '/jobs/1')).toMatchObject({ order: '7001', title: 'Flyer', customer: { name: 'Ada' }, custom: 'Cut' });
});

test('what lies in folders', async () => {
  const incoming = join(hub.dataPath, 'incoming');
  await mkdir(join(incoming, 'sub'));
  // A folder whose name writes a line of its own into the note, one that only turns what stands behind it, and one that says so by the way.
  const note = `x\nReason code: Fine\u202e`;
  for (const folder of [note, 'we\u200eb', 'deep/er']) await mkdir(join(incoming, folder), { recursive: true });
  await writeFile(join(incoming, note, '7005-1 a.pdf'), pdfBytes(5, 2000));
  await writeFile(join(incoming, 'we\u200eb', '7006-1 a.pdf'), pdfBytes(6, 2000));
  await writeFile(join(incoming, 'we\u200eb', '70\u200e06.csv'), 'order;title;due\n7006;A\u202eB;1.12.2026\u2028 14:00\n');
  await writeFile(join(incoming, '70\u200e08.csv'), 'order;quantity\n7008;\u202eten\n');
  await writeFile(join(incoming, 'deep/er', 'x\u202e.pdf'), pdfBytes(7, 2000));
  const names = ['7002-1 \u202egnp.pdf', '7003-1 a\u200bb.pdf', '\u2066only.xyz', 'bad\u0007.pdf', 'sub/7004-1 \u202ex.pdf'];
  for (const [at, name] of names.entries()) await writeFile(join(incoming, name), pdfBytes(at, 2000));
  await writeFile(join(hub.dataPath, 'hotfolders/press-1', 'foreign\u202egnp.pdf'), pdfBytes(9, 2000));
  await until(async () => ((await ask('GET', '/arrivals')) as { items: unknown[] }).items.length >= names.length + 5, 'all have arrived');
  for (const path of ['/arrivals', '/jobs', '/hot-folders', '/events']) expect([path, hiding(await ask('GET', path))]).toEqual([path, []]);
  const { items } = (await ask('GET', '/arrivals')) as {
    items: { name: string; folder: string; reasonCode: string | null; path: string }[];
  };
  const inNote = items.find(({ name }) => name === '7005-1 a.pdf');
  expect(inNote).toMatchObject({ reasonCode: 'HostileName' });
  await until(
    async () => ((await ask('GET', '/jobs')) as { items: { order: string }[] }).items.some(({ order }) => order === '7006'),
    'the job is made',
  );
  const reason = await until(async () => {
    const { items } = (await ask('GET', '/arrivals?outcome=rejected')) as { items: { name: string; path: string }[] };
    const path = items.find(({ name }) => name === '7005-1 a.pdf')?.path ?? '';
    return path.startsWith(join(hub.dataPath, 'rejected')) ? await readFile(`${path}.reason.txt`, 'utf8') : null;
  }, 'its reason is written');
  expect(reason.match(/^Reason code: .*$/gmu)).toEqual(['Reason code: HostileName']);
  expect(reason).not.toMatch(/\u202e/u);
});
