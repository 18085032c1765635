/** Search and filters of the overview: sentences one can read, each with the number of jobs behind it. */
import { Search, SlidersHorizontal, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Counts } from '../../../shared/api.ts';
import { type Stage, stageNames, statusWords } from '../../../shared/status.ts';
import { hub } from '../../client.ts';
import { type Filter, isWhole } from '../../floor/filter.ts';
import { useFloor } from '../../floor/floor.ts';
import { chordWords } from '../../input/key-words.ts';
import chipCss from '../../parts/chip.module.css';
import textCss from '../../parts/text.module.css';
import { useTold } from '../../told.tsx';
import { amount } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';
import { change } from './change-filter.ts';
import { SortChoice } from './columns.tsx';
import css from './filters.module.css';
import { Well } from './well.tsx';

const searchAfterMs = 180;

function SearchBox({ filter }: { readonly filter: Filter }) {
  const { t } = useWords();
  const [text, setText] = useState(filter.q);
  const [written, setWritten] = useState(filter.q);
  if (filter.q !== written) {
    setWritten(filter.q);
    setText(filter.q);
  }
  useEffect(() => {
    if (text === filter.q) return;
    const timer = setTimeout(() => {
      setWritten(text);
      change({ q: text });
    }, searchAfterMs);
    return () => clearTimeout(timer);
  }, [text, filter]);
  return (
    <div className={css['search']}>
      <Search size={20} aria-hidden />
      <input
        type="search"
        id="search"
        value={text}
        maxLength={200}
        placeholder={t('list.search')}
        aria-label={t('list.searchLabel')}
        onChange={(event) => setText(event.target.value)}
      />
      <kbd aria-hidden>{chordWords('s')}</kbd>
    </div>
  );
}

/** Whoever is still typing hears of no count that is over by the next key. */
const typingMs = 700;

type ChipProps = {
  readonly on: boolean;
  readonly part: Partial<Filter>;
  readonly count: number | null;
  readonly children: string;
  readonly kind?: 'attention' | 'extra';
  readonly closes?: boolean;
  /** There are more than `count`. */
  readonly more?: boolean;
  /** What was searched for: how many were found is heard when that is another. */
  readonly about?: string | null;
};

function Chip({ on, part, count, children, kind, closes = true, more = false, about = null }: ChipProps) {
  const { language } = useWords();
  const words = useTold<HTMLButtonElement>(typingMs, about);
  return (
    <button
      ref={about !== null && count !== null ? words : null}
      type="button"
      className={`${chipCss['chip']} ${kind === 'attention' ? chipCss['attention'] : kind === 'extra' && !on ? css['extra'] : ''}`}
      aria-pressed={on}
      onClick={() => change(part)}
    >
      {count !== null && (
        <b>
          {amount(count, language)}
          {more && '+'}
        </b>
      )}{' '}
      <bdi className={textCss['cut']}>{children}</bdi>
      {on && closes && <X size={16} aria-hidden />}
    </button>
  );
}

/** Of all jobs, or of those the search finds; null until that is known. */
function useCounts(q: string): Counts | null {
  const all = useFloor((state) => state.counts);
  const [found, setFound] = useState<{ readonly q: string; readonly counts: Counts } | null>(null);
  const words = q.trim();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is found may be another whenever something changes
  useEffect(() => {
    if (words === '') return;
    let current = true;
    hub()
      .jobs.counts({ q: words })
      .then(
        (counts) => current && setFound({ q: words, counts }),
        // The line is lost, which is shown already.
        () => undefined,
      );
    return () => {
      current = false;
    };
  }, [words, all]);
  if (words === '') return all;
  return found?.q === words ? found.counts : null;
}

const stagesOfFinished: readonly Stage[] = ['shipped', 'done'];

export function Filters({ filter }: { readonly filter: Filter }) {
  const { t, language } = useWords();
  const counts = useCounts(filter.q);
  const folders = useFloor((state) => state.hotFolders) ?? [];
  const [open, setOpen] = useState(false);
  const searched = filter.q.trim() !== '';
  const isAll = filter.stage === null && filter.status === null && filter.hotFolder === null && !filter.attention && !filter.finished;
  const stages = stageNames.filter(
    (stage) => (!stagesOfFinished.includes(stage) && (counts?.stages[stage] ?? 0) > 0) || filter.stage === stage,
  );
  const { attention = 0, finished = 0 } = counts ?? {};
  const all = counts === null ? null : searched ? counts.all : counts.all - finished;
  return (
    <div className={css['head']}>
      <SearchBox filter={filter} />
      <Well shown={isWhole(filter)} />
      <div className={`${css['chips']} ${open ? '' : css['folded']}`}>
        <Chip
          on={isAll}
          part={{ stage: null, status: null, hotFolder: null, attention: false, finished: false }}
          count={all}
          more={counts?.more ?? false}
          about={searched ? filter.q.trim() : null}
          closes={false}
        >
          {t(searched ? 'list.found' : 'list.all', { count: all ?? 0 })}
        </Chip>
        <Chip
          on={filter.attention}
          part={{ attention: !filter.attention, finished: false }}
          count={counts === null ? null : attention}
          {...(attention > 0 ? { kind: 'attention' as const } : {})}
        >
          {t('list.attention', { count: attention })}
        </Chip>
        {filter.status !== null && (
          <Chip on part={{ status: null }} count={null}>
            {statusWords(filter.status, null, language)}
          </Chip>
        )}
        {stages.map((stage) => (
          <Chip
            key={stage}
            on={filter.stage === stage}
            part={{ stage: filter.stage === stage ? null : stage, finished: false }}
            count={counts?.stages[stage] ?? 0}
            kind="extra"
          >
            {t(`stage.${stage}`)}
          </Chip>
        ))}
        {folders.length > 1 &&
          folders.map((folder) => (
            <Chip
              key={folder.id}
              on={filter.hotFolder === folder.id}
              part={{ hotFolder: filter.hotFolder === folder.id ? null : folder.id }}
              count={null}
              kind="extra"
            >
              {t('list.onFolder', { name: folder.name })}
            </Chip>
          ))}
        {(finished > 0 || filter.finished) && (
          <Chip
            on={filter.finished}
            part={{ finished: !filter.finished, stage: null, attention: false }}
            count={counts === null ? null : finished}
          >
            {t('list.finished', { count: finished })}
          </Chip>
        )}
        <button type="button" className={`${chipCss['chip']} ${css['fold']}`} aria-expanded={open} onClick={() => setOpen(!open)}>
          <SlidersHorizontal size={18} aria-hidden />
          {t(open ? 'list.fewer' : 'list.more')}
        </button>
        <SortChoice />
      </div>
    </div>
  );
}
