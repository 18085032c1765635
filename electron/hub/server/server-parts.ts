/** What the server is given. It owns none of it: it carries questions in and answers out. */
import type { ReadTicket } from '../intake/tickets/read-ticket.ts';
import type { Wishes } from '../jobs/wishes.ts';
import type { Log } from '../log.ts';
import type { Flow, HotFolders, Intake } from '../parts.ts';
import type { Store } from '../store/store.ts';
import type { WindowKeys } from '../window-keys.ts';

export type ServerParts = {
  readonly store: Store;
  readonly wishes: Wishes;
  readonly flow: Flow;
  readonly hotFolders: HotFolders;
  readonly intake: Intake;
  /** For tries, beside the one for what arrives: a try holds up no ticket. */
  readonly readTicket: ReadTicket;
  readonly dataPath: string;
  /** Uploads land here until the flow takes them over. */
  readonly workPath: string;
  /** Folder of the built page; null when there is none. */
  readonly uiPath: string | null;
  readonly version: string;
  readonly hubId: string;
  readonly demo: boolean;
  /** Epoch ms, like `now`. */
  readonly startedAt: number;
  readonly now: () => number;
  readonly adminTokenHash: string;
  /** Left out where no window of the desktop belongs to this hub. */
  readonly windowKeys?: WindowKeys | null;
  /** Address to listen on; loopback when left out. */
  readonly host?: string;
  /** 0 means any free port. */
  readonly port: number;
  readonly log: Log;
  /** The last lines of the log, as strangers may read them. */
  readonly lastLines: () => readonly string[];
  /** Where bugs are told; left out: the log. */
  readonly report?: (error: unknown) => void;
};
