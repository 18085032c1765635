/** Whose file is it: asked on the overview and on each job it may belong to, answered with one touch, by one person. */
import { describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
function ask() {
  const [one, other] = [floor.hub.addJob({ title: 'Menu card' }), floor.hub.addJob({ title: 'Poster' })];
  const candidates = [one, other].map(({ id, number, title }) => ({ jobId: id, number, title, evidence: ['number' as const] }));
  for (const { jobId } of candidates) floor.hub.record(jobId, { code: 'ActionRun', actor: 'system', data: { problem: 'WhoseFile' } });
  floor.hub.reject({
    name: 'label.pdf',
    outcome: 'asked',
    reasonCode: 'WhoseFile',
    question: { about: 'file', why: 'severalJobs', candidates, newNumber: 'PF000009-1' },
  });
  return { one, other };
}
const answered = () => floor.hub.arrivals[0]?.answer ?? null;

describe('a file of which two answers are possible', () => {
  it('is asked about on the overview with its candidates, and given with one touch', async () => {
    const { other } = ask();
    const page = await floor.open('#/');
    const card = page.getByTestId('whose-file');
    await card.getByText('label.pdf').waitFor();
    await card.getByText('Several jobs fit it equally well.').waitFor();
    expect(await card.getByRole('button').count()).toBe(4);
    await card.locator(`[data-whose="${other.id}"]`).click();
    await page.getByTestId('whose-told').getByText(`belongs to ${other.number}`).waitFor();
    expect(answered()).toMatchObject({ what: 'job', jobId: other.id });
    await until(async () => (await card.count()) === 0, 'the question is gone');
  });

  it('is asked about on each of the jobs, which comes first there', async () => {
    const { other } = ask();
    const page = await floor.open(`#/job/${other.id}`);
    const card = page.getByTestId('whose-file');
    await card.getByText('This job:').waitFor();
    expect(await card.getByRole('button').first().getAttribute('data-whose')).toBe(String(other.id));
    await card.locator('[data-whose="new"]').click();
    await page.getByTestId('whose-told').getByText('is a new job').waitFor();
    await until(async () => (await card.count()) === 0, 'the question is gone');
    expect(await page.getByTestId('trouble').count()).toBe(0);
  });

  it('is given once by two people, and the second is told who was first', async () => {
    const { one, other } = ask();
    const [page, second] = [await floor.open('#/'), await floor.open('#/')];
    await second.locator(`[data-whose="${other.id}"]`).waitFor();
    const held = await second.locator(`[data-whose="${other.id}"]`).boundingBox();
    if (held === null) throw new Error('no button');
    await second.mouse.move(held.x + 20, held.y + 20);
    await second.mouse.down();
    await page.locator(`[data-whose="${one.id}"]`).click();
    await page.getByTestId('whose-told').waitFor();
    await second.mouse.up();
    await second
      .getByTestId('whose-told')
      .getByText(/admin said that it belongs to another job already/)
      .waitFor();
    expect(answered()).toMatchObject({ jobId: one.id });
  });
});
