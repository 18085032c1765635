/** A hot folder and the rules that choose one: what is set, and what is known of its health. */
import { z } from 'zod';
import { line } from './line.ts';
import { foundSchema } from './said.ts';

const folderName = line(60).min(1);
const typeName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9]{1,10}$/, 'a file name extension such as pdf');
/** A folder below the hot folder, or a full path elsewhere. */
const folderPath = z.string().trim().min(1).max(1000);

export const outcomeFoldersSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z
    .object({ kind: z.literal('kodak') })
    .describe('Working, Input_Success, Input_Warning, Input_Error and Input_Cancelled below the hot folder'),
  z.object({ kind: z.literal('named'), done: folderPath.optional(), failed: folderPath.optional() }),
]);

export const tempStyleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('auto') }).describe('beside where that is the same disk, else inside'),
  z.object({ kind: z.literal('beside') }).describe('In a folder ".printfloor-staging" beside the hot folder, on the same disk'),
  z.object({ kind: z.literal('inside') }).describe('In the hot folder itself, hidden, under a name ending in .part'),
  z.object({ kind: z.literal('staging'), path: folderPath }).describe('In a folder of your own on the same disk'),
]);

export const hotFolderSettingsSchema = z.object({
  name: folderName,
  path: folderPath.describe('Full path; \\\\server\\share\\folder on Windows'),
  location: z.enum(['local', 'network']).default('local'),
  types: z.array(typeName).max(50).default(['pdf']).describe('Accepted file types; empty means any'),
  template: line(200)
    .min(1)
    .default('{name}')
    .describe('File name in the hot folder without its extension: {name} {order} {job} {title} {product} {quantity} {letter} {version}'),
  contract: z.boolean().default(false).describe('The web-to-print system behind reads LETTER_ORDER_JOB_ from the file name'),
  outcome: outcomeFoldersSchema.default({ kind: 'none' }),
  temp: tempStyleSchema.default({ kind: 'auto' }),
  capacity: z
    .number()
    .int()
    .positive()
    .max(100_000)
    .nullable()
    .default(null)
    .describe('How many files may lie there at once; null: any number'),
  takenAfterMs: z
    .number()
    .int()
    .min(0)
    .max(3_600_000)
    .default(2000)
    .describe('Gone for this long on a live folder means the printer took it'),
  lyingAfterMs: z.number().int().min(1000).max(86_400_000).default(300_000).describe('Lying there for this long asks for attention'),
  paused: z.boolean().default(false).describe('A person stopped deliveries to it'),
});
export type HotFolderSettings = z.output<typeof hotFolderSettingsSchema>;

export const probeStepNames = ['find', 'marker', 'write', 'readBack', 'rename', 'noReplace', 'delete', 'space', 'clock'] as const;
export const probeResultSchema = z.object({
  ok: z.boolean(),
  at: z.iso.datetime(),
  steps: z.array(z.object({ step: z.enum(probeStepNames), ok: z.boolean(), raw: z.string().nullable() })),
  freeBytes: z.number().nullable(),
  clockDifferenceMs: z.number().nullable().describe('Positive: the clock of the share is ahead of ours'),
  roundTripMs: z.number().nullable().describe('Median time of one small write, read and delete'),
  reasonCode: z.string().nullable(),
});
export type ProbeResult = z.infer<typeof probeResultSchema>;

export const folderStateNames = ['ready', 'paused', 'trouble'] as const;
/** `paused`: by a person; `trouble`: by a fault of the folder, which ends by itself when the cause is gone. */
export const hotFolderSchema = hotFolderSettingsSchema.extend({
  id: z.number().int().positive(),
  state: z.enum(folderStateNames),
  reasonCode: z.string().nullable(),
  raw: z.string().nullable(),
  found: foundSchema,
  troubleSince: z.iso.datetime().nullable(),
  health: probeResultSchema.nullable().describe('The last probe'),
  elsewhere: z
    .array(z.object({ path: z.string(), reasonCode: z.string(), raw: z.string(), troubleSince: z.iso.datetime() }))
    .optional()
    .describe('Places it was before, where files still lie or may lie, and that cannot be seen'),
  pausedBy: z
    .object({ actor: z.string(), at: z.iso.datetime() })
    .nullable()
    .optional()
    .describe('Who paused it; null while it is not paused, or nobody knows'),
  queued: z.number().int().describe('Deliveries planned for this folder and not there yet, held ones among them'),
  held: z
    .number()
    .int()
    .optional()
    .describe('Of `queued`: those that wait for their job, which is blocked, rejected or not approved, and not for the folder'),
  lying: z.number().int().describe('Delivered files that still lie there'),
  unknownFiles: z.array(z.string()).describe('Files in the folder that no job is known for; left alone'),
});
export type HotFolder = z.infer<typeof hotFolderSchema>;

const someOf = z.array(line(200).min(1)).max(100).describe('Any of these; * stands for any text; case does not matter');

export const ruleConditionsSchema = z.object({
  product: someOf.optional(),
  size: someOf.optional().describe('Attribute "size"'),
  material: someOf.optional().describe('Attribute "material"'),
  quantityFrom: z.number().int().positive().optional(),
  quantityTo: z.number().int().positive().optional(),
  customer: someOf.optional().describe('Name or company'),
  attribute: z.object({ name: line(100).min(1), values: someOf }).optional(),
  type: z.array(typeName).max(50).optional(),
});
export type RuleConditions = z.infer<typeof ruleConditionsSchema>;

export const ruleSettingsSchema = z.object({
  name: line(100).min(1).default('Rule'),
  position: z
    .number()
    .int()
    .min(0)
    .max(100_000)
    .optional()
    .describe('Rules are tried from the lowest position; left out: last, but before rules at the end that take every job'),
  conditions: z
    .strictObject(ruleConditionsSchema.shape)
    .default({})
    .describe('All must hold; none means every job. One that is not known is refused'),
  hotFolderId: z.number().int().positive().nullable().describe('null: production without a hot folder (CopyToHotFolderSkipped)'),
});
export const ruleSchema = ruleSettingsSchema.extend({
  conditions: ruleConditionsSchema,
  id: z.number().int().positive(),
  position: z.number().int(),
});
export type Rule = z.infer<typeof ruleSchema>;
