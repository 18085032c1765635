/** What a change in the record of what touched security says: fields by the names the screens have for them, values as they are typed there. Pure. */
import type { SecurityChange, SecurityEntry } from '../../../shared/security.ts';
import { type Language, languageNames } from '../../../shared/words/form.ts';
import { numberFormat } from '../../../shared/words/formats.ts';
import { exact } from '../../words/time.ts';
import type { Say, WordKey } from '../../words/words.ts';
import { calendarFieldWords, calendarValueWords } from './record-calendar.ts';

/** By what was changed; a field that stands in none keeps the name the API has for it. */
const settingFields: Readonly<Record<string, WordKey>> = {
  shopName: 'settings.label.shopName',
  timeZone: 'settings.label.timeZone',
  calendar: 'settings.label.calendar',
  'calendar.closed': 'settings.closedDays',
  language: 'settings.label.language',
  settleMs: 'settings.label.settleMs',
  incompleteAfterMs: 'settings.label.incompleteAfterMs',
  askAfterHours: 'settings.label.askAfterHours',
  namePatterns: 'security.field.namePatterns',
  xmlMapping: 'settings.label.xmlMapping',
  incoming: 'folders.incoming',
  confirm: 'security.field.confirm',
  takeOver: 'security.field.takeOver',
};
const folderFields: Readonly<Record<string, WordKey>> = {
  name: 'folders.field.name',
  path: 'folders.field.path',
  location: 'folders.field.location',
  types: 'folders.field.types',
  template: 'folders.field.template',
  contract: 'folders.field.contract',
  'outcome.kind': 'folders.field.outcome',
  'outcome.done': 'folders.field.done',
  'outcome.failed': 'folders.field.failed',
  'temp.kind': 'folders.field.temp',
  'temp.path': 'folders.field.staging',
  capacity: 'folders.field.capacity',
  takenAfterMs: 'folders.field.takenAfter',
  lyingAfterMs: 'folders.field.lyingAfter',
  paused: 'folders.state.paused',
};
const ruleFields: Readonly<Record<string, WordKey>> = {
  name: 'folders.rule.name',
  position: 'security.field.position',
  conditions: 'security.field.conditions',
  'conditions.product': 'folders.rule.condition.product',
  'conditions.size': 'folders.rule.condition.size',
  'conditions.material': 'folders.rule.condition.material',
  'conditions.customer': 'folders.rule.condition.customer',
  'conditions.type': 'folders.rule.condition.type',
  'conditions.quantityFrom': 'folders.rule.from',
  'conditions.quantityTo': 'folders.rule.to',
  'conditions.attribute.name': 'folders.rule.attributeName',
  'conditions.attribute.values': 'folders.rule.condition.attribute',
  hotFolderId: 'folders.rule.target',
};
const tokenFields: Readonly<Record<string, WordKey>> = { role: 'security.may', endsAt: 'security.field.endsAt' };

/** Values that stand for a word. */
const valueKeys: Readonly<Record<string, Readonly<Record<string, WordKey>>>> = {
  location: { local: 'folders.field.local', network: 'folders.field.network' },
  contract: { true: 'settings.yes', false: 'security.no' },
  paused: { true: 'settings.yes', false: 'security.no' },
  'outcome.kind': { none: 'folders.field.outcomeNone', kodak: 'folders.field.outcomeKodak', named: 'folders.field.outcomeNamed' },
  'temp.kind': {
    auto: 'folders.field.tempAuto',
    beside: 'folders.field.tempBeside',
    inside: 'folders.field.tempInside',
    staging: 'folders.field.tempStaging',
  },
  conditions: { '{}': 'folders.rule.all' },
  role: { station: 'security.role.station', admin: 'security.role.admin' },
  shopName: { '': 'settings.none' },
};
const unitMs: Readonly<Record<string, number>> = { settleMs: 1000, incompleteAfterMs: 1000, takenAfterMs: 1000, lyingAfterMs: 60_000 };

function own<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function fieldsOf(kind: SecurityEntry['kind']): Readonly<Record<string, WordKey>> {
  if (kind === 'settingsChanged') return settingFields;
  if (kind.startsWith('folder')) return folderFields;
  if (kind.startsWith('rule')) return ruleFields;
  return kind === 'tokenMade' ? tokenFields : {};
}

