/** The hot folders: their settings and health on record, and where each goes. What is sent and followed there is done in deliver/. */

import { cleanLine } from '../../shared/clean-text.ts';
import { dueStates } from '../../shared/delivery.ts';
import { checkTemplate } from '../../shared/file-name.ts';
import type { HotFolder, HotFolderSettings, ProbeResult } from '../../shared/hot-folder.ts';
import { isReasonCode } from '../../shared/reason.ts';
import { changesOf, type SecurityChange, type SecurityKind } from '../../shared/security.ts';
import { recallFound } from '../../shared/words/recall.ts';
import { said } from '../../shared/words/say.ts';
import { cancelDeliveries } from './deliver/hold-or-cancel.ts';
import { liveOf, namedWith } from './deliver/places.ts';
import { type PlaceOptions, startPlaces } from './deliver/places-at-work.ts';
import { recordUncertain } from './deliver/record.ts';
import { longestWaitMs } from './deliver/retry.ts';
import type { Disks } from './disk/disks.ts';
import { DiskFault, reasonOf } from './disk/fault.ts';
import type { Disk } from './disk/operations.ts';
import type { Probed } from './disk/probe.ts';
import { acceptFolder, changeFolder, isAnotherFolder, noSuchFolder, openOf } from './folder-change.ts';
import type { Layout } from './layout.ts';
import { type By, type HotFolders, Refusal } from './parts.ts';
import { refuseChanged } from './refuse-changed.ts';
import type { HotFolderRow, PausedBy, PlaceRow, Store, Writer } from './store/store.ts';
import { checkFullPath, checkTyped } from './typed-path.ts';
import { tryWaitingJobs } from './work/tasks.ts';

export type RunningHotFolders = HotFolders & {
  /** Starts the loop of every folder on record, and of every place where something is still to be done. */
  start(): Promise<void>;
  wake(id: number): void;
  stop(): Promise<void>;
};

type Options = Omit<PlaceOptions, 'onChange' | 'mayWork'> & { readonly store: Store; readonly disks: Disks; readonly layout: Layout };

/** Settings after whose change a folder must be probed anew. */
const probedSettings: readonly (keyof HotFolderSettings)[] = ['path', 'location', 'temp'];

function checkSettings(settings: HotFolderSettings): void {
  const { path, outcome, temp } = settings;
  checkFullPath(path);
  const others = [
    outcome.kind === 'named' && outcome.done,
    outcome.kind === 'named' && outcome.failed,
    temp.kind === 'staging' && temp.path,
  ];
  for (const other of others) if (typeof other === 'string') checkTyped(other);
  const fault = checkTemplate(settings.template);
  if (fault !== null) throw new Refusal('BAD_REQUEST', said('refusals.templateFaulty', { fault }));
}

function refusalOf(result: ProbeResult): Refusal {
  const failed = result.steps.find((step) => !step.ok);
  const reason = result.reasonCode !== null && isReasonCode(result.reasonCode) ? result.reasonCode : null;
  return new Refusal(
    'NOT_NOW',
    said('refusals.folderNoGood', {
      why: said(reason === null ? 'phrases.folderNoGood' : `reasons.${reason}.what`),
      todo: said(reason === null ? 'phrases.checkFolder' : `reasons.${reason}.todo`),
      step: failed?.step ?? 'probe',
      raw: failed?.raw ?? 'failed',
    }),
    { ...(result.reasonCode !== null && { reasonCode: result.reasonCode }), ...(failed?.raw != null && { raw: failed.raw }) },
  );
}

/** A probe as a result, also when its process ends or hangs in the middle: that is trouble with the folder, like any other step that fails. */
async function probeOn(
  disk: Pick<Disk, 'probe'>,
  settings: HotFolderSettings,
  known: PlaceRow | null,
  takeOver: boolean,
  now: number,
): Promise<Probed> {
  try {
    return await disk.probe(settings, known, takeOver);
  } catch (error) {
    if (!(error instanceof DiskFault)) throw error;
    const { path } = settings;
    const result: ProbeResult = {
      ok: false,
      at: new Date(now).toISOString(),
      steps: [{ step: 'find', ok: false, raw: error.raw }],
      freeBytes: null,
      clockDifferenceMs: null,
      roundTripMs: null,
      reasonCode: reasonOf(error),
    };
    const places = { stagingPath: known?.stagingPath ?? path, markerPath: known?.markerPath ?? path, marker: known?.marker ?? '' };
    return { ...places, folderId: null, result };
  }
}

