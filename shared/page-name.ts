/** Which page it is: its first document names the files it is made of, and these bear a hash of what is in them. Pure. */

/** Names of its files, sorted; null where it names none, as one that is not built. */
export function pageIn(html: string): string | null {
  const names = [...html.matchAll(/(?:src|href)="[^"]*?assets\/([\w.-]+)"/g)].flatMap(([, name]) => name ?? []);
  return names.length === 0 ? null : [...new Set(names)].sort().join(' ');
}
