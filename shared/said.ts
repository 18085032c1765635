/** A key with its values, as it stands in an answer. */
import { z } from 'zod';
import type { Said, SaidValues } from './words/form.ts';

export const saidValuesSchema: z.ZodType<SaidValues> = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.object({ key: z.string(), values: z.lazy(() => saidValuesSchema) })]),
);

export const saidSchema: z.ZodType<Said> = z.object({ key: z.string(), values: saidValuesSchema });

/** Beside `raw`, where there is one. */
export const foundSchema = saidSchema
  .nullable()
  .optional()
  .describe('What `raw` says as a key with values, in every language; null or left out: the words of a system, a printer or a person');
