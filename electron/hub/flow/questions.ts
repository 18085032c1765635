/**
 * Questions to a person: whose file is it. Owns how one is put on record, shown on the jobs it may concern, and taken from them again. Every question
 * stays until it is answered; a job shows one as long as any of its questions is open.
 */
import { engine, type Mover } from '../../../shared/job/mover.ts';
import { becauseOf } from '../../../shared/reason.ts';
import type { Ticket } from '../../../shared/ticket.ts';
import type { Match } from '../intake/match.ts';
import { Refusal } from '../parts.ts';
import type { AskedArrival, NewArrival, OpenQuestion, Writer } from '../store/store.ts';
import type { FlowParts } from './flow-parts.ts';

type Asking = Pick<NewArrival, 'name' | 'folder' | 'at' | 'path' | 'sha256'> & {
  readonly match: Extract<Match, { readonly kind: 'ask' }>;
  readonly newNumber: string | null;
  /** Bytes; null for a ticket. */
  readonly size: number | null;
  readonly ticket: Ticket | null;
  /** The job the ticket is on record as already. */
  readonly recordedAs?: number;
};

type Door = Pick<FlowParts, 'door'>;
type Question = OpenQuestion['question'];

/** Nobody answers more; each new one is held against those that are open. */
const mostOpen = 1000;
/** In the tickets these are about: one may be half a megabyte. */
const mostTicketSigns = 16_000_000;

function tooMany(most: string): Refusal {
  return new Refusal('NOT_NOW', becauseOf('TooManyQuestions', most), { reasonCode: 'TooManyQuestions' });
}

/** Answers the id of the arrival. @throws Refusal `TooManyQuestions` */
export async function putQuestion(
  { door }: Door,
  tx: Writer,
  { match, newNumber, size, ticket, recordedAs, ...arrival }: Asking,
): Promise<number> {
  const open = await tx.openQuestionSums();
  if (open.count >= mostOpen) throw tooMany(String(mostOpen));
  if (ticket !== null && open.ticketSigns + JSON.stringify(ticket).length > mostTicketSigns) throw tooMany('16 MB of tickets');
  const { why, candidates } = match;
  const about = ticket === null ? ('file' as const) : ('ticket' as const);
  const question = { about, why, candidates, newNumber, size, ticket, ...(recordedAs !== undefined && { recordedAs }) };
  const id = await tx.addArrival({ ...arrival, outcome: 'asked', jobId: null, reasonCode: 'WhoseFile', detail: null, question });
  for (const jobId of shownOn(question))
    await door.applyIn(tx, { kind: 'questionAsked', jobId, arrivalId: id, name: arrival.name }, engine);
  return id;
}

/** Jobs that show the question. */
function shownOn({ candidates, recordedAs }: Pick<Question, 'candidates' | 'recordedAs'>): number[] {
  return [...candidates.map(({ jobId }) => jobId), ...(recordedAs === undefined ? [] : [recordedAs])];
}

/** Jobs that show it by now. One that is part of another has no file of its own any more that a ticket could speak of: only that of a file is that one's. */
async function shownOnNow(tx: Writer, question: Question): Promise<number[]> {
  const ids = new Set<number>();
  for (const jobId of shownOn(question)) {
    const whole = await tx.wholeJob(jobId);
    if (whole !== null && (whole.id === jobId || question.about === 'file')) ids.add(whole.id);
  }
  return [...ids];
}

/** Takes an answered question from the jobs that showed it; one with another open question shows that one. `belongsTo`: a number, null for none. */
export async function endQuestion({ door }: Door, tx: Writer, asked: AskedArrival, belongsTo: string | null, mover: Mover): Promise<void> {
  const open = (await tx.openQuestions()).filter(({ id }) => id !== asked.id);
  for (const jobId of await shownOnNow(tx, asked.question)) {
    await door.applyIn(tx, { kind: 'questionAnswered', jobId, arrivalId: asked.id, name: asked.name, belongsTo }, mover);
    await showOneOf({ door }, tx, jobId, open);
  }
}

async function showOneOf({ door }: Door, tx: Writer, jobId: number, open: readonly OpenQuestion[]): Promise<void> {
  const parts = open.length === 0 ? [] : await tx.partsOf(jobId);
  const isAbout = ({ about, candidates, recordedAs }: Question): boolean =>
    recordedAs === jobId || candidates.some((one) => one.jobId === jobId || (about === 'file' && parts.includes(one.jobId)));
  const one = open.find(({ question }) => isAbout(question));
  if (one !== undefined) await door.applyIn(tx, { kind: 'questionAsked', jobId, arrivalId: one.id, name: one.name }, engine);
}

/** A job has the files of another now, and with them the questions about those: it shows one of them. */
export async function takeQuestionsOver(parts: Door, tx: Writer, jobId: number): Promise<void> {
  await showOneOf(parts, tx, jobId, await tx.openQuestions());
}
