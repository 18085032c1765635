/** A hub that hangs: in a file of its own, since it takes a minute to be sure. */
import { expect, test } from 'vitest';
import { until } from '../until.ts';
import { answeringHub, hubPid, isAlive, startMs } from './hub-of-desktop.ts';
import { kinds, makeMachine, openDesktop, quit } from './open-desktop.ts';

test.each(kinds)(
  'under %s it is ended, and is there again on the same floor',
  async (kind) => {
    const machine = makeMachine();
    const desktop = await openDesktop(kind, machine);
    try {
      const before = await answeringHub(desktop);
      const pid = await hubPid(desktop);
      process.kill(pid, 'SIGSTOP');
      await until(() => !isAlive(pid), 'it is ended', 120_000);
      expect(desktop.output()).toContain('has not answered for a minute');
      const after = await until(() => answeringHub(desktop), 'the new hub answers', startMs);
      expect(after.token).toBe(before.token);
      expect(await quit(desktop)).toBe(0);
    } finally {
      desktop.process.kill('SIGKILL');
      await desktop.exited;
      machine.remove();
    }
  },
  240_000,
);
