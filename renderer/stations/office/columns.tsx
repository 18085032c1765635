// biome-ignore-all lint/a11y/useSemanticElements: rows are laid out by the list itself, which no table allows
/** The head of the list: what each column is, and by which the list is sorted. One stop for the tab key; arrows go from column to column. */

import { ArrowDown, ArrowUp, Siren } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import type { JobOrder } from '../../../shared/job/board.ts';
import type { Filter } from '../../floor/filter.ts';
import { useFloor } from '../../floor/floor.ts';
import chipCss from '../../parts/chip.module.css';
import textCss from '../../parts/text.module.css';
import { useWords } from '../../words/words.ts';
import { change } from './change-filter.ts';
import filtersCss from './filters.module.css';
import jobListCss from './job-list.module.css';

const columns = ['urgent', 'number', 'title', 'customer', 'quantity', 'due', 'status', 'hotFolder'] as const satisfies readonly JobOrder[];
export type Column = (typeof columns)[number];

/** Pressed again it turns round; the board has one way. */
function sortBy(column: Column, filter: Filter): void {
  const turns = column !== 'urgent' && filter.order === column;
  change({ order: column, reverse: turns && !filter.reverse });
}

type HeadProps = { readonly column: Column; readonly at: number; readonly reached: boolean; readonly reach: (at: number) => void };

function Head({ column, at, reached, reach }: HeadProps) {
  const { t } = useWords();
  const filter = useFloor((state) => state.list.filter);
  const order = useFloor((state) => state.list.order);
  const sorted = order === column;
  const turned = sorted && filter.order === column && filter.reverse;
  const Arrow = turned ? ArrowDown : ArrowUp;
  return (
    <span
      role="columnheader"
      tabIndex={-1}
      className={column === 'quantity' ? jobListCss['toEnd'] : undefined}
      aria-sort={sorted ? (turned ? 'descending' : 'ascending') : undefined}
    >
      <button
        type="button"
        data-column={column}
        tabIndex={reached ? 0 : -1}
        title={t('list.sortBy', { column: t(`list.columns.${column}`) })}
        aria-label={column === 'urgent' ? t('list.columns.urgent') : undefined}
        onFocus={() => reach(at)}
        onClick={() => sortBy(column, filter)}
      >
        {column === 'urgent' ? <Siren size={18} aria-hidden /> : <span className={textCss['cut']}>{t(`list.columns.${column}`)}</span>}
        {sorted && column !== 'urgent' && <Arrow size={14} aria-hidden />}
      </button>
    </span>
  );
}

const ways: Readonly<Record<string, (at: number) => number>> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  Home: () => 0,
  End: () => columns.length - 1,
};

export function Columns() {
  const [reached, setReached] = useState(0);
  const move = (event: KeyboardEvent<HTMLElement>): void => {
    const way = ways[event.key];
    event.stopPropagation();
    if (way === undefined) return;
    event.preventDefault();
    const to = Math.max(0, Math.min(columns.length - 1, way(reached)));
    event.currentTarget.querySelector<HTMLElement>(`[data-column="${columns[to]}"]`)?.focus();
  };
  return (
    <div role="rowgroup" className={jobListCss['columnsBox']}>
      <div className={jobListCss['columns']} role="row" tabIndex={-1} onKeyDown={move}>
        {columns.map((column, at) => (
          <Head key={column} column={column} at={at} reached={at === reached} reach={setReached} />
        ))}
      </div>
    </div>
  );
}

/** Where there is no room for columns. */
export function SortChoice() {
  const { t } = useWords();
  const filter = useFloor((state) => state.list.filter);
  return (
    <label className={`${chipCss['chip']} ${filtersCss['sortChoice']}`}>
      <span>{t('list.sort')}</span>
      <select value={filter.order} onChange={(event) => change({ order: event.target.value as JobOrder, reverse: false })}>
        {columns.map((column) => (
          <option key={column} value={column}>
            {t(`list.columns.${column}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
