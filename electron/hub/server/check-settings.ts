/** What is wrong with settings that somebody wants to save or to try. */
import type { Settings } from '../../../shared/api.ts';
import { checkPattern } from '../../../shared/file-name.ts';
import { isTimeZone } from '../../../shared/shop-time.ts';
import { said } from '../../../shared/words/say.ts';
import { calendarFault } from '../../../shared/work-calendar.ts';
import { checkXmlMapping } from '../intake/tickets/xml-mapping.ts';
import { Refusal } from '../parts.ts';
import { checkFullPath } from '../typed-path.ts';

/** What is left out is not looked at. @throws Refusal BAD_REQUEST with the field it is about */
export function checkSettings({ namePatterns = [], xmlMapping, incoming, timeZone, calendar }: Partial<Settings>): void {
  const badPattern = namePatterns.map(checkPattern).find((problem) => problem !== null) ?? null;
  if (badPattern !== null)
    throw new Refusal('BAD_REQUEST', said('refusals.settingFaulty', { fault: badPattern }), { fields: ['namePatterns'] });
  const badMapping = xmlMapping === undefined ? null : checkXmlMapping(xmlMapping);
  if (badMapping !== null)
    throw new Refusal('BAD_REQUEST', said('refusals.settingFaulty', { fault: badMapping }), { fields: ['xmlMapping'] });
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw new Refusal('BAD_REQUEST', said('refusals.noTimeZone', { zone: JSON.stringify(timeZone) }), { fields: ['timeZone'] });
  const badCalendar = calendar === undefined ? null : calendarFault(calendar);
  if (badCalendar !== null)
    throw new Refusal('BAD_REQUEST', said('refusals.settingFaulty', { fault: badCalendar }), { fields: ['calendar'] });
  if (incoming?.length === 0) throw new Refusal('BAD_REQUEST', said('refusals.noIncoming'), { fields: ['incoming'] });
  for (const { path } of incoming ?? []) checkFullPath(path);
}
