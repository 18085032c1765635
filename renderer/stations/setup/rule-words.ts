/** Rules as sentences, and the form's conditions as rules. Pure. */
import type { RuleConditions } from '../../../shared/hot-folder.ts';
import type { Language } from '../../../shared/words/form.ts';
import { amount } from '../../words/time.ts';
import type { Say } from '../../words/words.ts';

export const conditionKinds = ['product', 'size', 'material', 'quantity', 'customer', 'attribute', 'type'] as const;
export type ConditionKind = (typeof conditionKinds)[number];
/** `values`: as typed, commas between. For quantity `from` and `to`; for an attribute its `name`. */
export type ConditionDraft = {
  readonly kind: ConditionKind;
  readonly values: string;
  readonly from: string;
  readonly to: string;
  readonly name: string;
};

export function newCondition(kind: ConditionKind): ConditionDraft {
  return { kind, values: '', from: '', to: '', name: '' };
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '');

/** Around what was typed by a person, so that it can be shown apart from our own words; a private sign no text of ours has. */
const [from, to] = ['\uE000', '\uE001'];
const typed = (text: string): string => `${from}${text.replaceAll(/[\uE000\uE001]/gu, '')}${to}`;

function conditionWords(conditions: RuleConditions, t: Say, language: Language): string[] {
  const or = new Intl.ListFormat(language, { type: 'disjunction' });
  const any = (values: readonly string[]): string => or.format(values.map(typed));
  const words: string[] = [];
  for (const kind of ['product', 'size', 'material', 'customer', 'type'] as const) {
    const values = conditions[kind];
    if (values !== undefined && values.length > 0) words.push(t(`folders.rule.${kind}`, { values: any(values) }));
  }
  const { attribute, quantityFrom, quantityTo } = conditions;
  if (attribute !== undefined) words.push(t('folders.rule.attribute', { name: typed(attribute.name), values: any(attribute.values) }));
  if (quantityFrom !== undefined) words.push(t('folders.rule.least', { count: typed(amount(quantityFrom, language)) }));
  if (quantityTo !== undefined) words.push(t('folders.rule.most', { count: typed(amount(quantityTo, language)) }));
  return words;
}

/** One piece of a sentence; `typed`: by a person. */
export type Piece = { readonly text: string; readonly typed: boolean };

/**
 * The rule as a sentence.
 *
 * @param target name of its hot folder; null: none, on purpose; undefined: one that is gone
 */
export function ruleSentence(conditions: RuleConditions, target: string | null | undefined, t: Say, language: Language): readonly Piece[] {
  const words = conditionWords(conditions, t, language);
  const where = target === undefined ? t('folders.rule.toGone') : target === null ? t('folders.rule.toNone') : typed(target);
  const joined = new Intl.ListFormat(language, { type: 'conjunction' }).format(words);
  const whole = words.length === 0 ? t('folders.rule.every', { where }) : t('folders.rule.when', { conditions: joined, where });
  return whole.split(from).flatMap((part, at): Piece[] => {
    if (at === 0) return [{ text: part, typed: false }];
    const [inside = '', behind = ''] = part.split(to);
    return [
      { text: inside, typed: true },
      { text: behind, typed: false },
    ];
  });
}

export function draftsOf(conditions: RuleConditions): readonly ConditionDraft[] {
  const drafts: ConditionDraft[] = [];
  for (const kind of ['product', 'size', 'material', 'customer', 'type'] as const) {
    const values = conditions[kind];
    if (values !== undefined) drafts.push({ ...newCondition(kind), values: values.join(', ') });
  }
  if (conditions.attribute !== undefined)
    drafts.push({ ...newCondition('attribute'), name: conditions.attribute.name, values: conditions.attribute.values.join(', ') });
  if (conditions.quantityFrom !== undefined || conditions.quantityTo !== undefined)
    drafts.push({ ...newCondition('quantity'), from: String(conditions.quantityFrom ?? ''), to: String(conditions.quantityTo ?? '') });
  return drafts;
}

function whole(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text.trim()) ? Number(text) : undefined;
}

function isFinished({ kind, values, from, to, name }: ConditionDraft): boolean {
  if (kind === 'attribute') return name.trim() !== '' && listOf(values).length > 0;
  if (kind !== 'quantity') return listOf(values).length > 0;
  const [least, most] = [whole(from), whole(to)];
  const isClear = (text: string, number: number | undefined): boolean => text.trim() === '' || number !== undefined;
  return isClear(from, least) && isClear(to, most) && (least ?? most) !== undefined && (least ?? 1) <= (most ?? Number.POSITIVE_INFINITY);
}

/** Why it can be no rule yet; null when it can. A condition left out in silence would send far more jobs to that printer than was meant. */
export function faultIn(drafts: readonly ConditionDraft[]): 'unfinished' | 'twice' | null {
  if (!drafts.every(isFinished)) return 'unfinished';
  return new Set(drafts.map(({ kind }) => kind)).size < drafts.length ? 'twice' : null;
}

/** Of drafts without a fault. */
export function conditionsOf(drafts: readonly ConditionDraft[]): RuleConditions {
  const conditions: RuleConditions = {};
  for (const draft of drafts) {
    const values = listOf(draft.values);
    const [from, to] = [whole(draft.from), whole(draft.to)];
    switch (draft.kind) {
      case 'quantity':
        if (from !== undefined) conditions.quantityFrom = from;
        if (to !== undefined) conditions.quantityTo = to;
        break;
      case 'attribute':
        if (draft.name.trim() !== '' && values.length > 0) conditions.attribute = { name: draft.name.trim(), values };
        break;
      case 'type':
        if (values.length > 0) conditions.type = values.map((type) => type.toLowerCase().replace(/^\./, ''));
        break;
      case 'product':
      case 'size':
      case 'material':
      case 'customer':
        if (values.length > 0) conditions[draft.kind] = values;
        break;
    }
  }
  return conditions;
}
