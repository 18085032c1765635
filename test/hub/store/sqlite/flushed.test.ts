import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Ports } from '../../../../electron/hub/ports/ports.ts';
import { realPorts } from '../../../../electron/hub/ports/real.ts';
import { openStore } from '../../../../electron/hub/store/open.ts';
import type { Writer } from '../../../../electron/hub/store/store.ts';
import { makeFolder, noon } from '../fresh-store.ts';

it('writes of every kind are flushed before they are answered, also those that no screen shows', async () => {
  let flushes = 0;
  const counted: Ports['openLog'] = (path) => {
    const log = realPorts.openLog(path);
    return { ...log, flush: () => log.flush().then(() => void flushes++) };
  };
  const store = await openStore({ path: join(await makeFolder(), 'record.db'), ports: { ...realPorts, openLog: counted } });
  onTestFinished(() => store.close());
  const left = { place: '/in/a.pdf', stamp: { size: 1, mtimeMs: 1, ino: '1' }, sha256: null, arrivalId: null, waits: false };
  const kinds: ((tx: Writer) => Promise<unknown>)[] = [
    (tx) => tx.addStation('Press 1', 'station', 'hash', noon),
    (tx) => tx.removeStation(1, noon),
    (tx) => tx.leaveBehind(left),
    (tx) => tx.forgetLeft(left.place),
    (tx) => tx.keepAction('a', 'f', '{}', noon),
    (tx) => tx.nextOwnNumber(),
  ];
  for (const [index, kind] of kinds.entries()) {
    await store.write(kind);
    expect(flushes).toBe(index + 1);
  }
  await store.write((tx) => tx.stations());
  expect(flushes).toBe(kinds.length);
});
