/** Numbers as people write them, and as formats define them. Pure; what is no number, or could be two, stays text, and is then refused. */

/**
 * How numbers are written where a text comes from. `double`: as XML Schema defines it (JDF). `english`: a point parts the decimals.
 * `people`: point and comma may both part thousands. `unclear`: nothing tells which, so that "1.000" is no number.
 */
export type NumberStyle = 'double' | 'english' | 'people' | 'unclear';

const pieces = / ?(?:stk|stck|st|stück|pcs|pieces|ex|expl|exemplare|x)\.?$/iu;

/** Longer ones are none, and looking for their parts would take the square of their length. */
const longestNumber = 60;

export function readNumber(text: string, style: NumberStyle): number | string {
  if (text.length > longestNumber) return text;
  if (style === 'double') return /^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?$/u.test(text) ? Number(text) : text;
  const bare = text.replace(pieces, '');
  const digits = style === 'english' ? plainEnglish(bare) : style === 'unclear' && isAmbiguous(bare) ? text : plainDigits(bare);
  return /^-?[0-9]{1,12}$/u.test(digits) ? Number(digits) : text;
}

/** Is this a thousand to one reader and a one to the next? */
export function isAmbiguous(text: string): boolean {
  return /^-?[0-9]{1,3}[.,][0-9]{3}$/u.test(text);
}

/** `1.000`, `1,000`, `1 000` and `1'000` are a thousand; `500,00` is five hundred. */
function plainDigits(text: string): string {
  const whole = text.replace(/[.,]0{1,2}$/u, '');
  return /^-?[0-9]{1,3}(?:([.,' \u00a0\u202f’])[0-9]{3})(?:\1[0-9]{3})*(?:[.,]0{1,2})?$/u.test(text)
    ? whole.replaceAll(/[^0-9-]/gu, '')
    : whole;
}

/** `1,000` is a thousand, `500.000` five hundred; `1.000,00` and `1.000.000` can only be what Germans write, and `1.500` is no number of pieces. */
function plainEnglish(text: string): string {
  if (isAmbiguous(text) && /\.[0-9]{3}$/u.test(text) && !text.endsWith('.000')) return text;
  const whole = text.replace(/(?<=^-?[0-9,' \u00a0\u202f’]+)\.0+$/u, '');
  return whole === text ? plainDigits(text) : plainDigits(whole);
}
