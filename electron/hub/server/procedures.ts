/**
 * What stands before every procedure, on both transports: whose token it is, what that person may do, and errors in plain words.
 * The right each needs stands beside it in the contract; what an answer shows to whom, in shown.ts.
 */

import { setImmediate as turn } from 'node:timers/promises';
import { implement } from '@orpc/server';
import { contract, type Live, type Right, rightsOf } from '../../../shared/api.ts';
import { type Language, said } from '../../../shared/words/say.ts';
import type { Caller } from '../parts.ts';
import { whileAsked } from '../store/record-trouble.ts';
import type { Visitor } from './gate.ts';
import type { HandKind } from './hands.ts';
import { answerIn } from './in-words.ts';
import { bug, expectedProblem, problem } from './problem.ts';
import { showAnswer, showProblem } from './shown.ts';
import { inLanguage } from './speech.ts';

/** What a transport knows of one call. */
export type CallContext = {
  /** The header of the HTTP request, or of this one WebSocket message. */
  readonly authorization: string | undefined;
  /** In which it is answered. */
  readonly language: Language;
  /** Whose token that is. Throws 401 or 429. */
  readonly identify: (authorization: string | undefined) => Promise<Visitor>;
  /** Waits for its turn to be answered. Throws 429. */
  readonly hold: (visitor: Visitor, kind: HandKind) => Promise<void>;
  /** Waits for its turn to make a list. The result is to be called when it is made. Throws 429. */
  readonly listInTurn: (visitor: Visitor) => Promise<() => void>;
  readonly report: (error: unknown) => void;
  /** Sends a push in the way of this transport, where it has one of its own; resolves when it has left. */
  readonly tell?: (push: Live) => Promise<void>;
};

/** Throws 403 when this caller lacks the right; one that is not said is nobody's. */
export function checkRight(caller: Pick<Visitor, 'role' | 'onRefused'>, right: Right | undefined, what: string): void {
  if (right !== undefined && rightsOf[caller.role].has(right)) return;
  caller.onRefused(what);
  throw problem('FORBIDDEN', said('refusals.stationMayNot'));
}

const base = implement(contract).$context<CallContext>();

const inPlainWords = base.middleware(async ({ next, context }) => {
  try {
    return await whileAsked(async () => await next());
  } catch (error) {
    const expected = expectedProblem(error);
    if (expected !== null) throw inLanguage(expected, context.language);
    context.report(error);
    throw inLanguage(bug(), context.language);
  }
});

const streams: ReadonlySet<string> = new Set(['live', 'events.stream']);

function kindOf(name: string, method: string | undefined): HandKind {
  if (streams.has(name)) return 'stream';
  return method === 'GET' ? 'read' : 'act';
}

const signedIn = base.middleware(async ({ next, context, path, procedure }) => {
  const caller = await context.identify(context.authorization);
  const { meta } = procedure['~orpc'] as { readonly meta: { readonly right?: Right } };
  const name = path.join('.');
  checkRight(caller, meta.right, name);
  await context.hold(caller, kindOf(name, procedure['~orpc'].route.method));
  return next({ context: { caller, stillWelcome: () => context.identify(context.authorization) } });
});

const asTheCallerSees = implement(contract)
  .$context<CallContext & { readonly caller: Caller }>()
  .middleware(async ({ next, context, path }, _input, output) => {
    const sees = rightsOf[context.caller.role];
    try {
      return output(showAnswer(path, answerIn(context.language, path, (await next()).output), sees));
    } catch (error) {
      const expected = expectedProblem(error);
      throw expected === null ? error : showProblem(expected, sees);
    }
  });

/** Every procedure is built on this. */
export const guarded = base.use(inPlainWords).use(signedIn).use(asTheCallerSees);

const inTurnWithABreath = implement(contract)
  .$context<CallContext & { readonly caller: Visitor }>()
  .middleware(async ({ next, context }) => {
    const isMade = await context.listInTurn(context.caller);
    try {
      const answer = await next();
      await turn();
      return answer;
    } finally {
      isMade();
    }
  });

/**
 * For jobs, which are asked for and changed most: they are answered by the types of the store, and shown.ts picks each field that is told. To hold them against
 * their schema as well takes as long again as to read and send them.
 */
export const guardedJobs = implement(contract)
  .$context<CallContext>()
  .$config({ initialOutputValidationIndex: Number.NaN })
  .use(inPlainWords)
  .use(signedIn)
  .use(asTheCallerSees);

/** For long lists of them: each is made in its turn, and others are heard between reading and sending. */
export const guardedLists = guardedJobs.use(inTurnWithABreath);
