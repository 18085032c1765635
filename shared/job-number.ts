/**
 * The number of a job as people read it aloud, and the digits in it. Two jobs never show the same number: the dash parts order and job
 * only where the job has none itself, so that job 3 of `7001-2` is 7001-2-3 and job 2-3 of `7001` is 7001/2-3. Upper and lower case differ.
 */

import { cleanLine } from './clean-text.ts';

export function shownNumber(order: string, job: string): string {
  return job.includes('-') ? `${order}/${job}` : `${order}-${job}`;
}

/** Order and job of a number as it is shown; null: no number is shown so. */
export function numberParts(number: string): { readonly order: string; readonly job: string } | null {
  const slash = number.indexOf('/');
  const at = slash === -1 ? number.lastIndexOf('-') : slash;
  const parts = { order: number.slice(0, at), job: number.slice(at + 1) };
  return at > 0 && parts.job !== '' && shownNumber(parts.order, parts.job) === number ? parts : null;
}

/**
 * The numbers that are exactly what somebody typed, copied or scanned, the best first: as it is written, and where upper and lower case went wrong. Everything else a search
 * finds comes behind them, here and at the hub.
 */
export function numbersTyped(typed: string): readonly string[] {
  return asTyped(typed).filter((written) => numberParts(written) !== null);
}

/** The same for the number of an order, of which any text may be one. */
export function ordersTyped(typed: string): readonly string[] {
  return asTyped(typed).filter((written) => written !== '');
}

function asTyped(typed: string): readonly string[] {
  const number = plainDigits(cleanLine(typed))
    .trim()
    .replaceAll(/\p{Pd}/gu, '-');
  return [...new Set([number, number.toUpperCase(), number.toLowerCase()])];
}

/** Any job whose number was not typed. */
export const notTyped = 3;

/** Where a job stands among what is found for this: the smaller the further ahead. */
export function numberRank(typed: string, number: string): number {
  const at = typed === '' ? -1 : numbersTyped(typed).indexOf(number);
  return at === -1 ? notTyped : at;
}

/** Digits of any script as 0 to 9: ٣ and ３ are a 3. */
export function plainDigits(text: string): string {
  return text.replaceAll(/[^\P{Nd}0-9]/gu, (digit) => {
    const point = digit.codePointAt(0) ?? 0;
    // Unicode keeps the ten digits of a script in a row; rows may follow one another.
    let first = point;
    while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
    return String((point - first) % 10);
  });
}
