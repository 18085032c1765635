/**
 * What an answer shows to whom. Whoever lacks the right `contacts` gets names of customers and neither e-mail nor phone; whoever lacks `paths` gets the
 * last name of a folder and not where it lies, also out of the raw words of an error. A field stands in one of these tables or the compiler refuses, and an
 * answer that stands in none is not given: what is new is shown to nobody by accident. Pure.
 */
import { mapEventIterator } from '@orpc/client';
import type { AsyncIteratorClass, InferContractRouterOutputs } from '@orpc/contract';
import type { ORPCError } from '@orpc/server';
import type { Contract, Problem, StatusTold } from '../../../shared/api.ts';
import { each, orNone, type Sees, type Show, saidValues, showing, words } from './showing.ts';
import { showArrival, showCounts, showFolder, showHealth, showPush } from './shown-floor.ts';
import { showEvent, showJob } from './shown-job.ts';

/** An advice beside an error. */
const advice = showing<Omit<Problem, 'code' | 'message'>>({
  whatToDo: words,
  rule: true,
  mayInsist: true,
  by: true,
  at: true,
  waiting: true,
  files: true,
  reasonCode: true,
  raw: orNone(words),
  path: (value, sees) => (sees.has('paths') ? value : undefined),
  belongsTo: true,
  fields: true,
  key: true,
  values: (value, sees) => (value === undefined ? undefined : saidValues(value, sees)),
  retryAfterMs: true,
  tokenEnded: true,
});

/** The error as this caller may read it. */
export function showProblem<Code extends string>(
  error: ORPCError<Code, Omit<Problem, 'code' | 'message'>>,
  sees: Sees,
): ORPCError<Code, Omit<Problem, 'code' | 'message'>> {
  if (sees.has('paths')) return error;
  const { code, message, data: said } = error.toJSON();
  const Kind = error.constructor as typeof ORPCError;
  return new Kind(code, { status: error.status, message: words(message, sees), data: advice(said, sees) });
}

function streamOf<Value, End>(show: Show<Value>): Show<AsyncIteratorClass<Value, End, void>> {
  return (stream, sees) =>
    mapEventIterator<Value, End, void, Value | End>(stream, {
      value: async (value, done) => (done === true ? value : show(value as Value, sees)),
      error: async (error) => error,
    }) as AsyncIteratorClass<Value, End, void>;
}

/** For what many are told: shown once to all with the same rights, and so by nothing but those. */
function onceForAll<Value extends object>(show: Show<Value>): Show<Value> {
  const shown = new WeakMap<Value, Map<Sees, Value>>();
  return (value, sees) => {
    const bySees = shown.get(value) ?? new Map<Sees, Value>();
    shown.set(value, bySees);
    const told = bySees.get(sees) ?? show(value, sees);
    bySees.set(sees, told);
    return told;
  };
}

type RightOf<Node> = Node extends { '~orpc': { meta: { right: infer Needed } } } ? Needed : null;
/** Every procedure that asks for less than `setUp`, by its place in the contract. */
type Answers<Node, Of> = {
  readonly [Name in keyof Node & keyof Of as RightOf<Node[Name]> extends 'setUp' ? never : Name]: RightOf<Node[Name]> extends null
    ? Answers<Node[Name], Of[Name]>
    : Show<Of[Name]>;
};

type Outputs = InferContractRouterOutputs<Contract>;
type Jobs = Outputs['jobs'];

const answers: Answers<Contract, Outputs> = {
  health: showHealth,
  statuses: {
    list: showing<Outputs['statuses']['list']>({
      items: each(
        showing<StatusTold>({
          code: true,
          track: true,
          stage: true,
          name: true,
          meaning: true,
          who: true,
          next: each(showing<StatusTold['next'][number]>({ code: true, custom: true, name: true })),
          jobs: true,
        }),
      ),
    }),
  },
  jobs: {
    list: showing<Jobs['list']>({ items: each(showJob), next: true, order: true }),
    counts: showCounts,
    get: showJob,
    history: showing<Jobs['history']>({ items: each(showEvent), next: true }),
    create: showJob,
    setStatus: showing<Jobs['setStatus']>({ job: showJob, event: showEvent, already: true }),
    undo: showing<Jobs['undo']>({
      job: showJob,
      event: showEvent,
      comesTo: orNone(showing<NonNullable<Jobs['undo']['comesTo']>>({ status: true, custom: true, stage: true, words: true })),
    }),
    deliver: showJob,
    reprint: showJob,
  },
  hotFolders: { list: showing<Outputs['hotFolders']['list']>({ items: each(showFolder) }), get: showFolder },
  rules: {},
  arrivals: {
    list: showing<Outputs['arrivals']['list']>({ items: each(showArrival), next: true }),
    markSeen: showArrival,
    answer: showArrival,
  },
  settings: {},
  stations: {},
  security: {},
  events: { list: showing<Outputs['events']['list']>({ items: each(showEvent), seq: true }), stream: streamOf(showEvent) },
  live: streamOf(onceForAll(showPush)),
};

/** The answer of the procedure at this place of the contract, as this caller may see it. @throws where nothing says what he may see of it: a mistake of ours */
export function showAnswer(place: readonly string[], answer: unknown, sees: Sees): unknown {
  if (sees.has('paths') && sees.has('contacts')) return answer;
  const show = place.reduce<unknown>((node, name) => Object(node)[name], answers);
  if (typeof show !== 'function') throw new Error(`Nothing says what of ${place.join('.')} is shown to whom`);
  return show(answer, sees);
}
