/** Nobody outside is told what a power cut could still take back: what was read is answered when it is on disk. */
import type { Asked, Reader, Store } from '../store/store.ts';

type Ask = (...asked: readonly unknown[]) => Promise<unknown>;

function told<Questions extends Asked | Reader>(questions: Questions, onDisk: Store['onDisk']): Questions {
  const waiting = Object.entries(questions as unknown as Record<string, Ask>).map(([name, ask]): [string, Ask] => [
    name,
    async (...asked) => {
      const answer = await ask(...asked);
      await onDisk();
      return answer;
    },
  ]);
  return Object.fromEntries(waiting) as unknown as Questions;
}

/** The same questions; each answer waits for the flush that was under way when it was read. */
export function toldReader({ read, ask, onDisk }: Pick<Store, 'read' | 'ask' | 'onDisk'>): Pick<Store, 'read' | 'ask'> {
  return { read: told(read, onDisk), ask: (leaves) => told(ask(leaves), onDisk) };
}
