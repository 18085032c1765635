/** What became of delivered files, from what lies where. Pure: a look in, conclusions out. */
import { join } from 'node:path';
import type { HotFolderSettings } from '../../../shared/hot-folder.ts';
import type { DeliveryRow } from '../store/store.ts';
import { isMarked } from './hand-over.ts';

/** Folders in which a printer shows how far it is. Absolute paths. */
export type OutcomePaths = { readonly working: readonly string[]; readonly done: readonly string[]; readonly failed: readonly string[] };

export function outcomePathsOf(settings: Pick<HotFolderSettings, 'path' | 'outcome'>): OutcomePaths {
  const below = (name: string): string => (/^([\\/]|[a-z]:)/i.test(name) ? name : join(settings.path, name));
  const { outcome } = settings;
  switch (outcome.kind) {
    case 'none':
      return { working: [], done: [], failed: [] };
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
export type Found = { readonly folderPath: string; readonly name: string; readonly ino: string; readonly mtimeMs: number };
export type OutcomeLook = {
  readonly lying: ReadonlySet<string>;
  readonly working: readonly Found[];
  readonly done: readonly Found[];
  readonly failed: readonly Found[];
};

/** Since when a delivered file was not seen any more; monotonic ms. */
export type Absence = { readonly sinceMs: number; readonly looks: number };

export type Conclusion =
  | { readonly kind: 'lyingThere'; readonly tooLong: boolean }
  | { readonly kind: 'absent'; readonly absence: Absence }
  | { readonly kind: 'taken' }
  | { readonly kind: 'printed'; readonly found: Found }
  | { readonly kind: 'refused'; readonly found: Found };

type Times = { readonly now: number; readonly monotonicMs: number; readonly takenAfterMs: number; readonly lyingAfterMs: number };

/** Looks on a live folder that must agree that a file is gone. */
const enoughLooks = 2;

/**
 * A file in an outcome folder is this delivery's when it is the very same file (moved), or was written after the delivery began: an older
 * one of the same name is from an earlier send.
 */
function isOurs(found: Found, delivery: DeliveryRow): boolean {
  if (found.name !== delivery.name) return false;
  return isMarked(delivery.mark, found.ino) || found.mtimeMs >= delivery.createdAt;
}

export function concludeOutcome(delivery: DeliveryRow, look: OutcomeLook, before: Absence | undefined, times: Times): Conclusion {
  const failed = look.failed.find((found) => isOurs(found, delivery));
  if (failed !== undefined) return { kind: 'refused', found: failed };
  const done = look.done.find((found) => isOurs(found, delivery));
  if (done !== undefined) return { kind: 'printed', found: done };
  if (delivery.state !== 'taken' && look.working.some((found) => isOurs(found, delivery))) return { kind: 'taken' };
  if (look.lying.has(delivery.name)) {
    return { kind: 'lyingThere', tooLong: times.now - (delivery.deliveredAt ?? times.now) >= times.lyingAfterMs };
  }
  const absence: Absence =
    before === undefined ? { sinceMs: times.monotonicMs, looks: 1 } : { sinceMs: before.sinceMs, looks: before.looks + 1 };
  const goneForGood = absence.looks >= enoughLooks && times.monotonicMs - absence.sinceMs >= times.takenAfterMs;
  return goneForGood ? { kind: 'taken' } : { kind: 'absent', absence };
}
