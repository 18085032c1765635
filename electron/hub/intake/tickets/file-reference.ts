/**
 * The file a ticket speaks of: its bare name. A ticket never decides from where a file is taken, so folders of a plain path or a
 * file: URL are dropped, and whatever tries to lead elsewhere is refused.
 */
import { cleanLine } from '../../../../shared/clean-text.ts';
import { isSafeName } from '../../../../shared/safe-name.ts';
import { quote, TicketFault } from './fault.ts';

/**
 * The name without folders, in NFC. Throws a TicketFault for anything but a plain relative path or a file: URL.
 *
 * @param where what the sentence of a refusal begins with, such as `Line 3: `
 * @param place where the name stands, such as ` (column C, "File")`
 */
export function fileNameOf(reference: string, where = '', place = ''): string {
  try {
    return safeNameOf(reference);
  } catch (error) {
    if (!(error instanceof TicketFault) || where + place === '') throw error;
    throw new TicketFault(error.code, where + error.message.replace(quote(reference), (found) => found + place));
  }
}

/**
 * What a URL reference means, as JDF and XJDF use them: %20 is a blank. One with blanks in it was never encoded, and stays as it is.
 * An address stays one, and is refused later.
 */
export function decodeReference(url: string): string {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/u.test(url) || /\s/u.test(url)) return url;
  try {
    return decodeURIComponent(url.replace(/[?#].*$/su, ''));
  } catch {
    return url;
  }
}

function safeNameOf(reference: string): string {
  const path = /^file:/iu.test(reference) ? pathOfUrl(reference) : plainPath(reference);
  if (path.split('/').includes('..')) throw hostile(reference, 'leads out of its folder');
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!isSafeName(name)) throw hostile(reference, 'is no safe file name');
  return cleanLine(name);
}

function plainPath(reference: string): string {
  const path = reference.trim().replaceAll('\\', '/');
  if (path.startsWith('//')) throw hostile(reference, 'names a network share');
  if (path.startsWith('/') || /^[A-Za-z]:/u.test(path)) throw hostile(reference, 'is a full path');
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/u.test(path)) throw hostile(reference, 'is an address or a stream');
  return path;
}

function pathOfUrl(reference: string): string {
  try {
    // Only file: URLs come here. The URL parser would quietly resolve `..`, so the path is taken from the text itself.
    return decodeURIComponent(reference.replace(/^file:/iu, '').replace(/[?#].*$/su, '')).replaceAll('\\', '/');
  } catch {
    throw hostile(reference, 'is no proper file: URL');
  }
}

function hostile(reference: string, why: string): TicketFault {
  return new TicketFault('HostileTicket', `The file ${quote(reference)} ${why}. A ticket names a file by its name alone.`);
}
