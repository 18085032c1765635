/** What a printer says of a file it refused, also where it says much. */
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readPrinterWords } from '../../../electron/hub/deliver/printer-words.ts';
import { readPart, stampsOf } from '../../../electron/hub/disk/look.ts';
import type { Disk } from '../../../electron/hub/disk/operations.ts';

const disk = { stampsOf, readPart } as unknown as Disk;
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'printfloor-words-'));
});
afterEach(() => rm(root, { recursive: true }));
const words = () => readPrinterWords(disk, { folderPath: root, name: 'a.pdf' } as Parameters<typeof readPrinterWords>[1]);

it('is its beginning, however long its log is', async () => {
  await writeFile(join(root, 'a.log'), `Font missing: Helvetica\n${'trace '.repeat(100_000)}`);
  expect(await words()).toMatch(/^Font missing: Helvetica trace trace/);
  expect((await words())?.length).toBeLessThanOrEqual(1000);
});

it('is nothing where it wrote nothing, or what lies there is a link', async () => {
  expect(await words()).toBeNull();
  await symlink('/etc/passwd', join(root, 'a.log'));
  expect(await words()).toBeNull();
});

it('is what stands in the next, where the first was opened and nothing written into it', async () => {
  await writeFile(join(root, 'a.pdf.txt'), '');
  expect(await words()).toBeNull();
  await writeFile(join(root, 'a.log'), 'No ink');
  expect(await words()).toBe('No ink');
});
