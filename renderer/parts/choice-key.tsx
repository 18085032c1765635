/** The digit that chooses an answer while its question is open, on its button. */
const most = 9;

/** Attributes for the button of the answer at this place, counted from 0. */
export function choiceKey(at: number): { readonly 'data-choice'?: number; readonly 'aria-keyshortcuts'?: string } {
  return at < most ? { 'data-choice': at + 1, 'aria-keyshortcuts': String(at + 1) } : {};
}

export function ChoiceMark({ at }: { readonly at: number }) {
  return at < most ? <kbd aria-hidden>{at + 1}</kbd> : null;
}
