/** What Escape does with a form (keys.ts): closes one in which nothing was typed, and leaves one in which something was. For `data-escape` of the button that gives it up. */
export function escapeOf(typed: unknown, before: unknown): 'leave' | 'stay' {
  return JSON.stringify(typed) === JSON.stringify(before) ? 'leave' : 'stay';
}
