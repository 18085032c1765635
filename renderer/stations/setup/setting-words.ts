/** What a setting says, in words: for its default, and for what somebody else has set it to. Pure. */
import { languageNames } from '../../../shared/words/form.ts';
import { type Language, say } from '../../../shared/words/say.ts';
import type { Say } from '../../words/words.ts';
import { alike, type CalendarForm } from './calendar-form.ts';
import { type Form, type FormName, patternsIn } from './settings-form.ts';

function calendarWords(form: CalendarForm, t: Say, language: Language): string {
  const groups = alike(form);
  const closed = form.closed.length === 0 ? [] : [t('settings.closedOn', { count: form.closed.length })];
  if (groups.length === 1 && groups[0]?.day.kind === 'allDay') return [t('settings.alwaysOpen'), ...closed].join(' · ');
  const week = groups.map(({ first, last, day: { kind, from, to } }) => {
    const [one, other] = [say(language, `calendar.${first}`), say(language, `calendar.${last}`)];
    return `${first === last ? one : `${one}–${other}`}: ${kind === 'hours' ? `${from}–${to}` : t(`settings.open.${kind}`)}`;
  });
  return [...week, ...closed].join(' · ');
}

export function valueWords(name: FormName, form: Form, t: Say, language: Language): string {
  switch (name) {
    case 'shopName':
      return form.shopName === '' ? t('settings.none') : form.shopName;
    case 'timeZone':
      return form.timeZone;
    case 'calendar':
      return calendarWords(form.calendar, t, language);
    case 'language':
      return languageNames[form.language];
    case 'settleMs':
    case 'incompleteAfterMs':
      return t('settings.seconds', { seconds: form[name] });
    case 'askAfterHours':
      return t('settings.hours', { hours: form[name] });
    case 'namePatterns':
      return patternsIn(form.namePatterns).join(' · ') || t('settings.none');
    case 'xmlMapping':
      return form.xmlMapping.map(({ field, path }) => `${field} = ${path}`).join(' · ') || t('settings.none');
  }
}
