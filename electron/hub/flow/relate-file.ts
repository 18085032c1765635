/** What an arriving file is to the job it belongs to: its first, one more, the same again, the next version. Pure. */
import { nameKey } from '../../../shared/name-key.ts';
import { kinshipOf, readSigns, sameName } from '../intake/name-signs.ts';
import type { FileRow } from '../store/store.ts';

export type Relation =
  | { readonly kind: 'first'; readonly fulfils: string | null }
  | { readonly kind: 'duplicate'; readonly of: FileRow }
  /** Changed content: the next version of this file. */
  | { readonly kind: 'newVersion'; readonly of: FileRow }
  /** One more file of a job that has several. */
  | { readonly kind: 'another'; readonly fulfils: string | null }
  /** Its name is nearly that of another, but does not say what it is to that one. */
  | { readonly kind: 'ask' };

export type ArrivingName = {
  readonly name: string;
  readonly sha256: string;
  /** Takes the number off a name. */
  readonly withoutNumber: (name: string) => string;
  /** A person said that it is for this job: then nothing is asked, and what is nearly the same is the next version. */
  readonly byPerson: boolean;
};

/** The name a ticket waits for that this file answers to. */
function awaitedName(missing: readonly string[], { name, withoutNumber }: ArrivingName): string | null {
  if (missing.length === 0) return null;
  const own = withoutNumber(name);
  const exact = missing.find((awaited) => sameName(awaited, name) || sameName(awaited, own));
  return exact ?? missing.find((awaited) => kinshipOf(own, withoutNumber(awaited)) === 'newer') ?? null;
}

/**
 * What a file is to the job it belongs to. The same content is a duplicate, whatever its name, unless its ticket waits for this name too. The same
 * name, or an explicit sign (v2, rev B, Korrektur), is a new version, also where it goes back to the content of an earlier one. Other names are other files.
 */
export function relateFile(missing: readonly string[], files: readonly FileRow[], arriving: ArrivingName): Relation {
  const fulfils = awaitedName(missing, arriving);
  const equal = files.filter((file) => file.sha256 === arriving.sha256);
  const same = equal.find((file) => file.current);
  if (same !== undefined && (fulfils === null || sameName(same.name, arriving.name))) return { kind: 'duplicate', of: same };
  const current = files.filter((file) => file.current);
  if (current.length === 0) return { kind: 'first', fulfils };
  const own = arriving.withoutNumber(arriving.name);
  const kin = current.map((of) => ({
    of,
    kinship: sameName(of.name, arriving.name) ? 'same' : kinshipOf(own, arriving.withoutNumber(of.name)),
  }));
  const named = kin.find(({ kinship }) => kinship === 'same');
  if (named !== undefined) return { kind: 'newVersion', of: named.of };
  if (fulfils !== null) return { kind: 'another', fulfils };
  const near = kin.filter(({ kinship }) => kinship !== 'none');
  const [next] = near;
  if (next !== undefined && (arriving.byPerson || (near.length === 1 && next.kinship === 'newer')))
    return { kind: 'newVersion', of: next.of };
  // The content of a version that was replaced came back under another name.
  if (next !== undefined || equal.length > 0) return { kind: 'ask' };
  return beyondNames(own, current, arriving.byPerson);
}

/** "2042-1 v2.pdf" says which version it is, and not of what: of the only file, or nobody knows. */
function beyondNames(own: string, current: readonly FileRow[], byPerson: boolean): Relation {
  const { base, version } = readSigns(own);
  if (version?.firm !== true) return { kind: 'another', fulfils: null };
  const [only] = current;
  if (base.startsWith('.') && current.length === 1 && only !== undefined) return { kind: 'newVersion', of: only };
  return byPerson ? { kind: 'another', fulfils: null } : { kind: 'ask' };
}

/** Files a ticket names that the job does not have. */
export function missingFiles(named: readonly string[], files: readonly Pick<FileRow, 'name'>[]): string[] {
  const there = new Set(files.map(({ name }) => nameKey(name)));
  return named.filter((name) => !there.has(nameKey(name)));
}
