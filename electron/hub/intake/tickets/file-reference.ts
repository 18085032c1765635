/**
 * The file a ticket speaks of: its bare name. A ticket never decides from where a file is taken, so folders of a plain path or a
 * file: URL are dropped, and whatever tries to lead elsewhere is refused.
 */

import { cleanLine } from '../../../../shared/clean-text.ts';
import { isSafeName } from '../../../../shared/safe-name.ts';
import { type SaidValue, said } from '../../../../shared/words/say.ts';
import { at, quote, TicketFault } from './fault.ts';

/**
 * The name without folders, in NFC. Throws a TicketFault for anything but a plain relative path or a file: URL.
 *
 * @param where in which row, such as `Line 3`
 * @param place where the name stands, such as ` (column C, "File")`
 */
export function fileNameOf(reference: string, where: SaidValue = '', place: SaidValue = ''): string {
  try {
    return safeNameOf(reference);
  } catch (error) {
    if (!(error instanceof Hostile)) throw error;
    throw new TicketFault('HostileTicket', at(where, said(error.why, { name: quote(reference), place })));
  }
}

/** Why a reference is refused; never leaves this file. */
class Hostile extends Error {
  readonly why: Why;

  constructor(why: Why) {
    super(why);
    this.why = why;
  }
}
type Why = `tickets.file${'LeadsOut' | 'Unsafe' | 'OnShare' | 'FullPath' | 'Address' | 'Url'}`;

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
  if (path.split('/').includes('..')) throw new Hostile('tickets.fileLeadsOut');
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!isSafeName(name)) throw new Hostile('tickets.fileUnsafe');
  return cleanLine(name);
}

function plainPath(reference: string): string {
  const path = reference.trim().replaceAll('\\', '/');
  if (path.startsWith('//')) throw new Hostile('tickets.fileOnShare');
  if (path.startsWith('/') || /^[A-Za-z]:/u.test(path)) throw new Hostile('tickets.fileFullPath');
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/u.test(path)) throw new Hostile('tickets.fileAddress');
  return path;
}

function pathOfUrl(reference: string): string {
  try {
    // Only file: URLs come here. The URL parser would quietly resolve `..`, so the path is taken from the text itself.
    return decodeURIComponent(reference.replace(/^file:/iu, '').replace(/[?#].*$/su, '')).replaceAll('\\', '/');
  } catch {
    throw new Hostile('tickets.fileUrl');
  }
}
