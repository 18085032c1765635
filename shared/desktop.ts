/**
 * What the page may ask of the Electron window, and nothing else: native powers only. In a browser `window.desktop`
 * is absent and the page does without.
 */
import { z } from 'zod';

export const hubAccessSchema = z.object({
  url: z.url(),
  /** Of the role `station`: what may be set up needs the admin's key, which lies in the file `keyPath`. */
  token: z.string(),
  keyPath: z.string(),
  /** A key of the admin that ends by itself, handed to the page of a new floor once. `endsAt`: by the hub's clock, epoch ms. */
  setUp: z.object({ token: z.string(), endsAt: z.number() }).nullable(),
});
/** Where the hub is and what to say to it. */
export type HubAccess = z.infer<typeof hubAccessSchema>;

export const noticeSchema = z.object({ title: z.string().max(100), body: z.string().max(300) });
export type Notice = z.infer<typeof noticeSchema>;

/** Arguments of each call, checked again where it arrives. */
export const desktopArguments = {
  hub: z.tuple([]),
  chooseFolder: z.tuple([]),
  notifyFailure: z.tuple([noticeSchema]),
} as const;
export type DesktopCall = keyof typeof desktopArguments;

export type Desktop = {
  /** Waits until the hub is ready; again after it was restarted. */
  hub(): Promise<HubAccess>;
  /** Opens the folder dialog; null when the person cancelled. */
  chooseFolder(): Promise<string | null>;
  /** A notification and a flashing taskbar entry: something on the floor is red. */
  notifyFailure(notice: Notice): Promise<void>;
};
