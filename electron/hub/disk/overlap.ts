/**
 * Folders know each other: which may not contain one another, and whether they do, however their paths are spelled. The one place for this rule. Pure.
 * Only a hot folder's own outcome and staging folders may lie in it; several may share a folder of outcomes or one for staging.
 */
import { type Said, said } from '../../../shared/words/say.ts';
import { startsWith, stepsOf } from './spelling.ts';
import type { Spot } from './where.ts';

export type FolderRole = 'incoming' | 'hot' | 'outcome' | 'staging' | 'archive' | 'rejected' | 'work';

/** `owner`: the hot folder it belongs to, or what else it is alone in; `spot` is null where nobody could look. */
export type KnownFolder = {
  readonly role: FolderRole;
  readonly owner: string;
  /** What to call it, as a part of a sentence: the hot folder press-1. */
  readonly name: Said;
  readonly path: string;
  readonly spot: Spot | null;
};

export type Overlap = { readonly outer: KnownFolder; readonly inner: KnownFolder; readonly same: boolean };

function reaches(outer: KnownFolder, inner: KnownFolder): boolean {
  if (startsWith(stepsOf(inner.path), stepsOf(outer.path))) return true;
  if (outer.spot === null || inner.spot === null) return false;
  const [last, innerLast] = [outer.spot.ids.at(-1), inner.spot.ids.at(-1)];
  if (last === undefined || innerLast === undefined) return false;
  if (outer.spot.rest.length === 0) return inner.spot.ids.includes(last);
  return last === innerLast && startsWith(stepsOf(`/${inner.spot.rest.join('/')}`), stepsOf(`/${outer.spot.rest.join('/')}`));
}

function mayContain(outer: KnownFolder, inner: KnownFolder, same: boolean): boolean {
  if (outer.owner === inner.owner && outer.role === 'hot') return inner.role === 'staging' || (inner.role === 'outcome' && !same);
  if (outer.role !== inner.role) return false;
  if (outer.role === 'outcome') return same || outer.owner === inner.owner;
  return outer.role === 'staging' && same;
}

function overlapOf(a: KnownFolder, b: KnownFolder): Overlap | null {
  const [aHasB, bHasA] = [reaches(a, b), reaches(b, a)];
  const same = aHasB && bHasA;
  if (same) return mayContain(a, b, true) || mayContain(b, a, true) ? null : { outer: a, inner: b, same };
  if (aHasB) return mayContain(a, b, false) ? null : { outer: a, inner: b, same };
  if (bHasA) return mayContain(b, a, false) ? null : { outer: b, inner: a, same };
  return null;
}

/** The first overlap that `folder` has with any of the others. */
export function findOverlap(folder: KnownFolder, others: readonly KnownFolder[]): Overlap | null {
  for (const other of others) {
    const overlap = other === folder ? null : overlapOf(folder, other);
    if (overlap !== null) return overlap;
  }
  return null;
}

export function sayOverlap({ outer, inner, same }: Overlap): Said {
  const words = { inner: inner.name, innerPath: inner.path, outer: outer.name, outerPath: outer.path };
  return said(same ? 'refusals.sameFolder' : 'refusals.liesInFolder', words);
}
