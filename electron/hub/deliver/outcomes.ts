/**
 * What became of delivered files, from what lies where. Pure: a look in, conclusions out.
 *
 * Whose file it is that lies in an outcome folder is told by what it is (the very file), then by its content, then by its name; never by its time, which is
 * the printer's and may be anything. A file that lay there before this delivery is none of it.
 */

import { join } from 'node:path';
import type { HotFolderSettings } from '../../../shared/hot-folder.ts';
import { nameKey } from '../../../shared/name-key.ts';
import { isFileId } from '../disk/stamp.ts';
import type { DeliveryRow } from '../store/store.ts';
import { type Mark, readMark } from './hand-over.ts';

/** Folders in which a printer shows how far it is. Absolute paths. */
export type OutcomePaths = { readonly working: readonly string[]; readonly done: readonly string[]; readonly failed: readonly string[] };

const nowhere: OutcomePaths = { working: [], done: [], failed: [] };

/** @param folderPath of the hot folder the printer watches */
export function outcomePathsOf(folderPath: string, outcome: HotFolderSettings['outcome'] | null): OutcomePaths {
  const below = (name: string): string => (/^([\\/]|[a-z]:)/i.test(name) ? name : join(folderPath, name));
  switch (outcome?.kind) {
    case undefined:
    case 'none':
      return nowhere;
    case 'kodak':
      return {
        working: [below('Working')],
        done: [below('Input_Success'), below('Input_Warning')],
        failed: [below('Input_Error'), below('Input_Cancelled'), below('Input_Unmatched')],
      };
    case 'named':
      return {
        working: [],
        done: outcome.done === undefined ? [] : [below(outcome.done)],
        failed: outcome.failed === undefined ? [] : [below(outcome.failed)],
      };
  }
}

/** One file in an outcome folder. */
export type Found = {
  readonly folderPath: string;
  readonly name: string;
  readonly ino: string;
  readonly size: number;
  readonly mtimeMs?: number;
};
export type OutcomeLook = { readonly working: readonly Found[]; readonly done: readonly Found[]; readonly failed: readonly Found[] };
export type Outcome = { readonly kind: keyof OutcomeLook; readonly found: Found };

/** Could this file be taken for a delivery's, were it not known to have been there before? */
export function resembles(found: Found, delivery: Pick<DeliveryRow, 'name' | 'size'>): boolean {
  return found.size === delivery.size || nameKey(found.name) === nameKey(delivery.name);
}

type Followed = { readonly delivery: DeliveryRow; readonly mark: Mark | null };

/** Deliveries by what they may be found by; a folder may hold tens of thousands of files. */
type Index = {
  readonly byId: ReadonlyMap<string, readonly Followed[]>;
  readonly bySize: ReadonlyMap<number, readonly Followed[]>;
  readonly byName: ReadonlyMap<string, readonly Followed[]>;
};

function groupBy<Key>(followed: readonly Followed[], keyOf: (one: Followed) => Key): Map<Key, Followed[]> {
  const groups = new Map<Key, Followed[]>();
  for (const one of followed) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}

/** Ids on record may have been rounded: a first sieve only. */
function idKey(ino: string): string {
  return String(Number(ino.replace(/^~/, '')));
}

function makeIndex(deliveries: readonly DeliveryRow[]): Index {
  const oldestFirst = deliveries.toSorted((a, b) => a.id - b.id).map((delivery) => ({ delivery, mark: readMark(delivery.mark) }));
  // One that was tried again has a copy made later than those of deliveries planned after it.
  const lastCopiedFirst = oldestFirst.toReversed().toSorted((a, b) => (b.mark?.ctimeMs ?? 0) - (a.mark?.ctimeMs ?? 0));
  return {
    byId: groupBy(lastCopiedFirst, ({ mark }) => (mark === null ? '' : idKey(mark.ino))),
    bySize: groupBy(oldestFirst, ({ delivery }) => delivery.size),
    byName: groupBy(oldestFirst, ({ delivery }) => nameKey(delivery.name)),
  };
}

/** Did it come since the delivery was handed over? Not so where nobody looked before. */
function cameSince({ mark }: Followed, found: Found): boolean {
  return mark?.before?.includes(found.ino) === false;
}

/**
 * An id is given again to another file once the first is gone: the size tells those apart, and where nobody saw ours come to the printer, what lay there before
 * is not it.
 */
function isVeryFile({ delivery, mark }: Followed, found: Found): boolean {
  if (mark === null || delivery.size !== found.size || !isFileId(mark.ino, found.ino)) return false;
  return delivery.deliveredAt !== null || mark.before?.includes(found.ino) !== true;
}

function veryFiles(index: Index, found: Found): Followed[] {
  return (index.byId.get(idKey(found.ino)) ?? []).filter((one) => isVeryFile(one, found));
}

