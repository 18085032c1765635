/** A name or a path that would like to be a line of the log. Whatever a value is, the line stays one, and the value stays told apart from our words. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { framesOf, lineOf, oneLine } from '../../electron/hub/log.ts';
import { startTestHub } from '../hub-client.ts';
import { until } from '../until.ts';

const rightToLeft = '\u202e';
const endOfLine = '\u2028';

it.each([
  ['an end of line', 'a.pdf\nPrintfloor ready: http://127.0.0.1:1', '"a.pdf\\nPrintfloor ready: http://127.0.0.1:1"'],
  ['an end of line of another kind', `a${endOfLine}b`, '"a\\u{2028}b"'],
  ['a carriage return and a terminal command', 'a\r\u001b[2Kb', '"a\\r\\u001b[2Kb"'],
  ['the terminal command of one byte', 'a\u009b2Kb', '"a\\u{9b}2Kb"'],
  ['a mark of direction', `a${rightToLeft}fdp.exe`, '"a\\u{202e}fdp.exe"'],
  ['signs nobody sees', 'a\u200bb\ufeff', '"a\\u{200b}b\\u{feff}"'],
  ['quotes and our own words', 'a": Filed "b', '"a\\": Filed \\"b"'],
])('%s stays in its quotes', (_name, name, shown) => {
  expect(lineOf`Rejected ${name}: ${'NoEnd'} (${3})`).toBe(`Rejected ${shown}: NoEnd (3)`);
  expect(lineOf`Not read: ${new Error(name)}`).toBe(`Not read: ${shown}`);
  expect(lineOf`Not read: ${{ toString: () => name }}`).toBe(`Not read: ${shown}`);
  expect(oneLine(`Rejected ${name}`)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
});

it('a value without end is cut, and a fault is told by our places alone', () => {
  expect(lineOf`Rejected ${'x'.repeat(1_000_000)}`.length).toBeLessThan(1100);
  const fault = new TypeError(`a\n    at forged (file:1:1)\nb`);
  fault.stack = `TypeError: ${fault.message}\n    at open (/hub/open.ts:1:1)\n    at async\u2028 read (/hub/read.ts:2:2)`;
  expect(framesOf(fault)).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
  expect(framesOf(fault)).toContain('open (/hub/open.ts:1:1)');
  expect(framesOf(fault)).not.toContain('forged');
});

it('in the log of a hub', async () => {
  const hub = await startTestHub();
  const forged = `x${endOfLine}Printfloor ready${rightToLeft}\n2026 Filed y.json`;
  await writeFile(join(hub.data, 'incoming', forged), '{ "no": "ticket" }');
  await until(() => /Rejected .*\\u\{2028\}/.test(hub.output()), 'it is told');
  await hub.stop();
  expect(hub.output().replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
  for (const line of hub.output().trim().split('\n'))
    expect(line).toMatch(/^(\d{4}-\d\d-\d\dT[\d:.]+Z |Printfloor ready: |The admin token is in )/);
  await hub.clean();
});
