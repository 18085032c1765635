/** What the settings screen holds as text, how it becomes settings and back, and what is wrong with it before the hub is asked. Pure. */
import type { Settings } from '../../../shared/api.ts';
import { checkPattern, type JobName, parseJobName } from '../../../shared/file-name.ts';
import { type Language, sentence } from '../../../shared/words/say.ts';
import { numberIn } from '../../parts/fields.tsx';
import type { Say } from '../../words/words.ts';
import { type CalendarForm, calendarFaultWords, calendarFormOf, calendarOf } from './calendar-form.ts';

export type MappingRow = { readonly field: string; readonly path: string };
/** Named as the settings are. Seconds and hours as typed; a pattern a line. */
export type Form = {
  readonly shopName: string;
  readonly timeZone: string;
  readonly calendar: CalendarForm;
  readonly language: Language;
  readonly settleMs: string;
  readonly incompleteAfterMs: string;
  readonly askAfterHours: string;
  readonly namePatterns: string;
  readonly xmlMapping: readonly MappingRow[];
};
export type FormName = keyof Form;
export const formNames = [
  'shopName',
  'timeZone',
  'calendar',
  'language',
  'settleMs',
  'incompleteAfterMs',
  'askAfterHours',
  'namePatterns',
  'xmlMapping',
] as const satisfies readonly FormName[];

export function formOf(settings: Settings): Form {
  const { shopName, timeZone, language, settleMs, incompleteAfterMs, askAfterHours, namePatterns, xmlMapping } = settings;
  return {
    ...{ shopName, timeZone, language },
    calendar: calendarFormOf(settings.calendar),
    settleMs: String(settleMs / 1000),
    incompleteAfterMs: String(incompleteAfterMs / 1000),
    askAfterHours: String(askAfterHours),
    namePatterns: namePatterns.join('\n'),
    xmlMapping: Object.entries(xmlMapping).map(([field, path]) => ({ field, path })),
  };
}

export function patternsIn(text: string): string[] {
  return text
    .split('\n')
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '');
}

export function mappingOf(rows: readonly MappingRow[]): Settings['xmlMapping'] {
  return Object.fromEntries(
    rows.map(({ field, path }) => [field.trim(), path.trim()] as const).filter(([field, path]) => field !== '' || path !== ''),
  );
}

/** In the unit that is typed. */
const bounds = { settleMs: [0, 600], incompleteAfterMs: [1, 86_400], askAfterHours: [1, 72] } as const;

const ms = (text: string): number => Math.round((numberIn(text) ?? 0) * 1000);

/** The settings that the form says. */
export function settingsOf(form: Form): Pick<Settings, FormName> {
  const { shopName, timeZone, language } = form;
  return {
    ...{ timeZone, language },
    shopName: shopName.trim(),
    calendar: calendarOf(form.calendar),
    settleMs: ms(form.settleMs),
    incompleteAfterMs: ms(form.incompleteAfterMs),
    askAfterHours: numberIn(form.askAfterHours) ?? 0,
    namePatterns: patternsIn(form.namePatterns),
    xmlMapping: mappingOf(form.xmlMapping),
  };
}

/** Why this cannot be saved, as the screen says it; null where nothing is wrong that can be seen here. */
export function faultOf(name: FormName, form: Form, t: Say, language: Language): string | null {
  switch (name) {
    case 'settleMs':
    case 'incompleteAfterMs':
    case 'askAfterHours': {
      const [least, most] = bounds[name];
      const number = numberIn(form[name]);
      if (number === null || (name === 'askAfterHours' && !Number.isInteger(number))) return t('folders.noNumber');
      return number < least || number > most ? t('settings.outside', { least, most }) : null;
    }
    case 'namePatterns': {
      const patterns = patternsIn(form.namePatterns);
      if (patterns.length > 20) return t('settings.tooMany', { most: 20 });
      const bad = patterns.find((pattern) => checkPattern(pattern) !== null);
      const why = bad === undefined ? null : checkPattern(bad);
      return why === null ? null : `${bad}: ${sentence(language, why) ?? ''}`;
    }
    case 'xmlMapping': {
      const fields = form.xmlMapping.map(({ field }) => field.trim()).filter((field) => field !== '');
      const twice = fields.find((field, at) => fields.indexOf(field) !== at);
      return twice === undefined ? null : t('settings.twice', { field: twice });
    }
    case 'calendar':
      return calendarFaultWords(form.calendar, t, language);
    case 'shopName':
    case 'timeZone':
    case 'language':
      return null;
  }
}

export type Reading = { readonly pattern: string; readonly name: JobName };

/** What the patterns say of a file name: the first that fits counts; others that read another order or job out of it disagree. */
export function readingsOf(
  fileName: string,
  patterns: readonly string[],
): { readonly first: Reading | null; readonly others: readonly Reading[] } {
  const all = patterns.flatMap((pattern): Reading[] => {
    const name = parseJobName(fileName, [pattern]);
    return name === null ? [] : [{ pattern, name }];
  });
  const [first = null, ...rest] = all;
  const others = rest.filter(({ name }) => first !== null && (name.order !== first.name.order || name.job !== first.name.job));
  return { first, others };
}
