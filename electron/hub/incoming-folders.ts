/**
 * What is known of incoming folders besides what lies in them: whose each is, and whether somebody was asked about the files that lay there before. Refuses what
 * may not be saved, and gives a watch the disk that asks both before each look. intake.ts watches them.
 */

import type { Settings } from '../../shared/api.ts';
import { recallFound } from '../../shared/words/recall.ts';
import { said } from '../../shared/words/say.ts';
import type { Disks } from './disk/disks.ts';
import { asDiskFault, errnoOf } from './disk/fault.ts';
import type { Disk } from './disk/operations.ts';
import { askWhose } from './intake/ask-whose.ts';
import { countFirst, countNew } from './intake/count-first.ts';
import { type FolderKnown, meetFolder } from './intake/same-folder.ts';
import type { Whose } from './intake/whose-folder.ts';
import type { Layout } from './layout.ts';
import type { Log } from './log.ts';
import { type By, Refusal } from './parts.ts';
import type { Ports } from './ports/ports.ts';
import type { NotCounted, Store } from './store/store.ts';

export type Incoming = Settings['incoming'][number];

/** What a person has said: of all of them, or of these paths. */
export type Said = boolean | readonly string[];

export type IncomingFolders = {
  /** What was kept of them; before the first watch. */
  load(): Promise<unknown>;
  /** The disk as a watch sees it: each look begins with what stands against one. */
  diskOf(folder: Incoming): Disk;
  /** @throws Refusal when a new one is a file, when one holds files and nobody says that they are meant, or when another hub works in one and nobody says that it is taken over */
  check(
    folders: readonly Incoming[],
    said: { readonly takeOver: Said; readonly confirm: Said; readonly by: By | undefined },
  ): Promise<void>;
  /** Not watched any more. */
  forget(path: string): void;
  /** These are named; of others it is forgotten which folder lay there. */
  keepOnly(folders: readonly Incoming[]): void;
  /** Those of which a person has said since what was asked. */
  takeAnswered(): string[];
};

type Options = {
  readonly ports: Pick<Ports, 'clock'>;
  readonly disks: Disks;
  /** Those on record. */
  readonly known: () => readonly Incoming[];
  readonly log: Log;
  readonly store: Pick<Store, 'read' | 'write'>;
  readonly layout: Pick<Layout, 'reviewIncoming'>;
};

function isSaid(of: Said, path: string): boolean {
  return typeof of === 'boolean' ? of : of.includes(path);
}

function otherHub(path: string, who: string): Refusal {
  const told = `${path}: ${who}`;
  const [why, todo] = [said('reasons.OtherHub.what'), said('reasons.OtherHub.todo')];
  return new Refusal('CONFLICT', said('refusals.otherHubHere', { why, raw: recallFound(told) ?? told, todo }), {
    reasonCode: 'OtherHub',
    raw: told,
    path,
  });
}

function filesLieThere(path: string, count: number): Refusal {
  return new Refusal('CONFLICT', said('refusals.filesLieHere', { path, count, todo: said('reasons.FilesLieThere.todo') }), {
    reasonCode: 'FilesLieThere',
    path,
    files: count,
  });
}

function noFolder(path: string): Refusal {
  const words = { path, why: said('reasons.NotAFolder.what'), todo: said('reasons.NotAFolder.todo') };
  return new Refusal('CONFLICT', said('refusals.atPath', words), { reasonCode: 'NotAFolder', raw: path, path });
}

const unknown: Whose = { kind: 'unknown' };

