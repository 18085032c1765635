/** The three presses of the demo and the rules that choose between them, set up once through the contract and found again afterwards. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  type HotFolder,
  type HotFolderSettings,
  hotFolderSchema,
  ruleSchema,
  type ruleSettingsSchema,
} from '../../../shared/hot-folder.ts';
import type { Ask } from './hub-api.ts';

type Wish = Partial<HotFolderSettings> & { readonly name: string };
type RuleWish = Omit<z.input<typeof ruleSettingsSchema>, 'hotFolderId'> & { readonly press: string };

const wishes: readonly Wish[] = [
  { name: 'press-1', outcome: { kind: 'kodak' }, capacity: 6, lyingAfterMs: 120_000 },
  {
    name: 'large-format',
    template: '{order}_{job}_{title}',
    outcome: { kind: 'named', done: 'printed', failed: 'refused' },
    capacity: 4,
    lyingAfterMs: 120_000,
  },
  {
    name: 'booklets',
    template: '{order}-{job} x{quantity}',
    outcome: { kind: 'named', done: 'done', failed: 'errors' },
    capacity: 4,
    lyingAfterMs: 120_000,
  },
];

const ruleWishes: readonly RuleWish[] = [
  { name: 'Banners and posters', press: 'large-format', position: 0, conditions: { product: ['*banner*', '*poster*', '*plakat*'] } },
  {
    name: 'Long runs of booklets',
    press: 'booklets',
    position: 1,
    conditions: { product: ['*booklet*', '*broschüre*'], quantityFrom: 500 },
  },
];

const lastPosition = 1000;

/** Makes what is missing of presses and rules; a folder that is there keeps what a person has set on it. */
export async function setUpPresses(ask: Ask, dataPath: string): Promise<HotFolder[]> {
  const { items: there } = await ask(z.object({ items: z.array(hotFolderSchema) }), 'GET', '/hot-folders');
  const presses: HotFolder[] = [];
  for (const wish of wishes) presses.push(await setUpPress(ask, dataPath, wish, there));
  const { items: rules } = await ask(z.object({ items: z.array(ruleSchema) }), 'GET', '/rules');
  for (const rule of rules) {
    // The rule for everything must come after those for something.
    if (Object.keys(rule.conditions).length === 0 && rule.position < lastPosition)
      await ask(ruleSchema, 'PATCH', `/rules/${rule.id}`, { position: lastPosition });
  }
  for (const { press, ...rule } of ruleWishes) {
    const hotFolderId = presses.find((one) => one.name === press)?.id;
    if (hotFolderId === undefined || rules.some((one) => one.name === rule.name)) continue;
    await ask(ruleSchema, 'POST', '/rules', { ...rule, hotFolderId });
  }
  return presses;
}

async function setUpPress(ask: Ask, dataPath: string, wish: Wish, there: readonly HotFolder[]): Promise<HotFolder> {
  const found = there.find((folder) => folder.name === wish.name);
  const path = found?.path ?? join(dataPath, 'hotfolders', wish.name);
  await mkdir(path, { recursive: true });
  if (found === undefined) return ask(hotFolderSchema, 'POST', '/hot-folders', { ...wish, path });
  // The folder every fresh hub has: it becomes a press with sub-folders as long as nobody has set anything else.
  if (found.outcome.kind === 'none') return ask(hotFolderSchema, 'PATCH', `/hot-folders/${found.id}`, wish);
  return found;
}
