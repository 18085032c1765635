/** Zeros and blanks, with which file systems, copiers and PDF libraries fill up a file behind its end. */
const padding = new Uint8Array(256);
for (const byte of [0, 0x20, 0x0a, 0x0d, 0x09]) padding[byte] = 1;

/** How many bytes are left without the padding at their end. A plain loop: it goes through megabytes, and whoever fills a file with padding has them for nothing. */
export function contentLength(bytes: Uint8Array): number {
  let length = bytes.length;
  while (length > 0 && padding[bytes[length - 1] ?? 1] === 1) length--;
  return length;
}
