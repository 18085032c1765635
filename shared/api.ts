/**
 * The one contract: what a station, the page or another system may ask of the hub. Served over WebSocket (the page) and over HTTP
 * with an OpenAPI description (everybody else). Checked on both sides; an unknown caller gets nothing.
 * Files travel over HTTP only: GET and POST /api/jobs/{id}/files[/{fileId}] and GET /api/arrivals/{id}/file, described in the server.
 */
import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { cleanJson, cleanLines } from './clean-text.ts';
import { eventDataSchema, eventSchema, statusCodeSchema } from './event.ts';
import { helpFileSchema } from './help-file.ts';
import { hotFolderSchema, hotFolderSettingsSchema, probeResultSchema, ruleSchema, ruleSettingsSchema } from './hot-folder.ts';
import { jobOrders } from './job/board.ts';
import { stageSchema } from './job/state.ts';
import { jobSchema } from './job.ts';
import { line, text } from './line.ts';
import { foundSchema, saidSchema, saidValuesSchema } from './said.ts';
import { securityEntrySchema } from './security.ts';
import { trackNames } from './status.ts';
import { customerSchema, ticketSchema } from './ticket.ts';
import { languages } from './words/say.ts';
import { workCalendarSchema } from './work-calendar.ts';

/** Errors have one shape everywhere: a code, a sentence, and what to do; and by which key and values others can say it. */
const errorData = z.object({
  whatToDo: z.string(),
  rule: z.string().optional().describe('The rule of the shop that stands against it'),
  mayInsist: z.boolean().optional().describe('true: `force` with a reason goes on all the same'),
  by: z.string().optional().describe('Who said what stands against it'),
  at: z.iso.datetime().optional().describe('When that was said'),
  waiting: z.number().int().optional().describe('How many files wait for the folder or are under way to it'),
  files: z.number().int().optional().describe('How many files lie in the folder already'),
  reasonCode: z.string().optional().describe('The trouble it is, as a code of the reason table'),
  raw: z.string().optional().describe('The raw error behind it'),
  path: z.string().optional().describe('The folder it is about'),
  belongsTo: z.string().nullable().optional().describe('Number of the job `by` gave the file to; null: to none'),
  key: z.string().optional().describe('Which sentence it is, in every language: `refusals.hotFolderTaken`'),
  values: saidValuesSchema.optional().describe('What the sentence names: texts, numbers, and other sentences by their key and values'),
  fields: z.array(z.string()).optional().describe('The fields of the settings it is about'),
  retryAfterMs: z
    .number()
    .optional()
    .describe('With 429: to be asked again after that time at the earliest; over HTTP also in `Retry-After`'),
  tokenEnded: z.boolean().optional().describe('true: this token was right once; it was revoked, or its time is over'),
});
export const problemSchema = errorData.extend({ code: z.string(), message: z.string() });
export type Problem = z.infer<typeof problemSchema>;

/**
 * What somebody may. `read`: look at the floor; `work`: move jobs on, and give them files; `setUp`: see and change how the floor is set up, and who may
 * talk to it. `contacts` and `paths` open fields of answers: e-mail and phone of customers, and where folders and files lie.
 */
export type Right = 'read' | 'work' | 'setUp' | 'contacts' | 'paths';

export const roles = ['admin', 'station'] as const;
export type Role = (typeof roles)[number];

export const rightsOf: Readonly<Record<Role, ReadonlySet<Right>>> = {
  admin: new Set(['read', 'work', 'setUp', 'contacts', 'paths']),
  station: new Set(['read', 'work']),
};

/** Each procedure begins with the right it needs: there is no other way to make one that the contract takes. */
const door = <Needed extends Right>(right: Needed) =>
  oc.$meta({ right }).errors({
    UNAUTHORIZED: { status: 401, data: errorData },
    FORBIDDEN: { status: 403, data: errorData },
    NOT_FOUND: { status: 404, data: errorData },
    CONFLICT: { status: 409, data: errorData },
    NOT_NOW: { status: 422, data: errorData },
    NOT_RECORDED: { status: 503, data: errorData },
    BAD_REQUEST: { status: 400, data: errorData },
  });
