/**
 * The folders of this hub and how they lie to one another: refuses one that contains or lies in another, however its path is spelled, corrects whether it is
 * on this computer or on the network, and tells which folders of an earlier version must not be worked on. The rule itself is in disk/overlap.ts.
 */
import { dirname, join } from 'node:path';
import type { Settings } from '../../shared/api.ts';
import type { HotFolderSettings } from '../../shared/hot-folder.ts';
import { type Said, said, sayPair } from '../../shared/words/say.ts';
import { outcomePathsOf } from './deliver/outcomes.ts';
import type { Disks } from './disk/disks.ts';
import { found } from './disk/fault.ts';
import { forbiddenAs, type Machine } from './disk/forbidden.ts';
import type { FolderStamp } from './disk/look.ts';
import { findOverlap, type KnownFolder, sayOverlap } from './disk/overlap.ts';
import { besideName } from './disk/own-names.ts';
import { Refusal } from './parts.ts';
import type { Ports } from './ports/ports.ts';
import type { Store } from './store/store.ts';
import { makeTurns } from './turns.ts';

type Location = HotFolderSettings['location'];
type Incoming = Settings['incoming'][number];
type PlacedSettings = Pick<HotFolderSettings, 'name' | 'path' | 'location' | 'temp' | 'outcome'>;

type Offence = { readonly reasonCode: 'FoldersOverlap' | 'FolderForbidden'; readonly raw: string; readonly since: number };
/** By id of the hot folder, and by path of the incoming folder. */
type Offending = { readonly hotFolders: ReadonlyMap<number, Offence>; readonly incoming: ReadonlyMap<string, Offence> };

export type Layout = {
  /** For each change of folders, from its check until it is on record: of two who save at once the second is checked against what the first has saved, whatever each of them is about. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>;
  /** With the location as it is: a share is never local. */
  locate<Given extends { readonly path: string; readonly location: Location }>(given: Given): Promise<Given>;
  /** @throws Refusal when the folder may never be ours, or overlaps another one; `id`: its own, when it is on record */
  checkHotFolder(settings: PlacedSettings, id: number | null): Promise<void>;
  /** @throws Refusal when one of them may never be ours, or overlaps another folder */
  fitIncoming(folders: readonly Incoming[]): Promise<Incoming[]>;
  /** Corrects locations on record, and finds the folders that earlier versions let overlap, or be where none of ours may be: these are not worked on. */
  review(): Promise<void>;
  /**
   * Another folder was seen at the path of an incoming folder than before: why it is not worked on, null when it may be. It gives way to all others, also to those that came later.
   * @throws DiskFault `OtherFolder` when yet another one lies there by now
   */
  reviewIncoming(path: string, seen: Pick<FolderStamp, 'dev' | 'ino'>): Promise<Offence | null>;
  /** As of the last review. */
  offending(): Offending;
};

type LayoutOptions = {
  readonly ports: Pick<Ports, 'clock' | 'timers'>;
  readonly store: Store;
  readonly disks: Disks;
  readonly machine: Machine;
  readonly own: { readonly archive: string; readonly rejected: string; readonly work: string };
};

/** Nobody waits longer for a share to say where it is. */
const answersWithinMs = 3000;

/** Where copies may grow, besides in the hot folder itself. */
function stagingPathsOf(path: string, temp: HotFolderSettings['temp']): string[] {
  switch (temp.kind) {
    case 'staging':
      return [temp.path];
    case 'beside':
    case 'auto':
      return [join(dirname(path), besideName)];
    case 'inside':
      return [];
  }
}

/** As it stands beside a folder that is not worked on. */
function englishOf(words: Said): string {
  return sayPair('en', words)?.what ?? words.key;
}

type Asked = Omit<KnownFolder, 'spot'> & { readonly location: Location };

