/** What a shop hands to whoever helps it: how the program, its folders and one job stand, and nothing of customers or secrets. */
import { z } from 'zod';
import { deliveryStateNames } from './delivery.ts';
import { eventSchema } from './event.ts';
import { folderStateNames, hotFolderSettingsSchema } from './hot-folder.ts';
import { jobSchema } from './job.ts';
import { workCalendarSchema } from './work-calendar.ts';

/** Of an event everything that people, printers and tickets put into words is left out. */
const helpEventSchema = eventSchema.pick({ seq: true, code: true, track: true, at: true, undoes: true }).extend({
  by: z.string().describe('What kind of actor: system, admin, station, printer ...'),
  reasonCode: z.string().nullable(),
});

const helpJobSchema = jobSchema
  .pick({ id: true, status: true, stage: true, hotFolderId: true, priority: true, createdAt: true, updatedAt: true })
  .extend({
    attention: z.array(z.string()),
    missing: z.number().int(),
    files: z.array(z.object({ id: z.number().int(), version: z.number().int(), current: z.boolean(), size: z.number(), type: z.string() })),
    deliveries: z.array(
      z.object({
        id: z.number().int(),
        fileId: z.number().int().nullable(),
        hotFolderId: z.number().int(),
        state: z.enum(deliveryStateNames),
        send: z.number().int(),
        tries: z.number().int(),
        reasonCode: z.string().nullable(),
        deliveredAt: z.iso.datetime().nullable(),
      }),
    ),
    history: z.array(helpEventSchema).describe('The newest 500'),
  });

export const helpFileSchema = z.object({
  madeAt: z.iso.datetime(),
  program: z.object({ version: z.string(), page: z.string().nullable(), node: z.string(), system: z.string(), cores: z.number().int() }),
  memory: z.object({ hubMb: z.number(), freeMb: z.number() }),
  record: z.object({ engine: z.string(), seq: z.number().int(), trouble: z.string().nullable(), stages: z.record(z.string(), z.number()) }),
  settings: z
    .object({
      settleMs: z.number(),
      incompleteAfterMs: z.number(),
      namePatterns: z.array(z.string()),
      timeZone: z.string(),
      calendar: workCalendarSchema.describe('Without the names of its closed days'),
      language: z.string(),
      askAfterHours: z.number(),
      xmlMapping: z.record(z.string(), z.string()),
    })
    .describe('All but the name of the shop and the incoming folders'),
  incoming: z.array(z.object({ location: z.string(), state: z.string() })),
  hotFolders: z.array(
    hotFolderSettingsSchema.pick({ location: true, paused: true, capacity: true }).extend({
      id: z.number().int(),
      outcome: z.string(),
      state: z.enum(folderStateNames),
      reasonCode: z.string().nullable(),
      troubleSince: z.iso.datetime().nullable(),
      queued: z.number().int(),
      lying: z.number().int(),
      unknownFiles: z.number().int(),
      lastProbe: z.string().nullable().describe('ok, or the step that failed'),
    }),
  ),
  rules: z.array(z.object({ position: z.number().int(), asksFor: z.array(z.string()), hotFolderId: z.number().int().nullable() })),
  stations: z.array(z.object({ role: z.string(), lastSeenAt: z.iso.datetime().nullable() })),
  log: z.array(z.string()).describe('The last lines since the start; each name and path in them only as how long it is'),
  job: helpJobSchema.nullable().describe('The one that was asked for'),
});
export type HelpFile = z.infer<typeof helpFileSchema>;
