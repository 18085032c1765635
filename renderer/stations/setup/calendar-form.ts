/** The work calendar as the settings screen holds it while it is typed, how it becomes one and back, and what is wrong with it. Pure. */

import { type Language, say, sentence } from '../../../shared/words/say.ts';
import {
  allDay,
  alwaysOpen,
  calendarFault,
  isAllDay,
  type OpenHours,
  type Weekday,
  type WorkCalendar,
  weekdays,
} from '../../../shared/work-calendar.ts';
import type { Say } from '../../words/words.ts';

export const openKinds = ['allDay', 'hours', 'closed'] as const;
export type OpenKind = (typeof openKinds)[number];

/** `from` and `to` as typed, with nothing in them but where there are hours. */
export type DayForm = { readonly kind: OpenKind; readonly from: string; readonly to: string };
export type ClosedForm = { readonly day: string; readonly name: string };
export type CalendarForm = { readonly days: Readonly<Record<Weekday, DayForm>>; readonly closed: readonly ClosedForm[] };

/** `8`, `8:00`, `8.30`, `830` or `8h30` as `08:30`; what is no time stays as it was typed. */
export function tidyTime(text: string): string {
  const [, hours, minutes = '00'] = /^(\d{1,2})(?:\s?[:.h]?\s?(\d{2}))?\s?h?$/i.exec(text.trim()) ?? [];
  return hours === undefined ? text.trim() : `${hours.padStart(2, '0')}:${minutes}`;
}

/** `25.12.2026`, which is a day before a month everywhere, as `2026-12-25`; what is no date stays as it was typed. */
export function tidyDay(text: string): string {
  const [, day = '', month = '', year] = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text.trim()) ?? [];
  return year === undefined ? text.trim() : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function dayFormOf(hours: OpenHours | null): DayForm {
  if (hours === null) return { kind: 'closed', from: '', to: '' };
  if (isAllDay(hours)) return { kind: 'allDay', from: '', to: '' };
  return { kind: 'hours', from: hours.from, to: hours.to };
}

function hoursOf({ kind, from, to }: DayForm): OpenHours | null {
  if (kind === 'closed') return null;
  if (kind === 'allDay') return allDay;
  const end = tidyTime(to);
  // Who says that it is open until midnight means the end of that day.
  return { from: tidyTime(from), to: end === allDay.from ? allDay.to : end };
}

function eachDay<Value>(make: (weekday: Weekday) => Value): Record<Weekday, Value> {
  return Object.fromEntries(weekdays.map((weekday) => [weekday, make(weekday)])) as Record<Weekday, Value>;
}

export function calendarFormOf({ days, closed }: WorkCalendar): CalendarForm {
  return { days: eachDay((weekday) => dayFormOf(days[weekday])), closed: closed.map(({ day, name = '' }) => ({ day, name })) };
}

const always = calendarFormOf(alwaysOpen);

/** In the order of their dates. */
export function calendarOf({ days, closed }: CalendarForm): WorkCalendar {
  return {
    days: eachDay((weekday) => hoursOf(days[weekday])),
    closed: closed
      .map(({ day, name }) => ({ day: tidyDay(day), ...(name.trim() !== '' && { name: name.trim() }) }))
      .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0)),
  };
}

/** What is wrong with it in words; a time or a date that is still to be typed is told as such. */
export function calendarFaultWords(form: CalendarForm, t: Say, language: Language): string | null {
  const lacking = weekdays.find((weekday) => {
    const { kind, from, to } = form.days[weekday];
    return kind === 'hours' && (from.trim() === '' || to.trim() === '');
  });
  if (lacking !== undefined) return t('settings.timeMissing', { day: say(language, `calendar.${lacking}`) });
  if (form.closed.some(({ day }) => day.trim() === '')) return t('settings.dayMissing');
  const fault = calendarFault(calendarOf(form));
  return fault === null ? null : sentence(language, fault);
}

/** The same of one day of the week alone, to be said beside it. */
export function dayFaultWords({ days }: CalendarForm, weekday: Weekday, t: Say, language: Language): string | null {
  return calendarFaultWords({ ...always, days: { ...always.days, [weekday]: days[weekday] } }, t, language);
}

/** Another day of the week has these hours already, most likely; else those of most shops. */
export function withKind(form: CalendarForm, weekday: Weekday, kind: OpenKind): CalendarForm {
  const known = weekdays.map((one) => form.days[one]).find((day) => day.kind === 'hours');
  const day = kind === 'hours' ? { kind, from: known?.from ?? '08:00', to: known?.to ?? '18:00' } : { kind, from: '', to: '' };
  return { ...form, days: { ...form.days, [weekday]: day } };
}

/** The hours of the first working day for the other four. */
export function mondayToFriday(form: CalendarForm): CalendarForm {
  const { mon } = form.days;
  return { ...form, days: { ...form.days, tue: mon, wed: mon, thu: mon, fri: mon } };
}

/** Days in turn that are alike, together: `[['mon', 'fri', ...], ...]`. */
export function alike(form: CalendarForm): readonly { readonly first: Weekday; readonly last: Weekday; readonly day: DayForm }[] {
  const groups: { first: Weekday; last: Weekday; day: DayForm }[] = [];
  for (const weekday of weekdays) {
    const day = form.days[weekday];
    const before = groups.at(-1);
    if (before !== undefined && JSON.stringify(before.day) === JSON.stringify(day)) before.last = weekday;
    else groups.push({ first: weekday, last: weekday, day });
  }
  return groups;
}