export function makeLayout({ ports, store, disks, own, machine }: LayoutOptions): Layout {
  const ownFolders: readonly Asked[] = (['archive', 'rejected', 'work'] as const).map((role) => ({
    role,
    owner: role,
    name: said(`phrases.${role}Folder`),
    path: own[role],
    location: 'local',
  }));

  const ofHotFolder = ({ name, path, location, temp, outcome }: PlacedSettings, owner: string): Asked[] => {
    const { working, done, failed } = outcomePathsOf(path, outcome);
    const of = { owner, location };
    return [
      { ...of, role: 'hot', name: said('phrases.hotFolder', { name }), path },
      ...[...working, ...done, ...failed].map((at) => ({
        ...of,
        role: 'outcome' as const,
        name: said('phrases.outcomeFolder', { name }),
        path: at,
      })),
      ...stagingPathsOf(path, temp).map((at) => ({
        ...of,
        role: 'staging' as const,
        name: said('phrases.stagingFolder', { name }),
        path: at,
      })),
    ];
  };
  const ofIncoming = ({ path, location }: Incoming, index: number): Asked => {
    return { role: 'incoming', owner: `incoming ${index}`, name: said('phrases.incomingFolder'), path, location };
  };

  /** As the disk knows it. A share that does not answer is known by its spelling alone. */
  const known = async ({ location, ...folder }: Asked): Promise<KnownFolder> => {
    const where = await disks.whereIs(folder.path).catch(() => ({ path: folder.path, location }));
    const asked = disks
      .of({ path: folder.path, location: where.location })
      .spotOf(where.path)
      .catch(() => null);
    let callOff = (): void => undefined;
    const late = new Promise<null>((resolve) => {
      callOff = ports.timers.after(answersWithinMs, () => resolve(null));
    });
    const spot = await Promise.race([asked, late]);
    callOff();
    return { ...folder, path: where.path, spot };
  };
  const knowAll = (folders: readonly Asked[]): Promise<KnownFolder[]> => Promise.all(folders.map(known));

  const locate: Layout['locate'] = async (given) => {
    const { location } = await disks.whereIs(given.path).catch(() => given);
    // What a person calls a network folder may be one that cannot be told from here, and polling does no harm.
    return location === 'network' ? { ...given, location } : given;
  };
  /** As it was typed, and as it lies there: a link may lead anywhere. Null where it may be ours. */
  const forbidden = (typed: string, { name, path }: KnownFolder): Said | null => {
    for (const at of new Set([typed, path])) {
      const why = forbiddenAs(at, machine);
      const todo = said('reasons.FolderForbidden.todo');
      if (why !== null) return said('refusals.folderBarred', { folder: name, typed, path: at, why, todo });
    }
    return null;
  };
  const firstForbidden = (
    asked: readonly Asked[],
    mine: readonly KnownFolder[],
  ): { readonly words: Said; readonly path: string } | null => {
    for (const [index, folder] of mine.entries()) {
      const path = asked[index]?.path ?? folder.path;
      const words = forbidden(path, folder);
      if (words !== null) return { words, path };
    }
    return null;
  };
  const offenceOf = (asked: readonly Asked[], mine: readonly KnownFolder[], others: readonly KnownFolder[]): Offence | null => {
    const since = ports.clock.now();
    const barred = firstForbidden(asked, mine);
    if (barred !== null) return { reasonCode: 'FolderForbidden', raw: englishOf(barred.words), since };
    const overlap = mine.map((one) => findOverlap(one, others)).find((one) => one !== null);
    return overlap === undefined ? null : { reasonCode: 'FoldersOverlap', raw: englishOf(sayOverlap(overlap)), since };
  };
  const checkAllowed = (asked: readonly Asked[], mine: readonly KnownFolder[]): void => {
    const barred = firstForbidden(asked, mine);
    if (barred === null) return;
    const { words, path } = barred;
    throw new Refusal('CONFLICT', words, { reasonCode: 'FolderForbidden', raw: englishOf(words), path });
  };
  const check = (mine: readonly KnownFolder[], others: readonly KnownFolder[]): void => {
    for (const folder of mine) {
      const overlap = findOverlap(folder, [...others, ...mine]);
      if (overlap !== null) throw new Refusal('CONFLICT', sayOverlap(overlap));
    }
  };
  let offending: Offending = { hotFolders: new Map(), incoming: new Map() };
  const onRecord = async () => ({ hotFolders: await store.read.hotFolders(), incoming: (await store.read.settings()).incoming });

  const turns = makeTurns();

  return {
    inTurn: (work) => turns(0, work),
    locate,
    checkHotFolder: async (settings, id) => {
      const { hotFolders, incoming } = await onRecord();
      const others = [
        ...ownFolders,
        ...incoming.map(ofIncoming),
        ...hotFolders.filter((other) => other.id !== id).flatMap((other) => ofHotFolder(other, `hot ${other.id}`)),
      ];
      const asked = ofHotFolder(settings, `hot ${id ?? 'new'}`);
      const mine = await knowAll(asked);
      checkAllowed(asked, mine);
      check(mine, await knowAll(others));
    },
    fitIncoming: async (folders) => {
      const fitting = await Promise.all(folders.map(locate));
      const { hotFolders } = await onRecord();
      const others = [...ownFolders, ...hotFolders.flatMap((folder) => ofHotFolder(folder, `hot ${folder.id}`))];
      const asked = fitting.map(ofIncoming);
      const mine = await knowAll(asked);
      checkAllowed(asked, mine);
      check(mine, await knowAll(others));
      return fitting;
    },
    review: async () => {
      const { hotFolders, incoming } = await onRecord();
      for (const { id, path, location } of hotFolders) {
        const { location: right } = await locate({ path, location });
        if (right !== location) await store.write((tx) => tx.correctLocation({ id, path }, right));
      }
      const right: Incoming[] = await Promise.all(incoming.map(locate));
      if (right.some(({ location }, index) => location !== incoming[index]?.location))
        await store.write((tx) => tx.changeSettings({ incoming: right }));

      const bad = { hotFolders: new Map<number, Offence>(), incoming: new Map<string, Offence>() };
      const standing: KnownFolder[] = await knowAll(ownFolders);
      // Hot folders first, the oldest before all: of two the one that came later gives way, and what takes files in gives way to what sends them out.
      for (const folder of hotFolders) {
        const asked = ofHotFolder(folder, `hot ${folder.id}`);
        const mine = await knowAll(asked);
        const offence = offenceOf(asked, mine, [...standing, ...mine]);
        if (offence === null) standing.push(...mine);
        else bad.hotFolders.set(folder.id, offence);
      }
      for (const [index, folder] of right.entries()) {
        const asked = ofIncoming(folder, index);
        const mine = await known(asked);
        const offence = offenceOf([asked], [mine], standing);
        if (offence === null) standing.push(mine);
        else bad.incoming.set(folder.path, offence);
      }
      offending = bad;
    },
    reviewIncoming: async (path, { dev, ino }) => {
      const { hotFolders, incoming } = await onRecord();
      const folders = incoming.map(ofIncoming);
      const asked = folders.find((one) => one.path === path);
      if (asked === undefined) return null;
      const mine = await known({ ...asked, ...(await locate({ path, location: asked.location })) });
      if (mine.spot !== null && mine.spot.ids.at(-1) !== `${dev}:${ino}`) throw found('OtherFolder', said('found.anotherEachLook'), path);
      const others = [
        ...ownFolders,
        ...hotFolders.filter(({ id }) => !offending.hotFolders.has(id)).flatMap((one) => ofHotFolder(one, `hot ${one.id}`)),
        ...folders.filter((one) => one !== asked && !offending.incoming.has(one.path)),
      ];
      return offenceOf([asked], [mine], await knowAll(others));
    },
    offending: () => offending,
  };
}
