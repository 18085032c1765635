/** What happens because time passes: future orders become orders, also after the program was off on their day. */
import type { ArrivalFlow } from './flow.ts';

const everyMs = 20_000;

export function startClock(flow: Pick<ArrivalFlow, 'startDueOrders'>, log: (line: string) => void): () => void {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const tick = async (): Promise<void> => {
    try {
      await flow.startDueOrders();
    } catch (error) {
      log(`Future orders could not be looked at: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (!stopped) timer = setTimeout(() => void tick(), everyMs);
  };
  void tick();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
