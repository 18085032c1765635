/** Rules, hot folders and settings at hand, as last committed: every arrival asks for them. */
import type { Floor } from './flow/flow-parts.ts';
import type { Ports } from './ports/ports.ts';
import type { Store } from './store/store.ts';

export type KeptFloor = {
  readonly current: () => Floor;
  /** Until what was committed before this call is at hand. */
  upToDate(): Promise<void>;
  stop(): Promise<void>;
};

const readAgainMs = 1000;

/** `onChanged`: other rules, folders or settings are at hand. */
export async function keepFloor(store: Store, timers: Ports['timers'], onChanged: () => void = () => undefined): Promise<KeptFloor> {
  const read = async (): Promise<Floor> => {
    const [rules, hotFolders, settings] = await Promise.all([store.read.rules(), store.read.hotFolders(), store.read.settings()]);
    return { rules, hotFolders, settings };
  };
  let floor = await read();
  let reading: Promise<void> = Promise.resolve();
  let isStopped = false;
  /** What was saved counts for all that comes after it: where another program holds the record it is waited for. */
  const readAnew = async (): Promise<void> => {
    while (!isStopped)
      try {
        floor = await read();
        break;
      } catch {
        await timers.pause(readAgainMs);
      }
    onChanged();
  };
  const stopListening = store.onChange((change) => {
    if (!(change.rules || change.hotFolders || change.settings)) return;
    reading = reading.then(readAnew);
  });
  return {
    current: () => floor,
    upToDate: () => reading,
    stop: async () => {
      isStopped = true;
      stopListening();
      await reading;
    },
  };
}
