/** Which of the two sheets over a screen is open: "find and do", or the list of keys. */
import { create } from 'zustand';

export type Sheet = 'palette' | 'keys';

export const useSheet = create<{ readonly sheet: Sheet | null }>()(() => ({ sheet: null }));

export function openSheet(sheet: Sheet | null): void {
  useSheet.setState({ sheet });
}
