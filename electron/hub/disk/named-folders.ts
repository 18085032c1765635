/**
 * The folders that somebody named: in the settings, or as the hub's own. How they are reached is for those to know, also through links; below them no link is
 * followed (way.ts). Pure but for what it remembers.
 */
import { join, parse, sep } from 'node:path';
import { startsWith, stepsOf, tidyPath } from './spelling.ts';

/**
 * From `rootPath`, which is reached as it is spelled, over these folders, to `path`. `isRootNamed`: somebody named it. `holdsNamed`: of what lies right in the folder
 * something is named. All of it is found out once for a folder, and asked for each file.
 */
export type Way = {
  readonly rootPath: string;
  readonly folders: readonly string[];
  readonly path: string;
  readonly isRootNamed: boolean;
  readonly holdsNamed: boolean;
};

type Named = { readonly path: string; readonly steps: readonly string[] };

/** By who named them: in tests several hubs share a process. */
const said = new Map<object, readonly string[]>();
let named: readonly Named[] = [];
const ways = new Map<string, Way>();
const mostWays = 10_000;
const theHub = {};

/** From now on these, and no others that the same one named before. */
export function nameFolders(paths: readonly string[], by: object = theHub): void {
  said.set(by, paths);
  if (paths.length === 0) said.delete(by);
  const all = new Set([...said.values()].flat().map((path) => tidyPath(path)));
  // The innermost counts.
  named = [...all].map((path) => ({ path, steps: stepsOf(path) })).sort((a, b) => b.steps.length - a.steps.length);
  ways.clear();
}

/** As a process that has just begun, which was told nothing: for tests in which many lives of the hub share a process. */
export function forgetFolders(): void {
  said.clear();
  named = [];
  ways.clear();
}

export function isNamed(path: string): boolean {
  const steps = stepsOf(path);
  return named.some((one) => one.steps.length === steps.length && startsWith(steps, one.steps));
}

function findWay(folderPath: string): Way {
  const tidy = tidyPath(folderPath);
  const steps = stepsOf(tidy);
  const around = named.find((one) => startsWith(steps, one.steps));
  const { root } = parse(tidy);
  const all = tidy
    .slice(root.length)
    .split(sep)
    .filter((step) => step !== '');
  const folders = around === undefined ? all : all.slice(all.length - (steps.length - around.steps.length));
  const isThere = around !== undefined && folders.length === 0;
  const rootPath = isThere ? tidy : join(root, ...all.slice(0, all.length - folders.length));
  const holdsNamed = named.some((one) => one.steps.length === steps.length + 1 && startsWith(one.steps, steps));
  return { rootPath, folders, path: join(rootPath, ...folders), isRootNamed: around !== undefined, holdsNamed };
}

/** The way to a folder: from the innermost named one around it, or itself; where there is none, from where all paths begin. */
export function wayTo(folderPath: string): Way {
  const known = ways.get(folderPath);
  if (known !== undefined) return known;
  if (ways.size >= mostWays) ways.clear();
  const way = findWay(folderPath);
  ways.set(folderPath, way);
  return way;
}
