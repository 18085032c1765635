/** What of hot folders, arrivals, the hub itself and its pushes is shown to whom. Pure. */
import type { Arrival, Counts, Health, Live } from '../../../shared/api.ts';
import type { HotFolder, ProbeResult } from '../../../shared/hot-folder.ts';
import type { OpenHours, WorkCalendar } from '../../../shared/work-calendar.ts';
import { byName, each, found, orNone, orNull, ownPath, path, raw, type Show, said, saidValues, showing, words } from './showing.ts';
import { showCustomer, showEvent, showJob } from './shown-job.ts';

type Outcome = HotFolder['outcome'];
type Temp = HotFolder['temp'];

const named = showing<Extract<Outcome, { kind: 'named' }>>({ kind: true, done: ownPath, failed: ownPath });
const outcome: Show<Outcome> = (value, sees) => (value.kind === 'named' ? named(value, sees) : { kind: value.kind });
const staging = showing<Extract<Temp, { kind: 'staging' }>>({ kind: true, path });
const temp: Show<Temp> = (value, sees) => (value.kind === 'staging' ? staging(value, sees) : { kind: value.kind });

const probe = showing<ProbeResult>({
  ok: true,
  at: true,
  steps: each(showing<ProbeResult['steps'][number]>({ step: true, ok: true, raw })),
  freeBytes: true,
  clockDifferenceMs: true,
  roundTripMs: true,
  reasonCode: true,
});
const elsewhere = showing<NonNullable<HotFolder['elsewhere']>[number]>({ path, reasonCode: true, raw: words, troubleSince: true });

export const showFolder = showing<HotFolder>({
  id: true,
  name: true,
  path,
  location: true,
  types: true,
  template: true,
  contract: true,
  outcome,
  temp,
  capacity: true,
  takenAfterMs: true,
  lyingAfterMs: true,
  paused: true,
  state: true,
  reasonCode: true,
  raw,
  found,
  troubleSince: true,
  health: orNull(probe),
  elsewhere: orNone(each(elsewhere)),
  pausedBy: orNone(orNull(showing<NonNullable<HotFolder['pausedBy']>>({ actor: true, at: true }))),
  queued: true,
  held: true,
  lying: true,
  unknownFiles: true,
});

type Question = NonNullable<Arrival['question']>;
type Candidate = Question['candidates'][number];

const candidate = showing<Candidate>({
  jobId: true,
  number: true,
  title: true,
  product: true,
  quantity: true,
  customer: showCustomer,
  files: each(showing<Candidate['files'][number]>({ id: true, name: true, size: true })),
  evidence: true,
});
const ticket = showing<NonNullable<Question['ticket']>>({
  title: true,
  product: true,
  quantity: true,
  customer: showCustomer,
  files: true,
});
const question = showing<Question>({
  about: true,
  why: true,
  candidates: each(candidate),
  newNumber: true,
  size: true,
  ticket: orNull(ticket),
});

export const showArrival = showing<Arrival>({
  id: true,
  name: true,
  folder: path,
  at: true,
  outcome: true,
  jobId: true,
  reasonCode: true,
  detail: raw,
  details: orNull(said),
  key: true,
  values: saidValues,
  path: (value, sees) => (sees.has('paths') ? value : null),
  seen: true,
  question: orNull(question),
  answer: orNull(showing<NonNullable<Arrival['answer']>>({ what: true, jobId: true, by: true, at: true })),
});

const openHours = orNull(showing<OpenHours>({ from: true, to: true }));
const calendar = showing<WorkCalendar>({
  days: showing<WorkCalendar['days']>({
    mon: openHours,
    tue: openHours,
    wed: openHours,
    thu: openHours,
    fri: openHours,
    sat: openHours,
    sun: openHours,
  }),
  closed: each(showing<WorkCalendar['closed'][number]>({ day: true, name: true })),
});
const recordTrouble = showing<NonNullable<Health['record']>>({ code: true, since: true, message: words, whatToDo: true, raw: words });

export const showHealth = showing<Health>({
  ok: true,
  version: true,
  hub: true,
  startedAt: true,
  now: true,
  page: true,
  you: true,
  seq: true,
  demo: true,
  timeZone: true,
  calendar: orNone(calendar),
  language: true,
  askAfterHours: true,
  engine: true,
  data: (value, sees) => (sees.has('paths') ? value : ''),
  jobs: true,
  troubledFolders: true,
  wellSince: true,
  record: orNull(recordTrouble),
  watching: each(showing<Health['watching'][number]>({ path, state: true, reason: raw, found })),
});

export const showCounts = showing<Counts>({
  all: true,
  attention: true,
  stages: byName,
  finished: true,
  late: true,
  more: true,
});

export const showPush = showing<Live>({
  seq: true,
  resync: true,
  jobs: each(showJob),
  events: each(showEvent),
  hotFolders: orNull(each(showFolder)),
  counts: orNull(showCounts),
  arrivals: true,
  settings: true,
});