function possibleCopies(index: Index, found: Found): Followed[] {
  return (index.bySize.get(found.size) ?? []).filter((one) => one.delivery.sha256 !== '' && cameSince(one, found));
}

function namesakes(index: Index, found: Found): Followed[] {
  return (index.byName.get(nameKey(found.name)) ?? []).filter((one) => cameSince(one, found));
}

/** How well a file explains a delivery, by itself: 3 is the very file, 2 its content, 1 its name, 0 not at all. @param sha256 of the file; null where nobody has read it */
export function evidenceOf(delivery: DeliveryRow, found: Found, sha256: string | null): 0 | 1 | 2 | 3 {
  const followed: Followed = { delivery, mark: readMark(delivery.mark) };
  if (isVeryFile(followed, found)) return 3;
  if (!cameSince(followed, found)) return 0;
  if (delivery.size === found.size && delivery.sha256 !== '' && delivery.sha256 === sha256) return 2;
  return nameKey(delivery.name) === nameKey(found.name) ? 1 : 0;
}

/** Files whose content must be known before anything can be said of them. */
export function filesToHash(deliveries: readonly DeliveryRow[], { done, failed }: OutcomeLook): Found[] {
  if (done.length === 0 && failed.length === 0) return [];
  const index = makeIndex(deliveries);
  return [...done, ...failed].filter((found) => veryFiles(index, found).length === 0 && possibleCopies(index, found).length > 0);
}

/**
 * Which file belongs to which delivery: each to one, by the strongest evidence anybody has. Of several deliveries of one id the one copied last has it, of
 * one content or name the oldest. Where a file lies in two folders, a refusal counts before a success.
 *
 * @param hashOf SHA-256 of a file as far as it is known
 */
export function matchOutcomes(
  deliveries: readonly DeliveryRow[],
  look: OutcomeLook,
  hashOf: (found: Found) => string | null,
): ReadonlyMap<number, Outcome> {
  const outcomes = new Map<number, Outcome>();
  if (look.working.length === 0 && look.done.length === 0 && look.failed.length === 0) return outcomes;
  const index = makeIndex(deliveries);
  const given = new Set<Found>();
  for (const candidatesOf of [
    (found: Found) => veryFiles(index, found),
    (found: Found) => possibleCopies(index, found).filter(({ delivery }) => delivery.sha256 === hashOf(found)),
    (found: Found) => namesakes(index, found),
  ])
    for (const kind of ['failed', 'done', 'working'] as const)
      for (const found of look[kind]) {
        if (given.has(found)) continue;
        const owner = candidatesOf(found).find(({ delivery }) => !outcomes.has(delivery.id));
        if (owner === undefined) continue;
        given.add(found);
        outcomes.set(owner.delivery.id, { kind, found });
      }
  return outcomes;
}

/** Since when a delivered file was not seen any more; monotonic ms. */
export type Absence = { readonly sinceMs: number; readonly looks: number };

export type Conclusion =
  | { readonly kind: 'lyingThere'; readonly tooLong: boolean }
  | { readonly kind: 'absent'; readonly absence: Absence }
  | { readonly kind: 'taken' }
  | { readonly kind: 'printed'; readonly found: Found }
  | { readonly kind: 'refused'; readonly found: Found }
  | { readonly kind: 'nothingNew' };

/** `lyingMs`: how long it has lain there, as far as this is known. */
type Times = { readonly lyingMs: number; readonly monotonicMs: number; readonly takenAfterMs: number; readonly lyingAfterMs: number };

/** Looks on a live folder that must agree that a file is gone. */
const enoughLooks = 2;

/** @param liesThere the file lies in the hot folder under its name */
export function concludeOutcome(
  delivery: DeliveryRow,
  outcome: Outcome | undefined,
  liesThere: boolean,
  before: Absence | undefined,
  times: Times,
): Conclusion {
  if (outcome?.kind === 'failed') return { kind: 'refused', found: outcome.found };
  if (outcome?.kind === 'done') return { kind: 'printed', found: outcome.found };
  // Only an outcome folder says more of one that was taken, or that went out of sight.
  if (delivery.state !== 'delivered' && delivery.state !== 'lying') return { kind: 'nothingNew' };
  if (outcome?.kind === 'working') return { kind: 'taken' };
  if (liesThere) return { kind: 'lyingThere', tooLong: times.lyingMs >= times.lyingAfterMs };
  const absence: Absence =
    before === undefined ? { sinceMs: times.monotonicMs, looks: 1 } : { sinceMs: before.sinceMs, looks: before.looks + 1 };
  const goneForGood = absence.looks >= enoughLooks && times.monotonicMs - absence.sinceMs >= times.takenAfterMs;
  return goneForGood ? { kind: 'taken' } : { kind: 'absent', absence };
}
