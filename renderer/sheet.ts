/** Which of the two sheets over a screen is open: "find and do", or the list of keys. */
import { create } from 'zustand';

export type Sheet = 'palette' | 'keys';

/** `typed`: what was typed for a sheet that is still on its way, and whether Enter came behind it. */
type State = { readonly sheet: Sheet | null; readonly typed: { readonly text: string; readonly entered: boolean } };
const nothingTyped = { text: '', entered: false };

export const useSheet = create<State>()(() => ({ sheet: null, typed: nothingTyped }));

/** Where the focus was when a sheet was opened. */
let before: Element | null = null;

export function openSheet(sheet: Sheet | null): void {
  if (useSheet.getState().sheet === null) before = document.activeElement;
  useSheet.setState({ sheet, typed: nothingTyped });
}

/** A key for the field of "find and do" that did not go into it: the field is not there yet, or has lost the focus. True when it was taken here. */
export function typeAhead(key: string): boolean {
  if (useSheet.getState().sheet !== 'palette') return false;
  const field = document.querySelector<HTMLElement>('dialog [data-typed]');
  if (field !== null) {
    // The sign itself goes where the focus is by then.
    field.focus();
    return false;
  }
  const { text } = useSheet.getState().typed;
  const typed = key === 'Backspace' ? text.slice(0, -1) : text + key;
  useSheet.setState({ typed: key === 'Enter' ? { text, entered: true } : { text: typed, entered: false } });
  return true;
}

/** Without having done anything: whoever closes it goes on where they were. The sheet itself may have come later than it was asked for, and knows nothing of that. */
export function closeSheet(): void {
  openSheet(null);
  if (before instanceof HTMLElement) before.focus();
}
