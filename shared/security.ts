/** The record of what touched security: its kinds, and what a change of settings says. Pure. */
import { z } from 'zod';

export const securityKinds = [
  'tokenMade',
  'tokenRevoked',
  'tokenUsed',
  'tokenWrong',
  'tokenEnded',
  'rightRefused',
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
  about: z.string().describe('What: the station, the folder, the rule, the procedure, or which kind of wrong token'),
  changes: z.array(securityChangeSchema).describe('What was set up anew, as JSON before and after'),
});
export type SecurityEntry = z.infer<typeof securityEntrySchema>;

/** Longer values are cut: a record is for reading. */
const mostSigns = 300;

function say(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > mostSigns ? `${text.slice(0, mostSigns)}…` : text;
}

/** Which fields a wish changes, and how; those that stay as they are, and those it leaves out, are not told. */
export function changesOf(before: object | null, wish: object): SecurityChange[] {
  const was = (before ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(wish).flatMap(([field, after]: [string, unknown]) =>
    after === undefined || JSON.stringify(was[field]) === JSON.stringify(after)
      ? []
      : [{ field, before: say(was[field]), after: say(after) }],
  );
}
