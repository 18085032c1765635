/**
 * Sums that must not be counted anew at a million jobs: "jobs all", "jobs attention", "stage press", "delivery 3 waiting".
 * A write says differences; they are written once for a whole flush, in its transaction.
 */
import type { CompiledQuery } from 'kysely';
import type { Db } from './tables.ts';
import { keptFor, template } from './template.ts';

export type Differences = ReadonlyMap<string, number>;

const sums = template((db, from: string, to: string) =>
  db.selectFrom('counter').selectAll().where('name', '>=', from).where('name', '<', to),
);

/** Sums whose name begins with `kind`, by the rest of their name and in its order. `unsaved`: differences not written yet. */
export async function readSums(db: Db, kind: string, unsaved: readonly Differences[]): Promise<Map<string, number>> {
  const found = new Map((await sums(db, `${kind} `, `${kind}!`)).map((row) => [row.name, row.value]));
  for (const [name, by] of unsaved.flatMap((differences) => [...differences])) {
    if (name.startsWith(`${kind} `)) found.set(name, (found.get(name) ?? 0) + by);
  }
  const names = [...found].sort(([one], [other]) => (one < other ? -1 : 1));
  return new Map(names.filter(([, value]) => value > 0).map(([name, value]) => [name.slice(kind.length + 1), value]));
}

const revisionSum = 'revision';
const kept = template((db, name: string) => db.selectFrom('counter').select('value').where('name', '=', name));

/** One write that has changed jobs: whoever reads them from then on reads them later than all before. */
export const oneRevision: Differences = new Map([[revisionSum, 1]]);

/** Of what is read now: how many writes there were that changed jobs. */
export async function readRevision(db: Db, unsaved: readonly Differences[]): Promise<number> {
  const [row] = await kept(db, revisionSum);
  return unsaved.reduce((sum, differences) => sum + (differences.get(revisionSum) ?? 0), row?.value ?? 0);
}

const byLength = keptFor<number, CompiledQuery>();

function compiledFor(db: Db, rows: readonly { name: string; value: number }[]): CompiledQuery {
  return byLength(db, rows.length, () =>
    db
      .insertInto('counter')
      .values([...rows])
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet((eb) => ({ value: eb('counter.value', '+', eb.ref('excluded.value')) })),
      )
      .compile(),
  );
}

export async function saveSums(db: Db, differences: Differences): Promise<void> {
  const rows = [...differences].filter(([, by]) => by !== 0).map(([name, value]) => ({ name, value }));
  if (rows.length === 0) return;
  await db.run(
    compiledFor(db, rows).sql,
    rows.flatMap((row) => [row.name, row.value]),
  );
}
