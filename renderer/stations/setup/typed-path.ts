/** The path somebody typed or pasted, without what stands around it: Windows copies a path in quotes. Pure. */
const inQuotes = /^(?:"(.*)"|'(.*)'|\u201C(.*)\u201D|\u201E(.*)[\u201C\u201D])$/su;

export function typedPath(text: string): string {
  const bare = text.trim();
  const found = inQuotes.exec(bare);
  return (found?.slice(1).find((inside) => inside !== undefined) ?? bare).trim();
}
