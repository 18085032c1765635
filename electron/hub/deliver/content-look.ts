/**
 * Is the file under a delivery's name still the one that was delivered? By its size, and by its content where its id or time changed. Looks at a few at a
 * time, so that a folder with thousands costs no more than one with few; tells each change once.
 */
import { join } from 'node:path';
import { say } from '../../../shared/words/say.ts';
import type { Entry } from '../disk/look.ts';
import type { Disk } from '../disk/operations.ts';
import { type Stamp, sameStamp } from '../disk/stamp.ts';
import type { DeliveryRow, PlaceRow } from '../store/store.ts';
import { isMarked } from './hand-over.ts';

export type ContentLook = {
  /** @param lying deliveries whose name is there. Answers those under whose name something else lies */
  look(
    place: Pick<PlaceRow, 'folderPath' | 'location'>,
    lying: readonly DeliveryRow[],
  ): Promise<{ readonly delivery: DeliveryRow; readonly raw: string }[]>;
  /** Something changed and is not told apart yet: look again soon. */
  isUnsettled(): boolean;
};

/** Looked at in one go. */
const atOnce = 32;

/** `asDelivered`: null as long as only one look has seen it like this. */
type Sight = { readonly stamp: Stamp; readonly asDelivered: boolean | null };

export function makeContentLook(disk: Pick<Disk, 'entries' | 'inspect'>): ContentLook {
  const sights = new Map<number, Sight>();
  const unsettled = new Set<number>();
  let next = 0;

  const isAsDelivered = async (path: string, { size, sha256 }: DeliveryRow, stamp: Stamp): Promise<boolean | null> => {
    if (stamp.size !== size) return false;
    const seen = await disk.inspect(path, Number.MAX_SAFE_INTEGER).catch(() => null);
    return seen === null || !sameStamp(seen, stamp) ? null : seen.sha256 === sha256;
  };

  /** Is it told now that this one is another? */
  const isOther = async (
    { folderPath, location }: Pick<PlaceRow, 'folderPath' | 'location'>,
    delivery: DeliveryRow,
    { name, size, mtimeMs, ino }: Entry,
  ): Promise<boolean> => {
    const stamp: Stamp = { size, mtimeMs, ino };
    const before = sights.get(delivery.id);
    const isSame = before !== undefined && sameStamp(before.stamp, stamp);
    if (isSame && before.asDelivered !== null) return false;
    // A share may give its files other ids each time it is connected: there only what changes under our eyes is read anew.
    const isVeryFile = before === undefined && size === delivery.size && (location === 'network' || isMarked(delivery.mark, ino));
    // Somebody may still be writing: only what lies still is read.
    const asDelivered = isVeryFile || (isSame ? await isAsDelivered(join(folderPath, name), delivery, stamp) : null);
    sights.set(delivery.id, { stamp, asDelivered });
    if (asDelivered === null) unsettled.add(delivery.id);
    else unsettled.delete(delivery.id);
    return asDelivered === false;
  };

  const forget = (id: number): void => {
    sights.delete(id);
    unsettled.delete(id);
  };

  return {
    look: async (place, lying) => {
      // What another program put there has no content on record.
      const ours = lying.filter(({ sha256 }) => sha256 !== '');
      const ids = new Set(ours.map(({ id }) => id));
      for (const id of sights.keys()) if (!ids.has(id)) forget(id);
      if (next >= ours.length) next = 0;
      const turn = new Map(ours.slice(next, next + atOnce).map((delivery) => [delivery.name, delivery]));
      next += atOnce;
      const others: { delivery: DeliveryRow; raw: string }[] = [];
      for (const entry of turn.size === 0 ? [] : await disk.entries(place.folderPath, [...turn.keys()])) {
        const delivery = turn.get(entry.name);
        if (delivery !== undefined && entry.kind === 'file' && (await isOther(place, delivery, entry)))
          others.push({
            delivery,
            raw: say('en', 'found.otherSizeThere', { name: entry.name, bytes: entry.size, expected: delivery.size }),
          });
      }
      return others;
    },
    isUnsettled: () => unsettled.size > 0,
  };
}
