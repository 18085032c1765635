/** Under which licences we take packages of others. Pure. */

/** Each lets us ship the package with a program whose source is not given away. */
const allowed: ReadonlySet<string> = new Set([
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'Zlib',
  'OFL-1.1',
  'Unlicense',
]);
/** Changes of the package itself must be given away, what is built with it need not: for tools that do not ship. */
const allowedForTools: ReadonlySet<string> = new Set([...allowed, 'MPL-2.0', 'CC-BY-4.0', 'Python-2.0']);

/** Is "(MIT OR CC0-1.0)" on the list? One of several to choose from must be, of several that all hold each. Pure. */
export function isAllowed(licence: string, isTool: boolean): boolean {
  const list = isTool ? allowedForTools : allowed;
  const bare = licence.replace(/^\((.*)\)$/u, '$1');
  if (bare.includes('(')) return false;
  return bare.split(' OR ').some((choice) => choice.split(' AND ').every((one) => list.has(one.trim())));
}
