/** Texts as people and other systems write them: what nobody sees is taken out of them at the door, and what is far too long is refused as it came. */
import { z } from 'zod';
import { cleanLine, cleanLines } from './clean-text.ts';

/** Signs nobody sees and accents written apart may be a few times as many as what is left. */
function mostWritten(most: number): number {
  return 4 * most + 100;
}

/** A text of any length that is not made plain before it is known to be near what may be: that takes the longer, the more there is of it. */
export function text(most: number, clean: (text: string) => string): z.ZodString {
  const error = `Too big: expected string to have <=${most} characters`;
  return z.string().max(mostWritten(most), { error, abort: true }).overwrite(clean);
}

/** One line. */
export function line(most: number): z.ZodString {
  return text(most, cleanLine).trim().max(most);
}

/** Lines stay lines. */
export function lines(most: number): z.ZodString {
  return text(most, cleanLines).max(most);
}
