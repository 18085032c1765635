/** Rules, hot folders and settings at hand, as last committed: every arrival asks for them. */
import type { Floor } from './flow/flow-parts.ts';
import type { Store } from './store/store.ts';

export type KeptFloor = {
  readonly current: () => Floor;
  /** Until what was committed before this call is at hand. */
  upToDate(): Promise<void>;
  stop(): Promise<void>;
};

export async function keepFloor(store: Store): Promise<KeptFloor> {
  const read = async (): Promise<Floor> => {
    const [rules, hotFolders, settings] = await Promise.all([store.read.rules(), store.read.hotFolders(), store.read.settings()]);
    return { rules, hotFolders, settings };
  };
  let floor = await read();
  let reading: Promise<void> = Promise.resolve();
  const stopListening = store.onChange((change) => {
    if (!(change.rules || change.hotFolders || change.settings)) return;
    reading = reading.then(async () => {
      floor = await read();
    });
  });
  return {
    current: () => floor,
    upToDate: () => reading,
    stop: async () => {
      stopListening();
      await reading;
    },
  };
}
