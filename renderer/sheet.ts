/** Which of the two sheets over a screen is open: "find and do", or the list of keys. */
import { create } from 'zustand';

export type Sheet = 'palette' | 'keys';

export const useSheet = create<{ readonly sheet: Sheet | null }>()(() => ({ sheet: null }));

/** Where the focus was when a sheet was opened. */
let before: Element | null = null;

export function openSheet(sheet: Sheet | null): void {
  if (useSheet.getState().sheet === null) before = document.activeElement;
  useSheet.setState({ sheet });
}

/** Without having done anything: whoever closes it goes on where they were. The sheet itself may have come later than it was asked for, and knows nothing of that. */
export function closeSheet(): void {
  openSheet(null);
  if (before instanceof HTMLElement) before.focus();
}
