/** Search and filters of the overview: sentences one can read, each with the number of jobs behind it. */
import { Search, SlidersHorizontal, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { stageNames, statusWords } from '../../../shared/status.ts';
import { type Filter, noFilter } from '../../floor/feed.ts';
import { useFloor } from '../../floor/floor.ts';
import { chordWords } from '../../input/key-words.ts';
import { currentRoute, go } from '../../route.ts';
import { amount } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';

const searchAfterMs = 180;

/** Of what stands now: what is typed may have become the filter since the last drawing. */
function change(part: Partial<Filter>): void {
  const route = currentRoute();
  const filter = route.screen === 'overview' ? route.filter : noFilter;
  go({ screen: 'overview', jobId: null, filter: { ...filter, ...part } }, true);
}

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
    <div className="search">
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

type ChipProps = {
  readonly on: boolean;
  readonly part: Partial<Filter>;
  readonly count: number | null;
  readonly children: string;
  readonly kind?: 'attention' | 'extra';
  readonly closes?: boolean;
};

function Chip({ on, part, count, children, kind, closes = true }: ChipProps) {
  const { language } = useWords();
  return (
    <button
      type="button"
      className={`chip${kind === undefined || (kind === 'extra' && on) ? '' : ` ${kind}`}`}
      aria-pressed={on}
      onClick={() => change(part)}
    >
      {count !== null && <b>{amount(count, language)}</b>}
      <bdi className="cut">{children}</bdi>
      {on && closes && <X size={16} aria-hidden />}
    </button>
  );
}

export function Filters({ filter }: { readonly filter: Filter }) {
  const { t, language } = useWords();
  const counts = useFloor((state) => state.counts);
  const folders = useFloor((state) => state.hotFolders) ?? [];
  const [open, setOpen] = useState(false);
  const isAll = filter.stage === null && filter.status === null && filter.hotFolder === null && !filter.attention;
  const stages = stageNames.filter((stage) => (counts?.stages[stage] ?? 0) > 0 || filter.stage === stage);
  return (
    <div className="list-head">
      <SearchBox filter={filter} />
      <div className={`chips${open ? '' : ' folded'}`}>
        <Chip on={isAll} part={{ stage: null, status: null, hotFolder: null, attention: false }} count={counts?.all ?? null} closes={false}>
          {t('list.all')}
        </Chip>
        <Chip
          on={filter.attention}
          part={{ attention: !filter.attention }}
          count={counts?.attention ?? null}
          {...((counts?.attention ?? 0) > 0 ? { kind: 'attention' as const } : {})}
        >
          {t('list.attention', { count: counts?.attention ?? 0 })}
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
            part={{ stage: filter.stage === stage ? null : stage }}
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
        <button type="button" className="chip fold" aria-expanded={open} onClick={() => setOpen(!open)}>
          <SlidersHorizontal size={18} aria-hidden />
          {t(open ? 'list.fewer' : 'list.more')}
        </button>
      </div>
    </div>
  );
}
