/** Asks how the hub is and puts it on the floor. Throws when no answer comes in time. */
import type { Health } from '../shared/api.ts';
import { hub, keyMark } from './client.ts';
import { floor } from './floor/floor.ts';
import { hearHours } from './hours.ts';
import { clockOffMs, hearHubClock, hubNow } from './hub-clock.ts';
import { tick } from './now.ts';
import { showTimesOf } from './words/time.ts';
import { hearShop } from './words/words.ts';

const answerWithinMs = 6_000;

export async function askHealth(): Promise<Health> {
  const [key, asked] = [keyMark(), Date.now()];
  const health = await hub().health(undefined, { signal: AbortSignal.timeout(answerWithinMs) });
  showTimesOf(health.timeZone);
  hearHours(health.calendar, health.timeZone);
  hearShop(health.language);
  if (health.now !== null) hearHubClock(Date.parse(health.now), asked, Date.now());
  if (floor.getState().clockOffMs !== clockOffMs()) tick();
  floor.setState({ health, heardAt: hubNow(), clockOffMs: clockOffMs(), me: { key, name: health.you } });
  return health;
}
