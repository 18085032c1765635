/** F23: the power goes while a newer program changes the shape of the record. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../electron/hub/store/open.ts';
import { bundled } from '../bundled.ts';
import { isLong } from '../random.ts';
import { contentOf } from './content.ts';
import { unpackFloor } from './pack.ts';

function makeRoot(): string {
  const root = mkdtempSync(join(tmpdir(), 'printfloor-killed-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

async function migrateUntil(program: string, path: string, killBefore: number): Promise<'killed' | 'done'> {
  const child = spawn(process.execPath, [program, path, String(killBefore)], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  const [code, signal] = await once(child, 'close');
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(`It ended with ${code}: ${said}`);
  return signal === 'SIGKILL' ? 'killed' : 'done';
}

/** The record alone, with its log where the floor was cut off. */
function placeRecord(from: string, to: string): string {
  mkdirSync(to);
  for (const name of ['printfloor.sqlite', 'printfloor.sqlite-wal'])
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
  return join(to, 'printfloor.sqlite');
}

// Each step costs a process: the long run takes them all on both floors.
describe.each([
  { floor: 'at-rest', every: isLong ? 1 : 2 },
  { floor: 'cut-off', every: isLong ? 1 : 5 },
])('killed at any step of the migration, the record of a floor that was $floor', ({ floor, every }) => {
  it('is the old one or the new one, never between; each copy is the old one; and it goes on', { timeout: 240_000 }, async () => {
    const root = makeRoot();
    const program = await bundled(join(import.meta.dirname, 'migrate-until-killed.ts'));
    unpackFloor(join(import.meta.dirname, `${floor}.floor`), root);
    const data = join(root, 'data');
    const old = contentOf(placeRecord(data, join(root, 'old')));
    const whole = placeRecord(data, join(root, 'new'));
    expect(await migrateUntil(program, whole, Number.MAX_SAFE_INTEGER)).toBe('done');
    const renewed = contentOf(whole);
    expect(renewed).not.toBe(old);
    // The start derives what a migration cannot.
    await (await openStore({ path: whole })).close();
    const opened = contentOf(whole);
    const seen = { old: 0, new: 0 };
    for (let killBefore = 1; ; killBefore += every) {
      const folder = join(root, `killed-${killBefore}`);
      const path = placeRecord(data, folder);
      const end = await migrateUntil(program, path, killBefore);
      const found = contentOf(path);
      expect([old, renewed]).toContain(found);
      seen[found === old ? 'old' : 'new'] += 1;
      for (const copy of readdirSync(folder).filter((name) => /\.before-.*\.sqlite$/.test(name)))
        expect(contentOf(join(folder, copy))).toBe(old);
      // A record in the new shape has a copy of the old one beside it, whatever moment it was.
      if (found === renewed) expect(existsSync(join(folder, 'printfloor.before-2.sqlite'))).toBe(true);
      await (await openStore({ path })).close();
      expect(contentOf(path)).toBe(opened);
      expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
      rmSync(folder, { recursive: true });
      if (end === 'done') break;
    }
    expect(seen.old).toBeGreaterThan(20 / every);
    expect(seen.new).toBeGreaterThan(0);
  });
});
