/** Puts the keyboard where a person expects it when something was opened on their word. Used as a ref. */
export function takeFocus(element: HTMLElement | null): void {
  element?.focus();
}
