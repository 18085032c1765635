/**
 * What stands before every procedure, on both transports: whose token it is, what that person may do, and errors in plain words.
 * Deny by default: a procedure not named here is the admin's.
 */
import { implement } from '@orpc/server';
import { contract } from '../../../shared/api.ts';
import type { Caller } from '../parts.ts';
import { whileAsked } from '../store/record-trouble.ts';
import { bug, expectedProblem, problem } from './problem.ts';

/** What a transport knows of one call. */
export type CallContext = {
  /** The header of the HTTP request, or of this one WebSocket message. */
  readonly authorization: string | undefined;
  /** Whose token that is. Throws 401 or 429. */
  readonly identify: (authorization: string | undefined) => Promise<Caller>;
  readonly report: (error: unknown) => void;
};

/** Besides reading, which everybody with a token may. `jobs.addFile` is the upload, which goes over HTTP only. */
const stationMay: ReadonlySet<string> = new Set([
  'jobs.create',
  'jobs.addFile',
  'jobs.setStatus',
  'jobs.undo',
  'jobs.deliver',
  'arrivals.markSeen',
  'arrivals.answer',
]);

/** Throws 403 when this caller may not call this procedure. `name` is its place in the contract, with dots. */
export function checkRight(caller: Caller, method: string | undefined, name: string): void {
  if (caller.role === 'admin' || method === 'GET' || stationMay.has(name)) return;
  throw problem('FORBIDDEN', 'A station may not do this.', 'Ask the admin, who can do it on the hub computer.');
}

const base = implement(contract).$context<CallContext>();

const inPlainWords = base.middleware(async ({ next, context }) => {
  try {
    return await whileAsked(async () => await next());
  } catch (error) {
    const expected = expectedProblem(error);
    if (expected !== null) throw expected;
    context.report(error);
    throw bug();
  }
});

const signedIn = base.middleware(async ({ next, context, path, procedure }) => {
  const caller = await context.identify(context.authorization);
  checkRight(caller, procedure['~orpc'].route.method, path.join('.'));
  return next({ context: { caller, stillWelcome: () => context.identify(context.authorization) } });
});

/** Every procedure is built on this. */
export const guarded = base.use(inPlainWords).use(signedIn);
