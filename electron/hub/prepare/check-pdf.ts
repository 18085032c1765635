/**
 * Is a PDF whole: its last end sign closes it, and the pointer before that sign leads to a cross-reference. Reads the ends and one
 * place between, never the document.
 */

import { say } from '../../../shared/words/say.ts';
import { bytesAt, type Check, type Ends, isDriversEnd, lastContent, text } from './bytes.ts';
import { holdsPageOrScript } from './program.ts';
import { notWhole, type Wholeness, wholeWithin } from './wholeness.ts';

/** How far before the end the signs may stand: less than what is at hand of a file, since most end in a line break, behind which no sign stands. Bytes. */
const windowBytes = 3072;
/** Readers look for the end sign in the last kilobyte or two: behind it stands what mail programs and printer drivers add. */
const farthestSign = 2048;
/** A pointer of an old program may be some bytes wrong. */
const nearby = 8;

export function* checkPdf(ends: Ends): Check<Wholeness> {
  const beginning = text(ends.head.subarray(0, 1024));
  const start = beginning.indexOf('%PDF-');
  if (start > 0 && holdsPageOrScript(beginning.slice(0, start))) return { kind: 'notWhatItSays', raw: say('en', 'found.pdfBehindPage') };
  if (start < 0) return { kind: 'notWhatItSays', raw: say('en', 'found.pdfNoSign') };
  const length = linearizedLength(text(ends.head.subarray(start, start + 1024)));
  if (length !== null && length > ends.size) return notWhole(say('en', 'found.pdfLength', { says: length, bytes: ends.size }));
  const end = text(yield* lastContent(ends, windowBytes));
  const sign = end.lastIndexOf('%%EOF');
  if (sign < 0 || end.length - sign > farthestSign) return notWhole(say('en', 'found.pdfNoEnd'));
  const behind = end.slice(sign + '%%EOF'.length);
  if (/^\s*(?:[0-9]|xref|trailer|startxref|<<)/u.test(behind)) return notWhole(say('en', 'found.pdfFurther'));
  const pointer = /^startxref\s+([0-9]{1,15})/u.exec(end.slice(Math.max(0, end.lastIndexOf('startxref', sign)), sign))?.[1];
  if (pointer === undefined) return notWhole(say('en', 'found.pdfNoPointer'));
  const place = Number(pointer);
  // The first part of a file that is made for the web closes with a pointer to nowhere; the real one comes at the end.
  if (place === 0 || place >= ends.size) return notWhole(say('en', 'found.pdfPointerOut', { at: place, of: ends.size }));
  if (!(yield* leadsToTable(ends, place)) && (start === 0 || !(yield* leadsToTable(ends, start + place))))
    return notWhole(say('en', 'found.pdfPointerNowhere', { at: place }));
  return isDriversEnd(behind) ? wholeWithin(ends) : { kind: 'whole', mayGrow: true };
}

/** The length a PDF made for the web says it has. */
function linearizedLength(head: string): number | null {
  const found = /\/Linearized\b[^>]*/u.exec(head)?.[0];
  const length = /\/L\s+([0-9]{1,15})/u.exec(found ?? '')?.[1] ?? /\/L\s+([0-9]{1,15})[^>]*\/Linearized\b/u.exec(head)?.[1];
  return length === undefined ? null : Number(length);
}

function* leadsToTable(ends: Ends, place: number): Check<boolean> {
  const there = text(yield* bytesAt(ends, Math.max(0, place - nearby), 64));
  return /xref|[0-9]+\s+[0-9]+\s+obj/u.test(there);
}
