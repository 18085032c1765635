/** What a shop has set up: settings, folders of every kind, rules, stations. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Yesterday } from './yesterday.ts';

export type Shop = {
  readonly press1: string;
  readonly paused: { readonly id: number; readonly path: string };
  readonly proofer: { readonly id: number; readonly path: string };
  readonly gone: { readonly id: number; readonly path: string };
  readonly network: { readonly id: number; readonly path: string };
  /** The tokens of its stations, by name. */
  readonly tokens: Readonly<Record<string, string>>;
};

export async function setUpShop(floor: Yesterday): Promise<Shop> {
  const share = join(floor.root, 'share');
  mkdirSync(share);
  await floor.send('PATCH', '/settings', {
    shopName: 'Druckerei Gestern & Söhne',
    settleMs: 150,
    incompleteAfterMs: 1500,
    namePatterns: ['{letter}_{order}_{job}_{rest}', '{order}-{job} {rest}', '{order}-{job}'],
    xmlMapping: { order: 'Auftrag/Nummer', job: 'Auftrag/Position' },
    incoming: [
      { path: floor.incoming, location: 'local' },
      { path: share, location: 'network' },
    ],
  });
  await floor.send('PATCH', '/hot-folders/1', { takenAfterMs: 200, lyingAfterMs: 3_600_000 });
  const named = { kind: 'named', done: 'done', failed: 'failed' };
  const paused = await floor.addPress('Paused press', { types: ['pdf', 'prn'] });
  const proofer = await floor.addPress('Proofer', { outcome: named, template: '{order}_{job}_{name}' });
  await floor.addPress('Slow press', { lyingAfterMs: 1000 });
  await floor.addPress('Web press', { contract: true });
  await floor.addPress('Doubt', { temp: { kind: 'inside' } });
  const network = await floor.addPress('Network press', { location: 'network', capacity: 5 });
  const gone = await floor.addPress('Gone press');
  for (const cut of ['A', 'B', 'C', 'E', 'F']) await floor.addPress(`Cut ${cut}`);
  await floor.addPress('Cut D', { temp: { kind: 'inside' } });
  await floor.send('POST', '/rules', { name: 'Hand work', position: 800, hotFolderId: null, conditions: { product: ['Engraving'] } });
  await floor.send('PATCH', '/rules/1', { position: 900, conditions: { type: ['pdf'], product: [] } });
  const tokens: Record<string, string> = {};
  for (const [name, role] of [
    ['Press 1', 'station'],
    ['Office', 'admin'],
  ] as const) {
    const { body } = await floor.send('POST', '/stations', { name, role });
    tokens[name] = z.looseObject({ token: z.string() }).parse(body).token;
  }
  return { press1: join(floor.root, 'data/hotfolders/press-1'), paused, proofer, gone, network, tokens };
}
