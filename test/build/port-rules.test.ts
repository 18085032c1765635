/** The rule that keeps the hub behind its ports: it finds each way past them, and leaves the named exceptions alone. */
import { expect, it } from 'vitest';
import { findPastPorts } from '../../build/port-rules.ts';

it.each([
  ['const at = Date.now();', 'Date.now'],
  ['const clock = { now: Date.now };', 'Date.now'],
  ['const today = new Date();', 'new Date()'],
  ['const from = performance.now();', 'performance.now'],
  ['setTimeout(() => {}, 5);', 'setTimeout'],
  ['await new Promise((resolve) => setImmediate(resolve));', 'setImmediate'],
  ["import { setTimeout as pause } from 'node:timers/promises';", 'node:timers/promises'],
  ['const chance = Math.random();', 'Math.random'],
  ["import { randomUUID } from 'node:crypto';", 'node:crypto'],
  ["import { rename } from 'node:fs/promises';", 'node:fs/promises'],
  ["import { watch } from 'chokidar';", 'chokidar'],
  ["console.error('no');", 'console.error'],
  ['const print = console.log;', 'console.log'],
  ["process.stdout.write('no');", 'process.stdout'],
  ["import { fork } from 'node:child_process';", 'node:child_process'],
  ['await files.rename(from, to);', 'files.rename'],
  ['const { path } = await patiently(() => files.unlink(path));', 'files.unlink'],
  ['const file = await files.make(path);', 'files.make'],
])('finds %s', (source, what) => {
  expect(findPastPorts('electron/hub/flow/new.ts', source)).toEqual([expect.stringContaining(`flow/new.ts uses ${what}`)]);
});

it.each([
  'const at = new Date(now()).toISOString();',
  "import { createHash } from 'node:crypto';",
  "import { constants } from 'node:fs';",
  "import type { Stats } from 'node:fs';",
])('leaves %s alone', (source) => {
  expect(findPastPorts('electron/hub/flow/new.ts', source)).toEqual([]);
});

it('knows the exceptions, and that only the hub is meant', () => {
  expect(findPastPorts('electron/hub/ports/system.ts', 'setTimeout(() => Date.now(), 1)')).toEqual([]);
  expect(findPastPorts('electron/hub/server/live.ts', 'setTimeout(() => Date.now(), 1)')).toEqual([]);
  expect(findPastPorts('renderer/page.ts', 'setTimeout(() => Date.now(), 1)')).toEqual([]);
});
