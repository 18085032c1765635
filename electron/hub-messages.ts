/** What the main process and the hub's process say to each other. Ports for disk work travel with the messages that name them. */
import { z } from 'zod';
import { hubAccessSchema } from '../shared/desktop.ts';

export const toHubSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), dataPath: z.string(), port: z.number().int(), demo: z.boolean(), pagePath: z.string() }),
  /** Comes with the port to the disk process. */
  z.object({ kind: z.literal('diskOpened'), id: z.number().int() }),
  z.object({ kind: z.literal('diskEnded'), id: z.number().int() }),
  /** To be answered with `alive`. */
  z.object({ kind: z.literal('beat') }),
  z.object({ kind: z.literal('stop') }),
]);
export type ToHub = z.infer<typeof toHubSchema>;

export const fromHubSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), access: hubAccessSchema }),
  /** It could not start; the sentence is for the person at the machine. The process ends after it. */
  z.object({ kind: z.literal('notStarted'), sentence: z.string() }),
  z.object({ kind: z.literal('openDisk'), id: z.number().int(), label: z.string() }),
  z.object({ kind: z.literal('alive') }),
  z.object({ kind: z.literal('killDisk'), id: z.number().int() }),
]);
export type FromHub = z.infer<typeof fromHubSchema>;
