/** A program that keeps its file open goes on writing into it after it was taken: the file in the archive is the very one it has open. */
import { open } from 'node:fs/promises';
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

it('what was written over a file that was delivered already is a new version, and a person is asked', async () => {
  const file = await open(join(floor.places.incoming, '1-1 a.pdf'), 'w');
  try {
    await file.writeFile(pdfBytes(1));
    await until(async () => (await floor.job('1-1'))?.status === 'InHotFolder', 'it is delivered');
    const corrected = pdfBytes(2);
    await file.write(corrected, 0, corrected.length, 0);
    await file.truncate(corrected.length);
    await until(
      async () => (await floor.job('1-1'))?.attention.some(({ code }) => code === 'NewVersionHeld'),
      'a person is asked about what was written',
      20_000,
    );
  } finally {
    await file.close();
  }
  const contents = Object.values(await filesBelow(floor.press));
  expect(contents).toEqual([Buffer.from(pdfBytes(1)).toString('latin1')]);
});
