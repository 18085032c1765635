/** Reads what arrived, what is asked about it, and what was left behind. A ticket that is asked about is read for an answer or a page alone. */

import { createHash } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { Arrival } from '../../../shared/api.ts';
import { cleanLine } from '../../../shared/clean-text.ts';
import type { Job } from '../../../shared/job.ts';
import { shownNumber } from '../../../shared/job-number.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import { recallFound } from '../../../shared/words/recall.ts';
import type { Said } from '../../../shared/words/say.ts';
import { fitPage, pageOf, readCursor } from './cursor.ts';
import { iso } from './job-rows.ts';
import type { Snapshot } from './read-jobs.ts';
import type { AskedArrival, KeptAnswer, KeptQuestion, LeftBehind, OpenQuestion, Reader } from './store.ts';
import type { Db, Tables } from './tables.ts';
import { template } from './template.ts';

export type ArrivalReader = Pick<
  Reader,
  'arrivals' | 'arrival' | 'askedArrival' | 'openQuestions' | 'openQuestionSums' | 'isTicketAsked' | 'leftBehindIn' | 'leftBehind'
>;

type ArrivalColumns = Selectable<Tables['arrival']>;

const arrivalById = template((db, id: number) => db.selectFrom('arrival').selectAll().where('id', '=', id));
const unanswered = template((db) =>
  db
    .selectFrom('arrival')
    .select(['id', 'name', 'folder', 'path', 'sha256', 'question'])
    .where('outcome', '=', sql.lit<'asked'>('asked'))
    .orderBy('id'),
);
const unansweredSums = template((db) =>
  db
    .selectFrom('arrival')
    .leftJoin('asked_ticket', 'asked_ticket.arrival_id', 'arrival.id')
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.sum<number | null>('asked_ticket.size').as('signs')])
    .where('outcome', '=', sql.lit<'asked'>('asked')),
);
const ticketOf = template((db, arrivalId: number) => db.selectFrom('asked_ticket').select('ticket').where('arrival_id', '=', arrivalId));
const askedAbout = template((db, hash: string, ticket: string) =>
  db
    .selectFrom('asked_ticket')
    .innerJoin('arrival', 'arrival.id', 'asked_ticket.arrival_id')
    .select('arrival.outcome')
    .where((is) => is.or([is('hash', '=', hash), is.and([is('hash', 'is', null), is('ticket', '=', ticket)])])),
);
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

/** As it is asked; its ticket stands beside it. */
function questionOf({ question }: Pick<ArrivalColumns, 'question'>): KeptQuestion | null {
  return question === null ? null : (JSON.parse(question) as KeptQuestion);
}

async function withTicket(db: Db, id: number, question: KeptQuestion | null): Promise<KeptQuestion | null> {
  if (question?.about !== 'ticket') return question;
  const [kept] = await ticketOf(db, id);
  return kept === undefined ? question : { ...question, ticket: JSON.parse(kept.ticket) as Ticket };
}

/** The same for the very same ticket, and for no other. */
export function ticketHash(ticket: string): string {
  return createHash('sha256').update(ticket).digest('hex');
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

function shownQuestion(row: ArrivalColumns, kept: KeptQuestion | null, known: Likenesses): Arrival['question'] {
  if (kept === null) return null;
  const { about, why, newNumber, size } = kept;
  const candidates = candidatesNow(kept, known, row.answer === null).flatMap(({ jobId, evidence }) => {
    const { partOf: _, ...likeness } = known.get(jobId) ?? { partOf: null, number: null };
    return likeness.number === null ? [] : [{ jobId, ...likeness, evidence: [...evidence] }];
  });
  // Questions of an earlier version noted no size.
  return { about, why, newNumber, size: size ?? null, ticket: shownTicket(kept), candidates };
}

function arrivalFrom(row: ArrivalColumns, kept: KeptQuestion | null, known: Likenesses): Arrival {
  const { id, name, outcome, detail, path } = row;
  // Where it lay is kept exactly, to be found again, and shown without what nobody sees.
  const folder = cleanLine(row.folder);
  const [seen, question, answer] = [row.seen === 1, shownQuestion(row, kept, known), answerOf(row)];
  return {
    id,
    name,
    folder,
    at: iso(row.at),
    outcome,
    jobId: row.job_id,
    reasonCode: row.reason_code,
    key: row.reason_code === null ? null : `reasons.${row.reason_code}`,
    values: row.reason_code === null || row.detail === null ? {} : { detail: row.detail },
    detail,
    details: row.details === null ? recallFound(row.detail) : (JSON.parse(row.details) as Said),
    path,
    seen,
    question,
    answer,
  };
}

export async function arrivalsFrom(db: Db, rows: readonly ArrivalColumns[]): Promise<Arrival[]> {
  const questions: (KeptQuestion | null)[] = [];
  for (const row of rows) questions.push(await withTicket(db, row.id, questionOf(row)));
  const ids = questions.flatMap((question) => question?.candidates.map(({ jobId }) => jobId) ?? []);
  const known = await likenessesOf(db, [...new Set(ids)]);
  return rows.map((row, at) => arrivalFrom(row, questions[at] ?? null, known));
}

async function readAsked(db: Db, id: number): Promise<AskedArrival | null> {
  const [row] = await arrivalById(db, id);
  const question = row === undefined ? null : await withTicket(db, id, questionOf(row));
  return row === undefined || question === null
    ? null
    : { ...arrivalFrom(row, question, new Map()), folder: row.folder, sha256: row.sha256, question };
}

function openFrom({ question, ...row }: Pick<ArrivalColumns, Exclude<keyof OpenQuestion, 'question'> | 'question'>): OpenQuestion[] {
  const asked = questionOf({ question });
  return asked === null ? [] : [{ ...row, question: asked }];
}

/** Arrivals that are put together first, to see how large they are: each may have a ticket of half a megabyte. */
const firstPortion = 5;

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
        return await fitPage(pageOf(await found.execute(), limit), firstPortion, (rows) => arrivalsFrom(db, rows));
      }),
    arrival: (id) => snapshot(async (db) => (await arrivalsFrom(db, await arrivalById(db, id)))[0] ?? null),
    askedArrival: (id) => snapshot((db) => readAsked(db, id)),
    openQuestions: () => snapshot(async (db) => (await unanswered(db)).flatMap(openFrom)),
    openQuestionSums: () =>
      snapshot(async (db) => {
        const [sums] = await unansweredSums(db);
        return { count: Number(sums?.count ?? 0), ticketSigns: Number(sums?.signs ?? 0) };
      }),
    isTicketAsked: (ticket) =>
      snapshot(async (db) => {
        const said = JSON.stringify(ticket);
        return (await askedAbout(db, ticketHash(said), said)).some(({ outcome }) => outcome === 'asked');
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
