/** What happens because time passes: future orders become orders, also after the program was off on their day. */
import type { ArrivalFlow } from './flow.ts';
import type { Timers } from './ports/ports.ts';

const everyMs = 20_000;

export function startClock(flow: Pick<ArrivalFlow, 'startDueOrders'>, timers: Timers, log: (line: string) => void): () => void {
  let stopped = false;
  let callOff = (): void => undefined;
  const tick = async (): Promise<void> => {
    try {
      await flow.startDueOrders();
    } catch (error) {
      log(`Future orders could not be looked at: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (!stopped) callOff = timers.after(everyMs, () => void tick());
  };
  void tick();
  return () => {
    stopped = true;
    callOff();
  };
}
