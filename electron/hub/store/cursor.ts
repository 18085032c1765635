/** Cursors of paged lists: opaque to whoever carries them, the last id shown to us. */
import { z } from 'zod';
import type { Spot } from '../../../shared/job/board.ts';
import { said } from '../../../shared/words/say.ts';
import { Refusal } from '../parts.ts';
import type { Page } from './rows.ts';

export function writeCursor(lastId: number): string {
  return Buffer.from(`before ${lastId}`).toString('base64url');
}

/** @throws Refusal BAD_REQUEST when the text is no cursor of ours. */
export function readCursor(cursor: string): number {
  const found = /^before (\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (found === null) throw new Refusal('BAD_REQUEST', said('refusals.cursorUnknown'));
  return Number(found[1]);
}

/** The last job shown of a list that is sorted by something. */
export function writeSpot({ key, id }: Spot): string {
  return Buffer.from(JSON.stringify(['after', key, id])).toString('base64url');
}

const spotSchema = z.tuple([z.literal('after'), z.union([z.string(), z.number(), z.null()]), z.int().positive()]);

/** @throws Refusal BAD_REQUEST when the text is no such cursor of ours. */
export function readSpot(cursor: string): Spot {
  try {
    const [, key, id] = spotSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { key, id };
  } catch {
    throw new Refusal('BAD_REQUEST', said('refusals.cursorUnknown'));
  }
}

/** Of the items of a page, as they are sent: one that alone is larger goes all the same. */
export const mostPageBytes = 2 * 1024 * 1024;

/** How many of these fit into a page that has so many bytes left; and what they take. Pure. */
export function fitting(items: readonly unknown[], bytesLeft: number): { count: number; bytes: number } {
  let bytes = 0;
  for (const [at, item] of items.entries()) {
    const more = Buffer.byteLength(JSON.stringify(item));
    if (bytes + more > bytesLeft) return { count: at, bytes };
    bytes += more;
  }
  return { count: items.length, bytes };
}

/**
 * As many rows of a page as fit into its bytes, put together in portions that will probably fit, so that not much more is in hand than a page may have. `next`: of the page as
 * it was read; `first`: put together before it is known how large they are; `complete`: one item for each row; `belongs`: what is shown of them.
 */
export async function fitPage<Row extends { id: number }, Item>(
  { rows, next }: { readonly rows: readonly Row[]; readonly next: string | null },
  first: number,
  complete: (rows: readonly Row[]) => Promise<readonly Item[]>,
  belongs: (item: Item) => boolean = () => true,
  cursorAt: (row: Row) => string = (row) => writeCursor(row.id),
): Promise<Page<Item>> {
  const items: Item[] = [];
  let bytesLeft = mostPageBytes;
  let portion = first;
  for (let at = 0; at < rows.length; ) {
    const some = await complete(rows.slice(at, at + portion));
    const fit = fitting(some, bytesLeft);
    const count = at === 0 ? Math.max(1, fit.count) : fit.count;
    items.push(...some.slice(0, count).filter(belongs));
    bytesLeft -= fit.bytes;
    const last = rows[at + count - 1];
    if (count < some.length && last !== undefined) return { items, next: cursorAt(last) };
    at += some.length;
    portion = Math.max(1, Math.floor((bytesLeft * at) / (mostPageBytes - bytesLeft + 1)));
  }
  return { items, next };
}

/** `rows` newest first, read with one more than `limit` to see whether there is more. */
export function pageOf<Row extends { id: number }>(rows: readonly Row[], limit: number): { rows: Row[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: rows.length > limit && last !== undefined ? writeCursor(last.id) : null };
}
