/** What this page knows of the hub and of who stands before it, as the rules of wishes ask. */
import { keyMark } from '../client.ts';
import { floor } from '../floor/floor.ts';
import { hubNow } from '../hub-clock.ts';
import type { Now } from './next.ts';
import type { Whose } from './wish.ts';

const hourMs = 60 * 60_000;
/** Until the hub has said what the shop wants: as long as a shift. What was meant before may be untrue by now. */
const askAfterHoursAtFirst = 8;

/** Whose wish it is that is made now; null where there is no key. What the hub called another key says nothing of this one. */
export function whoIsHere(): Whose | null {
  const key = keyMark();
  const { me } = floor.getState();
  if (key === '') return null;
  return me?.key === key ? me : { key, name: '' };
}

export function here(): Now {
  const { connection, onlineSince, health, seq } = floor.getState();
  const now = Date.now();
  return {
    online: connection.kind === 'online',
    onlineSince,
    now,
    aheadMs: hubNow() - now,
    record: { hub: health?.hub ?? null, seq: Math.max(health?.seq ?? 0, seq) },
    whose: whoIsHere(),
    askAfterMs: (health?.askAfterHours ?? askAfterHoursAtFirst) * hourMs,
  };
}
