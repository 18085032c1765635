/** What a check of a file can come to. */
import { type Check, contentEnd, type Ends, isZero } from './bytes.ts';

export type Wholeness =
  /** `mayGrow`: its end is there, but what stands behind it could also be the space a writer has reserved: it must lie still for longer. */
  | { readonly kind: 'whole'; readonly mayGrow?: true }
  /** This type has no end to recognise: only time can tell. `zeroTail`: it ends in zeros, as a file does whose space was reserved ahead. */
  | { readonly kind: 'unknown'; readonly zeroTail: boolean }
  /** May become whole; `raw` says what is missing. */
  | { readonly kind: 'notWhole'; readonly raw: string }
  | { readonly kind: 'notWhatItSays'; readonly raw: string }
  /** Something a computer would run. */
  | { readonly kind: 'program'; readonly raw: string }
  | { readonly kind: 'empty' };

export type FormatCheck = (ends: Ends) => Check<Wholeness>;

/** Padding up to here fills a last block, and costs no waiting. Bytes. */
const littlePadding = 4096;

export function wholeWithin(ends: Ends): Wholeness {
  return ends.size - contentEnd(ends) > littlePadding ? { kind: 'whole', mayGrow: true } : { kind: 'whole' };
}

export function notWhole(raw: string): Wholeness {
  return { kind: 'notWhole', raw };
}

export function unknownEnd({ tail }: Ends): Wholeness {
  return { kind: 'unknown', zeroTail: isZero(tail) };
}
