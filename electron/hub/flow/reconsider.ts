/** Later evidence: a file that a person is asked about becomes clear by a ticket that came since. What does not stays with the person. */
import { engine } from '../../../shared/job/mover.ts';
import { matchFile } from '../intake/match.ts';
import { Refusal } from '../parts.ts';
import type { OpenQuestion } from '../store/store.ts';
import { type Answered, answerForFile, finish, keptFile, stillAsked } from './answer.ts';
import type { FlowParts } from './flow-parts.ts';
import { type TicketsCame, touchedBy } from './touched-by.ts';
import { gatherForFile } from './whose.ts';

/** What became clear by a ticket that came; null when it is still not clear, or somebody was faster. */
async function recordClear(parts: FlowParts, id: number): Promise<Answered | null> {
  const asked = await parts.store.read.askedArrival(id);
  if (asked === null || asked.answer !== null || asked.path === null || asked.sha256 === null) return null;
  const { name, folder: folderPath, path, sha256 } = asked;
  const { read } = parts.store;
  const there = await read.unfiledAt(path);
  const { facts, jobs } = await gatherForFile(read, parts.floor(), { name, folderPath, path, sha256 }, there, parts.now());
  const match = matchFile(facts, jobs);
  if (match.kind !== 'job') return null;
  const file = await keptFile(parts, asked, match, engine);
  return await parts.store.write(async (tx) => {
    if ((await stillAsked(tx, asked)).answer !== null) return null;
    const effects = await answerForFile({ tx, parts, asked, mover: engine, at: parts.now() }, file);
    return { asked, subject: { kind: 'file', file }, effects };
  });
}

/** Later evidence may have made it clear whose the file is that is asked about. What it does not stays with the person. */
async function reconsider(parts: FlowParts, { id, question }: Pick<OpenQuestion, 'id' | 'question'>): Promise<void> {
  // Where two spoke for different jobs a third makes nothing clear; and what spoke then may be seen no more, such as the place it lay at.
  if (question.about === 'ticket' || question.why === 'evidenceDisagrees') return;
  try {
    const clear = await parts.arrivalTurns(id, () => recordClear(parts, id));
    if (clear !== null) await finish(parts, clear);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/** A file has just been put aside: a ticket may have come meanwhile. */
export async function reconsiderFile(parts: FlowParts, arrivalId: number): Promise<void> {
  const asked = await parts.store.read.askedArrival(arrivalId);
  if (asked !== null) await reconsider(parts, asked);
}

/** Tickets came: files that are asked about, and that they may speak of, may have become clear. */
export async function reconsiderFor(parts: FlowParts, came: TicketsCame): Promise<void> {
  const open = await parts.store.read.openQuestions();
  if (open.length === 0) return;
  const mayTouch = await touchedBy(parts, came);
  for (const asked of open) {
    await parts.breathe();
    if (mayTouch(asked)) await reconsider(parts, asked);
  }
}
