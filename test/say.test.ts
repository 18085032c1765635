/** The log of a window that was opened by a click: in the data folder, for its owner only, bounded, and never written through what somebody put there. */
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { keepLines, say, sayLine } from '../electron/say.ts';

const folder = mkdtempSync(join(tmpdir(), 'printfloor-say-'));
const path = join(folder, 'printfloor.log');
afterAll(() => rmSync(folder, { recursive: true }));

it('keeps lines with their instant, one a line whatever is in them, and no more than a megabyte and the one before', () => {
  keepLines(folder);
  say`the hub ended: ${'a\n2026-01-01 Printfloor: forged'}`;
  sayLine('as the hub wrote it');
  const lines = readFileSync(path, 'utf8').split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z Printfloor: the hub ended: "a\\n2026/);
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  truncateSync(path, 2 * 1024 * 1024);
  for (const line of ['the last of the old one', 'the first of the new one']) sayLine(line);
  expect(readFileSync(path, 'utf8')).toBe('the first of the new one\n');
  expect(readFileSync(`${path}.before`, 'utf8')).toContain('the last of the old one');
});

it.skipIf(process.platform === 'win32')('writes through no link, and goes on without', () => {
  const victim = join(folder, 'victim');
  writeFileSync(victim, 'whole');
  rmSync(path);
  symlinkSync(victim, path);
  keepLines(folder);
  say`something`;
  keepLines(join(folder, 'no such folder'));
  say`something`;
  expect(readFileSync(victim, 'utf8')).toBe('whole');
});
