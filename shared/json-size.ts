/** How deep JSON is nested and how much stands in it, before anybody reads it: neither a reader nor whoever walks the result is to be exhausted. Pure. */

/**
 * One pass over the characters: a regular expression for strings would begin anew at each quotation mark of a string without end. `text` need not be JSON.
 *
 * @param most.values items of lists and fields of objects, at all levels together
 */
export function tooMuchJson(text: string, most: { readonly levels: number; readonly values?: number }): 'levels' | 'values' | null {
  const { levels, values = Number.POSITIVE_INFINITY } = most;
  let depth = 0;
  let parted = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text.charAt(index);
    if (inString && sign === '\\') index += 1;
    else if (sign === '"') inString = !inString;
    else if (inString) continue;
    else if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') depth -= 1;
    else if (sign === ',') parted += 1;
    if (depth > levels) return 'levels';
    if (parted >= values) return 'values';
  }
  return null;
}