type Closed = { readonly [name: string]: Closed | { readonly '~orpc': { readonly meta: { readonly right: Right } } } };

const id = z.coerce.number().int().positive();
const byId = z.object({ id });
const takeOver = z
  .boolean()
  .optional()
  .describe(
    'Also when another Printfloor works in the folder, which then stops working in it, or when another folder lies at its path, which is then used',
  );
const takeOverIncoming = takeOver
  .or(z.array(z.string()).max(100))
  .describe('As for hot folders, or just for these of the incoming folders');
const confirmIncoming = z
  .boolean()
  .or(z.array(z.string()).max(100))
  .optional()
  .describe('Watch them, or just these of them, although files lie there already, which are then taken in');
/** Chosen by the caller, unique for each intention: the same actionId gives the same answer and one event. */
const actionId = z.string().min(1).max(100);
const insists = z
  .array(line(100))
  .max(20)
  .readonly()
  .optional()
  .describe(
    'With `force`: the rules that were read and are insisted on, by the `rule` of each refusal; whatever else stands against it by now is refused. Left out: whatever stands against it',
  );
const someFiles = z.array(id).min(1).max(1000).optional();
const reasonText = text(500, cleanLines).trim().min(1).max(500);
/** An event is kept for ever and pushed to every screen. */
const mostDataSigns = 16_000;
const tooMuchData = 'at most 16 kB as JSON';
const givenData = eventDataSchema
  .refine((data) => JSON.stringify(data).length <= 4 * mostDataSigns, { error: tooMuchData, abort: true })
  .overwrite(cleanJson)
  .refine((data) => JSON.stringify(data).length <= mostDataSigns, tooMuchData);
/** A larger wish is answered with the largest page; `next` tells that there is more. */
const pageSize = z.coerce.number().int().min(1).default(100).describe('At most 500 at a time');

export const jobQuerySchema = z.object({
  q: z
    .string()
    .trim()
    .max(200)
    .optional()
    .describe('Words or beginnings of words in number, title, product, customer or file name. A job whose very number it is comes first'),
  number: z
    .string()
    .max(200)
    .optional()
    .describe('The very number of a job as it is shown, typed or scanned, also where upper and lower case went wrong: that job alone'),
  orderNumber: z
    .string()
    .max(200)
    .optional()
    .describe(
      'The very number of an order, typed or scanned, also where upper and lower case went wrong: its jobs alone, as many as fit on one page',
    ),
  status: statusCodeSchema.optional(),
  stage: stageSchema.optional(),
  hotFolder: z
    .union([z.number().int().positive(), z.string().trim().min(1).max(60)])
    .optional()
    .describe('Id or name of a hot folder'),
  attention: z.stringbool().or(z.boolean()).optional().describe('true: only jobs somebody must act on'),
  order: z
    .enum(jobOrders)
    .optional()
    .describe(
      'Which come first; newest where nothing is said. urgent: what stops, needs somebody, is late, is due next; at the end what is finished. The others by what they name, where no more than 20,000 jobs are asked for: the answer says in which `order` they are',
    ),
  reverse: z.stringbool().or(z.boolean()).optional().describe('true: the order turned round; what has nothing to sort by stays last'),
  finished: z
    .stringbool()
    .or(z.boolean())
    .optional()
    .describe('false: without jobs that are shipped or done and need nobody; true: only those'),
  limit: pageSize,
  cursor: z.string().max(1000).optional().describe('`next` of the page before'),
});
export type JobQuery = z.output<typeof jobQuerySchema>;

export const countsSchema = z.object({
  all: z.number().int(),
  attention: z.number().int(),
  stages: z.partialRecord(stageSchema, z.number().int()),
  finished: z.number().int().optional().describe('Shipped or done, and nobody has to act on them'),
  late: z
    .number()
    .int()
    .optional()
    .describe(
      'In work and past the time they were to be ready by (`readyBy`) when this was counted, besides those somebody must act on; at most 10,000 are counted',
    ),
  more: z.boolean().optional().describe('true: with `q` there are more than were counted'),
});
export type Counts = z.infer<typeof countsSchema>;

