/** What the steps of the flow share. */

import type { Settings } from '../../../shared/api.ts';
import type { Rule } from '../../../shared/hot-folder.ts';
import type { Disks } from '../disk/disks.ts';
import type { ReadTicket } from '../intake/tickets/read-ticket.ts';
import type { Door } from '../jobs/door.ts';
import type { Log } from '../log.ts';
import type { HotFolderRow, Store } from '../store/store.ts';
import type { Turns } from '../turns.ts';
import type { SecondLooks } from './second-looks.ts';

/** Rules, hot folders and settings as last committed, kept at hand. */
export type Floor = { readonly rules: readonly Rule[]; readonly hotFolders: readonly HotFolderRow[]; readonly settings: Settings };

export type FlowParts = {
  readonly store: Store;
  readonly door: Door;
  readonly disks: Disks;
  readonly now: () => number;
  /** Ms, for how long something takes. */
  readonly monotonic: () => number;
  /** To be awaited between pieces of long work: lets everybody else have a turn where it has gone on for some time. */
  readonly breathe: () => Promise<void>;
  readonly readTicket: ReadTicket;
  readonly floor: () => Floor;
  readonly archivePath: string;
  readonly rejectedPath: string;
  /** Where files wait until somebody says whose they are. */
  readonly askedPath: string;
  /** Tells the loop of a hot folder that something waits for it. */
  readonly wakeFolder: (hotFolderId: number) => void;
  /** An arrival is put away, or answered, and never both at once. */
  readonly arrivalTurns: Turns;
  /** An original is filed by one at a time, whoever asks for it. By the id of its file. */
  readonly filingTurns: Turns;
  readonly secondLooks: Pick<SecondLooks, 'add'>;
  readonly log: Log;
};
