/** The name of the channel behind each call of window.desktop; both sides take it from here. */
import type { DesktopCall } from '../shared/desktop.ts';

export const desktopChannel = (call: DesktopCall): string => `desktop:${call}`;
