/**
 * Every error on its way out, whatever it was: a code, a sentence, what to do. Expected trouble keeps its words; a bug is told as
 * a bug, without its inside. Pure.
 */

import { ValidationError } from '@orpc/contract';
import { ORPCError } from '@orpc/server';
import { type Problem, problemSchema } from '../../../shared/api.ts';
import { recallFault } from '../../../shared/words/recall.ts';
import { type Said, said, say, sayPair } from '../../../shared/words/say.ts';
import { Refusal, type RefusedWith } from '../parts.ts';

type Advice = Omit<Problem, 'code' | 'message'>;

type OwnCode =
  | RefusedWith
  | 'UNAUTHORIZED'
  | 'METHOD_NOT_ALLOWED'
  | 'REQUEST_TIMEOUT'
  | 'PAYLOAD_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'RANGE_NOT_SATISFIABLE'
  | 'EXPECTATION_FAILED'
  | 'MISDIRECTED_REQUEST'
  | 'TOO_MANY_REQUESTS'
  | 'HEADERS_TOO_LARGE'
  | 'INTERNAL_SERVER_ERROR'
  | 'SERVICE_UNAVAILABLE'
  | 'INSUFFICIENT_STORAGE';

const statusOf: Readonly<Record<OwnCode, number>> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  REQUEST_TIMEOUT: 408,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RANGE_NOT_SATISFIABLE: 416,
  EXPECTATION_FAILED: 417,
  MISDIRECTED_REQUEST: 421,
  NOT_NOW: 422,
  TOO_MANY_REQUESTS: 429,
  HEADERS_TOO_LARGE: 431,
  INTERNAL_SERVER_ERROR: 500,
  NOT_RECORDED: 503,
  SERVICE_UNAVAILABLE: 503,
  INSUFFICIENT_STORAGE: 507,
};

/** For whoever asks too much: by then what was counted is forgotten, and what was begun has ended. */
export const retryAfterMs = 60_000;

/** An error with its HTTP status and what to say to whoever asked, in English until the language is known. The same object serves both transports. */
export function problem(code: OwnCode, said: Said, more: Partial<Advice> = {}): ORPCError<OwnCode, Advice> {
  const { what, todo } = sayPair('en', said) ?? { what: said.key, todo: '' };
  const later = code === 'TOO_MANY_REQUESTS' ? { retryAfterMs } : {};
  return new ORPCError(code, { status: statusOf[code], message: what, data: { ...later, ...more, whatToDo: todo, ...said } });
}

export function tooManyConnections(): ORPCError<OwnCode, Advice> {
  return problem('SERVICE_UNAVAILABLE', said('refusals.tooManyScreens'));
}

export function tooManyOfToken(): ORPCError<OwnCode, Advice> {
  return problem('TOO_MANY_REQUESTS', said('refusals.tooManyOfToken'));
}

const readTheDocs = say('en', 'refusals.requestWrong.todo');

function requestWrong(fault: Said): ORPCError<OwnCode, Advice> {
  return problem('BAD_REQUEST', said('refusals.requestWrong', { fault }));
}

/** Any thrown thing in the one shape. Answers null for a bug, which the caller reports before it is told as one. */
export function expectedProblem(error: unknown): ORPCError<string, Advice> | null {
  if (error instanceof Refusal) return problem(error.code, error.said, error.more);
  if (!(error instanceof ORPCError)) return isDiskFull(error) ? diskFull() : null;
  if (error.cause instanceof ValidationError) return error.code === 'BAD_REQUEST' ? requestWrong(sayIssues(error.cause.issues)) : null;
  if (error.status >= 500 && !hasAdvice(error)) return null;
  if (hasAdvice(error)) return error;
  return new ORPCError(error.code, { status: error.status, message: error.message, data: { whatToDo: readTheDocs } });
}

export function bug(): ORPCError<OwnCode, Advice> {
  return problem('INTERNAL_SERVER_ERROR', said('refusals.ownMistake'));
}

/** The body of an HTTP error. */
export function problemBody(error: ORPCError<string, unknown>): Problem {
  const { data } = error;
  return { ...(hasWhatToDo(data) ? data : { whatToDo: readTheDocs }), code: error.code, message: error.message };
}

function hasAdvice(error: ORPCError<string, unknown>): error is ORPCError<string, Advice> {
  return hasWhatToDo(error.data);
}

function hasWhatToDo(data: unknown): data is Advice {
  return problemSchema.pick({ whatToDo: true }).safeParse(data).success;
}

type Issue = ValidationError['issues'][number] & { readonly code?: unknown; readonly errors?: unknown };

/** At most three faults, each with its field: `quantity: expected number, received string`. */
function sayIssues(issues: readonly Issue[]): Said {
  const faults = issues.slice(0, 3).map(sayIssue);
  const more = issues.length - faults.length;
  const all = more > 0 ? [...faults, said('faults.more', { count: more })] : faults;
  return all.reduce((one, other) => said('faults.both', { one, other }));
}

function sayIssue(issue: Issue): Said {
  const field = (issue.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step)).join('.');
  const words = issue.message.replace(/^Invalid (input|string|option): /, '').replace(/\.$/, '');
  const fault = recallFault(words) ?? words;
  return field === '' ? said('faults.request', { fault }) : said('faults.field', { field, fault });
}

function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

function diskFull(): ORPCError<OwnCode, Advice> {
  return problem('INSUFFICIENT_STORAGE', said('refusals.hubDiskFull'));
}
