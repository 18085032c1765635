/**
 * Text search over jobs. Owns `job_search`: the words of each job in their order, by which a find is told for sure, and each of them once for the index that finds them.
 */
import { type RawBuilder, sql } from 'kysely';
import type { JobWords } from '../engine.ts';
import type { Db } from '../tables.ts';
import { asRow, wordsIn } from './words.ts';

/** Bytes a word of the index may have in PostgreSQL; a longer one is found by its beginning. */
const longestWord = 500;
/** Signs all words of a job may have in the index; a job with more (thousands of files) stands in none and is looked at each time. */
const mostSigns = 200_000;

/** Never in the middle of a letter, of which PostgreSQL takes no half. */
function cut(word: string): string {
  return word.slice(0, longestWord).replace(/[\uD800-\uDBFF]$/, '');
}

/** Phrases whose words stand in a row, each the beginning of the last one; as JSON. */
export function searchQuery(typed: string): string | null {
  const phrases = typed
    .replaceAll('\0', ' ')
    .split(/\s+/u)
    .map(wordsIn)
    .filter((words) => words.length > 0);
  return phrases.length === 0 ? null : JSON.stringify(phrases);
}

function asTsQuery(phrases: readonly (readonly string[])[]): string {
  const part = (word: string, isLast: boolean): string => `'${cut(word)}'${isLast || cut(word) !== word ? ':*' : ''}`;
  return phrases.flatMap((words) => words.map((word, at) => part(word, at === words.length - 1))).join(' & ');
}

/** What holds of `job_search` where these words are found. */
export function matching(words: string): RawBuilder<unknown> {
  const phrases = JSON.parse(words) as readonly (readonly string[])[];
  const rows = phrases.map((phrase) => sql`job_search.words like ${`%${asRow(phrase).trimEnd()}%`}`);
  return sql`(job_search.lexemes @@ ${asTsQuery(phrases)}::tsquery or job_search.lexemes is null) and ${sql.join(rows, sql` and `)}`;
}

export async function learnWords(db: Db, id: number, { number, title, product, customer, files }: JobWords): Promise<void> {
  const columns = [number, title, product, customer, files].map(wordsIn);
  const each = [...new Set(columns.flat().map(cut))];
  const lexemes = each.reduce((signs, word) => signs + word.length, 0) > mostSigns ? null : JSON.stringify(each);
  // Words of different columns never stand in a row.
  const rows = columns.map(asRow).join('\n');
  await db.run(
    `insert into job_search (job_id, words, lexemes)
      values ($1, $2, case when $3::text is null then null else array_to_tsvector(array(select jsonb_array_elements_text($3::jsonb))) end)
      on conflict (job_id) do update set words = excluded.words, lexemes = excluded.lexemes`,
    [id, rows, lexemes],
  );
}
