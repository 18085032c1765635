/** A later ticket of a ticketed job that says it is not to be made (yet): what no printer has is kept back, what one has is somebody's to look after. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

const ticket = { order: '21', job: '1', files: ['a.pdf'] };
const words = [
  { more: { approval: 'required' }, intake: 'UnapprovedOrder' },
  { more: { startAt: '2099-03-03' }, intake: 'FutureOrder' },
  { more: { submitted: false }, intake: 'InBasket' },
] as const;

describe.each(words)('a later ticket that says $more', ({ more, intake }) => {
  it('keeps back what waits', async () => {
    await floor.ask('PATCH', '/hot-folders/1', { paused: true });
    await floor.ask('POST', '/jobs', ticket);
    await floor.drop('a.pdf', pdfBytes(1));
    await until(async () => (await floor.job('21-1'))?.deliveries[0]?.state === 'waiting', 'it waits');
    await floor.ask('POST', '/jobs', { ...ticket, ...more });
    await floor.ask('PATCH', '/hot-folders/1', { paused: false });
    expect((await floor.job('21-1'))?.tracks.intake?.code).toBe(intake);
    // Another one that is sent after it shows that the folder went on.
    await floor.drop('22-1 b.pdf', pdfBytes(2));
    await floor.untilStatus('22-1', 'InHotFolder');
    expect(Object.keys(await filesBelow(floor.press))).toEqual(['22-1 b.pdf']);
  });

  it('asks about what is at the printer already', async () => {
    await floor.ask('POST', '/jobs', ticket);
    await floor.drop('a.pdf', pdfBytes(1));
    await floor.untilStatus('21-1', 'InHotFolder');
    await floor.ask('POST', '/jobs', { ...ticket, ...more });
    expect((await floor.job('21-1'))?.attention.map(({ code }) => code)).toContain('SentBeforeTicket');
  });

  it('comes again after a person let the order go on, and changes nothing', async () => {
    await floor.ask('POST', '/jobs', ticket);
    await floor.ask('POST', '/jobs', { ...ticket, ...more });
    const id = (await floor.job('21-1'))?.id;
    expect((await floor.job('21-1'))?.tracks.intake?.code).toBe(intake);
    const said = { code: 'Ordered', force: true, reason: 'the customer has phoned', actionId: 'go' };
    expect((await floor.ask('POST', `/jobs/${id}/status`, said)).status).toBe(200);
    await floor.ask('POST', '/jobs', { ...ticket, ...more });
    expect((await floor.job('21-1'))?.tracks.intake?.code).toBe('Ordered');
  });
});