const namedStatus = { code: statusCodeSchema, custom: z.string().nullable(), name: z.string().describe('In the language of the answer') };

/** One of the 59: what it means, whose turn it is, what may come next, and how many jobs are there. */
export const statusSchema = z.object({
  code: statusCodeSchema,
  track: z.enum(trackNames).describe('A job has one current status on each track'),
  stage: stageSchema.nullable().describe('Where it puts the job; null: it says nothing about the place'),
  name: z.string().describe('In the language of the answer, as `meaning`'),
  meaning: z.string(),
  who: z.string().nullable().describe('The role whose turn it is; null: nobody has to do anything'),
  next: z.array(z.object(namedStatus)).describe('What may come next; empty: it stays'),
  jobs: z
    .number()
    .int()
    .describe('Jobs that have it as `status`; of one that is never that (messages, MIS, record, hidden): those that have it on its track'),
});
export type StatusTold = z.infer<typeof statusSchema>;

/** What speaks for a job, strongest first. `content`: the very same content is known there. */
export const evidenceNames = ['folder', 'contract', 'number', 'awaited', 'known', 'version', 'content'] as const;
export const questionWhys = [
  'severalJobs',
  'evidenceDisagrees',
  'conflictCopy',
  'notNamedByTicket',
  'versionUnclear',
  'correction',
  'otherFolder',
  'sameContent',
  'sameCount',
] as const;

/** By what people tell one job from another. */
const likeness = {
  product: z.string().nullable(),
  quantity: z.number().int().positive().nullable().describe('Pieces'),
  customer: customerSchema.nullable(),
};

export const candidateSchema = z.object({
  jobId: z.number().int().positive(),
  number: z.string(),
  title: z.string(),
  ...likeness,
  files: z
    .array(z.object({ id: z.number().int().positive(), name: z.string(), size: z.number().int() }))
    .describe('The current files it has; GET /api/jobs/{id}/files/{fileId} hands them out'),
  evidence: z
    .array(z.enum(evidenceNames))
    .describe(
      'folder: lay with its ticket; contract, number: its name says so; awaited: its ticket waits for this name; known: has a file of this name; version: its name is a version of one of its files; content: has the same content',
    ),
});

/** Two answers are possible, so a person gives it. */
export const questionSchema = z.object({
  about: z
    .enum(['file', 'ticket'])
    .describe('ticket: the candidates are jobs without a ticket that hold its file, or that a list of the same order gave its number'),
  why: z.enum(questionWhys),
  candidates: z.array(candidateSchema).describe('Likeliest first; may be empty'),
  newNumber: z.string().nullable().describe('The number a new job would get; null: one of ours'),
  size: z.number().int().nullable().describe('Bytes of the file, which GET /api/arrivals/{id}/file hands out; null for a ticket'),
  ticket: z
    .object({ title: z.string().nullable(), ...likeness, files: z.array(z.string()).describe('Names it gives') })
    .nullable()
    .describe('What a ticket says; null for a file'),
});

export const arrivalAnswerSchema = z.object({
  what: z.enum(['job', 'new', 'reject']),
  jobId: z.number().int().nullable(),
  by: z.string().describe('"system" when later evidence made it clear'),
  at: z.iso.datetime(),
});

