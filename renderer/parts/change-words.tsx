/** One thing a ticket changed, in the words of the screen: what, from what, to what. */
import type { Change } from '../../shared/job/changes.ts';
import type { Language } from '../../shared/words/say.ts';
import { amount, exact } from '../words/time.ts';
import { useWords } from '../words/words.ts';

const named = ['title', 'product', 'quantity', 'customer', 'contact', 'fulfilment', 'priority', 'notes'] as const;
const ways: Readonly<Record<string, 'job.collection' | 'job.deliveryWay'>> = { collection: 'job.collection', delivery: 'job.deliveryWay' };
const moment = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/u;

function valueIn(value: Change['before'], language: Language): string {
  if (value === null) return '–';
  if (typeof value === 'number') return amount(value, language);
  return moment.test(value) ? exact(Date.parse(value), language) : value;
}

export function ChangeWords({ change: { field, before, after } }: { readonly change: Change }) {
  const { t, language } = useWords();
  const known = named.find((name) => name === field);
  const what =
    field === 'dueAt'
      ? t('job.due')
      : field === 'startAt'
        ? t('job.start')
        : known === undefined
          ? field.replace(/^attributes\./u, '')
          : t(`job.${known}`);
  if (before === null && after === null) return t('job.isOther', { what });
  const shown = (value: Change['before']): string => {
    const way = field === 'fulfilment' && typeof value === 'string' ? ways[value] : undefined;
    return way === undefined ? valueIn(value, language) : t(way);
  };
  return t('job.changed', { what, before: shown(before), after: shown(after) });
}
