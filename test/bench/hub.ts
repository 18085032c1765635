/** A hub for measuring: fresh data on the real disk, no settle time, nobody taking the files. */
import { join } from 'node:path';
import { z } from 'zod';
import { buildProgram, builtHub } from '../../build/build.mjs';
import { settingsSchema } from '../../shared/api.ts';
import { type HotFolder, hotFolderSchema } from '../../shared/hot-folder.ts';
import { startTestHub, type TestHub } from '../hub-client.ts';

export type BenchHub = { readonly hub: TestHub; readonly incoming: string; readonly press: HotFolder };

export async function pressOf(hub: TestHub): Promise<HotFolder> {
  const { items } = await hub.ask(z.object({ items: z.array(hotFolderSchema) }), 'GET', '/hot-folders');
  const press = items.find((folder) => folder.name === 'press-1');
  if (press === undefined) throw new Error('a fresh hub has no press-1');
  return press;
}

/** Built, since that is what a shop runs. */
export async function startBenchHub(data: string): Promise<BenchHub> {
  await buildProgram();
  const hub = await startTestHub({ data, program: builtHub });
  await hub.ask(settingsSchema, 'PATCH', '/settings', { settleMs: 0 });
  return { hub, incoming: join(data, 'incoming'), press: await pressOf(hub) };
}
