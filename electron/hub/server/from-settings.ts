/** What is made of the settings, which stand in the record alone: made anew whenever they change, whoever changes them. */
import type { Settings } from '../../../shared/api.ts';
import type { Store } from '../store/store.ts';

export type FromSettings<Made> = {
  now(): Made;
  /** Resolves when what is in the settings by now is what holds. */
  current(): Promise<void>;
  stop(): void;
};

export async function fromSettings<Made>(
  { read, onChange }: Pick<Store, 'read' | 'onChange'>,
  make: (settings: Settings) => Made,
): Promise<FromSettings<Made>> {
  let made = make(await read.settings());
  let reading = Promise.resolve();
  const lookAgain = async (): Promise<void> => {
    try {
      made = make(await read.settings());
    } catch {
      // What cannot be read now has been read before.
    }
  };
  const stop = onChange(({ settings }) => {
    if (settings) reading = reading.then(lookAgain);
  });
  return { now: () => made, current: () => reading, stop };
}
