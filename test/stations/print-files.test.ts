/** What the screens show of the files of a job: what lies at the printer is never shown as another version, and each of several files can be looked at. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { DeliveryState } from '../../shared/delivery.ts';
import type { Job } from '../../shared/job.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();

const delivery = (id: number, fileId: number, state: DeliveryState): Job['deliveries'][number] => ({
  id,
  fileId,
  hotFolderId: 1,
  hotFolder: 'Press 1',
  name: 'karte.pdf',
  state,
  send: 1,
  tries: 1,
  reasonCode: null,
  raw: null,
  found: null,
  nextTryAt: null,
  deliveredAt: new Date().toISOString(),
});

/** Version 1 lies there, version 2 came and waits for a person. */
function newerWaits(): Job {
  const job = floor.hub.addJob({
    title: 'Menu card',
    hotFolderId: 1,
    file: 'karte.pdf',
    events: [
      { code: 'Ordered', actor: 'system' },
      { code: 'InHotFolder', actor: 'system' },
    ],
  });
  const [first] = job.files;
  if (first === undefined) throw new Error('no file');
  const files = [
    { ...first, current: false },
    { ...first, id: 9001, version: 2 },
  ];
  floor.hub.jobs.set(job.id, { ...job, files, deliveries: [delivery(1, first.id, 'delivered')] });
  floor.hub.record(job.id, { code: 'ActionRun', actor: 'system', data: { problem: 'NewVersionHeld' } });
  return floor.hub.jobs.get(job.id) as Job;
}

const shown = (page: Page) => page.locator('[data-part="pictures"]').getAttribute('data-file').then(Number);

it.each([
  [
    'en',
    'In the hot folder lies version 1. Version 2 has come and is not sent.',
    'Version 1 of 2',
    'Next file',
    'Version 2 of 2, not sent',
    'not sent',
  ],
  [
    'de',
    'Im Hotfolder liegt Version 1. Version 2 ist da und nicht gesendet.',
    'Version 1 von 2',
    'Nächste Datei',
    'Version 2 von 2, nicht gesendet',
    'nicht gesendet',
  ],
] as const)(
  'shows the version that lies in the hot folder, not the newer one that waits (%s)',
  async (language, warning, version, next, newer, held) => {
    const job = newerWaits();
    const [old] = job.files;
    for (const [hash, width, height] of [
      ['#/press/1', 1280, 800],
      ['#/press/1', 1920, 1080],
      [`#/job/${job.id}`, 1280, 800],
    ] as const) {
      const page = await floor.open(hash, { language, width, height });
      await page.getByText(warning).waitFor();
      expect(await shown(page), hash).toBe(old?.id);
      await page.getByText(version).first().waitFor();
      await page.locator('[data-part="pictures"] canvas').waitFor();
      // The newer one can be looked at, and says on the picture that it is not sent.
      await page.getByRole('button', { name: next }).click();
      await page.getByText(newer).first().waitFor();
      expect(await shown(page), hash).toBe(9001);
      await page.locator('[data-part="held"]').getByText(held).waitFor();
      await page.getByText(warning).waitFor();
    }
  },
);

it('shows the newer version from the moment it lies there, and warns that the older one lies there too', async () => {
  const job = newerWaits();
  const page = await floor.open('#/press/1');
  await page.locator('[data-part="version-warning"]').waitFor();
  const deliveries = [...job.deliveries, delivery(2, 9001, 'delivered')];
  floor.hub.jobs.set(job.id, { ...job, deliveries });
  floor.hub.record(job.id, { code: 'InHotFolder', actor: 'system', data: { solves: 'NewVersionHeld' } });
  await page.getByText('Version 1 lies in the hot folder too').waitFor();
  expect(await shown(page)).toBe(9001);
});

it('lets each of two files be looked at by a glove, and says which it is', async () => {
  const job = floor.hub.addJob({
    title: 'Book',
    hotFolderId: 1,
    file: 'inhalt.pdf',
    moreFiles: ['umschlag.pdf'],
    events: [{ code: 'InHotFolder', actor: 'system' }],
  });
  const [first, second] = job.files;
  const page = await floor.open('#/press/1');
  await page.getByText('File 1 of 2', { exact: true }).waitFor();
  expect(await shown(page)).toBe(first?.id);
  await page.getByText('1 page, 105 × 148 mm · inhalt.pdf', { exact: true }).waitFor();
  const next = page.getByRole('button', { name: 'Next file' });
  const box = await next.boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(64);
  await next.click();
  await page.getByText('File 2 of 2', { exact: true }).waitFor();
  await page.getByText('1 page, 105 × 148 mm · umschlag.pdf', { exact: true }).waitFor();
  expect(await shown(page)).toBe(second?.id);
  expect(await page.locator('[data-part="version-warning"], [data-part="held"]').count()).toBe(0);
});
