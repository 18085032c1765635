import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { startDemo } from '../../../electron/hub/demo/demo.ts';
import { makeLog } from '../../../electron/hub/log.ts';
import { arrivalSchema, countsSchema, settingsSchema } from '../../../shared/api.ts';
import { hotFolderSchema } from '../../../shared/hot-folder.ts';
import { startTestHub } from '../../hub-client.ts';
import { makeRandom } from '../../random.ts';
import { until } from '../../until.ts';

it('a demo shop lives: jobs of every press come to every stage, broken files are turned away, and it stops at once', {
  timeout: 120_000,
}, async () => {
  const hub = await startTestHub();
  onTestFinished(hub.clean);
  await hub.ask(settingsSchema, 'PATCH', '/settings', { settleMs: 50, incompleteAfterMs: 1000 });
  const said: string[] = [];
  const parts = {
    url: hub.url,
    token: hub.token,
    dataPath: hub.data,
    log: makeLog((line) => said.push(line)),
    speed: 30,
    random: makeRandom(3).next,
  };
  const stop = await startDemo(parts);
  await until(
    async () => {
      const { stages } = await hub.ask(countsSchema, 'GET', '/counts');
      return ['collection', 'shipped', 'done'].every((stage) => (Object.entries(stages).find(([name]) => name === stage)?.[1] ?? 0) > 0);
    },
    'jobs come to the end of their way',
    80_000,
  );
  await until(
    async () => (await hub.ask(z.object({ items: z.array(arrivalSchema) }), 'GET', '/arrivals?outcome=rejected')).items.length > 0,
    'something broken was turned away',
    30_000,
  );
  const from = performance.now();
  await stop();
  expect(performance.now() - from).toBeLessThan(2000);
  const folders = z.object({ items: z.array(hotFolderSchema) });
  const before = await hub.ask(folders, 'GET', '/hot-folders');
  expect(before.items.map((folder) => folder.name).sort()).toEqual(['booklets', 'large-format', 'press-1']);
  // A second start on the same data finds its presses and stations again.
  const stopAgain = await startDemo(parts);
  await stopAgain();
  expect((await hub.ask(folders, 'GET', '/hot-folders')).items).toHaveLength(3);
  expect(said.filter((line) => !line.includes('three presses'))).toEqual([]);
});
