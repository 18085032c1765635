/** What a watch of an incoming folder is given, and what it hands over. */
import type { DiskFault } from '../../disk/fault.ts';
import type { Inspection } from '../../disk/look.ts';
import type { Disk } from '../../disk/operations.ts';
import type { Stamp } from '../../disk/stamp.ts';
import type { WatchState } from '../../parts.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Readiness } from './settle.ts';

/** What a file's content was found to be: whatever the caller's judge says of it. Small, since ten thousand may wait. */
export type Content<Verdict> = { readonly sha256: string | null; readonly verdict: Verdict };

/** What lies still. `content` is null for what is no plain file, and for a file nobody lets us read: `fault` then says why. */
export type Settled<Verdict> = {
  readonly folderPath: string;
  readonly path: string;
  readonly name: string;
  readonly stamp: Stamp;
  readonly content: Content<Verdict> | null;
  readonly fault: DiskFault | null;
  /** Something was handed over from this very place before, and is known to lie there still. */
  readonly again: boolean;
  /** A folder further down than is watched, with something in it. */
  readonly tooDeep: boolean;
};

/** What was dealt with before this watch began, and still lies in the folder. `waits`: it is to be handed over once it can be read. */
export type LeftThere = { readonly path: string; readonly stamp: Stamp; readonly waits: boolean };

export type WatchOptions<Verdict> = {
  readonly ports: Pick<Ports, 'clock' | 'timers' | 'startHints'>;
  readonly path: string;
  readonly location: 'local' | 'network';
  readonly disk: Disk;
  readonly times: () => { readonly settleMs: number; readonly incompleteAfterMs: number };
  /** Names that are never arrivals: hidden, temporary, partial. */
  readonly isHidden: (name: string) => boolean;
  /** Names of tickets: they say what other files are for. */
  readonly goesFirst: (name: string) => boolean;
  /** Does a name say by itself which job it belongs to? */
  readonly isNumbered: (name: string) => boolean;
  /** Does a ticket on record wait for this file? What none waits for is not hurried past a ticket that is still to be read. */
  readonly isExpected: (file: { readonly name: string; readonly folderPath: string }) => Promise<boolean>;
  /** Its word on a file; `read` has more bytes of the same content. */
  readonly judge: (
    name: string,
    inspection: Inspection,
    read: (at: number, length: number) => Promise<Uint8Array>,
  ) => Promise<{ readonly readiness: Readiness; readonly verdict: Verdict }>;
  /** Takes the file over; when it rejects, the file is offered again after a while. */
  readonly accept: (file: Settled<Verdict>) => Promise<void>;
  /** What was dealt with before and still lies there; asked once, before the first look. */
  readonly leftThere: () => Promise<readonly LeftThere[]>;
  /** What could not be read, or lay too deep, is there no more. */
  readonly onGone: (path: string) => void;
  readonly onState: (state: WatchState) => void;
};
