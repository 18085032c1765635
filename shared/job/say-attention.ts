/**
 * What somebody must act on, as it is told: beside the English sentence on record the key it says, with its values, and in an answer the sentence in the language
 * of whoever asks. A person's own words have no key and stay as they are. Pure.
 */
import { z } from 'zod';
import { isReasonCode, reasonWords } from '../reason.ts';
import { foundSchema, saidValuesSchema } from '../said.ts';
import { isStatusCode } from '../status.ts';
import { recallFound, recallHistory, recallMissing } from '../words/recall.ts';
import { type Language, type Said, sentence } from '../words/say.ts';
import { type Attention, attentionSchema } from './state.ts';

export const toldAttentionSchema = attentionSchema.extend({
  key: z
    .string()
    .nullable()
    .optional()
    .describe("What is said, in every language: `reasons.NoRuleFits.what`; null: a person's own words, in `reason`"),
  values: saidValuesSchema.optional().describe('What the sentence names'),
  words: z
    .string()
    .optional()
    .describe('The sentence in the language of the answer (Accept-Language, else that of the shop); a push has none'),
  found: foundSchema,
});
export type ToldAttention = z.infer<typeof toldAttentionSchema>;

function saidBy({ code, reason, reasonCode }: Attention): Said | null {
  const known = [reasonCode, code].filter((one) => one !== null).find(isReasonCode);
  if (known !== undefined && (reason === null || reason === reasonWords('en', known).what))
    return { key: `reasons.${known}.what`, values: {} };
  if (reason === null) return isStatusCode(code) ? { key: `statuses.${code}`, values: {} } : null;
  // Only the program says a reason by its code; what else reads like the history may be somebody's own words.
  return reasonCode === null ? recallMissing(reason) : recallHistory(reason);
}

export function toldAttention(attention: Attention): ToldAttention {
  const said = saidBy(attention);
  return { ...attention, key: said?.key ?? null, values: said?.values ?? {}, found: recallFound(attention.raw) };
}

/** The same with its sentence. */
export function attentionIn(language: Language, told: ToldAttention): ToldAttention {
  const { key = null, values = {}, reason, code } = told;
  const words = key === null ? null : sentence(language, { key, values });
  return { ...told, words: words ?? reason ?? code };
}
