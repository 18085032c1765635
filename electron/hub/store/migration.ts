/** Changes of the shape of a record: numbered, each applied once and in order, never edited once they have left the house. Pure; each engine has its own list. */
import { createHash } from 'node:crypto';
import { said } from '../../../shared/words/say.ts';
import { Refusal } from '../parts.ts';

export type Migration = {
  readonly number: number;
  readonly name: string;
  readonly statements: readonly string[];
};

/** As a record remembers it. */
export type Applied = { readonly number: number; readonly name: string; readonly checksum: string };

export function checksumOf(migration: Migration): string {
  return createHash('sha256').update(migration.statements.join(';\n')).digest('hex');
}

/** Null when what was applied is a beginning of what we know; else a sentence that says why not. */
export function findMismatch(applied: readonly Applied[], known: readonly Migration[]): string | null {
  for (const [index, row] of applied.entries()) {
    const migration = known[index];
    if (migration === undefined)
      return `The database was made by a newer Printfloor (it knows change ${row.number}, "${row.name}"). Start that version, or a newer one.`;
    if (migration.number !== row.number || migration.name !== row.name || checksumOf(migration) !== row.checksum) {
      return `Change ${row.number}, "${row.name}", of the database is not the one this Printfloor knows. Start the version that made it, or take the last backup.`;
    }
  }
  return null;
}

/** What is to be applied yet. @throws Refusal when the record is of another make: a newer program made it, or somebody altered it */
export function missingOf(applied: readonly Applied[], known: readonly Migration[]): readonly Migration[] {
  const mismatch = findMismatch(applied, known);
  if (mismatch !== null) throw new Refusal('CONFLICT', said('refusals.otherMake', { fault: mismatch }));
  return known.slice(applied.length);
}
