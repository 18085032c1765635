/** Text search over jobs, by fts5. Owns the words in `job_search` and nothing else. */
import { type RawBuilder, sql } from 'kysely';
import type { JobWords } from '../engine.ts';
import type { Db } from '../tables.ts';
import { template } from '../template.ts';

/**
 * What somebody typed as a query: each word is the beginning of a word, and all must be there. A number with its dash
 * ("1001-2") is read as its parts in a row. Null when there is no letter or digit to look for.
 */
export function searchQuery(typed: string): string | null {
  const words = typed
    .normalize('NFC')
    .replaceAll('\0', ' ')
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (words.length === 0) return null;
  return words.map((word) => `"${word.replaceAll('"', '""')}"*`).join(' ');
}

/** The newest jobs with these words for which `also` holds of `job_search.rowid`; handed out newest first, so that a page of a frequent word needs no sorting. */
export async function searchIds(db: Db, words: string, also: RawBuilder<unknown>, before: number | null, limit: number): Promise<number[]> {
  const earlier = before === null ? sql`true` : sql`rowid < ${before}`;
  const { rows } = await sql<{ id: number }>`
    select rowid as id from job_search where job_search match ${words} and ${earlier} and ${also} order by rowid desc limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => id);
}

const forget = template((_db, id: number) => compilable(sql`delete from job_search where rowid = ${id}`, _db));
const learn = template((db, id: number, number: string, title: string, product: string, customer: string, files: string) =>
  compilable(
    sql`insert into job_search (rowid, number, title, product, customer, files) values (${id}, ${number}, ${title}, ${product}, ${customer}, ${files})`,
    db,
  ),
);

function compilable(query: ReturnType<typeof sql>, db: Db): { compile: () => ReturnType<typeof query.compile> } {
  return { compile: () => query.compile(db) };
}

export async function learnWords(db: Db, id: number, words: JobWords, isNew: boolean): Promise<void> {
  if (!isNew) await forget(db, id);
  await learn(db, id, words.number, words.title, words.product, words.customer, words.files);
}
