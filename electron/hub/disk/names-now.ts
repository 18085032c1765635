/**
 * Which folders are named now: what settings, our own folders and places at work say, and what somebody tries at this moment. Promises: what nobody names any more
 * is forgotten, at once where it lies in a folder that is named, since others may write there; elsewhere after a while, for what is still on its way from it.
 */
import type { Ports } from '../ports/ports.ts';
import { startsWith, stepsOf } from './spelling.ts';

export type NamesNow = {
  /** For what begins now; until what it answers is called, or for a minute. */
  name(paths: readonly string[]): () => void;
  /** As long as `said` answers them. */
  nameAsSaid(said: () => readonly string[]): void;
  /** What is said may have changed. */
  review(): void;
  now(): readonly string[];
  stop(): void;
};

const triedForMs = 60_000;
const leftForMs = 60_000;

function liesIn(path: string, folders: ReadonlySet<string>): boolean {
  const steps = stepsOf(path);
  return [...folders].some((folder) => {
    const around = stepsOf(folder);
    return around.length < steps.length && startsWith(steps, around);
  });
}

/** `tell`: all that are named from now on. */
export function makeNames({ after }: Pick<Ports['timers'], 'after'>, tell: (paths: readonly string[]) => void): NamesNow {
  const sayers: (() => readonly string[])[] = [];
  const tried = new Map<readonly string[], () => void>();
  /** Nobody names them any more; how to call off that they are forgotten. */
  const leaving = new Map<string, () => void>();
  let told: ReadonlySet<string> = new Set();

  const leave = (path: string): void => {
    leaving.set(
      path,
      after(leftForMs, () => {
        leaving.delete(path);
        review(path);
      }),
    );
  };
  const review = (forgotten: string | null = null): void => {
    const named = new Set([...sayers.flatMap((said) => said()), ...[...tried.keys()].flat()]);
    for (const [path, callOff] of [...leaving])
      if (named.has(path)) {
        callOff();
        leaving.delete(path);
      }
    for (const path of told) if (!(named.has(path) || leaving.has(path) || path === forgotten)) leave(path);
    const all = new Set([...named, ...[...leaving.keys()].filter((path) => !liesIn(path, named))]);
    if (all.size === told.size && [...all].every((path) => told.has(path))) return;
    told = all;
    tell([...all]);
  };

  return {
    name: (given) => {
      const paths = [...given];
      const forget = (): void => {
        tried.get(paths)?.();
        if (tried.delete(paths)) review();
      };
      tried.set(paths, after(triedForMs, forget));
      review();
      return forget;
    },
    nameAsSaid: (said) => {
      sayers.push(said);
      review();
    },
    review: () => review(),
    now: () => [...told],
    stop: () => {
      for (const callOff of [...tried.values(), ...leaving.values()]) callOff();
    },
  };
}
