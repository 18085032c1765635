/** What was refused is told as long as it is so, and nothing hangs on it any more when it is not; and what is done all the same is said. */
import { describe, expect, it } from 'vitest';
import { stillRefused } from '../../renderer/actions/refusal.ts';
import { stepOf } from '../../renderer/stations/press/step.ts';
import type { DeliveryState } from '../../shared/delivery.ts';
import { jobWith } from './job-for-tests.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const files = [
  { id: 1, name: 'karte.pdf', version: 1, current: true, size: 1, sha256: '', type: 'pdf', arrivedAt: '2026-03-02T09:00:00.000Z' },
];
const sent = (state: DeliveryState) => [
  {
    id: 1,
    fileId: 1,
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
    deliveredAt: null,
  },
];
const said = (code: 'InHotFolder' | 'Ordered' | 'Blocked') => {
  return {
    code,
    custom: null,
    at: '2026-03-02T09:00:00.000Z',
    seq: 1,
    actor: 'admin',
    station: null,
    reason: null,
    reasonCode: null,
    raw: null,
  };
};
const ordered = { intake: said('Ordered'), production: said('InHotFolder') };
const again = { kind: 'deliver', reason: 'Paper jam', fileIds: [1] } as const;

describe('whether a refusal still holds', () => {
  it.each([
    ['delivered', true],
    ['lying', true],
    ['taken', false],
    ['printed', false],
  ] as const)('that the file lies there: %s %s', (state, holds) => {
    expect(stillRefused(jobWith({ files, tracks: ordered, deliveries: sent(state) }), again, 'liesThere')).toBe(holds);
  });
  it('not that it lies there once the job is blocked: then that stands against it', () => {
    const blocked = jobWith({ files, tracks: { ...ordered, hold: said('Blocked') }, deliveries: sent('delivered') });
    expect(stillRefused(blocked, again, 'liesThere')).toBe(false);
    expect(stillRefused(blocked, again, 'blocked')).toBe(true);
  });
  it('what nobody here can tell holds until somebody has read it', () => {
    expect(stillRefused(jobWith({ files }), again, null)).toBe(true);
    expect(stillRefused(jobWith({ files }), { kind: 'undo', seq: 4 }, 'undoTooLate')).toBe(true);
  });
});

it.each([
  ['en', 'Send karte.pdf of 1001-1 again', 'Send again: refused at'],
  ['de', 'karte.pdf von 1001-1 noch einmal senden', 'abgelehnt'],
] as const)(
  'takes the way on from a refusal that is over, also after the page was loaded again, and says before what it would do (%s)',
  async (language, what, over) => {
    const job = floor.hub.addJob({ hotFolderId: 1, file: 'karte.pdf', events: [{ code: 'InHotFolder', actor: 'system' }] });
    const [file] = job.files;
    const lies = { ...job, deliveries: sent('delivered').map((one) => ({ ...one, fileId: file?.id ?? 0 })) };
    floor.hub.jobs.set(job.id, lies);
    const page = await floor.open('#/press/1', { language });
    floor.hub.refuseNext('The file still lies in the hot folder.', 'Look why.', { rule: 'liesThere', mayInsist: true });
    await page.locator('[data-action="sendAgain"]').click();
    await page.locator('.press_bottom [data-choice="1"]').click();
    const goOn = page.getByRole('alert').locator('[data-action="goOn"]');
    await goOn.getByText(what).waitFor();
    floor.hub.jobs.set(job.id, { ...lies, deliveries: lies.deliveries.map((one) => ({ ...one, state: 'taken' as const })) });
    floor.hub.record(job.id, { code: 'InProduction', actor: 'system' });
    await page.getByTestId('was-refused').getByText(over).waitFor({ timeout: 40_000 });
    expect(await goOn.count()).toBe(0);
    await page.reload();
    await page.getByTestId('was-refused').getByText(over).waitFor({ timeout: 40_000 });
    expect(await goOn.count()).toBe(0);
  },
);

describe('what a job that waits waits for', () => {
  const waits = jobWith({ tracks: { intake: said('Ordered') }, stage: 'prepress' });
  it.each([
    ['waits', { state: 'ready', capacity: null, lying: 9 }],
    ['waitsFolder', { state: 'trouble', capacity: null, lying: 0 }],
    ['waitsPaused', { state: 'paused', capacity: null, lying: 0 }],
    ['waitsRoom', { state: 'ready', capacity: 2, lying: 2 }],
  ] as const)('%s', (step, folder) => {
    expect(stepOf(waits, folder, false)).toBe(step);
    expect(stepOf(waits, folder, true)).toBe('waitsRecord');
  });

  it.each([
    ['en', 'Waits for the hot folder, and is sent by itself when that is in order again.', 'Press 1: The hot folder cannot be found.'],
    [
      'de',
      'Wartet auf den Hotfolder und wird von selbst gesendet, wenn er wieder in Ordnung ist.',
      'Press 1: Der Hotfolder ist nicht zu finden.',
    ],
  ] as const)(
    'is never on its way to a folder that is gone, at the press and on the page of the job (%s)',
    async (language, words, fault) => {
      const job = floor.hub.addJob({
        title: 'Poster',
        hotFolderId: 1,
        events: [
          { code: 'Ordered', actor: 'system' },
          { code: 'OutputCreated', actor: 'system' },
        ],
      });
      floor.hub.changeFolder(1, { state: 'trouble', reasonCode: 'FolderMissing', raw: null, troubleSince: new Date().toISOString() });
      const page = await floor.open('#/press/1', { language });
      await page.getByTestId('focus').getByText(words).waitFor();
      const office = await floor.open(`#/job/${job.id}`, { language });
      await office.getByText(fault).waitFor();
    },
  );
});
