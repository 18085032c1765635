/** Who did something, as people say it: the record has names of its own for the hub and for stations. Pure. */
import type { Say } from './words.ts';

export function actorWords(actor: string, t: Say): string {
  if (actor === 'system') return t('job.system');
  const station = /^station (.+)$/su.exec(actor)?.[1];
  return station === undefined ? actor : t('job.station', { name: station });
}