export const arrivalSchema = z.object({
  id: z.number().int().positive(),
  name: z.string(),
  folder: z.string(),
  at: z.iso.datetime(),
  outcome: z
    .enum(['accepted', 'newVersion', 'duplicate', 'ticket', 'rejected', 'asked'])
    .describe('asked: kept safe until somebody says whose it is; then what became of it'),
  jobId: z.number().int().nullable(),
  reasonCode: z.string().nullable(),
  detail: z.string().nullable(),
  key: z.string().nullable().default(null).describe('What is said of it, in every language: `reasons.NotWhole`; null: nothing is wrong'),
  values: saidValuesSchema.default({}).describe('What the sentence and its details name'),
  details: saidSchema
    .nullable()
    .default(null)
    .describe('The detail as a key with values, to say it otherwise; null where it is the words of the system'),
  path: z.string().nullable().describe('Where the file lies now'),
  seen: z.boolean().describe('Somebody has taken note of a rejected arrival'),
  question: questionSchema.nullable().describe('What was or is to be answered'),
  answer: arrivalAnswerSchema.nullable().describe('Who answered it, when, and how'),
});
export type Arrival = z.infer<typeof arrivalSchema>;

export const settingsSchema = z.object({
  shopName: line(100),
  incoming: z
    .array(z.object({ path: z.string().min(1).max(1000), location: z.enum(['local', 'network']) }))
    .max(100)
    .describe('Watched folders'),
  settleMs: z.number().int().min(0).max(600_000).describe('How long a file must lie unchanged'),
  incompleteAfterMs: z.number().int().min(1000).max(86_400_000).describe('A file without its end that long unchanged is rejected'),
  namePatterns: z
    .array(z.string().min(1).max(200))
    .max(20)
    .describe('How a file name names order and job: {order} {job} {letter} {rest}, tried in turn'),
  timeZone: z.string().min(1).max(60).describe('IANA name of the zone whose clock hangs in the shop; at first that of the computer'),
  calendar: workCalendarSchema.describe('When the shop works: by it jobs are to be ready, and late; at first always'),
  language: z
    .enum(languages)
    .describe('What the hub says where nobody asks for a language; at first that of the computer, where it is one of these'),
  askAfterHours: z
    .number()
    .int()
    .min(1)
    .max(72)
    .describe('What was meant at a station and could not be sent for so many hours asks there before it is sent'),
  xmlMapping: z.record(z.string(), z.string().max(200)).describe('Ticket field -> path of elements, for XML tickets of other systems'),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Larger ones are read from an incoming folder. */
export const mostTriedBytes = 600_000;
export const mostTriedTickets = 20;

/** What the hub would make of a ticket file. */
export const triedTicketSchema = z.object({
  ok: z.boolean(),
  reasonCode: z.string().nullable().describe('Why it would be rejected, as a code of the reason table'),
  detail: z.string().nullable().describe('What is wrong and where, in the language of the answer'),
  details: saidSchema.nullable().describe('The same as a key with values'),
  readAs: z.string().nullable().describe('The encoding, where the file did not say it and it had to be judged'),
  count: z.number().int().describe('How many jobs it speaks of'),
  gaps: z
    .object({
      notFound: z.array(z.object({ field: z.string(), path: z.string() })).describe('Mapped places that are not in the ticket'),
      unread: z
        .array(z.object({ path: z.string(), count: z.number().int() }))
        .describe('Places of the ticket that say something and are not mapped, and how often each is there'),
      places: z.array(z.string()).describe('Places of the ticket that say something'),
    })
    .optional()
    .describe('XML read by a mapping: what the two do not have in common, at most 20 of each'),
  tickets: z
    .array(
      z.object({
        number: z.string(),
        jobId: z.number().int().nullable().describe('The job of this number that is there already, which it would change'),
        title: z.string().nullable(),
        product: z.string().nullable(),
        quantity: z.number().int().nullable(),
        customer: customerSchema.nullable(),
        files: z.array(z.string()),
        dueAt: z.iso.datetime().nullable(),
        dueDayOnly: z.boolean(),
        startAt: z.iso.datetime().nullable(),
        startDayOnly: z.boolean(),
        submitted: z.boolean().nullable(),
        approval: z.enum(['required', 'given', 'none']).nullable(),
        fulfilment: z.enum(['collection', 'delivery']).nullable(),
        priority: z.number().int().nullable(),
        notes: z.string().nullable(),
        attributes: z.record(z.string(), z.string()),
      }),
    )
    .describe('The first 20 of them'),
});
export type TriedTicket = z.infer<typeof triedTicketSchema>;

export const stationSchema = z.object({
  id: z.number().int().positive(),
  name: z.string(),
  role: z.enum(roles),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime().nullable().describe('When its token was last used, to the minute'),
  lastSeenFrom: z.string().nullable().default(null).describe('The address it was last used from'),
  endsAt: z.iso.datetime().nullable().default(null).describe('From then on its token opens nothing; null: it has no end'),
});
export type Station = z.infer<typeof stationSchema>;

export const healthSchema = z.object({
  ok: z.boolean(),
  version: z.string(),
  hub: z.string().describe('Id of the hub, which goes where its data folder goes: another id is another record, whatever the address'),
  startedAt: z.iso.datetime(),
  now: z.iso.datetime().nullable().default(null).describe('What the clock of the hub shows'),
  page: z
    .string()
    .nullable()
    .default(null)
    .describe('Which page the hub hands out: one that shows another is to be loaded anew; null where there is none'),
  you: z.string().default('').describe('What the record calls whoever asks: `station Press 1`'),
  seq: z.number().int().describe('seq of the newest event'),
  demo: z.boolean(),
  timeZone: z.string().describe('IANA name of the zone in which the shop reads and shows times'),
  calendar: workCalendarSchema.optional().describe('When the shop works, by the clock of that zone'),
  language: z.enum(languages).describe('What the shop speaks: screens without a language of their own speak it too'),
  askAfterHours: z.number().default(8).describe('What could not be sent for so many hours asks at its station before it is sent'),
  engine: z
    .enum(['sqlite', 'postgres'])
    .default('sqlite')
    .describe('What the record stands in: a file in the data folder, or a database on a server'),
  data: z.string().describe('Data folder; empty for callers that are no admin'),
  jobs: z.number().int(),
  troubledFolders: z.number().int(),
  wellSince: z.iso
    .datetime()
    .nullable()
    .optional()
    .describe('Since when nothing stops, needs somebody or is late, as far as the hub has looked; null while something does'),
  record: z
    .object({ code: z.string(), since: z.iso.datetime(), message: z.string(), whatToDo: z.string(), raw: z.string() })
    .nullable()
    .default(null)
    .describe(
      'Why nothing can be recorded at present: RecordFull, RecordHeld, RecordAway, RecordUnchecked, RecordBroken or RecordDamaged; null when all is well',
    ),
  watching: z.array(
    z.object({ path: z.string(), state: z.enum(['watching', 'polling', 'missing']), reason: z.string().nullable(), found: foundSchema }),
  ),
});
export type Health = z.infer<typeof healthSchema>;

/** One push to a screen: everything that changed since the last, at most ten a second. */
export const liveSchema = z.object({
  seq: z.number().int().describe('Everything up to this event is included'),
  resync: z.boolean().describe('true: too much was missed; load what you show again'),
  jobs: z.array(jobSchema),
  events: z.array(eventSchema),
  hotFolders: z.array(hotFolderSchema).nullable().describe('All of them, when any changed'),
  counts: countsSchema.nullable(),
  arrivals: z.boolean().describe('The list of arrivals changed'),
  settings: z.boolean().describe('What the shop is set to changed, such as its language: ask for /api/health again'),
});
export type Live = z.infer<typeof liveSchema>;

/** For PATCH: a field left out stays as it is. (`partial()` alone would put the defaults in the place of fields left out.) */
const seenWords =
  'What these fields were when they were read: where one is something else by now nothing is changed (409, its name in `fields`)';

function changeOf<Shape extends z.ZodRawShape>(settings: z.ZodObject<Shape>): ReturnType<typeof settings.partial> {
  const shape = Object.entries(settings.shape).map(([name, field]) => [name, field instanceof z.ZodDefault ? field.unwrap() : field]);
  return z.object(Object.fromEntries(shape)).partial() as unknown as ReturnType<typeof settings.partial>;
}

const page = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), next: z.string().nullable() });

