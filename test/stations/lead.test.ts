/** One button leads where a job is shown, never two: not beside a folder in trouble, not beside a card with its own remedy, and not while something must be stopped at the printer. */
import { describe, expect, it } from 'vitest';
import { actionsFor, mayLead } from '../../renderer/actions/all.ts';
import { leadOf } from '../../renderer/actions/lead.ts';
import { inTellingOrder } from '../../renderer/parts/told.ts';
import type { Attention } from '../../shared/job/state.ts';
import { mustStopNow } from '../../shared/job/urgency.ts';
import type { Job } from '../../shared/job.ts';
import { reasonCodes } from '../../shared/reason.ts';
import { jobWith } from './job-for-tests.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const trouble = { state: 'trouble', reasonCode: 'FolderMissing', raw: 'ENOENT', troubleSince: new Date().toISOString() } as const;
const main = '.button_main';

const problem = (code: string, seq = 1): Attention => ({
  code,
  who: 'press operator',
  since: '2026-03-02T09:00:00.000Z',
  seq,
  reason: null,
  reasonCode: code,
  raw: null,
});
const files = [
  { id: 1, name: 'a.pdf', version: 1, current: true, size: 1, sha256: 'a', type: 'pdf', arrivedAt: '2026-03-02T09:00:00.000Z' },
];
const leadFor = (job: Job, more: Partial<Parameters<typeof leadOf>[1]> = {}) =>
  leadOf(job, {
    told: inTellingOrder(job.attention, { folderFault: false, isAsked: false }),
    folder: undefined,
    mayCheck: true,
    asking: false,
    ...more,
  });

describe('what leads', () => {
  it.each(['SentBeforeTicket', 'SentElsewhere', 'ChangedAfterSent'])(
    'is nothing while a job that is told by %s may be printed this minute',
    (code) => {
      const job = jobWith({ stage: 'press', status: 'InProduction', files, hotFolderId: 1, attention: [problem(code)] });
      expect(actionsFor(job).filter((action) => mayLead(action, job))).toEqual([]);
      expect(leadFor(job)).toBeNull();
    },
  );

  it('is nothing but what must be stopped, whatever else is wrong', () => {
    for (const code of reasonCodes) {
      if (!mustStopNow({ code })) continue;
      const job = jobWith({ stage: 'queue', files, missing: ['b.pdf'], attention: [problem(code), problem('AwaitingData', 2)] });
      expect(leadFor(job), code).toBeNull();
    }
  });

  it('is the first card with a remedy, and none behind it', () => {
    const job = jobWith({ stage: 'intake', files, missing: ['b.pdf'], attention: [problem('AwaitingData'), problem('NoRuleFits', 2)] });
    expect(leadFor(job)).toEqual({ kind: 'problem', problem: job.attention[0] });
    const again = jobWith({ stage: 'press', status: 'InProduction', files, hotFolderId: 1, attention: [problem('PrinterRefused')] });
    expect(actionsFor(again).map(({ label }) => label)).toContain('printed');
    expect(leadFor(again)).toBeNull();
  });

  it('is the check of the folder in trouble for whoever may check it, else the next step', () => {
    const job = jobWith({ stage: 'press', status: 'InProduction', files, hotFolderId: 1 });
    const told = inTellingOrder([], { folderFault: true, isAsked: false });
    expect(leadFor(job, { told, folder: trouble })).toEqual({ kind: 'folder' });
    expect(leadFor(job, { told, folder: trouble, mayCheck: false })).toMatchObject({ kind: 'action', action: { label: 'printed' } });
    expect(leadFor(job, { told, folder: { ...trouble, reasonCode: 'OtherHub' } })).toMatchObject({ kind: 'action' });
    expect(leadFor(job, { told, folder: trouble, asking: true })).toBeNull();
    const failed = jobWith({ stage: 'queue', files, hotFolderId: 1, attention: [problem('CopyToHotFolderFailed')] });
    expect(leadFor(failed, { folder: trouble })).toMatchObject({ kind: 'problem' });
    expect(leadFor(failed, { folder: { ...trouble, reasonCode: 'OtherHub' } })).toBeNull();
  });
});

it('a press whose folder is in trouble has one button that leads, whatever the job in focus expects', async () => {
  const job = floor.hub.addJob({
    title: 'Menu card',
    quantity: 80,
    hotFolderId: 1,
    events: [
      { code: 'Ordered', actor: 'system' },
      { code: 'InProduction', actor: 'station Press 1' },
    ],
  });
  const page = await floor.open('#/press/1', { width: 1280, height: 800 });
  await page.locator(`.press_bottom ${main}[data-action="printed"]`).waitFor();
  floor.hub.changeFolder(1, trouble);
  await page.locator(`${main}[data-action="checkFolder"]`).waitFor();
  expect(await page.locator(main).count()).toBe(1);
  await page.goto(page.url().replace(/#.*$/u, `#/job/${job.id}`));
  await page.getByRole('heading', { name: job.number }).waitFor();
  await page.locator(`${main}[data-action="printed"]`).waitFor();
  expect(await page.locator(main).count()).toBe(1);
});

it('the page of a job that waits for a folder in trouble has one button that leads', async () => {
  const { id } = floor.hub.addJob({
    title: 'Menu card',
    hotFolderId: 1,
    missing: ['cover.pdf'],
    events: [
      { code: 'Ordered', actor: 'system' },
      { code: 'OutputCreated', actor: 'system' },
      { code: 'AwaitingData', actor: 'system', reason: 'Missing: cover.pdf' },
    ],
    deliveries: [
      {
        id: 1,
        fileId: 1,
        hotFolderId: 1,
        hotFolder: 'Digital',
        name: 'a.pdf',
        state: 'waiting',
        send: 1,
        tries: 1,
        reasonCode: null,
        raw: null,
        nextTryAt: null,
        deliveredAt: null,
      },
    ],
  });
  floor.hub.changeFolder(1, trouble);
  const page = await floor.open(`#/job/${id}`);
  await page.getByRole('button', { name: 'Check folder' }).waitFor();
  await page.getByTestId('trouble').getByRole('button', { name: 'Add a file' }).waitFor();
  expect(await page.locator(main).count()).toBe(1);
});

it('no button leads beside a question that is open, but its own answer', async () => {
  const { id } = floor.hub.addJob({
    title: 'Menu card',
    missing: ['cover.pdf'],
    events: [
      { code: 'Ordered', actor: 'system' },
      { code: 'AwaitingData', actor: 'system', reason: 'Missing: cover.pdf' },
    ],
  });
  const page = await floor.open(`#/job/${id}`);
  await page.getByTestId('trouble').locator(main).waitFor();
  await page.getByTestId('actions').locator('[data-action="block"]').click();
  await page.getByTestId('question').waitFor();
  expect(await page.getByTestId('trouble').locator(main).count()).toBe(0);
});

it('where folders are set up nothing leads while nothing is expected, and of two in trouble one', async () => {
  const page = await floor.open('#/folders');
  await page.getByRole('link', { name: 'Add a hot folder' }).waitFor();
  expect(await page.locator(main).count()).toBe(0);
  floor.hub.changeFolder(1, trouble);
  await page.locator(`${main}[data-action="checkFolder"]`).waitFor();
  expect(await page.locator(main).count()).toBe(1);
});