function fieldWords(kind: SecurityEntry['kind'], field: string, { t, language }: Around): string {
  const key = own(fieldsOf(kind), field);
  if (key !== undefined) return word(key, t);
  const mapped = kind === 'settingsChanged' ? /^(xmlMapping|calendar\.days)\.(.+)$/.exec(field) : null;
  if (mapped === null) return field;
  const [, of, part = ''] = mapped;
  return of === 'xmlMapping'
    ? `${t('settings.label.xmlMapping')}, ${part}`
    : `${t('settings.label.calendar')}, ${calendarFieldWords(part, t, language)}`;
}

/** All keys of the tables above take no values; the type of a table cannot say so. */
function word(key: WordKey, t: Say): string {
  return (t as (key: WordKey) => string)(key);
}

/** An incoming folder is on record as JSON. Null where it is none, such as one that was cut. */
function incomingWords(text: string, t: Say): string | null {
  try {
    const { path, location }: { path?: unknown; location?: unknown } = JSON.parse(text);
    const where = own(valueKeys['location'] ?? {}, String(location));
    return typeof path === 'string' && where !== undefined ? `${path} (${word(where, t)})` : null;
  } catch {
    return null;
  }
}

type Around = {
  readonly t: Say;
  readonly language: Language;
  readonly hotFolders: readonly { readonly id: number; readonly name: string }[];
};

function valueWords(field: string, text: string | null, { t, language, hotFolders }: Around): string {
  if (text === null) return /^calendar\.days\.\w+$/.test(field) ? t('settings.open.closed') : '–';
  if (field.startsWith('calendar.')) return calendarValueWords(text);
  const key = own(own(valueKeys, field) ?? {}, text);
  if (key !== undefined) return word(key, t);
  const unit = own(unitMs, field);
  if (unit !== undefined && /^\d+$/.test(text)) return numberFormat(language, {}).format(Number(text) / unit);
  switch (field) {
    case 'language':
      return own(languageNames, text) ?? text;
    case 'endsAt':
      return exact(Date.parse(text), language);
    case 'hotFolderId':
      return hotFolders.find(({ id }) => String(id) === text)?.name ?? t('folders.rule.toGone');
    case 'incoming':
      return incomingWords(text, t) ?? text;
    default:
      return text;
  }
}

/** What was made anew had nothing before. */
const made: readonly SecurityEntry['kind'][] = ['tokenMade', 'folderAdded', 'ruleAdded'];

export function changeWords(kind: SecurityEntry['kind'], { field, before, after }: SecurityChange, around: Around): string {
  const what = fieldWords(kind, field, around);
  // A value has a meaning only where its field has one.
  const say = (text: string | null): string => (what === field ? (text ?? '–') : valueWords(field, text, around));
  // What a person has said of a folder is no value that stays.
  const isSaid = field === 'confirm' || field === 'takeOver';
  if (before === null && (isSaid || made.includes(kind))) return around.t('security.set', { what, value: say(after) });
  return around.t('job.changed', { what, before: say(before), after: say(after) });
}

/** Of the calls that only the admin may make: what they are about. */
const askedFor: Readonly<Record<string, WordKey>> = {
  settings: 'settings.title',
  stations: 'security.tokens',
  security: 'security.record',
  rules: 'folders.rules',
  hotFolders: 'folders.hot',
  helpFile: 'helpFile.save',
};
const looks: readonly string[] = ['get', 'list', 'defaults'];

/** What an entry is about, by the names the screens have for it. */
export function aboutWords({ kind, about }: Pick<SecurityEntry, 'kind' | 'about'>, t: Say): string {
  if (kind === 'tokenUsed' || kind === 'tokenEnded') {
    if (about === 'window') return t('security.key.window');
    return about === 'first-set-up' ? t('security.key.firstSetUp') : about;
  }
  const [part = '', call = ''] = kind === 'rightRefused' ? about.split('.') : [];
  const key = own(askedFor, part);
  if (key === undefined) return about;
  return t(looks.includes(call) ? 'security.asked.see' : 'security.asked.change', { what: word(key, t) });
}
