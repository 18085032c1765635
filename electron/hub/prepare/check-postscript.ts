/**
 * Is a PostScript file whole. Only files that keep the conventions say where they end, and an embedded document ends with the same
 * sign: it counts only where no embedded one is open. An Illustrator file is a PDF or PostScript.
 */

import { say } from '../../../shared/words/say.ts';
import { begins, type Check, type Ends, isDriversEnd, lastContent, text } from './bytes.ts';
import { checkPdf } from './check-pdf.ts';
import { notWhole, unknownEnd, type Wholeness, wholeWithin } from './wholeness.ts';

/** An embedded document that is longer than this and was cut exactly at its end counts as the end. Bytes. */
const windowBytes = 256 * 1024;

export function* checkPostScript(ends: Ends): Check<Wholeness> {
  if (begins(ends.head, [0xc5, 0xd0, 0xd3, 0xc6])) return checkSections(ends);
  // Drivers put a printer language line or a Ctrl-D first.
  const start = text(ends.head);
  if (!start.slice(0, 1024).includes('%!')) return { kind: 'notWhatItSays', raw: say('en', 'found.psNoSign') };
  if (!start.includes('%!PS-Adobe')) return unknownEnd(ends);
  const end = text(yield* lastContent(ends, windowBytes));
  if (end.lastIndexOf('%%BeginDocument') > end.lastIndexOf('%%EndDocument')) return notWhole(say('en', 'found.psEmbedded'));
  const sign = end.lastIndexOf('%%EOF');
  return sign >= 0 && isDriversEnd(end.slice(sign + '%%EOF'.length)) ? wholeWithin(ends) : unknownEnd(ends);
}

export function* checkIllustrator(ends: Ends): Check<Wholeness> {
  return yield* text(ends.head.subarray(0, 1024)).includes('%PDF-') ? checkPdf(ends) : checkPostScript(ends);
}

/** EPS for Windows carries a preview, and says in its header where picture and previews lie. */
function checkSections(ends: Ends): Wholeness {
  const { head, size } = ends;
  if (head.length < 30) return unknownEnd(ends);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const end = Math.max(...[4, 12, 20].map((at) => view.getUint32(at, true) + view.getUint32(at + 4, true)));
  return end > size ? notWhole(say('en', 'found.epsLastPart', { at: end, of: size })) : unknownEnd(ends);
}
