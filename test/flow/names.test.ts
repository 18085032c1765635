/** Names of arrivals that meant trouble on real floors. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

/** The hub has looked long enough to have rejected anything that it takes for an arrival. */
async function untilLooked(): Promise<void> {
  await floor.drop('witness.xyz', 'no print file');
  await until(async () => (await floor.arrivals('rejected')).some(({ name }) => name === 'witness.xyz'), 'the witness is rejected');
  await floor.drop('witness.pdf', pdfBytes(9).subarray(0, 3000));
  await until(async () => (await floor.arrivals('rejected')).some(({ name }) => name === 'witness.pdf'), 'the cut witness is rejected');
  // It is told, and moved a moment later.
  await until(async () => !('witness.pdf' in (await filesBelow(floor.places.incoming))), 'it lies there no more');
}

it('an order deleted into the bin of a NAS is not printed', async () => {
  for (const bin of ['@Recycle', 'trashbox', '#recycle', 'Network Trash Folder']) {
    await mkdir(join(floor.places.incoming, bin));
    await writeFile(join(floor.places.incoming, bin, '2011-1 Deleted order.pdf'), pdfBytes(1));
  }
  await untilLooked();
  expect(await floor.jobs()).toEqual([]);
});

it('an unfinished file is left to its writer, and taken under its final name', async () => {
  const names = [
    '2013-1 Flyer.pdf~3f1c.ffs_tmp',
    '2014-1 Flyer.pdf.crswap',
    '3130-1 Flyer.pdf.Zone.Identifier.txt',
    '3130-1 Flyer.pdf:Zone.Identifier',
  ];
  for (const name of names) await floor.drop(name, pdfBytes(1));
  await floor.drop('2018-1 Download.pdf', '');
  await floor.drop('2018-1 Download.pdf.part', pdfBytes(2).subarray(0, 1500));
  await untilLooked();
  expect((await floor.arrivals('rejected')).map(({ name }) => name).sort()).toEqual(['witness.pdf', 'witness.xyz']);
  expect(Object.keys(await filesBelow(floor.places.incoming)).sort()).toEqual(
    [...names, '2018-1 Download.pdf', '2018-1 Download.pdf.part'].sort(),
  );
  await writeFile(join(floor.places.incoming, '2018-1 Download.pdf.part'), pdfBytes(2));
  await rename(join(floor.places.incoming, '2018-1 Download.pdf.part'), join(floor.places.incoming, '2018-1 Download.pdf'));
  await floor.untilStatus('2018-1', 'InHotFolder');
  await rm(join(floor.places.incoming, names[0] ?? ''));
});

it('an emoji or a soft hyphen in a name is no hostile name; ours is without', async () => {
  await floor.drop('2015-1 Poster 👩\u200d🎨.pdf', pdfBytes(1));
  await floor.drop('2016-1 Bro\u00adschure.pdf', pdfBytes(2));
  const job = await floor.untilStatus('2016-1', 'InHotFolder');
  expect([job.title, job.files[0]?.name]).toEqual(['Broschure', '2016-1 Broschure.pdf']);
  await floor.untilStatus('2015-1', 'InHotFolder');
  expect(Object.keys(await filesBelow(floor.press)).sort()).toEqual(['2015-1 Poster 👩🎨.pdf', '2016-1 Broschure.pdf']);
  expect(await filesBelow(floor.places.incoming)).toEqual({});
});

it('a ticket that names a file with a mark nobody sees finds it', async () => {
  await floor.ask('POST', '/jobs', { order: '2019', files: ['Bro\u00adschure.pdf'] });
  await floor.drop('Broschure\u200e.pdf', pdfBytes(1));
  await floor.untilStatus('2019-1', 'InHotFolder');
});

it('an original with a very long name keeps its extension in the archive, and is told from one that begins alike', async () => {
  const long = 'Süßwasserfisch '.repeat(14);
  await floor.drop(`2020-1 ${long}1.pdf`, pdfBytes(1));
  await floor.drop(`2021-1 ${long}2.pdf`, pdfBytes(2));
  await floor.untilStatus('2020-1', 'InHotFolder');
  await floor.untilStatus('2021-1', 'InHotFolder');
  const originals = await until(async () => {
    const found = Object.keys(await filesBelow(floor.places.archive));
    return found.length === 2 ? found : null;
  }, 'both are filed');
  for (const name of originals) expect(name).toMatch(/~[0-9a-z]{8}\.pdf$/u);
});