export const contract = {
  health: door('read').route({ method: 'GET', path: '/health', summary: 'Is the hub well' }).output(healthSchema),
  statuses: {
    list: door('read')
      .route({ method: 'GET', path: '/statuses', summary: 'The 59 statuses in words, and how many jobs are in each' })
      .output(z.object({ items: z.array(statusSchema) })),
  },
  jobs: {
    list: door('read')
      .route({ method: 'GET', path: '/jobs', summary: 'Jobs, newest first unless `order` says otherwise' })
      .input(jobQuerySchema)
      .output(page(jobSchema).extend({ order: z.enum(jobOrders).optional().describe('In which order they are') })),
    counts: door('read')
      .route({ method: 'GET', path: '/counts', summary: 'How many jobs stand where; with `q` how many of those it finds' })
      .input(z.object({ q: jobQuerySchema.shape.q }).optional())
      .output(countsSchema),
    get: door('read').route({ method: 'GET', path: '/jobs/{id}' }).input(byId).output(jobSchema),
    history: door('read')
      .route({ method: 'GET', path: '/jobs/{id}/history', summary: 'What happened to a job, the oldest first' })
      .input(byId.extend({ after: z.coerce.number().int().min(0).default(0).describe('`next` of the page before') }))
      .output(
        z.object({
          items: z.array(eventSchema),
          next: z.number().int().nullable().describe('A page holds 2,000 events or 2 MB; ask for what comes after this one'),
        }),
      ),
    create: door('work')
      .route({ method: 'POST', path: '/jobs', successStatus: 201, summary: 'A JSON ticket makes or completes a job' })
      .input(ticketSchema)
      .output(jobSchema),
    setStatus: door('work')
      .route({ method: 'POST', path: '/jobs/{id}/status' })
      .input(
        z.object({
          id,
          code: statusCodeSchema,
          custom: line(100).min(1).optional(),
          reason: reasonText.optional(),
          data: givenData.optional(),
          force: z.boolean().optional().describe('Go on although the move makes no sense from here; needs a reason'),
          insists,
          actionId,
        }),
      )
      .output(
        z.object({
          job: jobSchema,
          event: eventSchema,
          already: z.literal(true).optional().describe('It stood already: nothing was recorded, `event` is the one that stands'),
        }),
      ),
    undo: door('work')
      .route({ method: 'POST', path: '/jobs/{id}/undo' })
      .input(z.object({ id, seq: z.number().int().positive(), reason: reasonText.optional(), actionId }))
      .output(
        z.object({
          job: jobSchema,
          event: eventSchema,
          comesTo: z
            .object({ status: statusCodeSchema, custom: z.string().nullable(), stage: stageSchema, words: z.string() })
            .optional()
            .describe('What is true of the job now, in words: "back to: In the hot folder"'),
        }),
      ),
    deliver: door('work')
      .route({
        method: 'POST',
        path: '/jobs/{id}/deliver',
        summary:
          'Send again, or send a job that waits; needs a reason and is counted. Sends the files named; without `fileIds` those that failed or wait, and the whole job again when all have been delivered',
      })
      .input(
        z.object({
          id,
          reason: reasonText,
          fileIds: someFiles.describe(
            'Just these files of the job, by the ids in `files`. Left out: those not delivered yet, or all when all have been',
          ),
          hotFolderId: id.optional().describe('Another hot folder than the rules say'),
          unsent: z
            .boolean()
            .optional()
            .describe('Only what no printer has had yet: refused (`sentMeanwhile`) where one has had one of these files by now'),
          force: z
            .boolean()
            .optional()
            .describe(
              'Send at once although an earlier send of the file is just being handed over: both may come out. Left out, it waits until that is known, and goes only if the earlier one did not',
            ),
          insists,
          actionId,
        }),
      )
      .output(jobSchema),
    reprint: door('work')
      .route({
        method: 'POST',
        path: '/jobs/{id}/reprint',
        successStatus: 201,
        summary:
          'Print pieces of a job again: makes a new job of the same order, with its own number, that goes to the same press, and answers that one. The first job stays as it is',
      })
      .input(
        z.object({
          id,
          quantity: z.number().int().describe('Pieces, at most a million; more than the job has need `force`'),
          reason: reasonText,
          fileIds: someFiles.describe(
            'Just these files of the job, by the ids in `files`. Left out: those a printer has had, or all when none is known to',
          ),
          force: z
            .boolean()
            .optional()
            .describe('Although they are more than the job has, or somebody asked for a reprint of it a moment ago'),
          insists,
          actionId,
        }),
      )
      .output(jobSchema),
  },
  hotFolders: {
    list: door('read')
      .route({ method: 'GET', path: '/hot-folders' })
      .output(z.object({ items: z.array(hotFolderSchema) })),
    create: door('setUp')
      .route({ method: 'POST', path: '/hot-folders', successStatus: 201, summary: 'Probed first; refused when the probe fails' })
      .input(hotFolderSettingsSchema.extend({ takeOver }))
      .output(hotFolderSchema),
    get: door('read').route({ method: 'GET', path: '/hot-folders/{id}' }).input(byId).output(hotFolderSchema),
    update: door('setUp')
      .route({
        method: 'PATCH',
        path: '/hot-folders/{id}',
        summary:
          'A new path is refused (409, with their number in `waiting`) while files wait for the old one, unless `waiting` says what becomes of them',
      })
      .input(
        changeOf(hotFolderSettingsSchema).extend({
          id,
          seen: changeOf(hotFolderSettingsSchema).optional().describe(seenWords),
          takeOver,
          waiting: z
            .enum(['stay', 'move'])
            .optional()
            .describe('With a new path: `stay` sends what waits where it was planned to go, `move` sends it to the new path'),
        }),
      )
      .output(hotFolderSchema),
    remove: door('setUp')
      .route({ method: 'DELETE', path: '/hot-folders/{id}' })
      .input(byId)
      .output(
        z.object({
          ok: z.literal(true),
          lying: z.number().int().describe('Delivered files that lie there; they stay watched'),
          unseen: z.number().int().describe('Delivered files that cannot be seen now: their jobs ask somebody'),
          rules: z.number().int().describe('Rules that still lead to it'),
        }),
      ),
    probe: door('setUp')
      .route({ method: 'POST', path: '/hot-folders/{id}/probe' })
      .input(byId.extend({ takeOver }))
      .output(hotFolderSchema),
    tryOut: door('setUp')
      .route({ method: 'POST', path: '/probe', summary: 'Probe a folder before it is saved' })
      .input(hotFolderSettingsSchema.extend({ takeOver }))
      .output(probeResultSchema),
  },
  rules: {
    list: door('setUp')
      .route({ method: 'GET', path: '/rules' })
      .output(z.object({ items: z.array(ruleSchema) })),
    create: door('setUp').route({ method: 'POST', path: '/rules', successStatus: 201 }).input(ruleSettingsSchema).output(ruleSchema),
    get: door('setUp').route({ method: 'GET', path: '/rules/{id}' }).input(byId).output(ruleSchema),
    update: door('setUp')
      .route({ method: 'PATCH', path: '/rules/{id}' })
      .input(changeOf(ruleSettingsSchema).extend({ id, seen: changeOf(ruleSettingsSchema).optional().describe(seenWords) }))
      .output(ruleSchema),
    remove: door('setUp')
      .route({ method: 'DELETE', path: '/rules/{id}' })
      .input(byId.extend({ seen: changeOf(ruleSettingsSchema).optional().describe(seenWords) }))
      .output(z.object({ ok: z.literal(true) })),
  },
  arrivals: {
    list: door('read')
      .route({ method: 'GET', path: '/arrivals', summary: 'What arrived and what became of it, newest first' })
      .input(
        z.object({
          outcome: arrivalSchema.shape.outcome.optional(),
          unseen: z.stringbool().or(z.boolean()).optional(),
          limit: pageSize,
          cursor: z.string().max(50).optional(),
        }),
      )
      .output(page(arrivalSchema)),
    markSeen: door('work').route({ method: 'POST', path: '/arrivals/{id}/seen' }).input(byId).output(arrivalSchema),
    answer: door('work')
      .route({ method: 'POST', path: '/arrivals/{id}/answer', summary: 'Whose file is it: a job, a new one, or nobody' })
      .input(z.object({ id, jobId: z.union([id, z.enum(['new', 'reject'])]).describe('Any job, not only the candidates'), actionId }))
      .output(arrivalSchema),
  },
  settings: {
    get: door('setUp').route({ method: 'GET', path: '/settings' }).output(settingsSchema),
    update: door('setUp')
      .route({ method: 'PATCH', path: '/settings' })
      .input(
        settingsSchema
          .partial()
          .extend({
            takeOver: takeOverIncoming,
            confirm: confirmIncoming,
            seen: settingsSchema.partial().optional().describe(seenWords),
          })
          .strict(),
      )
      .output(settingsSchema),
    defaults: door('setUp')
      .route({ method: 'GET', path: '/settings/defaults', summary: 'What holds until the shop says otherwise' })
      .output(settingsSchema),
    tryTicket: door('setUp')
      .route({ method: 'POST', path: '/settings/try-ticket', summary: 'What the hub would make of a ticket file; nothing is recorded' })
      .input(
        z.object({
          name: line(200).min(1).describe('Its ending says the format'),
          content: z
            .base64()
            .max(Math.ceil(mostTriedBytes / 3) * 4)
            .describe('The bytes of the file, in base64; at most 600 kB'),
          xmlMapping: settingsSchema.shape.xmlMapping.optional().describe('To be tried; left out: that of the settings'),
          timeZone: settingsSchema.shape.timeZone.optional(),
        }),
      )
      .output(triedTicketSchema),
  },
  stations: {
    list: door('setUp')
      .route({ method: 'GET', path: '/stations' })
      .output(z.object({ items: z.array(stationSchema) })),
    create: door('setUp')
      .route({ method: 'POST', path: '/stations', successStatus: 201, summary: 'A new station; its token is told once' })
      .input(
        z.object({
          name: line(60).min(1),
          role: z.enum(roles).default('station'),
          endsAt: z.iso.datetime({ offset: true }).nullable().optional().describe('When its token ends; left out: never'),
        }),
      )
      .output(stationSchema.extend({ token: z.string() })),
    remove: door('setUp')
      .route({ method: 'DELETE', path: '/stations/{id}', summary: 'Revokes its token: whatever is open under it ends at once' })
      .input(byId)
      .output(z.object({ ok: z.literal(true) })),
  },
  security: {
    list: door('setUp')
      .route({ method: 'GET', path: '/security', summary: 'What touched security in the last year, newest first' })
      .input(z.object({ limit: pageSize, cursor: z.string().max(50).optional() }))
      .output(page(securityEntrySchema)),
  },
  helpFile: door('setUp')
    .route({
      method: 'GET',
      path: '/help-file',
      summary: 'For whoever helps: how everything stands, without customers, names, paths and secrets',
    })
    .input(z.object({ job: id.optional().describe('Whose history is told as well') }))
    .output(helpFileSchema),
  events: {
    list: door('read')
      .route({ method: 'GET', path: '/events' })
      .input(z.object({ since: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(5000).default(500) }))
      .output(z.object({ items: z.array(eventSchema), seq: z.number().int().describe('Ask again since this') })),
    stream: door('read')
      .route({ method: 'GET', path: '/events/stream', summary: 'Server-sent events; ids are seq' })
      .input(z.object({ since: z.coerce.number().int().min(0).optional().describe('Left out: from now on') }))
      .output(eventIterator(eventSchema)),
  },
  /** For screens. Starts with one full push, then what changes. */
  live: door('read')
    .route({ method: 'GET', path: '/live', summary: 'For screens: coalesced changes' })
    .input(z.object({ since: z.coerce.number().int().min(0).optional() }))
    .output(eventIterator(liveSchema)),
} satisfies Closed;
export type Contract = typeof contract;
