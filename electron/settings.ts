/**
 * This machine's settings, in the file electron-store keeps. Jobs never live here. A file that cannot be read is said loudly and left as
 * it is: silently starting with an empty floor elsewhere would be worse than not starting.
 */
import ElectronStore from 'electron-store';
import { z } from 'zod';
import { languages } from '../shared/words/form.ts';
import { say } from './say.ts';
import { placeSchema } from './window-place.ts';

const settingsSchema = z.object({
  dataPath: z.string().min(1).optional(),
  port: z.number().int().min(0).max(65_535).optional(),
  language: z.enum(languages).optional(),
  window: placeSchema.optional(),
});
export type Settings = z.infer<typeof settingsSchema>;

export type SettingsFile = {
  readonly path: string;
  readonly settings: Settings;
  /** Holds from now on; where the file cannot be written, until the program ends. */
  change(change: Partial<Settings>): void;
};

/** @throws Error naming the file, when it is not what we wrote */
export function openSettings(): SettingsFile {
  const store = new ElectronStore<Record<string, unknown>>({ name: 'settings', clearInvalidConfig: false });
  const parsed = settingsSchema.safeParse(store.store);
  if (!parsed.success) throw new Error(`${store.path}: ${z.prettifyError(parsed.error)}`);
  let settings = parsed.data;
  return {
    path: store.path,
    get settings() {
      return settings;
    },
    change(change) {
      settings = { ...settings, ...change };
      try {
        store.set(settings);
      } catch (error) {
        // A full disk must not end the program over the place of a window.
        say`the settings of this machine could not be written to ${store.path}: ${error}`;
      }
    },
  };
}
