/** A program of a test in one file, for one that is started a hundred times: to strip types and load source after source takes it five times as long. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'rolldown';
import { onTestFinished } from 'vitest';

/** What is native stays where it is. */
const native = createRequire(import.meta.url).resolve('better-sqlite3');

/** Path of the bundle of `source`, gone when the running test ends. */
export async function bundled(source: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'printfloor-bundled-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'program.mjs');
  await build({
    input: source,
    platform: 'node',
    external: [native],
    resolve: { alias: { 'better-sqlite3': native } },
    output: { file, format: 'esm', codeSplitting: false },
  });
  return file;
}
