/** Which files a version replaced, one after the other. Pure. */
import { kinshipOf, sameName } from '../intake/name-signs.ts';
import type { FileRow } from '../store/store.ts';

/**
 * The versions before this one, by id, told by their names: where those do not tell each of them, any file of the job that was replaced may be one.
 *
 * @param files all of its job, of all versions
 * @param withoutNumber takes the number off a name
 */
export function olderVersions(
  files: readonly FileRow[],
  { name, version }: Pick<FileRow, 'name' | 'version'>,
  withoutNumber: (name: string) => string,
): ReadonlySet<number> {
  const replaced = files.filter((file) => !file.current && file.version < version);
  const own = withoutNumber(name);
  const kin = replaced.filter((file) => sameName(file.name, name) || kinshipOf(own, withoutNumber(file.name)) !== 'none');
  const told = new Set(kin.map((file) => file.version));
  return new Set((told.size === version - 1 ? kin : replaced).map(({ id }) => id));
}
