/** Entry of the thread that reads tickets. What it found it hands over in small portions, each when it is asked for: taking them in takes the hub's time. */
import { parentPort } from 'node:worker_threads';
import type { MappingGaps, Ticket } from '../../../../shared/ticket.ts';
import type { Listed, TicketOptions } from './limits.ts';
import { readTicketFile } from './parse.ts';

export type ToThread =
  | { readonly kind: 'read'; readonly name: string; readonly bytes: Uint8Array; readonly options: TicketOptions }
  | { readonly kind: 'next' };
export type FromThread =
  | { readonly kind: 'refused'; readonly why: Extract<Listed, { readonly ok: false }> }
  | { readonly kind: 'broke'; readonly message: string }
  | {
      readonly kind: 'portion';
      readonly tickets: readonly Ticket[];
      readonly readAs: string | null;
      readonly more: boolean;
      /** With the last portion. */
      readonly namedTwice: readonly string[];
      readonly gaps?: MappingGaps | undefined;
    };

/** Characters of tickets in a portion; some milliseconds of the hub's time. */
const portionLength = 100_000;

if (parentPort === null) throw new Error('This is the entry of a thread');
const hub = parentPort;
let waiting: Ticket[] = [];
let readAs: string | null = null;
let namedTwice: readonly string[] = [];
let gaps: MappingGaps | undefined;

function tellPortion(): void {
  let count = 0;
  for (let length = 0; count < waiting.length && length < portionLength; count += 1) length += JSON.stringify(waiting[count]).length;
  const tickets = waiting.splice(0, count);
  const more = waiting.length > 0;
  hub.postMessage({
    kind: 'portion',
    tickets,
    readAs,
    more,
    namedTwice: more ? [] : namedTwice,
    gaps: more ? undefined : gaps,
  } satisfies FromThread);
}

hub.on('message', (asked: ToThread) => {
  try {
    if (asked.kind === 'read') {
      const read = readTicketFile(asked.name, asked.bytes, asked.options);
      if (!read.ok) return hub.postMessage({ kind: 'refused', why: read } satisfies FromThread);
      waiting = [...read.tickets];
      ({ readAs, namedTwice, gaps } = read);
    }
    tellPortion();
  } catch (error) {
    hub.postMessage({
      kind: 'broke',
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    } satisfies FromThread);
  }
});
