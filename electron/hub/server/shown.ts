/**
 * What an answer shows to whom. Whoever lacks the right `contacts` gets names of customers and neither e-mail nor phone; whoever lacks `paths` gets the
 * last name of a folder and not where it lies, also out of the raw words of an error. A field stands in these tables or the compiler refuses: what is new
 * is shown to nobody by accident. Pure.
 */
import { mapEventIterator } from '@orpc/client';
import type { AsyncIteratorClass, InferContractRouterOutputs } from '@orpc/contract';
import type { ORPCError } from '@orpc/server';
import type { Arrival, Contract, Health, Live, Problem, Right } from '../../../shared/api.ts';
import type { JobEvent } from '../../../shared/event.ts';
import type { HotFolder } from '../../../shared/hot-folder.ts';
import type { Delivery, Job } from '../../../shared/job.ts';
import { lastName, withoutPaths } from './without-paths.ts';

type Sees = ReadonlySet<Right>;
/** Each field as it is (`true`) or as this makes it; `undefined` leaves an optional one out. */
type Fields<Value> = { readonly [Field in keyof Required<Value>]: true | ((value: Value[Field], sees: Sees) => Value[Field]) };
type Show<Value> = (value: Value, sees: Sees) => Value;

function showing<Value extends object>(fields: Fields<Value>): Show<Value> {
  return (value, sees) => {
    const shown = Object.entries(value).flatMap(([name, field]: [string, unknown]) => {
      const how = fields[name as keyof Value] as true | undefined | ((field: unknown, sees: Sees) => unknown);
      const told = how === true ? field : how?.(field, sees);
      return told === undefined ? [] : [[name, told]];
    });
    return Object.fromEntries(shown) as Value;
  };
}

function each<Value>(show: Show<Value>): Show<Value[]> {
  return (values, sees) => values.map((value) => show(value, sees));
}

function orNull<Value>(show: Show<Value>): Show<Value | null> {
  return (value, sees) => (value === null ? null : show(value, sees));
}

const path: Show<string> = (value, sees) => (sees.has('paths') ? value : lastName(value));
const words: Show<string> = (value, sees) => (sees.has('paths') ? value : withoutPaths(value));
const raw = orNull(words);
const contact = (value: string | undefined, sees: Sees): string | undefined => (sees.has('contacts') ? value : undefined);

const customer = orNull(showing<NonNullable<Job['customer']>>({ name: true, company: true, email: contact, phone: contact }));

const delivery = showing<Delivery>({
  id: true,
  fileId: true,
  hotFolderId: true,
  hotFolder: true,
  name: true,
  state: true,
  send: true,
  tries: true,
  reasonCode: true,
  raw,
  nextTryAt: true,
  deliveredAt: true,
});

const tracks: Show<Job['tracks']> = (value, sees) =>
  Object.fromEntries(
    Object.entries(value).map(([track, standing]) => [
      track,
      { ...standing, reason: raw(standing.reason, sees), raw: raw(standing.raw, sees) },
    ]),
  );

export const showJob = showing<Job>({
  id: true,
  number: true,
  order: true,
  job: true,
  title: true,
  product: true,
  quantity: true,
  customer,
  dueAt: true,
  dueAtWritten: true,
  dueDayOnly: true,
  startAt: true,
  startAtWritten: true,
  startDayOnly: true,
  fulfilment: true,
  priority: true,
  notes: true,
  attributes: true,
  status: true,
  custom: true,
  statusAt: true,
  stage: true,
  tracks,
  attention: (value, sees) => value.map((one) => ({ ...one, reason: raw(one.reason, sees), raw: raw(one.raw, sees) })),
  hotFolder: true,
  hotFolderId: true,
  missing: true,
  files: true,
  deliveries: each(delivery),
  partOf: true,
  createdAt: true,
  updatedAt: true,
  lastSeq: true,
});

/** Where something lies, and what other systems put into their data of a customer. */
const pathKeys: ReadonlySet<string> = new Set(['path', 'folder', 'folderPath', 'sourcePath', 'archivePath']);
const contactKeys: ReadonlySet<string> = new Set(['email', 'mail', 'phone', 'mobile', 'tel']);

function data(value: unknown, sees: Sees): unknown {
  if (typeof value === 'string') return words(value, sees);
  if (Array.isArray(value)) return value.map((item) => data(item, sees));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const isHidden = (pathKeys.has(key) && !sees.has('paths')) || (contactKeys.has(key.toLowerCase()) && !sees.has('contacts'));
      return isHidden ? [] : [[key, data(item, sees)]];
    }),
  );
}

const event = showing<JobEvent>({
  seq: true,
  jobId: true,
  code: true,
  track: true,
  custom: true,
  at: true,
  actor: true,
  station: true,
  reason: raw,
  data: (value, sees) => data(value, sees) as JobEvent['data'],
  undoes: true,
});

