/** Run by killed-while-writing.test.ts: writes as fast as it can and says of each write that it is acknowledged, until it is killed. */
import { writeSync } from 'node:fs';
import { openStore } from '../../../../electron/hub/store/open.ts';
import { record } from '../../../../electron/hub/store/record.ts';

const [, , path = '', round = ''] = process.argv;
const store = await openStore({ path });
for (let number = 1; ; number += 1) {
  const wishes = Array.from({ length: 5 }, (_, part) =>
    store.write(async (tx) => {
      const id = await tx.addJob({ order: `${round}-${number}`, job: `${part}`, title: 'x', named: true, ticket: null, letter: null }, 0);
      await record(tx, id, [{ code: 'Ordered', at: 0, actor: 'system' }]);
      return id;
    }),
  );
  for (const id of await Promise.all(wishes)) writeSync(1, `${id}\n`);
}
