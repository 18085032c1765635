/** F15: the hub dies between recording a scan and answering it; the station sends it again. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { eventSchema } from '../../shared/event.ts';
import { jobSchema } from '../../shared/job.ts';
import { startTestHub } from '../hub-client.ts';
import { isLong, makeRandom, seeds } from '../random.ts';
import { allEvents } from './observe.ts';

for (const seed of seeds(1, 20)) {
  it(`a scan sent again after a power cut is one event with one answer, seed ${seed}`, { timeout: 180_000 }, async () => {
    const random = makeRandom(seed);
    const hub = await startTestHub();
    onTestFinished(hub.clean);
    const job = await hub.ask(jobSchema, 'POST', '/jobs', { order: '1', job: '1', title: 'Cards', files: ['not-yet.pdf'] });
    const answerSchema = z.object({ event: eventSchema });
    for (let scan = 1; scan <= (isLong ? 20 : 3); scan += 1) {
      const body = { code: 'CustomStatus', custom: `Scan ${scan}`, actionId: `station-7-scan-${scan}` };
      const first = hub.ask(answerSchema, 'POST', `/jobs/${job.id}/status`, body).catch(() => null);
      await pause(random.between(0, 12));
      await hub.kill9();
      const early = await first;
      await hub.start();
      const late = await hub.ask(answerSchema, 'POST', `/jobs/${job.id}/status`, body);
      if (early !== null) expect(late.event.seq).toBe(early.event.seq);
      const again = await hub.ask(answerSchema, 'POST', `/jobs/${job.id}/status`, body);
      expect(again.event).toEqual(late.event);
      const events = await allEvents(hub);
      expect(events.filter((event) => event.custom === body.custom)).toHaveLength(1);
      expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
      const other = await hub.api('POST', `/jobs/${job.id}/status`, { ...body, custom: 'Something else' });
      expect(other.status, 'the same action id for something else is refused').toBe(409);
    }
  });
}
