/** Bytes as the checks of this folder look at them, and how a check asks for more of a file than its two ends. Pure. */

import { contentLength } from '../disk/padding.ts';

/** A piece of the file that a check wants to see. */
export type Part = { readonly at: number; readonly length: number };

/** A check under way: asks for parts, is handed their bytes, comes to an answer. Whoever runs it reads the disk. */
export type Check<Answer> = Generator<Part, Answer, Uint8Array>;

/**
 * What is known of a file at first. `inner`: the bytes before the padding, where the whole tail is nothing but padding, and not endlessly much of it.
 * `head` and `tail` hold some kilobytes, or all there are.
 */
export type Ends = {
  readonly size: number;
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
  readonly inner: Inner | null;
};
export type Inner = { readonly end: number; readonly bytes: Uint8Array };

/** The bytes of a part, from what is at hand where it lies there; shorter where the file ends. */
export function* bytesAt({ size, head, tail }: Ends, at: number, length: number): Check<Uint8Array> {
  const from = Math.max(0, Math.min(at, size));
  const to = Math.max(from, Math.min(at + length, size));
  if (to <= head.length) return head.subarray(from, to);
  const tailAt = size - tail.length;
  if (from >= tailAt) return tail.subarray(from - tailAt, to - tailAt);
  if (from < head.length && tailAt <= head.length)
    return Buffer.concat([head.subarray(from), tail.subarray(head.length - tailAt, to - tailAt)]);
  return yield { at: from, length: to - from };
}

/** Where the content ends and the padding behind it begins. */
export function contentEnd({ size, tail, inner }: Ends): number {
  if (inner !== null) return inner.end;
  return size - tail.length + trimPadding(tail).length;
}

/** Up to `length` bytes that end where the content ends. */
export function* lastContent(ends: Ends, length: number): Check<Uint8Array> {
  const end = contentEnd(ends);
  const { inner } = ends;
  if (inner !== null && length <= inner.bytes.length) return inner.bytes.subarray(inner.bytes.length - length);
  const from = Math.max(0, end - length);
  return yield* bytesAt(ends, from, end - from);
}

function trimPadding(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, contentLength(bytes));
}

export function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

export function begins(bytes: Uint8Array, sign: readonly number[]): boolean {
  return sign.every((byte, index) => bytes[index] === byte);
}

/** One character a byte, so that signs can be looked for as text. */
export function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** Is this nothing but blanks, and what a printer driver puts behind a document? */
export function isDriversEnd(behind: string): boolean {
  const left = behind.replaceAll('\u001b%-12345X', '').replaceAll(/@PJL[^\r\n]*/gu, '');
  return [...left].every((sign) => /[\s\0]/u.test(sign) || sign === '\u0004' || sign === '\u001a');
}
