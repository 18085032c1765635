import { describe, expect, it } from 'vitest';
import { makeOrder } from '../../../electron/hub/demo/orders.ts';
import { ticketSchema } from '../../../shared/ticket.ts';
import { makeRandom } from '../../random.ts';

const now = Date.UTC(2026, 0, 5);

describe("the demo's orders", () => {
  it('come with tickets the hub accepts, naming the file that follows', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const [ticket, file] = makeOrder('24001', 'ticket', { random: makeRandom(seed).next }, now);
      const read = ticketSchema.parse(JSON.parse(String(ticket?.content)));
      expect(read.files).toEqual([file?.name]);
      expect(Date.parse(read.dueAt ?? '')).toBeGreaterThan(now);
    }
  });

  it('are broken where they are meant to be', () => {
    const [broken] = makeOrder('24001', 'brokenTicket', { random: makeRandom(1).next }, now);
    expect(ticketSchema.safeParse(JSON.parse(String(broken?.content))).success).toBe(false);
    const [cutOff] = makeOrder('24001', 'cutOff', { random: makeRandom(1).next }, now);
    expect(String(cutOff?.content)).not.toContain('%%EOF');
  });

  it('have the name of the web-to-print form', () => {
    const [file] = makeOrder('24001', 'web', { random: makeRandom(1).next }, now);
    expect(file?.name).toMatch(/^W_24001_1_[^/]+\.pdf$/);
  });
});
