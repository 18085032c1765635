/** What an arriving file or ticket means for what is already known. Pure. */
import type { NewEvent } from '../../../shared/event.ts';
import type { StatusCode } from '../../../shared/status.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import type { FileRow } from '../store/store.ts';

export type FileDecision =
  | { readonly kind: 'first' }
  | { readonly kind: 'duplicate'; readonly of: FileRow }
  /** Changed content: the next version of this file. */
  | { readonly kind: 'newVersion'; readonly of: FileRow }
  /** One more file of a job that has several. */
  | { readonly kind: 'another' };

/** File names of different systems are the same whatever their case and Unicode form. */
export function sameName(one: string, other: string): boolean {
  return one.normalize('NFC').toLowerCase() === other.normalize('NFC').toLowerCase();
}

/**
 * The same content is a duplicate, whatever its name. A name the job knows, or any name for a job of one file, is a new version; a file the ticket
 * still waits for is one more.
 */
export function decideFile(
  missing: readonly string[],
  files: readonly FileRow[],
  arriving: { readonly name: string; readonly sha256: string },
): FileDecision {
  const same = files.find((file) => file.sha256 === arriving.sha256);
  if (same !== undefined) return { kind: 'duplicate', of: same };
  const current = files.filter((file) => file.current);
  const named = current.find((file) => sameName(file.name, arriving.name));
  if (named !== undefined) return { kind: 'newVersion', of: named };
  if (current.length === 0) return { kind: 'first' };
  const [only] = current;
  const expected = missing.some((name) => sameName(name, arriving.name));
  return current.length === 1 && only !== undefined && !expected ? { kind: 'newVersion', of: only } : { kind: 'another' };
}

/** Files a ticket names that the job does not have. */
export function missingFiles(named: readonly string[], files: readonly Pick<FileRow, 'name'>[]): string[] {
  return named.filter((name) => !files.some((file) => sameName(file.name, name)));
}

/** Where a job stands at its start by what its ticket says. `now` in epoch ms. */
export function startStatus(ticket: Pick<Ticket, 'submitted' | 'approval' | 'startAt'> | null, now: number): StatusCode {
  if (ticket === null) return 'Ordered';
  if (!ticket.submitted) return 'InBasket';
  if (ticket.approval === 'required') return 'UnapprovedOrder';
  return ticket.startAt !== undefined && Date.parse(ticket.startAt) > now ? 'FutureOrder' : 'Ordered';
}

/** The events of print-ready files that were supplied: they are the output, once checked. */
export function outputEvents(file: Pick<FileRow, 'name' | 'version' | 'size' | 'sha256'>, at: number, actor: string): NewEvent[] {
  const data = { name: file.name, version: file.version, size: file.size, sha256: file.sha256 };
  return [
    { code: 'OutputCreationStarted', at, actor, data },
    { code: 'OutputCreated', at, actor, reason: 'The supplied file is whole and is what its name says.', data },
  ];
}
