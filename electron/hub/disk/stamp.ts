/** What tells one content of a file from the next without reading it. Pure. */

/** `size` in bytes, `mtimeMs` in epoch ms. */
export type Stamp = { readonly size: number; readonly mtimeMs: number; readonly ino: number };

export function stampOf(info: Stamp): Stamp {
  return { size: info.size, mtimeMs: info.mtimeMs, ino: info.ino };
}

export function sameStamp(a: Stamp, b: Stamp): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ino === b.ino;
}
