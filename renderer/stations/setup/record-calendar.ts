/** What a change of the work calendar says in the record of what touched security. What cannot be read stays as it is on record, since it may have been cut. Pure. */

import { type Language, say } from '../../../shared/words/say.ts';
import { weekdays } from '../../../shared/work-calendar.ts';
import type { Say } from '../../words/words.ts';

/** `part`: `mon`, `mon.from`. */
export function calendarFieldWords(part: string, t: Say, language: Language): string {
  const [day, end] = part.split('.');
  const weekday = weekdays.find((one) => one === day);
  if (weekday === undefined) return part;
  const ends = end === 'from' || end === 'to' ? `, ${t(`settings.open.${end}`)}` : '';
  return `${say(language, `calendar.${weekday}`)}${ends}`;
}

/** Hours of a day, or a day that is closed all the same; as JSON on record. */
export function calendarValueWords(text: string): string {
  try {
    const { from, to, day, name }: Readonly<Record<string, unknown>> = JSON.parse(text);
    if (typeof from === 'string' && typeof to === 'string') return `${from}–${to}`;
    if (typeof day === 'string') return typeof name === 'string' ? `${day} ${name}` : day;
    return text;
  } catch {
    return text;
  }
}