export function makeHotFolders(options: Options): RunningHotFolders {
  const { store, disks, log, layout } = options;
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const places = startPlaces({ ...options, onChange: changed, mayWork: (id) => !layout.offending().hotFolders.has(id) });

  /** Jobs that wait for a folder may find their way. */
  const tryJobs = (tx: Writer): Promise<void> => {
    const now = options.ports.clock.now();
    return tx.addTask(tryWaitingJobs(now), now);
  };
  /** Why places of the folder cannot be seen now, by their ids. A full disk can. */
  const outOfSight = (folder: HotFolderRow): ReadonlyMap<number, string> => {
    const left = places.leftInTrouble(folder).map(({ placeId, trouble }) => [placeId, trouble] as const);
    const troubles = [...left, [folder.place.id, places.trouble(folder)] as const];
    return new Map(
      troubles.flatMap(([placeId, trouble]) => (trouble === null || trouble.reasonCode === 'DiskFull' ? [] : [[placeId, trouble.raw]])),
    );
  };
  /** What lies in a folder that is removed, or moves on, stays watched; where it cannot be seen it is a person's to find out. */
  const leave = async (folder: HotFolderRow, unseen: ReadonlyMap<number, string>): Promise<{ lying: number; unseen: number }> => {
    let lost = 0;
    for (const [placeId, raw] of unseen)
      for (const delivery of await store.read.deliveriesIn(placeId, ['delivered', 'lying', 'publishing', 'withdrawing'])) {
        await recordUncertain({ store, folder, now: options.ports.clock.now }, delivery, 'OutOfSight', raw);
        lost += 1;
      }
    const counts = (await store.read.deliveryCounts()).filter(
      ({ hotFolderId, state }) => hotFolderId === folder.id && (state === 'delivered' || state === 'lying'),
    );
    return { lying: counts.reduce((sum, { count }) => sum + count, 0), unseen: lost };
  };
  const rowOf = async (id: number): Promise<HotFolderRow> => {
    const row = await store.read.hotFolder(id);
    if (row === null) throw noSuchFolder();
    return row;
  };
  const checkFree = async (settings: HotFolderSettings, own: number | null): Promise<void> => {
    const other = (await store.read.hotFolders()).find(
      (folder) => folder.id !== own && (folder.path === settings.path || folder.name.toLowerCase() === settings.name.toLowerCase()),
    );
    if (other !== undefined) throw new Refusal('CONFLICT', said('refusals.hotFolderTaken', { name: other.name, path: other.path }));
  };
  /** Checked against all other folders first: a probe writes. `id`: of the folder itself, when it is on record. */
  const probeNew = async (settings: HotFolderSettings, id: number | null, takeOver: boolean, by: By | undefined): Promise<Probed> => {
    await layout.checkHotFolder(settings, id);
    if (takeOver) await noteTakeOver(settings.path, by);
    const { path: folderPath, temp, outcome } = settings;
    const forget = disks.name(namedWith({ folderPath, stagingPath: temp.kind === 'staging' ? temp.path : null, outcome }));
    try {
      return await probeOn(disks.of(settings), settings, null, takeOver, options.ports.clock.now());
    } finally {
      forget();
    }
  };
  const probeGood = async (settings: HotFolderSettings, id: number | null, takeOver: boolean, by: By | undefined): Promise<Probed> => {
    const probed = await probeNew(settings, id, takeOver, by);
    if (!probed.result.ok) throw refusalOf(probed.result);
    return probed;
  };

  const list = async (): Promise<HotFolder[]> => {
    const [rows, counts, putOff] = await Promise.all([
      store.read.hotFolders(),
      store.read.deliveryCounts(),
      // What failed is tried again sooner.
      store.read.deliveriesPutOff(options.ports.clock.now() + longestWaitMs),
    ]);
    const sum = (of: readonly { readonly hotFolderId: number; readonly count: number }[], id: number): number =>
      of.filter(({ hotFolderId }) => hotFolderId === id).reduce((all, { count }) => all + count, 0);
    const due = counts.filter(({ state }) => dueStates.includes(state));
    return rows.map((row) => {
      const { place: _place, ...folder } = row;
      const overlap = layout.offending().hotFolders.get(folder.id);
      const trouble = overlap ?? places.trouble(row);
      return {
        ...folder,
        state: trouble !== null ? 'trouble' : folder.paused ? 'paused' : 'ready',
        reasonCode: trouble?.reasonCode ?? null,
        raw: trouble?.raw ?? null,
        found: recallFound(trouble?.raw ?? null),
        troubleSince: trouble === null ? null : new Date(trouble.since).toISOString(),
        elsewhere: places.leftInTrouble(row).map(({ path, trouble: { reasonCode, raw, since } }) => ({
          path,
          reasonCode,
          raw,
          troubleSince: new Date(since).toISOString(),
        })),
        pausedBy: row.pausedBy === null ? null : { actor: row.pausedBy.actor, at: new Date(row.pausedBy.at).toISOString() },
        queued: sum(due, folder.id),
        held: sum(putOff, folder.id),
        lying: places.lying(row),
        unknownFiles: places.unknownFiles(row).map(cleanLine),
      };
    });
  };
  /** What overlapped may do so no longer. */
  const reviewLayout = async (): Promise<void> => {
    if (layout.offending().hotFolders.size > 0) await layout.review();
  };
  const listed = async (id: number): Promise<HotFolder> => {
    await reviewLayout();
    await places.update();
    changed();
    const folder = (await list()).find((candidate) => candidate.id === id);
    if (folder === undefined) throw noSuchFolder();
    return folder;
  };

  const pausedBy = (by: By | undefined): PausedBy | null => (by === undefined ? null : { actor: by.actor, at: options.ports.clock.now() });

  const note = (tx: Writer, kind: SecurityKind, about: string, changes: SecurityChange[], by: By | undefined): Promise<void> =>
    tx.noteSecurity({ kind, actor: by?.actor ?? 'system', address: by?.address ?? null, about, changes }, options.ports.clock.now());
  /** Before it is done: whatever comes of the rest, it was said. */
  const noteTakeOver = (path: string, by: By | undefined): Promise<void> => store.write((tx) => note(tx, 'takeOverSaid', path, [], by));

  return {
    list,
    tryOut: async (given, takeOver = false, by) => {
      checkSettings(given);
      return (await probeNew(await layout.locate(given), null, takeOver, by)).result;
    },
    create: async (given, takeOver = false, by) =>
      await layout.inTurn(async () => {
        checkSettings(given);
        await checkFree(given, null);
        const settings = await layout.locate(given);
        const { result, folderId: _folderId, ...place } = await probeGood(settings, null, takeOver, by);
        const { id } = await store.write(async (tx) => {
          await tryJobs(tx);
          await note(tx, 'folderAdded', settings.name, changesOf(null, settings), by);
          return await tx.addHotFolder(settings, { ...place, health: result, pausedBy: settings.paused ? pausedBy(by) : null });
        });
        return await listed(id);
      }),
    update: async (id, wish, waiting, takeOver = false, by, seen = {}) =>
      await layout.inTurn(async () => {
        const row = await rowOf(id);
        refuseChanged(row, seen);
        checkSettings({ ...row, ...wish });
        await checkFree({ ...row, ...wish }, id);
        const settings: HotFolderSettings = await layout.locate({ ...row, ...wish });
        const change = settings.location === row.location ? wish : { ...wish, location: settings.location };
        const anew = takeOver || probedSettings.some((key) => change[key] !== undefined);
        if (!anew && change.outcome !== undefined) await layout.checkHotFolder(settings, id);
        const probed = anew ? await probeGood(settings, id, takeOver, by) : null;
        const unseen = outOfSight(row);
        await store.write(async (tx) => {
          const changes = changesOf(row, change);
          if (changes.length > 0) await note(tx, 'folderChanged', row.name, changes, by);
          await changeFolder(tx, id, change, probed, waiting, options.mayGo);
          // Said again of one that is paused already it stays the first one's word.
          if (settings.paused !== row.paused) await tx.changeHotFolder(id, { pausedBy: settings.paused ? pausedBy(by) : null });
          await tryJobs(tx);
        });
        const moved = (await rowOf(id)).place.id !== row.place.id;
        if (moved) await leave(row, unseen);
        return await listed(id);
      }),
    remove: async (id, by) =>
      await layout.inTurn(async () => {
        const unseen = outOfSight(await rowOf(id));
        const [folder, rules] = await store.write(async (tx) => {
          const leaving = await tx.hotFolder(id);
          if (leaving === null) throw noSuchFolder();
          const { going, held } = await openOf(tx, leaving, options.mayGo);
          if (going > 0) throw new Refusal('CONFLICT', said('refusals.jobsWaitFor', { name: leaving.name }));
          // Planned anew when their jobs go on: then it is said that the folder is gone, or the rules name another.
          for (const delivery of held) await cancelDeliveries(tx, delivery.jobId, (one) => one.id === delivery.id);
          await tx.removeHotFolder(id);
          await note(tx, 'folderRemoved', leaving.name, [{ field: 'path', before: leaving.path, after: null }], by);
          await tryJobs(tx);
          return [leaving, (await tx.rules()).filter(({ hotFolderId }) => hotFolderId === id).length] as const;
        });
        const left = await leave(folder, unseen);
        await reviewLayout();
        await places.update();
        changed();
        return { ...left, rules };
      }),
    probe: async (id, takeOver = false, by) => {
      const row = await rowOf(id);
      const { place } = row;
      const disk = disks.of(row);
      if (takeOver) await noteTakeOver(row.path, by);
      // Somebody stands there and says it is the right folder.
      if (await disk.putBack(liveOf(place), place.stagingPath, place.location, true).catch(() => false))
        log`Hot folder ${row.name}: our own files beside it have been put back.`;
      const { result, folderId } = await probeOn(disk, row, place, takeOver, options.ports.clock.now());
      // Looking at a folder makes it no printer's: that is said in a word of its own.
      const isAnother = !takeOver && isAnotherFolder(place, folderId);
      await store.write(async (tx) => {
        await tx.changeHotFolder(id, { health: isAnother ? { ...result, ok: false, reasonCode: 'OtherFolder' } : result });
        if (result.ok && !isAnother) await acceptFolder(tx, id, folderId);
      });
      return await listed(id);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: async () => {
      await layout.review();
      await places.update();
    },
    wake: places.wake,
    stop: places.stop,
  };
}
