/** What of a job and its history is shown to whom. Pure. */
import { isContact, isNamedContact } from '../../../shared/contact.ts';
import type { JobEvent } from '../../../shared/event.ts';
import type { ToldAttention } from '../../../shared/job/say-attention.ts';
import type { Standing } from '../../../shared/job/state.ts';
import type { Delivery, Job, JobFile, JobLink } from '../../../shared/job.ts';
import { contact, each, found, orNone, orNull, person, raw, type Sees, type Show, saidValues, showing, words } from './showing.ts';

export const showCustomer = orNull(
  showing<NonNullable<Job['customer']>>({ name: person, company: person, email: contact, phone: contact }),
);

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
  found,
  nextTryAt: true,
  deliveredAt: true,
});

const file = showing<JobFile>({
  id: true,
  name: true,
  version: true,
  current: true,
  size: true,
  sha256: true,
  type: true,
  arrivedAt: true,
});

const open = orNone(showing<NonNullable<Standing['open']>>({ code: true, at: true, seq: true, reason: raw }));
const before = showing<NonNullable<Standing['before']>>({
  code: true,
  custom: true,
  seq: true,
  actor: true,
  quiet: true,
  open,
  lacks: open,
});
const standing = showing<Standing>({
  code: true,
  custom: true,
  at: true,
  seq: true,
  actor: true,
  reason: raw,
  reasonCode: true,
  raw,
  before: orNone(orNull(before)),
  place: orNone(showing<NonNullable<Standing['place']>>({ code: true, custom: true, at: true, seq: true, actor: true })),
  quiet: true,
  counts: orNone(showing<NonNullable<Standing['counts']>>({ good: true, waste: true, ordered: true })),
  counted: orNone(showing<NonNullable<Standing['counted']>>({ good: true, waste: true, ordered: true, seq: true })),
  hides: true,
  open,
  lacks: open,
});
const tracks: Show<Job['tracks']> = (value, sees) =>
  Object.fromEntries(Object.entries(value).map(([track, one]) => [track, standing(one, sees)]));

const attention = showing<ToldAttention>({
  code: true,
  who: true,
  since: true,
  seq: true,
  reason: raw,
  reasonCode: true,
  raw,
  key: true,
  values: orNone(saidValues),
  words: orNone(words),
  found,
});

const link = showing<JobLink>({ id: true, number: true });

/** Other systems give them their names. */
const attributes: Show<Job['attributes']> = (value, sees) =>
  sees.has('contacts') ? value : Object.fromEntries(Object.entries(value).filter(([name, one]) => !isContact(name, one)));

export const showJob = showing<Job>({
  id: true,
  number: true,
  order: true,
  job: true,
  title: true,
  product: true,
  quantity: true,
  customer: showCustomer,
  dueAt: true,
  dueAtWritten: true,
  dueDayOnly: true,
  readyBy: true,
  startAt: true,
  startAtWritten: true,
  startDayOnly: true,
  fulfilment: true,
  priority: true,
  notes: true,
  attributes,
  status: true,
  custom: true,
  statusAt: true,
  stage: true,
  tracks,
  attention: each(attention),
  hotFolder: true,
  hotFolderId: true,
  missing: true,
  files: each(file),
  deliveries: each(delivery),
  partOf: true,
  reprintOf: orNull(link),
  reprints: each(link),
  createdAt: true,
  updatedAt: true,
  lastSeq: true,
  revision: true,
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
      const isHidden =
        (pathKeys.has(key) && !sees.has('paths')) ||
        (!sees.has('contacts') && (contactKeys.has(key.toLowerCase()) || (typeof item === 'string' && isNamedContact(key, item))));
      return isHidden ? [] : [[key, data(item, sees)]];
    }),
  );
}

export const showEvent = showing<JobEvent>({
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
