/**
 * What is printed of a job, file by file: the content that lies at a printer, or that it had, before what is only to come. A newer version waits for a person once an
 * older one was sent, so the newest file of a job is not always what prints. Pure.
 */
import { type DeliveryState, sentStates } from '../delivery.ts';
import { nameKey } from '../name-key.ts';
import { newestOf } from './sending.ts';

type File = { readonly id: number; readonly name: string; readonly version: number; readonly current: boolean };
type Sent = { readonly fileId: number | null; readonly state: DeliveryState; readonly tries: number };

/**
 * - `there`: it lies in a hot folder, or may
 * - `had`: a printer took it
 * - `coming`: it is on its way
 * - `held`: an earlier version was sent, and this one is not
 * - `none`: nothing was sent of it
 */
export type FileStanding = 'there' | 'had' | 'coming' | 'held' | 'none';

export type PrintFile<One> = {
  readonly file: One;
  /** Which file of the job, and of how many: versions of one count as one. */
  readonly at: number;
  readonly of: number;
  readonly version: number;
  readonly versions: number;
  readonly standing: FileStanding;
};

/** One file of the job. `others`: versions of it that stand otherwise than what is printed: a newer one that waits, an older one that lies there too. */
export type PrintLine<One> = { readonly shown: PrintFile<One>; readonly others: readonly PrintFile<One>[] };

const lies: ReadonlySet<DeliveryState> = new Set<DeliveryState>(['publishing', 'withdrawing', 'delivered', 'lying', 'uncertain']);
const onItsWay: ReadonlySet<DeliveryState> = new Set<DeliveryState>(['waiting', 'copying']);
const sent: ReadonlySet<DeliveryState> = new Set<DeliveryState>(sentStates);

function alike(one: string, other: string): number {
  const [a, b] = [nameKey(one), nameKey(other)];
  let front = 0;
  while (front < Math.min(a.length, b.length) && a[front] === b[front]) front++;
  let back = 0;
  while (back < Math.min(a.length, b.length) - front && a.at(-1 - back) === b.at(-1 - back)) back++;
  return front + back;
}

/** More pairs of names than this are not compared: then they go together as they came. */
const mostPairs = 5000;

type Line<One> = [One, ...One[]];

function pairUp<One extends File>(lines: readonly Line<One>[], replaced: readonly One[]): void {
  const byName = new Map(replaced.map((file) => [nameKey(file.name), file]));
  const free = new Set(replaced);
  const take = (line: Line<One>, file: One): void => {
    line.push(file);
    free.delete(file);
  };
  const open = lines.filter((line) => {
    const same = byName.get(nameKey(line[0].name));
    if (same === undefined || !free.has(same)) return true;
    take(line, same);
    return false;
  });
  const pairs = open.flatMap((line) => [...free].slice(0, mostPairs / open.length + 1).map((file) => ({ line, file, like: 0 })));
  const compared = pairs.length > mostPairs ? pairs : pairs.map((pair) => ({ ...pair, like: alike(pair.line[0].name, pair.file.name) }));
  const done = new Set<Line<One>>();
  for (const { line, file } of compared.toSorted((a, b) => b.like - a.like || a.file.id - b.file.id)) {
    if (done.has(line) || !free.has(file)) continue;
    take(line, file);
    done.add(line);
  }
}

/** Each current file with the versions it replaced, the newest first: a version may have another name, then the most alike. */
function linesOf<One extends File>(files: readonly One[]): readonly Line<One>[] {
  const replaced = Map.groupBy(
    files.filter((file) => !file.current),
    ({ version }) => version,
  );
  const lines = files.filter((file) => file.current).map((file): Line<One> => [file]);
  for (const version of [...replaced.keys()].toSorted((a, b) => b - a)) {
    const newer = lines.filter(([file]) => file.version > version);
    pairUp(newer, replaced.get(version) ?? []);
  }
  return lines;
}

/** @param deliveries the oldest come first */
export function printLines<One extends File>(files: readonly One[], deliveries: readonly Sent[]): readonly PrintLine<One>[] {
  const lines = linesOf(files);
  const statesOf = Map.groupBy(deliveries, ({ fileId }) => fileId);
  const lastSent = new Map(deliveries.flatMap(({ fileId, state }, at) => (fileId !== null && sent.has(state) ? [[fileId, at]] : [])));
  return lines.map((line, at) => {
    const [current] = line;
    const went = line.filter(({ id }) => lastSent.has(id)).toSorted((a, b) => (lastSent.get(b.id) ?? 0) - (lastSent.get(a.id) ?? 0));
    const [leads = current] = went;
    const standingOf = (file: One): FileStanding => {
      const its = statesOf.get(file.id) ?? [];
      if (its.some(({ state }) => lies.has(state))) return 'there';
      if (its.some(({ state }) => sent.has(state))) return 'had';
      const state = newestOf(file.id, its)?.state;
      if (state !== undefined && onItsWay.has(state)) return 'coming';
      return leads === file ? 'none' : 'held';
    };
    const told = (file: One): PrintFile<One> => {
      return { file, at: at + 1, of: lines.length, version: file.version, versions: current.version, standing: standingOf(file) };
    };
    const others = line.filter((file) => file !== leads).map(told);
    return { shown: told(leads), others: others.filter(({ file, standing }) => file === current || standing === 'there') };
  });
}
