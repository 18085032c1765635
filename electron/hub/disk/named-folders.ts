/**
 * The folders that somebody named: in the settings, or as the hub's own. How they are reached is for those to know, also through links; below them no link is
 * followed (way.ts). Pure but for what it remembers.
 */
import { join, parse, sep } from 'node:path';
import { startsWith, stepsOf, tidyPath } from './spelling.ts';

/** From `rootPath`, which is reached as it is spelled, over these folders. */
export type Way = { readonly rootPath: string; readonly folders: readonly string[] };

type Named = { readonly path: string; readonly steps: readonly string[] };

let named: readonly Named[] = [];
const ways = new Map<string, Way>();
const mostWays = 10_000;

/** From now on, beside those before. */
export function nameFolders(paths: readonly string[]): void {
  const fresh = [...new Set(paths)].map((path) => ({ path: tidyPath(path), steps: stepsOf(path) })).filter(({ path }) => !isNamed(path));
  if (fresh.length === 0) return;
  // The innermost counts.
  named = [...named, ...fresh].sort((a, b) => b.steps.length - a.steps.length);
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
  if (around === undefined) return { rootPath: root, folders: all };
  const below = all.slice(all.length - (steps.length - around.steps.length));
  return { rootPath: steps.length === around.steps.length ? tidy : join(root, ...all.slice(0, all.length - below.length)), folders: below };
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
