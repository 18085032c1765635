import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../electron/hub/store/read-floor.ts';
import type { Change } from '../../../electron/hub/store/store.ts';
import { addFolder, makeFolder, noon, openFresh } from './fresh-store.ts';

describe('what the shop has set up', () => {
  it('has settings with defaults, of which only what was changed is kept', async () => {
    const folder = await makeFolder();
    const store = await openFresh(folder);
    expect(await store.read.settings()).toEqual(defaultSettings);
    await store.write((tx) => tx.changeSettings({ shopName: 'Druckerei Grün', settleMs: 0 }));
    await store.write((tx) => tx.changeSettings({ settleMs: 5 }));
    await store.close();
    const again = await openFresh(folder);
    expect(await again.read.settings()).toEqual({ ...defaultSettings, shopName: 'Druckerei Grün', settleMs: 5 });
  });

  it('changes hot folders, and a removed one is gone from the list but not from old jobs', async () => {
    const store = await openFresh();
    const changes: Change[] = [];
    store.onChange((change) => changes.push(change));
    const { id } = await addFolder(store, 'press-1');
    await store.write((tx) => tx.changeHotFolder(id, { paused: true, place: { stagingPath: '/s', markerPath: '/s/m', marker: 'n' } }));
    expect(await store.read.hotFolders()).toMatchObject([
      { id, name: 'press-1', paused: true, place: { marker: 'n' }, types: ['pdf'], health: null },
    ]);
    const job = await store.write(async (tx) => {
      const jobId = await tx.addJob({ order: '1', job: '1', title: '', named: true, ticket: null, letter: null }, noon);
      await tx.setHotFolder(jobId, id);
      return jobId;
    });
    await store.write((tx) => tx.removeHotFolder(id));
    expect(await store.read.hotFolders()).toEqual([]);
    expect((await store.read.job(job))?.hotFolder).toBe('press-1');
    expect(changes.map((change) => change.hotFolders)).toEqual([true, true, false, true]);
  });

  it('tries rules in their order, new ones last', async () => {
    const store = await openFresh();
    const add = (name: string, position?: number) => store.write((tx) => tx.addRule({ name, position, conditions: {}, hotFolderId: null }));
    const first = await add('a');
    await add('b');
    await add('c', 0);
    expect((await store.read.rules()).map(({ name }) => name)).toEqual(['c', 'a', 'b']);
    await store.write((tx) => tx.changeRule(first.id, { position: 9, conditions: { product: ['Flyer*'] } }));
    expect((await store.read.rules()).map(({ name }) => name)).toEqual(['c', 'b', 'a']);
    await store.write((tx) => tx.removeRule(first.id));
    expect((await store.read.rules()).map(({ name }) => name)).toEqual(['c', 'b']);
  });

  it('knows stations by the hash of their token', async () => {
    const store = await openFresh();
    const station = await store.write((tx) => tx.addStation('Press 1', 'station', 'hash', noon));
    await store.write((tx) => tx.seeStation(station.id, noon, '127.0.0.1'));
    expect(await store.read.stationByTokenHash('hash')).toEqual({
      ...station,
      lastSeenAt: '2026-11-24T12:00:00.000Z',
      lastSeenFrom: '127.0.0.1',
    });
    expect(await store.write((tx) => tx.removeStation(station.id, noon))).toMatchObject({ name: 'Press 1' });
    expect(await store.write((tx) => tx.removeStation(station.id, noon))).toBeNull();
    expect(await store.read.endedToken('hash')).toBe('Press 1');
    await store.write((tx) => tx.forgetEndedTokens(noon + 1));
    expect(await store.read.endedToken('hash')).toBeNull();
    expect(await store.read.stationByTokenHash('hash')).toBeNull();
  });

  it('shows rejected arrivals until somebody has taken note of them', async () => {
    const store = await openFresh();
    const arrival = { name: 'x.pdf', folder: '/in', at: noon, jobId: null, reasonCode: null, detail: null, path: null, sha256: null };
    const ids = await store.write(async (tx) => [
      await tx.addArrival({ ...arrival, outcome: 'rejected', reasonCode: 'EmptyFile' }),
      await tx.addArrival({ ...arrival, outcome: 'accepted' }),
      await tx.addArrival({ ...arrival, outcome: 'rejected' }),
    ]);
    expect((await store.read.arrivals({ limit: 2 })).items.map(({ id }) => id)).toEqual([3, 2]);
    expect((await store.read.arrivals({ unseen: true, limit: 9 })).items.map(({ id }) => id)).toEqual([3, 1]);
    expect(await store.write((tx) => tx.markArrivalSeen(ids[0] ?? 0))).toMatchObject({ id: 1, seen: true, reasonCode: 'EmptyFile' });
    expect((await store.read.arrivals({ unseen: true, limit: 9 })).items.map(({ id }) => id)).toEqual([3]);
    expect(await store.write((tx) => tx.markArrivalSeen(99))).toBeNull();
  });
});
