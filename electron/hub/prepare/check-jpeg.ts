/**
 * Is a JPEG whole: an end sign behind the beginning of its picture. The preview a camera puts into the header has an end sign of its
 * own, so the header is walked by the lengths it states.
 */

import { say } from '../../../shared/words/say.ts';
import { begins, bytesAt, type Check, contentEnd, type Ends, lastContent, text } from './bytes.ts';
import { notWhole, type Wholeness, wholeWithin } from './wholeness.ts';

/** Profiles and previews come in pieces of 64 KB; more than these have no real header. */
const mostSegments = 1000;
const readAhead = 4096;
const farthestSign = 2048;

export function* checkJpeg(ends: Ends): Check<Wholeness> {
  if (!begins(ends.head, [0xff, 0xd8, 0xff])) return { kind: 'notWhatItSays', raw: say('en', 'found.noJpeg') };
  const end = yield* lastContent(ends, farthestSign);
  const sign = text(end).lastIndexOf('\xff\xd9');
  if (sign < 0) return notWhole(say('en', 'found.jpegNoEnd'));
  const picture = yield* pictureStart(ends);
  if (picture === null) return notWhole(say('en', 'found.jpegHeaderCut'));
  const signAt = contentEnd(ends) - end.length + sign;
  return signAt < picture ? notWhole(say('en', 'found.jpegPreviewEnd')) : wholeWithin(ends);
}

/** Where the header ends and the picture begins; null when the file ends before. */
function* pictureStart(ends: Ends): Check<number | null> {
  let at = 2;
  let window = ends.head;
  let windowAt = 0;
  for (let segment = 0; segment < mostSegments && at + 4 <= ends.size; segment += 1) {
    if (at + 4 > windowAt + window.length) {
      window = yield* bytesAt(ends, at, readAhead);
      windowAt = at;
    }
    const here = at - windowAt;
    if (window[here] !== 0xff) return null;
    const kind = window[here + 1];
    if (kind === 0xda) return at;
    if (kind === 0xd9) return null;
    // Fill bytes and signs that stand alone have no length.
    if (kind === 0xff) at += 1;
    else if (kind === 0x01 || (kind !== undefined && kind >= 0xd0 && kind <= 0xd7)) at += 2;
    else at += 2 + Math.max(2, (window[here + 2] ?? 0) * 256 + (window[here + 3] ?? 0));
  }
  return null;
}
