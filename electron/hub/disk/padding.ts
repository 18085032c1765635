/** Zeros and blanks, with which file systems, copiers and PDF libraries fill up a file behind its end. */
export function isPadding(byte: number): boolean {
  return byte === 0 || byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
