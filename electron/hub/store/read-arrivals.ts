/** Reads what arrived, what is asked about it, and what was left behind. */
import { type Selectable, sql } from 'kysely';
import type { Arrival } from '../../../shared/api.ts';
import type { Job } from '../../../shared/job.ts';
import { shownNumber } from '../../../shared/job-number.ts';
import { fitting, mostPageBytes, pageOf, readCursor, writeCursor } from './cursor.ts';
import { iso } from './job-rows.ts';
import type { Snapshot } from './read-jobs.ts';
import type { AskedArrival, KeptAnswer, KeptQuestion, LeftBehind, Reader } from './store.ts';
import type { Db, Tables } from './tables.ts';
import { template } from './template.ts';

export type ArrivalReader = Pick<
  Reader,
  'arrivals' | 'arrival' | 'askedArrival' | 'openQuestions' | 'openQuestionCount' | 'isTicketAsked' | 'leftBehindIn' | 'leftBehind'
>;

type ArrivalColumns = Selectable<Tables['arrival']>;

const arrivalById = template((db, id: number) => db.selectFrom('arrival').selectAll().where('id', '=', id));
const unanswered = template((db) => db.selectFrom('arrival').selectAll().where('outcome', '=', sql.lit<'asked'>('asked')).orderBy('id'));
const unansweredCount = template((db) =>
  db
    .selectFrom('arrival')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('outcome', '=', sql.lit<'asked'>('asked')),
);
const unansweredTexts = template((db) => db.selectFrom('arrival').select('question').where('outcome', '=', sql.lit<'asked'>('asked')));
const leftAt = template((db, place: string) => db.selectFrom('left_behind').selectAll().where('place', '=', place));
const leftBetween = template((db, from: string, to: string) =>
  db.selectFrom('left_behind').selectAll().where('place', '>=', from).where('place', '<', to),
);

/** By what a candidate is told from the others. */
type Likeness = Omit<NonNullable<Arrival['question']>['candidates'][number], 'jobId' | 'evidence'>;
/** `partOf`: the job that has its files by now. */
type Likenesses = ReadonlyMap<number, Likeness & { readonly partOf: number | null }>;

async function likenessesOf(db: Db, ids: readonly number[]): Promise<Likenesses> {
  if (ids.length === 0) return new Map();
  const columns = ['id', 'order_no', 'job_no', 'title', 'product', 'quantity', 'customer', 'part_of'] as const;
  const rows = await db.selectFrom('job').select(columns).where('id', 'in', ids).execute();
  const ofJobs = db.selectFrom('file').select(['id', 'job_id', 'name', 'size']).where('job_id', 'in', ids);
  const files = await ofJobs.where('current', '=', sql.lit<1>(1)).orderBy('id').execute();
  const wholes = await likenessesOf(
    db,
    rows.flatMap(({ part_of }) => (part_of === null ? [] : [part_of])),
  );
  return new Map([
    ...wholes,
    ...rows.map(({ id, order_no, job_no, title, product, quantity, customer, part_of }) => {
      const likeness = {
        number: shownNumber(order_no, job_no),
        title,
        product,
        quantity,
        customer: customer === null ? null : (JSON.parse(customer) as Job['customer']),
        files: files.flatMap(({ job_id, ...file }) => (job_id === id ? [file] : [])),
        partOf: part_of,
      };
      return [id, likeness] as const;
    }),
  ]);
}

function questionOf(row: ArrivalColumns): KeptQuestion | null {
  return row.question === null ? null : (JSON.parse(row.question) as KeptQuestion);
}

function answerOf(row: ArrivalColumns): Arrival['answer'] {
  if (row.answer === null) return null;
  const answer = JSON.parse(row.answer) as KeptAnswer;
  return { ...answer, at: iso(answer.at) };
}

function shownTicket({ ticket }: KeptQuestion): NonNullable<Arrival['question']>['ticket'] {
  if (ticket === null) return null;
  const { title = null, product = null, quantity = null, customer = null, files } = ticket;
  return { title, product, quantity, customer, files };
}

/**
 * The candidates as they are by now: a file that may belong to a job that is part of another may belong to that one; a ticket finds nothing in the emptied job.
 * What was answered stays as it was asked.
 */
function candidatesNow({ about, candidates }: KeptQuestion, known: Likenesses, isOpen: boolean): KeptQuestion['candidates'] {
  if (!isOpen) return candidates;
  const now = new Map<number, KeptQuestion['candidates'][number]>();
  for (const { jobId, evidence } of candidates) {
    let whole = jobId;
    for (let next = known.get(whole)?.partOf ?? null; next !== null; next = known.get(next)?.partOf ?? null) whole = next;
    if (whole === jobId || about === 'file')
      now.set(whole, { jobId: whole, evidence: [...new Set([...(now.get(whole)?.evidence ?? []), ...evidence])] });
  }
  return [...now.values()];
}

