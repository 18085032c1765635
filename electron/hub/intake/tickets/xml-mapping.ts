/** The mapping of the settings, by which XML of other systems is read. Reads none itself. */

import { ticketFields } from '../../../../shared/ticket.ts';
import { type Said, said } from '../../../../shared/words/say.ts';
import type { DraftField } from './draft.ts';
import { quote } from './fault.ts';

/** What is wrong with a mapping, in a sentence; null when it is good. */
export function checkXmlMapping(mapping: Readonly<Record<string, string>>): Said | null {
  for (const [field, path] of Object.entries(mapping)) {
    if (!isMappedField(field) && field !== 'jobs')
      return said('phrases.mappingField', { field: quote(field), fields: ['jobs', ...ticketFields].join(', ') });
    if (!/^\/?(?:[^/@\s]+(?:\/[^/@\s]+)*(?:\/@[^/@\s]+)?|@[^/@\s]+)$/u.test(path))
      return said('phrases.mappingPath', { path: quote(path) });
  }
  return Object.keys(mapping).length === 0 || mapping['order'] !== undefined ? null : said('phrases.mappingOrder');
}

export function isMappedField(field: string): field is DraftField {
  return ticketFields.some((known) => known === field) || /^attributes\.[^.]/u.test(field);
}
