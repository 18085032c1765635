/** The hot folders: their settings and health on record, and a running loop for each. */
import { isAbsolute } from 'node:path';
import { dueStates, plannedStates } from '../../shared/delivery.ts';
import { checkTemplate } from '../../shared/file-name.ts';
import type { HotFolder, HotFolderSettings, ProbeResult } from '../../shared/hot-folder.ts';
import { isReasonCode, reasonEntry } from '../../shared/reason.ts';
import { type RunningFolder, type RunOptions, runHotFolder } from './deliver/run-hot-folder.ts';
import type { Disks } from './disk/disks.ts';
import type { Probed } from './disk/probe.ts';
import { type HotFolders, Refusal } from './parts.ts';
import type { HotFolderRow, Store } from './store/store.ts';

export type RunningHotFolders = HotFolders & {
  /** Starts the loop of every folder on record. */
  start(): Promise<void>;
  wake(id: number): void;
  stop(): Promise<void>;
};

type Options = Pick<RunOptions, 'ports' | 'now' | 'isHidden' | 'onForeign' | 'sourcesOf'> & {
  readonly store: Store;
  readonly disks: Disks;
};

/** Settings after whose change a folder must be probed anew. */
const probedSettings: readonly (keyof HotFolderSettings)[] = ['path', 'location', 'temp'];

function checkSettings(settings: HotFolderSettings): void {
  if (!isAbsolute(settings.path))
    throw new Refusal(
      'BAD_REQUEST',
      'The path of a hot folder must be a full one.',
      'Give the whole path, from the drive, the share or /.',
    );
  const fault = checkTemplate(settings.template);
  if (fault !== null) throw new Refusal('BAD_REQUEST', `The file name template is no good: ${fault}`, 'Correct it.');
}

function refusalOf(result: ProbeResult): Refusal {
  const failed = result.steps.find((step) => !step.ok);
  const reason = result.reasonCode !== null && isReasonCode(result.reasonCode) ? reasonEntry(result.reasonCode) : null;
  return new Refusal(
    'NOT_NOW',
    `${reason?.what.en ?? 'The folder is no good.'} (${failed?.step ?? 'probe'}: ${failed?.raw ?? 'failed'})`,
    reason?.todo.en ?? 'Check the folder and try again.',
  );
}

export function makeHotFolders(options: Options): RunningHotFolders {
  const { store, disks } = options;
  const running = new Map<number, RunningFolder>();
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };

  /** One loop a folder: two would send everything twice. */
  const run = (folder: HotFolderRow): void => {
    if (running.has(folder.id)) return;
    running.set(folder.id, runHotFolder({ ...options, folder, disk: disks.of(folder), onChange: changed }));
  };
  const rowOf = async (id: number): Promise<HotFolderRow> => {
    const row = (await store.read.hotFolders()).find((folder) => folder.id === id);
    if (row === undefined) throw new Refusal('NOT_FOUND', 'There is no such hot folder.', 'Look it up in the list.');
    return row;
  };
  const checkFree = async (settings: HotFolderSettings, own: number | null): Promise<void> => {
    const other = (await store.read.hotFolders()).find(
      (folder) => folder.id !== own && (folder.path === settings.path || folder.name.toLowerCase() === settings.name.toLowerCase()),
    );
    if (other !== undefined)
      throw new Refusal(
        'CONFLICT',
        `${other.name} (${other.path}) is a hot folder already.`,
        'Choose another name and path, or change that one.',
      );
  };
  const probeNew = async (settings: HotFolderSettings): Promise<Probed> => {
    checkSettings(settings);
    return await disks.of(settings).probe(settings, null);
  };

  const list = async (): Promise<HotFolder[]> => {
    const [rows, counts] = await Promise.all([store.read.hotFolders(), store.read.deliveryCounts()]);
    return rows.map(({ place: _place, ...folder }) => {
      const loop = running.get(folder.id);
      const trouble = loop?.trouble() ?? null;
      const queued = counts
        .filter((count) => count.hotFolderId === folder.id && dueStates.includes(count.state))
        .reduce((sum, { count }) => sum + count, 0);
      return {
        ...folder,
        state: trouble !== null ? 'trouble' : folder.paused ? 'paused' : 'ready',
        reasonCode: trouble?.reasonCode ?? null,
        raw: trouble?.raw ?? null,
        troubleSince: trouble === null ? null : new Date(trouble.since).toISOString(),
        queued,
        lying: loop?.lying() ?? 0,
        unknownFiles: [...(loop?.unknownFiles() ?? [])],
      };
    });
  };
  const listed = async (id: number): Promise<HotFolder> => {
    const folder = (await list()).find((candidate) => candidate.id === id);
    if (folder === undefined) throw new Refusal('NOT_FOUND', 'There is no such hot folder.', 'Look it up in the list.');
    return folder;
  };
  const restart = async (id: number): Promise<void> => {
    const old = running.get(id);
    running.delete(id);
    await old?.stop();
    run(await rowOf(id));
  };

  return {
    list,
    tryOut: async (settings) => (await probeNew(settings)).result,
    create: async (settings) => {
      await checkFree(settings, null);
      const { result, ...places } = await probeNew(settings);
      if (!result.ok) throw refusalOf(result);
      const row = await store.write((tx) => tx.addHotFolder(settings, { ...places, health: result }));
      run(row);
      changed();
      return await listed(row.id);
    },
    update: async (id, change) => {
      const row = await rowOf(id);
      const settings: HotFolderSettings = { ...row, ...change };
      await checkFree(settings, id);
      checkSettings(settings);
      if (probedSettings.some((key) => change[key] !== undefined)) {
        const { result, ...place } = await probeNew(settings);
        if (!result.ok) throw refusalOf(result);
        await store.write(async (tx) => {
          await tx.changeHotFolder(id, { ...change, place, health: result });
          const placeId = (await tx.hotFolder(id))?.place.id ?? row.place.id;
          for (const { id: deliveryId } of await tx.deliveriesIn(row.place.id, plannedStates))
            await tx.changeDelivery(deliveryId, { placeId });
        });
        await restart(id);
      } else {
        await store.write((tx) => tx.changeHotFolder(id, change));
        running.get(id)?.change(await rowOf(id));
      }
      changed();
      return await listed(id);
    },
    remove: async (id) => {
      const { name, place } = await rowOf(id);
      const waiting = await store.read.deliveriesIn(place.id, dueStates, 1);
      if (waiting.length > 0) throw new Refusal('CONFLICT', `Jobs still wait for ${name}.`, 'Send them to another hot folder first.');
      const loop = running.get(id);
      running.delete(id);
      await loop?.stop();
      await store.write((tx) => tx.removeHotFolder(id));
      changed();
    },
    probe: async (id) => {
      const row = await rowOf(id);
      const { result } = await disks.of(row).probe(row, row.place.marker);
      await store.write((tx) => tx.changeHotFolder(id, { health: result }));
      running.get(id)?.change(await rowOf(id));
      changed();
      return await listed(id);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: async () => {
      // A fresh floor's first folder runs since it was made; two loops on one folder would copy over each other.
      for (const folder of await store.read.hotFolders()) if (!running.has(folder.id)) run(folder);
    },
    wake: (id) => running.get(id)?.wake(),
    stop: async () => {
      await Promise.all([...running.values()].map((loop) => loop.stop()));
    },
  };
}
