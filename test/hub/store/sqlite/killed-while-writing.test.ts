import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, openFresh } from '../fresh-store.ts';

describe('the hub is killed while it writes', () => {
  it('finds every acknowledged write after it, and sums that fit', async () => {
    const folder = await makeFolder();
    const program = join(import.meta.dirname, 'write-until-killed.ts');
    const acknowledged: number[] = [];
    for (const round of ['1', '2', '3']) {
      const child = spawn(process.execPath, [program, join(folder, 'record.db'), round], { stdio: ['ignore', 'pipe', 'inherit'] });
      let said = '';
      child.stdout.on('data', (part: Buffer) => {
        said += part.toString();
        if (said.length > 300) child.kill('SIGKILL');
      });
      const [, signal] = await once(child, 'close');
      expect(signal).toBe('SIGKILL');
      acknowledged.push(...said.slice(0, said.lastIndexOf('\n')).split('\n').map(Number));
    }
    const store = await openFresh(folder);
    for (const id of acknowledged) expect(await store.read.history(id)).toMatchObject([{ code: 'Ordered', jobId: id }]);
    const { all, stages } = await store.read.counts();
    expect(all).toBeGreaterThanOrEqual(acknowledged.length);
    expect(stages).toEqual({ intake: all });
    expect((await store.read.jobIdsIn('Ordered')).length).toBe(all);
    expect(await store.read.lastSeq()).toBe(all);
  });
});
