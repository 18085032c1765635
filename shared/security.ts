/** The record of what touched security: its kinds, and what a change of settings says. Pure. */
import { z } from 'zod';

export const securityKinds = [
  'tokenMade',
  'tokenRevoked',
  'tokenUsed',
  'tokenWrong',
  'tokenEnded',
  'rightRefused',
  'foreignRequest',
  'dataWasOpen',
  'markerIgnored',
  'takeOverSaid',
  'settingsChanged',
  'folderAdded',
  'folderChanged',
  'folderRemoved',
  'ruleAdded',
  'ruleChanged',
  'ruleRemoved',
] as const;
export type SecurityKind = (typeof securityKinds)[number];

/** What strangers try, again and again: counted, and not many rows an hour. */
export const attemptKinds = [
  'tokenWrong',
  'tokenEnded',
  'rightRefused',
  'foreignRequest',
  'markerIgnored',
] as const satisfies readonly SecurityKind[];

/** Requests that are refused by where they come from, whatever they ask: two host names, one that is not ours (DNS rebinding), a page of another site. */
export const foreignRequests = ['twoHosts', 'otherHost', 'otherSite'] as const;
export type ForeignRequest = (typeof foreignRequests)[number];

export const securityChangeSchema = z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() });
export type SecurityChange = z.infer<typeof securityChangeSchema>;

export const securityEntrySchema = z.object({
  id: z.number().int().positive(),
  kind: z.enum(securityKinds),
  at: z.iso.datetime().describe('When it was first seen'),
  until: z.iso.datetime().describe('When it was last seen; with `times` where it came again within the hour'),
  times: z.number().int().positive(),
  actor: z.string().nullable().describe('By whom; null: by whoever had no right token'),
  address: z.string().nullable().describe('From which address; null: from this hub itself, or from too many to tell apart'),
  about: z.string().describe('What: the station, the folder, the rule, the procedure, or which kind of wrong token or of foreign request'),
  changes: z.array(securityChangeSchema).describe('What was set up anew, as JSON before and after'),
});
export type SecurityEntry = z.infer<typeof securityEntrySchema>;

/** Longer values are cut: a record is for reading. */
const mostSigns = 300;
/** Before what is different in two long values. */
const signsBefore = 40;
/** What a list or a record gained and lost is told one by one, up to so many. */
const mostTold = 100;

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Of two values that are alike for long, the part where they are not. */
function say(value: unknown, other: unknown): string | null {
  const [text, beside] = [textOf(value), textOf(other) ?? ''];
  if (text === null || text.length <= mostSigns) return text;
  let alike = 0;
  while (alike < text.length && text[alike] === beside[alike]) alike++;
  const from = alike + signsBefore < mostSigns ? 0 : alike - signsBefore;
  return `${from > 0 ? '…' : ''}${text.slice(from, from + mostSigns)}${from + mostSigns < text.length ? '…' : ''}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Lists tell what was taken out and what was added, records which of their fields changed: what is only said whole hides what changed. */
function changesIn(field: string, before: unknown, after: unknown): SecurityChange[] {
  const [was, is] = [JSON.stringify(before ?? null), JSON.stringify(after ?? null)];
  if (was === is) return [];
  if (Array.isArray(after) && after.length > 0 && (before == null || Array.isArray(before)))
    return changesOfList(field, (before ?? []) as unknown[], after);
  if (Array.isArray(before) && Array.isArray(after)) return changesOfList(field, before, after);
  if (isRecord(after) && (before == null || isRecord(before)) && Object.keys({ ...before, ...after }).length > 0)
    return Object.keys({ ...before, ...after }).flatMap((key) => changesIn(`${field}.${key}`, before?.[key], after[key]));
  return [{ field, before: say(before, after), after: say(after, before) }];
}

function changesOfList(field: string, before: readonly unknown[], after: readonly unknown[]): SecurityChange[] {
  const lacking = (list: readonly unknown[], of: readonly unknown[]): unknown[] => {
    const known = new Set(of.map((item) => JSON.stringify(item)));
    return list.filter((item) => !known.has(JSON.stringify(item)));
  };
  const out = lacking(before, after).map((item) => ({ field, before: say(item, null), after: null }));
  const added = lacking(after, before).map((item) => ({ field, before: null, after: say(item, null) }));
  // Only their order changed.
  return out.length + added.length === 0 ? [{ field, before: say(before, after), after: say(after, before) }] : [...out, ...added];
}

/** Which fields a wish changes, and how; those that stay as they are, and those it leaves out, are not told. */
export function changesOf(before: object | null, wish: object): SecurityChange[] {
  const was = (before ?? {}) as Readonly<Record<string, unknown>>;
  const changes = Object.entries(wish).flatMap(([field, after]: [string, unknown]) =>
    after === undefined ? [] : changesIn(field, was[field], after),
  );
  const more = changes.length - mostTold;
  return more > 0 ? [...changes.slice(0, mostTold), { field: '…', before: null, after: `+ ${more}` }] : changes;
}