function shownQuestion(row: ArrivalColumns, known: Likenesses): Arrival['question'] {
  const kept = questionOf(row);
  if (kept === null) return null;
  const { about, why, newNumber, size } = kept;
  const candidates = candidatesNow(kept, known, row.answer === null).flatMap(({ jobId, evidence }) => {
    const { partOf: _, ...likeness } = known.get(jobId) ?? { partOf: null, number: null };
    return likeness.number === null ? [] : [{ jobId, ...likeness, evidence: [...evidence] }];
  });
  // Questions of an earlier version noted no size.
  return { about, why, newNumber, size: size ?? null, ticket: shownTicket(kept), candidates };
}

function arrivalFrom(row: ArrivalColumns, known: Likenesses): Arrival {
  const { id, name, folder, outcome, detail, path } = row;
  const [seen, question, answer] = [row.seen === 1, shownQuestion(row, known), answerOf(row)];
  return {
    id,
    name,
    folder,
    at: iso(row.at),
    outcome,
    jobId: row.job_id,
    reasonCode: row.reason_code,
    detail,
    path,
    seen,
    question,
    answer,
  };
}

export async function arrivalsFrom(db: Db, rows: readonly ArrivalColumns[]): Promise<Arrival[]> {
  const ids = rows.flatMap((row) => questionOf(row)?.candidates.map(({ jobId }) => jobId) ?? []);
  const known = await likenessesOf(db, [...new Set(ids)]);
  return rows.map((row) => arrivalFrom(row, known));
}

function askedFrom(row: ArrivalColumns | undefined): AskedArrival[] {
  const question = row === undefined ? null : questionOf(row);
  return row === undefined || question === null ? [] : [{ ...arrivalFrom(row, new Map()), sha256: row.sha256, question }];
}

function leftFrom(row: Selectable<Tables['left_behind']>): LeftBehind {
  const stamp = { size: row.size, mtimeMs: row.mtime_ms, ino: row.ino };
  return { place: row.place, stamp, sha256: row.sha256, arrivalId: row.arrival_id, waits: row.waits === 1 };
}

export function arrivalReader(snapshot: Snapshot): ArrivalReader {
  return {
    arrivals: ({ outcome, unseen, limit, cursor }) =>
      snapshot(async (db) => {
        let found = db
          .selectFrom('arrival')
          .selectAll()
          .orderBy('id', 'desc')
          .limit(limit + 1);
        if (outcome !== undefined) found = found.where('outcome', '=', outcome);
        if (unseen === true) found = found.where('seen', '=', sql.lit<0>(0)).where('outcome', '=', sql.lit<'rejected'>('rejected'));
        if (cursor !== undefined) found = found.where('id', '<', readCursor(cursor));
        const { rows, next } = pageOf(await found.execute(), limit);
        const items = await arrivalsFrom(db, rows);
        const count = Math.max(1, fitting(items, mostPageBytes).count);
        const last = rows[count - 1];
        return count < items.length && last !== undefined ? { items: items.slice(0, count), next: writeCursor(last.id) } : { items, next };
      }),
    arrival: (id) => snapshot(async (db) => (await arrivalsFrom(db, await arrivalById(db, id)))[0] ?? null),
    askedArrival: (id) => snapshot(async (db) => askedFrom((await arrivalById(db, id))[0])[0] ?? null),
    openQuestions: () => snapshot(async (db) => (await unanswered(db)).flatMap(askedFrom)),
    openQuestionCount: () => snapshot(async (db) => Number((await unansweredCount(db))[0]?.count ?? 0)),
    // As texts: reading a thousand of them for each ticket of a list would take longer than all the rest.
    isTicketAsked: (ticket) =>
      snapshot(async (db) => {
        const said = `"ticket":${JSON.stringify(ticket)}`;
        return (await unansweredTexts(db)).some(({ question }) => question?.includes(said) === true);
      }),
    // Every path in a folder begins with it and a separator; the sign after the separator ends the range.
    leftBehindIn: (folderPath) =>
      snapshot(async (db) => [
        ...(await leftBetween(db, `${folderPath}/`, `${folderPath}0`)).map(leftFrom),
        ...(await leftBetween(db, `${folderPath}\\`, `${folderPath}]`)).map(leftFrom),
      ]),
    leftBehind: (place) => snapshot(async (db) => (await leftAt(db, place)).map(leftFrom)[0] ?? null),
  };
}
