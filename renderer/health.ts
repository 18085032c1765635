/** Asks how the hub is and puts it on the floor. Throws when no answer comes in time. */
import type { Health } from '../shared/api.ts';
import { hub } from './client.ts';
import { floor } from './floor/floor.ts';
import { showTimesOf } from './words/time.ts';
import { hearShop } from './words/words.ts';

const answerWithinMs = 6_000;

export async function askHealth(): Promise<Health> {
  const health = await hub().health(undefined, { signal: AbortSignal.timeout(answerWithinMs) });
  showTimesOf(health.timeZone);
  hearShop(health.language);
  floor.setState({ health, heardAt: Date.now() });
  return health;
}