export function makeIncomingFolders({ ports, disks, known, log, store, layout }: Options): IncomingFolders {
  const whose = new Map<string, Whose>();
  const lay = new Map<string, FolderKnown>();
  /** By path: folders whose files nobody was asked about yet. Null: not read yet. */
  let notCounted: Map<string, NotCounted> | null = null;
  const answered = new Set<string>();

  const load = async (): Promise<Map<string, NotCounted>> => {
    notCounted ??= new Map((await store.read.notCounted()).map((one) => [one.path, one]));
    return notCounted;
  };
  const keep = async (changes: ReadonlyMap<string, NotCounted | null>): Promise<void> => {
    const kept = await load();
    const before = JSON.stringify([...kept.values()]);
    for (const [path, one] of changes)
      if (one === null) kept.delete(path);
      else kept.set(path, one);
    if (JSON.stringify([...kept.values()]) !== before) await store.write((tx) => tx.setNotCounted([...kept.values()]));
  };
  /** Does what is called a network folder lie on one? */
  const isInPlace = async ({ path, location }: Incoming): Promise<boolean> => {
    if (location === 'local') return true;
    return await disks.whereIs(path).then(
      (where) => where.location === 'network',
      () => false,
    );
  };

  /** The marker of another hub lay there and was not believed: of an older word, or nobody stood behind it. */
  const ignoreMarker = (path: string, who: string): void => {
    log`Incoming folder ${path}: its marker said that ${who}; that was not believed, and it was signed anew.`;
    const told = { actor: null, address: null, about: path, changes: [] };
    void store
      .write((tx) => tx.countSecurity({ ...told, kind: 'markerIgnored' }, ports.clock.now(), 1))
      .catch((error: unknown) => log`Not recorded: ${error}`);
  };
  /** Before it is done: whatever comes of it, it was said. */
  const noteTakeOver = (path: string, by: By | undefined): Promise<void> => {
    const told = { actor: by?.actor ?? 'system', address: by?.address ?? null, about: path, changes: [] };
    return store.write((tx) => tx.noteSecurity({ ...told, kind: 'takeOverSaid' }, ports.clock.now()));
  };

  const count = async (folder: Incoming, confirmed: boolean): Promise<NotCounted | null> => {
    const { path } = folder;
    const disk = disks.of(folder);
    // Where nothing can be seen now it may be a folder that is off.
    const seen = await disk.peek(path).catch((error: unknown) => (errnoOf(error) === 'ENOTDIR' ? 'file' : null));
    if (seen === 'file' || (seen !== null && seen.kind !== 'folder')) throw noFolder(path);
    if (confirmed) return null;
    const before = (await load()).get(path) ?? null;
    const { count: files, notCounted: left } = await countNew(disk, path, seen, before, () => isInPlace(folder));
    if (files > 0) throw filesLieThere(path, files);
    return left;
  };
  const take = async (folder: Incoming, takeOver: boolean): Promise<void> => {
    const { path } = folder;
    const before = whose.get(path) ?? unknown;
    if (before.kind === 'asked' && !takeOver) throw otherHub(path, before.who);
    try {
      const ours = before.kind === 'ours' ? { turn: before.turn, insists: false } : null;
      const { turn, put } = await disks.of(folder).takeIncoming(path, takeOver, ours);
      whose.set(path, { kind: 'ours', turn });
      if (put !== null) ignoreMarker(path, put);
    } catch (error) {
      // What cannot be asked now is asked by the watch before it takes anything.
      const fault = asDiskFault(error);
      if (fault.code === 'OtherHub') throw otherHub(path, fault.message);
    }
  };

  return {
    load,
    diskOf: (folder) => {
      const { path } = folder;
      const disk = disks.of(folder);
      const itsWhose = { get: () => whose.get(path) ?? unknown, set: (now: Whose) => void whose.set(path, now) };
      const itsFiles = {
        get: () => notCounted?.get(path) ?? null,
        set: (now: NotCounted | null) => keep(new Map([[path, now]])),
      };
      const ask = askWhose(disk, path, ports.clock, { ...itsWhose, onIgnored: (who) => ignoreMarker(path, who) });
      const count = countFirst(disk, path, { ...itsFiles, isInPlace: () => isInPlace(folder) });
      const { meet, pass } = meetFolder(disk, path, {
        get: () => lay.get(path) ?? null,
        set: (now) => void lay.set(path, now),
        offence: (seen) => layout.reviewIncoming(path, seen),
        location: folder.location,
        place: async () => (await disks.whereIs(path)).path,
        notCounted: itsFiles,
        whose: itsWhose,
      });
      return {
        ...disk,
        peek: async (at) => {
          const seen = await disk.peek(at);
          if (at !== path) return seen;
          await meet(seen);
          await count(seen);
          pass();
          await ask(seen);
          return seen;
        },
      };
    },
    check: async (folders, { takeOver, confirm, by }) => {
      const onRecord = new Set(known().map(({ path }) => path));
      const before = new Set((await load()).keys());
      const after = new Map<string, NotCounted | null>();
      for (const folder of folders)
        if (before.has(folder.path) || !onRecord.has(folder.path))
          after.set(folder.path, await count(folder, isSaid(confirm, folder.path)));
      for (const folder of folders) {
        const takes = isSaid(takeOver, folder.path);
        if (takes) await noteTakeOver(folder.path, by);
        await take(folder, takes);
        if (takes || (before.has(folder.path) && after.get(folder.path) === null)) answered.add(folder.path);
      }
      await keep(after);
    },
    forget: (path) => void whose.delete(path),
    keepOnly: (folders) => {
      for (const path of [...lay.keys()]) if (!folders.some((folder) => folder.path === path)) lay.delete(path);
    },
    takeAnswered: () => {
      const paths = [...answered];
      answered.clear();
      return paths;
    },
  };
}
