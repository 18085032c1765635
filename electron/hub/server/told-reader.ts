/** Nobody outside is told what a power cut could still take back: what was read is answered when it is on disk. */
import type { Reader, Store } from '../store/store.ts';

type Ask = (...asked: readonly unknown[]) => Promise<unknown>;

/** The same questions; each answer waits for the flush that was under way when it was read. */
export function toldReader({ read, onDisk }: Pick<Store, 'read' | 'onDisk'>): Reader {
  const waiting = Object.entries(read as unknown as Record<string, Ask>).map(([name, ask]): [string, Ask] => [
    name,
    async (...asked) => {
      const answer = await ask(...asked);
      await onDisk();
      return answer;
    },
  ]);
  return Object.fromEntries(waiting) as unknown as Reader;
}
