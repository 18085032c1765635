/** JSON lets an object say one key twice, and every reader takes the last in silence: RFC 8259, section 4, calls what comes of it unpredictable. Pure. */

/** Just behind the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text.charAt(index) !== '"') index += text.charAt(index) === '\\' ? 2 : 1;
  return index + 1;
}

/** The first key that one object says twice, and where; null where none does. `text` must be JSON. */
export function findKeyTwice(text: string): { readonly key: string; readonly index: number } | null {
  const open: Set<string>[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const sign = text.charAt(index);
    if (sign === '{' || sign === '[') open.push(new Set());
    else if (sign === '}' || sign === ']') open.pop();
    if (sign !== '"') continue;
    const end = endOfString(text, index);
    const isKey = /[ \t\r\n]*:/uy;
    isKey.lastIndex = end;
    if (isKey.test(text)) {
      const key = String(JSON.parse(text.slice(index, end)));
      const keys = open.at(-1);
      if (keys?.has(key)) return { key, index };
      keys?.add(key);
    }
    index = end - 1;
  }
  return null;
}
