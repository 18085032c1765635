/**
 * The current status on one track, and what it must not hide: the place the job was put in before, a question of the review that nobody has answered
 * yet, and that files are missing. Pure.
 */
import { z } from 'zod';
import { type JobEvent, statusCodeSchema } from '../event.ts';
import type { StatusCode } from '../status.ts';
import { countsIn, countsSchema } from './counts.ts';
import { isMachine } from './mover.ts';
import { rankOf } from './rank.ts';
import { type StatusRule, statusRules } from './table.ts';

const openSchema = z.object({ code: statusCodeSchema, at: z.iso.datetime(), seq: z.number().int(), reason: z.string().nullable() });

export const standingSchema = z.object({
  code: statusCodeSchema,
  custom: z.string().nullable(),
  at: z.iso.datetime(),
  seq: z.number().int(),
  actor: z.string(),
  reason: z.string().nullable(),
  reasonCode: z.string().nullable(),
  raw: z.string().nullable(),
  before: z
    .object({
      code: statusCodeSchema,
      custom: z.string().nullable(),
      seq: z.number().int(),
      actor: z.string().optional().describe('Of a person; left out for what the hub or a machine said'),
      quiet: z.boolean().optional(),
      open: openSchema.optional(),
      lacks: openSchema.optional(),
    })
    .nullish()
    .describe('What stood on this track before; left out for what was said before the hub kept it'),
  place: z
    .object({ code: statusCodeSchema, custom: z.string().nullable(), at: z.iso.datetime(), seq: z.number().int(), actor: z.string() })
    .optional()
    .describe('The last place on the floor that was said on this track, where `code` is none'),
  quiet: z
    .boolean()
    .optional()
    .describe('Of files that came when the job lay at a printer or was further: no headline, and it may cover one'),
  counts: countsSchema.optional().describe('What was counted when it was said'),
  counted: countsSchema
    .extend({ seq: z.number().int() })
    .optional()
    .describe(
      'The last count of this printing and the event that told it, whatever was said since; left out where `counts` is all there is',
    ),
  hides: z.boolean().optional().describe('Something was seen since that `before` does not tell: it counts once this is taken back'),
  open: openSchema.optional().describe('A question of the review that `code` does not answer'),
  lacks: openSchema.optional().describe('What the hub said of missing files, where `code` says something else: only files end it'),
});
export type Standing = z.infer<typeof standingSchema>;

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A word that is no place does not hide where the job was put before. */
function placeBelow(event: JobEvent, last: Standing): Pick<Standing, 'place'> {
  if (rankOf(event.code, event.custom) !== null) return {};
  if (rankOf(last.code, last.custom) === null) return last.place === undefined ? {} : { place: last.place };
  const { code, custom, at, seq, actor } = last;
  return { place: { code, custom, at, seq, actor } };
}

/** Nothing goes on before an approval; the softer questions come after it. */
const approvals: readonly StatusCode[] = ['AwaitingApproval', 'PartiallyApproved', 'ApprovalJobUpdated', 'Rejected'];
const questions: readonly StatusCode[] = [...approvals, 'AwaitingProof', 'AwaitingData', 'AwaitingParts', 'ValidationFailed'];

export function isApprovalOpen(review: Standing | undefined): boolean {
  return review !== undefined && (approvals.includes(review.code) || (review.open !== undefined && approvals.includes(review.open.code)));
}

/** What stands against going on before an approval; null where nothing does. */
export function openApproval(review: Standing | undefined): Pick<Standing, 'code' | 'reason' | 'actor'> | null {
  if (review === undefined || !isApprovalOpen(review)) return null;
  // Who had asked what lies below is not kept with it.
  return approvals.includes(review.code)
    ? review
    : { code: review.open?.code ?? review.code, reason: review.open?.reason ?? null, actor: 'system' };
}

/** Only what ends a question hides it; the gravest that is open stays in sight. */
function openBelow({ code }: JobEvent, last: Standing): Pick<Standing, 'open'> {
  const asked = [last.open, questions.includes(last.code) ? last : undefined].filter((question) => question !== undefined);
  const left = asked.filter((question) => {
    const rule: StatusRule = statusRules[question.code];
    return question.code !== code && !rule.endedBy.includes(code) && !(approvals.includes(question.code) && approvals.includes(code));
  });
  const gravest = left.find((question) => approvals.includes(question.code)) ?? left.at(-1);
  if (gravest === undefined) return {};
  return { open: { code: gravest.code, at: gravest.at, seq: gravest.seq, reason: gravest.reason } };
}

/** Files are there or not, whatever people say of them: the hub names them as missing, and a file or a ticket makes it say that they came. */
function lacksBelow(event: JobEvent, last: Standing): Pick<Standing, 'lacks'> {
  if (event.code === 'ArtworkUploaded' || saysMissing(event)) return {};
  const lacks = saysMissing(last) ? { code: last.code, at: last.at, seq: last.seq, reason: last.reason } : last.lacks;
  return lacks === undefined ? {} : { lacks };
}

function saysMissing({ code, actor }: Pick<Standing, 'code' | 'actor'>): boolean {
  return code === 'AwaitingData' && isMachine(actor);
}

/** What is asked on a track below its status, each once. */
export function askedBelow({ open, lacks }: Pick<Standing, 'open' | 'lacks'>): z.infer<typeof openSchema>[] {
  return [open, lacks?.seq === open?.seq ? undefined : lacks].filter((question) => question !== undefined);
}

export function isAwaitingData(review: Standing | undefined): boolean {
  return review !== undefined && [review, ...askedBelow(review)].some(({ code }) => code === 'AwaitingData');
}

/** What was counted stays true whatever is said of the job next, until it is printed anew. */
function countedBelow(event: JobEvent, last: Standing): Pick<Standing, 'counted'> {
  const counted = last.counted ?? (last.counts && { ...last.counts, seq: last.seq });
  const isAnew = event.track !== 'production' || event.custom === 'Reprint';
  return counted === undefined || isAnew || countsIn(event.data) !== null ? {} : { counted };
}

/** @param last what stood on its track until now */
export function standingOf(event: JobEvent, last: Standing | undefined): Standing {
  const { code, custom, at, seq, actor, reason, data } = event;
  const counts = countsIn(data);
  const standing = {
    code,
    custom,
    at,
    seq,
    actor,
    reason,
    reasonCode: textOf(data['reasonCode']),
    raw: textOf(data['raw']),
    ...(counts && { counts }),
  };
  if (last === undefined) return { ...standing, before: null };
  const { open, lacks, quiet } = last;
  const by = isMachine(last.actor) ? {} : { actor: last.actor };
  const before = {
    code: last.code,
    custom: last.custom,
    seq: last.seq,
    ...by,
    ...(quiet && { quiet }),
    ...(open && { open }),
    ...(lacks && { lacks }),
  };
  const below = event.track === 'review' ? { ...openBelow(event, last), ...lacksBelow(event, last) } : {};
  return { ...standing, ...placeBelow(event, last), ...countedBelow(event, last), ...below, before };
}
