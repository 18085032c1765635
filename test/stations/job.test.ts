/** The job page in a real browser: what it shows, and that an intention is carried out once whatever happens. */

import { describe, expect, it } from 'vitest';
import { inHistory } from '../../shared/job/in-history.ts';
import type { Job } from '../../shared/job.ts';
import { said } from '../../shared/words/say.ts';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const { open } = floor;
const printing = () =>
  floor.hub.addJob({
    hotFolderId: 1,
    events: [
      { code: 'Ordered', actor: 'system' },
      { code: 'InHotFolder', actor: 'system' },
      { code: 'InProduction', actor: 'printer press-1' },
    ],
  });
const printedEvents = () => floor.hub.recorded.filter((event) => event.code === 'Printed');

describe('the job page', () => {
  it('shows page 1, the ticket and the history with undone lines struck through', async () => {
    const job = floor.hub.addJob({ title: 'Summer flyer', notes: 'Heavy paper', file: 'flyer.pdf' });
    const blocked = floor.hub.record(job.id, { code: 'Blocked', actor: 'station Press 1', reason: 'Wrong paper' });
    floor.hub.record(job.id, { code: 'Blocked', actor: 'admin', undoes: blocked.seq, reason: 'Paper is here' });
    const page = await open(`#/job/${job.id}`);
    await page.getByText('Heavy paper').waitFor();
    const history = page.getByTestId('history');
    await history.getByText('Undid: Blocked').waitFor();
    expect(await history.locator('.history_undone').textContent()).toContain('Wrong paper');
    await page.locator('.preview_preview canvas:not(.preview_undrawn)').waitFor({ timeout: 30_000 });
    const inked = await page.locator('.preview_preview canvas').evaluate((canvas: HTMLCanvasElement) =>
      canvas
        .getContext('2d')
        ?.getImageData(canvas.width / 2, canvas.height / 4, 1, 1)
        .data.slice(0, 3)
        .join(' '),
    );
    expect(inked).not.toBe('255 255 255');
  });

  it('of a job that only waits says that its press is paused, offers to go on, and nothing stands out', async () => {
    const job = floor.hub.addJob({
      hotFolderId: 1,
      events: [
        { code: 'Ordered', actor: 'system' },
        { code: 'OutputCreated', actor: 'system' },
      ],
    });
    floor.hub.changeFolder(1, { state: 'paused', paused: true });
    const page = await open(`#/job/${job.id}`);
    const paused = page.getByTestId('paused');
    await paused.getByText('A person has paused Press 1.').waitFor();
    expect(await page.getByTestId('actions').locator('.button_main').count()).toBe(0);
    await paused.getByRole('button', { name: 'Go on' }).click();
    await until(async () => (await paused.count()) === 0, 'it goes on');
    expect(floor.hub.folders[0]?.paused).toBe(false);
  });

  it.each([
    ['en', 'Quantity: 500 → 2,000', 'Due: – → 2030-01-31', 'Contact changed', 'paper: 80 g → 90 g'],
    ['de', 'Auflage: 500 → 2.000', 'Fällig: – → 2030-01-31', 'Kontakt geändert', 'paper: 80 g → 90 g'],
  ] as const)('says what a ticket changed, from what to what (%s)', async (language, ...lines) => {
    const job = floor.hub.addJob();
    const changed = [
      { field: 'quantity', before: 500, after: 2000 },
      { field: 'dueAt', before: null, after: '2030-01-31' },
      { field: 'contact', before: null, after: null },
      { field: 'attributes.paper', before: '80 g', after: '90 g' },
    ];
    floor.hub.record(job.id, { code: 'ActionRun', actor: 'system', reason: 'The ticket changed quantity.', data: { changed } });
    const history = (await open(`#/job/${job.id}`, { language })).getByTestId('history');
    for (const line of lines) await history.getByText(line, { exact: true }).waitFor();
    expect(await history.getByText('The ticket changed').count()).toBe(0);
  });

  it('says what the program wrote in the language of the screen, and what was written before as it stands', async () => {
    const job = floor.hub.addJob();
    const before = 'The printer took the file out of the hot folder.';
    floor.hub.record(job.id, { code: 'InProduction', actor: 'system', reason: before, data: {} });
    floor.hub.record(job.id, { code: 'OutputCreated', actor: 'system', ...inHistory(said('history.fileWhole')) });
    const history = (await open(`#/job/${job.id}`, { language: 'de' })).getByTestId('history');
    await history.getByText('Die gelieferte Datei ist vollständig und ist, was ihr Name sagt.', { exact: true }).waitFor();
    await history.getByText(before, { exact: true }).waitFor();
  });

  it('of a job that is part of another leads to that one, and offers nothing to do', async () => {
    const whole = floor.hub.addJob({ title: 'The whole' });
    const part = floor.hub.addJob({ partOf: whole.id, events: [{ code: 'CustomStatus', custom: 'Joined', actor: 'system' }] });
    const page = await open(`#/job/${part.id}`);
    const link = page.getByRole('link', { name: 'Open the job it is part of' });
    await link.waitFor();
    expect(await page.getByTestId('actions').getByRole('button').count()).toBe(0);
    await link.click();
    await page.getByText('The whole').waitFor();
  });

  it('of a blocked job leads with the release alone, and says a picked reason in the language of the screen', async () => {
    const job = floor.hub.addJob();
    floor.hub.record(job.id, { code: 'Blocked', actor: 'station Press 1', reason: 'Wrong paper' });
    const page = await open(`#/job/${job.id}`, { language: 'de' });
    await page.getByText('Gesperrt: Falsches Papier').waitFor();
    await page.getByTestId('history').getByText('Falsches Papier').waitFor();
    await page.getByRole('button', { name: 'Freigeben' }).waitFor();
    expect(await page.getByText('Hier ist nichts zu tun.').count()).toBe(0);
  });

  it('leads with nothing where sending again is all that is left, and back keeps the search', async () => {
    const job = floor.hub.addJob({
      title: 'Menu',
      hotFolderId: 1,
      events: [
        { code: 'InHotFolder', actor: 'system' },
        { code: 'InProduction', actor: 'printer press-1', data: { problem: 'PrinterRefused' } },
      ],
    });
    floor.hub.addJob({ title: 'Poster' });
    const page = await open('#/overview?q=menu');
    await page.locator(`[data-job="${job.id}"]`).click();
    await page.getByTestId('trouble').getByRole('button', { name: 'Send again' }).waitFor();
    expect(await page.locator('.job_job .button_main').count()).toBe(0);
    await page.locator('.job_head').getByRole('link', { name: 'Overview' }).click();
    await page.locator(`[data-job="${job.id}"]`).waitFor();
    expect(await page.getByLabel('Search jobs').inputValue()).toBe('menu');
  });

  it('records one status under a double click, and nothing more', async () => {
    const job = printing();
    const page = await open(`#/job/${job.id}`);
    await page.locator('[data-action="printed"]').dblclick();
    await page.getByTestId('answer').getByText('Printed: saved').waitFor();
    expect(floor.hub.recorded.filter((event) => event.actor === 'admin').map((event) => event.code)).toEqual(['Printed']);
  });

  it('records one status when the answer is lost with the connection', async () => {
    const job = printing();
    const page = await open(`#/job/${job.id}`);
    floor.hub.loseNextAnswer();
    await page.locator('[data-action="printed"]').click();
    await page.getByTestId('answer').getByText('Printed: saved').waitFor({ timeout: 20_000 });
    expect(printedEvents()).toHaveLength(1);
  });

  it('keeps what was meant while the connection is gone, even over a reload, and sends it once', async () => {
    const job = printing();
    const page = await open(`#/job/${job.id}`);
    await page.locator('[data-action="printed"]').waitFor();
    floor.hub.goAway();
    await page.getByTestId('lost').waitFor();
    await page.locator('[data-action="printed"]').click();
    await page.getByText(/Waits for the connection/).waitFor();
    expect(printedEvents()).toHaveLength(0);
    await page.reload();
    floor.hub.comeBack();
    await until(() => printedEvents().length === 1, 'it is recorded', 20_000);
    await page.locator('.job_head').getByText('Printed').waitFor();
    expect(printedEvents()).toHaveLength(1);
  });

  it('answers a refusal in place and goes on with a reason', async () => {
    const job = printing();
    const page = await open(`#/job/${job.id}`);
    floor.hub.refuseNext('The file still lies in the hot folder.', 'Wait until the printer has taken it.');
    await page.locator('[data-action="printed"]').click();
    await page.getByRole('alert').getByText('Wait until the printer has taken it.').waitFor();
    await page.getByRole('button', { name: 'Go on all the same' }).click();
    await page.getByRole('button', { name: 'Done by hand' }).click();
    await until(() => printedEvents().length === 1, 'it is recorded');
    expect(printedEvents()[0]?.reason).toBe('Done by hand');
  });

  it('asks why before it blocks or sends again', async () => {
    const job = printing();
    const page = await open(`#/job/${job.id}`);
    await page.locator('[data-action="block"]').click();
    await page.getByRole('button', { name: 'Another reason' }).click();
    await page.getByLabel('Reason in your own words').fill('Ink is low');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await until(() => floor.hub.recorded.some((event) => event.code === 'Blocked' && event.reason === 'Ink is low'), 'it is blocked');
    await page.locator('[data-action="release"]').first().waitFor();
  });

  it('sends again just the files that are ticked, those first that did not get to the printer', async () => {
    const delivery = (id: number, state: 'taken' | 'failed', deliveredAt: string | null): Job['deliveries'][number] => ({
      id,
      fileId: id,
      hotFolderId: 1,
      hotFolder: 'Press 1',
      name: `${id}.pdf`,
      state,
      send: 1,
      tries: 1,
      reasonCode: null,
      raw: null,
      nextTryAt: null,
      deliveredAt,
    });
    const at = '2026-03-02T09:00:00.000Z';
    const job = floor.hub.addJob({
      hotFolderId: 1,
      file: 'Cover.pdf',
      moreFiles: ['Inside.pdf', 'Insert.pdf'],
      deliveries: [delivery(1, 'taken', at), delivery(2, 'failed', null), delivery(3, 'taken', at)],
    });
    const page = await open(`#/job/${job.id}`);
    await page.locator('[data-action="sendAgain"]').first().click();
    const files = page.getByTestId('files-to-send');
    expect(await files.getByLabel('Inside.pdf').isChecked()).toBe(true);
    expect(await files.getByLabel('Cover.pdf').isChecked()).toBe(false);
    await files.getByLabel('Inside.pdf').uncheck();
    expect(await page.getByRole('button', { name: 'Spoiled sheets' }).isDisabled()).toBe(true);
    await files.getByLabel('Insert.pdf').check();
    await page.getByRole('button', { name: 'Spoiled sheets' }).click();
    await until(() => floor.hub.recorded.some((event) => event.reason === 'Spoiled sheets'), 'it is asked for');
    expect(floor.hub.recorded.find((event) => event.reason === 'Spoiled sheets')?.data['fileIds']).toEqual([3]);
  });

  it('undoes a step as an event that names it', async () => {
    const job = printing();
    const printed = floor.hub.record(job.id, { code: 'Printed', actor: 'admin' });
    const page = await open(`#/job/${job.id}`);
    await page.getByRole('button', { name: 'Undo: Printed' }).click();
    const question = page.getByTestId('question');
    await question.getByText(/Printed, by admin/).waitFor();
    await question.getByText('Back to: On the press').waitFor();
    await question.getByRole('button', { name: 'Take it back' }).click();
    await until(() => floor.hub.recorded.some((event) => event.undoes === printed.seq), 'it is undone');
    await page.locator('.job_head').getByText('On the press').waitFor();
  });

  it('says when there is no such job', async () => {
    const page = await open('#/job/4711');
    await page.getByText('There is no job with this number.').waitFor();
  });

  it('shows hostile names as text', async () => {
    const name = '<script>alert(1)</script>‮fdp.exe';
    const job = floor.hub.addJob({ title: name, customer: { name } });
    const page = await open(`#/job/${job.id}`);
    await page.getByText('<script>alert(1)</script>').first().waitFor();
    expect(await page.locator('.job_job script').count()).toBe(0);
  });
});
