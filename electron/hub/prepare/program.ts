/** Whether something that calls itself a print file is a program, by how it begins. Pure. */

import { say } from '../../../shared/words/say.ts';
import { begins, type Check, type Ends, text } from './bytes.ts';

const signs: readonly { readonly sign: readonly number[]; readonly is: string }[] = [
  { sign: [0x7f, 0x45, 0x4c, 0x46], is: say('en', 'found.elf') },
  ...[
    [0xfe, 0xed, 0xfa, 0xce],
    [0xfe, 0xed, 0xfa, 0xcf],
    [0xce, 0xfa, 0xed, 0xfe],
    [0xcf, 0xfa, 0xed, 0xfe],
    [0xca, 0xfe, 0xba, 0xbe],
    [0xca, 0xfe, 0xba, 0xbf],
  ].map((sign) => ({ sign, is: say('en', 'found.mach') })),
];

/** Words may begin with MZ as well: they have no control signs in this much, and what stands at its end leads nowhere. Bytes. */
const windowsHead = 64;
const firstPrinted = 0x20;
const isWords = (bytes: Uint8Array): boolean => bytes.every((byte) => byte >= firstPrinted || (byte >= 0x09 && byte <= 0x0d));
const windows = say('en', 'found.mz');

/** What it is, as the end of a sentence; null when it begins as no program. `head`: its first bytes, or all there are. */
export function programIn(head: Uint8Array): string | null {
  const found = signs.find(({ sign }) => begins(head, sign));
  if (found !== undefined) return found.is;
  if (isMz(head) && !isWords(head.subarray(0, windowsHead))) return windows;
  return /^(?:\xef\xbb\xbf)?#!/.test(text(head.subarray(0, 5))) ? say('en', 'found.script') : null;
}

/** What stands before a print file: drivers put none of these there, which something else than a printer would show or run. */
export function holdsPageOrScript(before: string): boolean {
  return /<(?:!doctype|html|script|\?php)\b|^\s*@?echo\b/iu.test(before);
}

function isMz(head: Uint8Array): boolean {
  return begins(head, [0x4d, 0x5a]);
}

/** The same of one whose beginning may be words: where it says that the rest of its head stands, it does. */
export function* programFurtherOn({ head, size }: Ends): Check<string | null> {
  if (!isMz(head) || head.length < windowsHead) return null;
  const at = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(windowsHead - 4, true);
  if (at + 4 > size) return null;
  return /^(?:PE\0\0|NE|LE|LX)/.test(text(yield { at, length: 4 })) ? windows : null;
}
