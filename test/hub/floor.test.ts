import { expect, it } from 'vitest';
import { keepFloor } from '../../electron/hub/floor.ts';
import { realPorts } from '../../electron/hub/ports/real.ts';
import { addFolder, openFresh } from './store/fresh-store.ts';

it('rules saved while another program holds the record count as soon as it can be read', async () => {
  const store = await openFresh();
  const { id } = await addFolder(store, 'press');
  let refused = 0;
  const held = {
    ...store,
    read: {
      ...store.read,
      rules: async () => {
        if (refused > 0 && refused-- > 0) throw new Error('the record is held');
        return await store.read.rules();
      },
    },
  };
  const floor = await keepFloor(held, { ...realPorts.timers, pause: async () => undefined });
  refused = 3;
  await store.write((tx) => tx.addRule({ position: 1, name: 'all', conditions: {}, hotFolderId: id }));
  await floor.upToDate();
  expect(floor.current().rules.map(({ name }) => name)).toEqual(['all']);
  expect(refused).toBe(0);
  await store.write((tx) => tx.addRule({ position: 2, name: 'more', conditions: {}, hotFolderId: id }));
  await floor.upToDate();
  expect(floor.current().rules).toHaveLength(2);
  await floor.stop();
});
