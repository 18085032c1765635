/** Which file of the job a chosen file is to be. Pure. */

/** `as`: the name it is added under. `ask`: nobody knows; these are missing, and it may be one of them. */
export type Meant = { readonly as: string } | { readonly ask: readonly [string, ...string[]] };

const plain = (name: string): string => name.normalize('NFC').toLowerCase();

/**
 * A file that is called like a missing one is that one. Any other is only added without a question where nothing is missing: the ticket waits for names, and a
 * file under another name would be one more.
 *
 * @param wanted the missing file whose button was pressed; null: chosen or dropped for the whole job
 */
export function meantFor(fileName: string, missing: readonly string[], wanted: string | null): Meant {
  const called = missing.find((name) => plain(name) === plain(fileName));
  if (called !== undefined) return { as: called };
  const [first, ...others] = wanted === null ? missing : [wanted];
  return first === undefined ? { as: fileName } : { ask: [first, ...others] };
}
