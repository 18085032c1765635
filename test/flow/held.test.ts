/** A delivery that was put off because its job could not go is sent as soon as the job can, whatever lets it. */
import { afterEach, beforeEach, it } from 'vitest';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Failing, failWhere } from './failing-disk.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let failing: Failing = () => null;
let floor: Floor;
beforeEach(async () => {
  failing = () => null;
  floor = await openFloor(failWhere(() => failing));
});
afterEach(() => floor.close());

it('a file under way when a ticket said that another is missing goes out when that one has come', async () => {
  failing = ({ call }) => (call === 'copyVerified' ? 'EBUSY' : null);
  await floor.drop('1-1 a.pdf', pdfBytes(1));
  await until(async () => ((await floor.job('1-1'))?.deliveries[0]?.tries ?? 0) > 0, 'it is under way');
  await floor.drop('1-1.json', JSON.stringify({ order: '1', job: '1', files: ['1-1 a.pdf', '1-1 b.pdf'] }));
  await until(async () => (await floor.job('1-1'))?.missing.includes('1-1 b.pdf'), 'the other one is missing');
  failing = () => null;
  await until(
    async () => {
      const next = (await floor.job('1-1'))?.deliveries[0]?.nextTryAt ?? null;
      return next !== null && Date.parse(next) > Date.now() + 1_800_000;
    },
    'it is put off',
    20_000,
  );
  // From now on its review says nothing of what is missing.
  await floor.ask('POST', `/jobs/${(await floor.job('1-1'))?.id}/status`, { code: 'Approved', actionId: 'approve-1' });
  await floor.drop('1-1 b.pdf', pdfBytes(2));
  await until(async () => Object.keys(await filesBelow(floor.press)).length === 2, 'both lie there', 20_000);
});
