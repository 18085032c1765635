/**
 * The same wish sent twice happens once: the answer to each action id is kept beside a fingerprint of what was asked. One mechanism for all wishes.
 */

import { z } from 'zod';
import type { JobEvent } from '../../../shared/event.ts';
import type { Command, Wish } from '../../../shared/job/command.ts';
import { said } from '../../../shared/words/say.ts';
import { Refusal } from '../parts.ts';
import type { Writer } from '../store/store.ts';
import type { Applied } from './door.ts';

/** What is kept. Yesterday's answers to a delivery have no number. */
const keptSchema = z.object({ seq: z.number().int().optional(), already: z.boolean().optional() });

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([name, field]) => [name, inOrder(field)]));
}

/** The same text for the same wish, in whatever order its fields came. */
function sorted(wish: object): string {
  return JSON.stringify(inOrder(wish));
}

function wishOf(command: Command): Wish | null {
  switch (command.kind) {
    case 'setStatus':
    case 'undo':
    case 'deliver':
    case 'reprint':
      return command;
    default:
      return null;
  }
}

function fingerprintOf(wish: Wish): string {
  switch (wish.kind) {
    case 'setStatus':
      return sorted({ ...wish, kind: 'status' });
    case 'undo':
      return sorted(wish);
    case 'deliver':
      // As it was before files could be named, for wishes that name none.
      return JSON.stringify([
        'deliver',
        wish.jobId,
        wish.reason,
        wish.hotFolderId ?? null,
        ...(wish.fileIds?.toSorted((a, b) => a - b) ?? []),
        ...(wish.unsent === true ? ['unsent'] : []),
        ...(wish.force === true ? ['force'] : []),
        ...(wish.insists === undefined ? [] : [wish.insists.toSorted()]),
      ]);
    case 'reprint': {
      const { kind, jobId, quantity, reason, fileIds, force = false, insists } = wish;
      return sorted({
        kind,
        jobId,
        quantity,
        reason,
        fileIds: fileIds?.toSorted((a, b) => a - b) ?? null,
        force,
        ...(insists && { insists: insists.toSorted() }),
      });
    }
    default:
      return wish satisfies never;
  }
}

/** What was kept for this action id; null when it is new. @throws Refusal when it was used for something else */
async function earlierAnswer(tx: Writer, { actionId, fingerprint }: Asked): Promise<string | null> {
  const known = await tx.action(actionId);
  if (known === null) return null;
  if (known.fingerprint === fingerprint) return known.answer;
  throw new Refusal('CONFLICT', said('refusals.actionIdUsed'));
}

/** A wish as it is known again; null for what is no wish. */
export type Asked = { readonly actionId: string; readonly fingerprint: string };

export function askedBy(command: Command): Asked | null {
  const wish = wishOf(command);
  return wish === null ? null : { actionId: wish.actionId, fingerprint: fingerprintOf(wish) };
}

/** The answer given before to the same wish; null when it is new. @throws Refusal when the action id was used for another */
export async function answeredBefore(tx: Writer, asked: Asked): Promise<Applied | null> {
  const kept = await earlierAnswer(tx, asked);
  if (kept === null) return null;
  const { seq, already = false } = keptSchema.parse(JSON.parse(kept));
  const events = seq === undefined ? [] : await tx.eventsSince(seq - 1, 1);
  return { events, already, repeated: true, hotFolderIds: [] };
}

/** `event`: what was asked for itself, or what stands in its place. */
export async function keepAnswer(
  tx: Writer,
  { actionId, fingerprint }: Asked,
  { event, already }: { readonly event: JobEvent | undefined; readonly already: boolean },
  at: number,
): Promise<void> {
  await tx.keepAction(actionId, fingerprint, JSON.stringify({ seq: event?.seq, ...(already && { already }) }), at);
}

/** Does what is wished for once; null when it was done before. Its answer is read from the record. @throws Refusal when the action id was used for another */
export async function doOnce<Result>(tx: Writer, asked: Asked, at: number, work: () => Promise<Result>): Promise<Result | null> {
  if ((await earlierAnswer(tx, asked)) !== null) return null;
  const done = await work();
  await tx.keepAction(asked.actionId, asked.fingerprint, '{}', at);
  return done;
}
