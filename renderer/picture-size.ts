/** How many pixels a picture has, by the head of its file: what a browser would unpack before anybody can stop it. Pure. */

export type PictureSize = { readonly width: number; readonly height: number };

/** The head that is enough: pictures from cameras have up to some hundred kilobytes before their size. */
export const headBytes = 1024 * 1024;

const ascii = (head: DataView, at: number, length: number): string =>
  at + length > head.byteLength ? '' : String.fromCharCode(...new Uint8Array(head.buffer, head.byteOffset + at, length));

function ofJpeg(head: DataView): PictureSize | null {
  let at = 2;
  while (at + 9 < head.byteLength) {
    if (head.getUint8(at) !== 0xff) return null;
    const mark = head.getUint8(at + 1);
    if (mark === 0xff) at += 1;
    else if (mark === 0x01 || (mark >= 0xd0 && mark <= 0xd8)) at += 2;
    else if (mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark))
      return { height: head.getUint16(at + 5), width: head.getUint16(at + 7) };
    else at += 2 + head.getUint16(at + 2);
  }
  return null;
}

function ofWebp(head: DataView): PictureSize | null {
  const kind = ascii(head, 12, 4);
  if (head.byteLength < 30) return null;
  const long = (at: number): number => head.getUint8(at) | (head.getUint8(at + 1) << 8) | (head.getUint8(at + 2) << 16);
  if (kind === 'VP8X') return { width: long(24) + 1, height: long(27) + 1 };
  if (kind === 'VP8 ') return { width: head.getUint16(26, true) & 0x3fff, height: head.getUint16(28, true) & 0x3fff };
  const bits = head.getUint32(21, true);
  return kind === 'VP8L' ? { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 } : null;
}

/** Null for what is no picture that is shown, or one whose size does not stand in its head. */
export function pictureSize(head: DataView): PictureSize | null {
  if (ascii(head, 0, 8) === '\x89PNG\r\n\x1a\n')
    return head.byteLength < 24 ? null : { width: head.getUint32(16), height: head.getUint32(20) };
  if (/^GIF8[79]a$/.test(ascii(head, 0, 6)))
    return head.byteLength < 10 ? null : { width: head.getUint16(6, true), height: head.getUint16(8, true) };
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 4) === 'WEBP') return ofWebp(head);
  return head.byteLength > 2 && head.getUint16(0) === 0xffd8 ? ofJpeg(head) : null;
}
