/** A hub that can record nothing: every screen says so, and what was meant waits and is sent once. */
import { describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const full = {
  code: 'RecordFull',
  since: new Date().toISOString(),
  message: 'The disk is full.',
  whatToDo: 'Make room.',
  raw: 'SQLITE_FULL: database or disk is full',
};

describe('a hub that can record nothing', () => {
  it.each(['#/', '#/press/1', '#/folders'])('is said on %s, in the language of the screen', async (hash) => {
    floor.hub.setRecord(full);
    const page = await floor.open(hash, { language: 'de' });
    const bar = page.getByTestId('record');
    await bar.getByText('Der Datenträger des Hubs ist voll', { exact: false }).waitFor();
    expect(await bar.locator('pre').isVisible()).toBe(false);
  });

  it('keeps what was meant and records it once when it can again', async () => {
    const job = floor.lying('Menu card');
    const page = await floor.open('#/press/1', { width: 1280, height: 800 });
    await page.getByTestId('focus').waitFor();
    floor.hub.setRecord(full);
    await page.locator('.press_bottom [data-action="printed"]').click();
    await page.getByTestId('record').waitFor();
    await page.getByText(/can record nothing at present; it is sent again by itself/).waitFor();
    expect(floor.hub.jobs.get(job.id)?.status).toBe('InHotFolder');
    floor.hub.setRecord(null);
    await until(() => floor.hub.jobs.get(job.id)?.status === 'Printed', 'it is recorded', 20_000);
    await until(async () => (await page.getByTestId('record').count()) === 0, 'the bar is gone', 20_000);
    expect(floor.hub.recorded.filter((event) => event.code === 'Printed')).toHaveLength(1);
  });
});
