/** Checks the file of the record in a process of its own, which is ended with the hub. A check that comes to no end is begun anew: what nobody knows is not good. */
import { openDisk } from './disk/open-disk.ts';
import type { Log } from './log.ts';
import type { Ports } from './ports/ports.ts';
import type { CheckRecord } from './store/open.ts';

const againAfterMs = 5000;
/** How the process is called in lists of processes. */
const label = 'record';

export function makeRecordCheck(ports: Pick<Ports, 'clock' | 'timers' | 'forkDisk'>, log: Log): CheckRecord {
  return (path) => {
    const disk = openDisk(label, ports);
    let stopped = false;
    const check = async (): Promise<string | null> => {
      for (;;) {
        try {
          const damage = await disk.checkRecord(path);
          disk.stop();
          return damage;
        } catch (error) {
          if (stopped) return await new Promise<never>(() => undefined);
          log`The check of the record came to no end, and is begun anew: ${error}`;
          await ports.timers.pause(againAfterMs);
        }
      }
    };
    return {
      found: check(),
      stop: () => {
        stopped = true;
        disk.stop();
      },
    };
  };
}