const folder = showing<HotFolder>({
  id: true,
  name: true,
  path,
  location: true,
  types: true,
  template: true,
  contract: true,
  outcome: (value, sees) => (value.kind === 'named' && !sees.has('paths') ? { kind: 'named' } : value),
  temp: (value, sees) => (value.kind === 'staging' ? { ...value, path: path(value.path, sees) } : value),
  capacity: true,
  takenAfterMs: true,
  lyingAfterMs: true,
  paused: true,
  state: true,
  reasonCode: true,
  raw,
  troubleSince: true,
  health: orNull((value, sees) => ({ ...value, steps: value.steps.map((step) => ({ ...step, raw: raw(step.raw, sees) })) })),
  elsewhere: (value, sees) => value?.map((place) => ({ ...place, path: path(place.path, sees), raw: words(place.raw, sees) })),
  pausedBy: true,
  queued: true,
  held: true,
  lying: true,
  unknownFiles: true,
});

const question: Show<NonNullable<Arrival['question']>> = (value, sees) => ({
  ...value,
  candidates: value.candidates.map((candidate) => ({ ...candidate, customer: customer(candidate.customer, sees) })),
  ticket: value.ticket === null ? null : { ...value.ticket, customer: customer(value.ticket.customer, sees) },
});

const arrival = showing<Arrival>({
  id: true,
  name: true,
  folder: path,
  at: true,
  outcome: true,
  jobId: true,
  reasonCode: true,
  detail: raw,
  path: (value, sees) => (sees.has('paths') ? value : null),
  seen: true,
  question: orNull(question),
  answer: true,
});

const health = showing<Health>({
  ok: true,
  version: true,
  hub: true,
  startedAt: true,
  seq: true,
  demo: true,
  timeZone: true,
  data: (value, sees) => (sees.has('paths') ? value : ''),
  jobs: true,
  troubledFolders: true,
  record: (value, sees) => (value === null ? null : { ...value, message: words(value.message, sees), raw: words(value.raw, sees) }),
  watching: (value, sees) => value.map((one) => ({ ...one, path: path(one.path, sees), reason: raw(one.reason, sees) })),
});

const push = showing<Live>({
  seq: true,
  resync: true,
  jobs: each(showJob),
  events: each(event),
  hotFolders: orNull(each(folder)),
  counts: true,
  arrivals: true,
});

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
  raw: (value, sees) => (value === undefined ? undefined : words(value, sees)),
  path: (value, sees) => (sees.has('paths') ? value : undefined),
  belongsTo: true,
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

function pageOf<Value, Page extends { items: Value[] }>(show: Show<Value>): Show<Page> {
  return (page, sees) => ({ ...page, items: each(show)(page.items, sees) });
}

function changed<Answer extends { job: Job; event: JobEvent }>(answer: Answer, sees: Sees): Answer {
  return { ...answer, job: showJob(answer.job, sees), event: event(answer.event, sees) };
}

function streamOf<Value, End>(show: Show<Value>): Show<AsyncIteratorClass<Value, End, void>> {
  return (stream, sees) =>
    mapEventIterator<Value, End, void, Value | End>(stream, {
      value: async (value, done) => (done === true ? value : show(value as Value, sees)),
      error: async (error) => error,
    }) as AsyncIteratorClass<Value, End, void>;
}

type RightOf<Node> = Node extends { '~orpc': { meta: { right: infer Needed } } } ? Needed : null;
/** Every procedure that asks for less than `setUp`, by its place in the contract. */
type Answers<Node, Outputs> = {
  readonly [Name in keyof Node & keyof Outputs as RightOf<Node[Name]> extends 'setUp' ? never : Name]: RightOf<Node[Name]> extends null
    ? Answers<Node[Name], Outputs[Name]>
    : true | Show<Outputs[Name]>;
};

const answers: Answers<Contract, InferContractRouterOutputs<Contract>> = {
  health,
  jobs: {
    list: pageOf(showJob),
    counts: true,
    get: showJob,
    history: pageOf(event),
    create: showJob,
    setStatus: changed,
    undo: changed,
    deliver: showJob,
  },
  hotFolders: { list: pageOf(folder), get: folder },
  rules: {},
  arrivals: { list: pageOf(arrival), markSeen: arrival, answer: arrival },
  settings: {},
  stations: {},
  security: {},
  events: { list: pageOf(event), stream: streamOf(event) },
  live: streamOf(push),
};

/** The answer of the procedure at this place of the contract, as this caller may see it. */
export function showAnswer(place: readonly string[], answer: unknown, sees: Sees): unknown {
  if (sees.has('paths') && sees.has('contacts')) return answer;
  const show = place.reduce<unknown>((node, name) => Object(node)[name], answers);
  return typeof show === 'function' ? show(answer, sees) : answer;
}
