/** A question is answered as it was asked: what somebody else said or sent while it was open is never what the answer is taken for. */
import { describe, expect, it } from 'vitest';
import { asksAnew } from '../../renderer/actions/action.ts';
import { chooseFolder } from '../../renderer/actions/choose-folder.ts';
import { printed } from '../../renderer/actions/printed.ts';
import { until } from '../until.ts';
import { jobWith } from './job-for-tests.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const { lying } = floor;
const open = () => floor.open('#/press/1', { width: 1920, height: 1080 });

describe('while a question is open', () => {
  it('a step that somebody else made since is not taken back in place of the one that was shown', async () => {
    const job = lying('Menu card');
    const shown = floor.hub.record(job.id, { code: 'InProduction', actor: 'station Press 2' });
    const page = await open();
    await page.locator('.press_bottom [data-action="undoShort"]').click();
    const question = page.getByTestId('question');
    await question.getByText(/On the press, by station Press 2/).waitFor();
    const since = floor.hub.record(job.id, {
      code: 'InProduction',
      actor: 'station Press 3',
      data: { counts: { good: 100, waste: 0, ordered: 500 } },
    });
    await floor.heardBy(page, () => floor.hub.record(job.id, { code: 'ActionRun', actor: 'system' }));
    await question.getByRole('button', { name: 'Take it back' }).click();
    await until(() => floor.hub.recorded.some((event) => event.undoes !== null), 'something is taken back');
    const undone = floor.hub.recorded.flatMap(({ undoes }) => undoes ?? []);
    expect(undone).toEqual([shown.seq]);
    expect(undone).not.toContain(since.seq);
  });

  it('a block that somebody else made since, for another reason, is not lifted with the one that was shown', async () => {
    const job = lying('Menu card');
    const shown = floor.hub.record(job.id, { code: 'Blocked', actor: 'station Press 2', reason: 'Wrong paper' });
    const page = await floor.open(`#/job/${job.id}`);
    await page.locator('[data-action="release"]').click();
    const question = page.getByTestId('question');
    await question.waitFor();
    floor.hub.record(job.id, { code: 'Blocked', actor: 'station Press 2', undoes: shown.seq });
    const other = floor.hub.record(job.id, { code: 'Blocked', actor: 'station Office', reason: 'Customer called' });
    await floor.heardBy(page, () => floor.hub.record(job.id, { code: 'ActionRun', actor: 'system' }));
    await question.locator('[data-choice="1"]').click();
    await until(() => floor.hub.recorded.filter((event) => event.undoes !== null).length === 2, 'the answer is heard');
    expect(floor.hub.recorded.map(({ undoes }) => undoes)).not.toContain(other.seq);
  });
});

it('what is insisted on is what was read: another thing that stands against it by now is asked about first', () => {
  const said = {
    custom: null,
    at: '2026-03-02T09:00:00.000Z',
    seq: 1,
    actor: 'admin',
    station: null,
    reason: null,
    reasonCode: null,
    raw: null,
  };
  const tracks = { intake: { ...said, code: 'Ordered' as const }, production: { ...said, code: 'InHotFolder' as const } };
  const seen = jobWith({ stage: 'queue', status: 'InHotFolder', tracks });
  const now = { ...seen, tracks: { ...tracks, review: { ...said, code: 'AwaitingApproval' as const } } };
  expect(asksAnew(printed, { insist: 'notAllSent' }, now)).toEqual({ insist: 'notApproved' });
  expect(asksAnew(printed, { insist: 'notApproved' }, now)).toBeNull();
  expect(asksAnew(printed, { insist: 'notApproved' }, seen)).toBeNull();
});

describe('what is sent', () => {
  it('again is the file that was shown, never a newer version that came while it was asked', async () => {
    const job = lying('Menu card');
    const [shown] = job.files;
    const page = await floor.open(`#/job/${job.id}`);
    await page.locator('[data-action="sendAgain"]').click();
    const question = page.getByTestId('question');
    await question.getByText(shown?.name ?? '').waitFor();
    const second = 77;
    await floor.heardBy(page, () => {
      const before = floor.hub.jobs.get(job.id);
      if (before === undefined || shown === undefined) throw new Error('No job');
      floor.hub.jobs.set(job.id, {
        ...before,
        files: [
          { ...shown, current: false },
          { ...shown, id: second, version: 2 },
        ],
      });
      floor.hub.record(job.id, { code: 'ActionRun', actor: 'system' });
    });
    await question.getByRole('checkbox').waitFor();
    expect(await question.locator('[data-choice="1"]').isDisabled()).toBe(true);
    await question.getByRole('checkbox').check();
    await question.locator('[data-choice="1"]').click();
    await until(() => floor.hub.recorded.some(({ data }) => Array.isArray(data['fileIds'])), 'it is sent');
    expect(floor.hub.recorded.findLast(({ data }) => 'fileIds' in data)?.data['fileIds']).toEqual([second]);
  });

  it('for the first time is what no printer has had', () => {
    expect(chooseFolder.perform(jobWith({}), { reason: 'x', hotFolderId: 2 })).toMatchObject({ unsent: true, hotFolderId: 2 });
  });
});
