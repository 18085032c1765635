/** Whether something that calls itself a print file is a program, by how it begins. Pure. */
import { begins, text } from './bytes.ts';

const signs: readonly { readonly sign: readonly number[]; readonly is: string }[] = [
  { sign: [0x7f, 0x45, 0x4c, 0x46], is: 'it begins as a program of Linux (ELF)' },
  ...[
    [0xfe, 0xed, 0xfa, 0xce],
    [0xfe, 0xed, 0xfa, 0xcf],
    [0xce, 0xfa, 0xed, 0xfe],
    [0xcf, 0xfa, 0xed, 0xfe],
    [0xca, 0xfe, 0xba, 0xbe],
    [0xca, 0xfe, 0xba, 0xbf],
  ].map((sign) => ({ sign, is: 'it begins as a program of macOS or Java' })),
];

/** Words may begin with MZ as well; in the head of a program some bytes are zero. Bytes. */
const windowsHead = 64;

/** What it is, as the end of a sentence; null when it begins as no program. `head`: its first bytes, or all there are. */
export function programIn(head: Uint8Array): string | null {
  const found = signs.find(({ sign }) => begins(head, sign));
  if (found !== undefined) return found.is;
  if (begins(head, [0x4d, 0x5a]) && head.subarray(0, windowsHead).includes(0)) return 'it begins as a program of Windows (MZ)';
  return /^(?:\xef\xbb\xbf)?#!/.test(text(head.subarray(0, 5))) ? 'it begins as a script (#!)' : null;
}
