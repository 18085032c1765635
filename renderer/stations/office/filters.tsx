/** Search and filters of the overview: sentences one can read, each with the number of jobs behind it. */
import { Search, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { stageNames } from '../../../shared/status.ts';
import { type Filter, noFilter } from '../../feed.ts';
import { go } from '../../route.ts';
import { useFloor } from '../../store.ts';
import { amount } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';

const searchAfterMs = 180;

function change(filter: Filter): void {
  go({ screen: 'overview', jobId: null, filter }, true);
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
      change({ ...filter, q: text });
    }, searchAfterMs);
    return () => clearTimeout(timer);
  }, [text, filter]);
  return (
    <div className="search">
      <Search size={20} aria-hidden />
      <input type="search" id="search" value={text} maxLength={200} placeholder={t('list.search')} aria-label={t('list.searchLabel')} onChange={(event) => setText(event.target.value)} />
      <kbd aria-hidden>/</kbd>
    </div>
  );
}

function Chip({ on, filter, count, children, attention = false }: { readonly on: boolean; readonly filter: Filter; readonly count: number | null; readonly children: string; readonly attention?: boolean }) {
  const { language } = useWords();
  return (
    <button type="button" className={`chip${attention ? ' attention' : ''}`} aria-pressed={on} onClick={() => change(filter)}>
      {count !== null && <b>{amount(count, language)}</b>}
      <bdi className="cut">{children}</bdi>
      {on && <X size={16} aria-hidden />}
    </button>
  );
}

export function Filters({ filter }: { readonly filter: Filter }) {
  const { t } = useWords();
  const counts = useFloor((state) => state.counts);
  const folders = useFloor((state) => state.hotFolders) ?? [];
  const isAll = filter.stage === null && filter.hotFolder === null && !filter.attention;
  const stages = stageNames.filter((stage) => (counts?.stages[stage] ?? 0) > 0 || filter.stage === stage);
  return (
    <div className="list-head">
      <SearchBox filter={filter} />
      <div className="chips">
        <Chip on={isAll} filter={{ ...noFilter, q: filter.q }} count={counts?.all ?? null}>{t('list.all')}</Chip>
        <Chip on={filter.attention} filter={{ ...filter, attention: !filter.attention }} count={counts?.attention ?? null} attention={(counts?.attention ?? 0) > 0}>{t('list.attention')}</Chip>
        {stages.map((stage) => <Chip key={stage} on={filter.stage === stage} filter={{ ...filter, stage: filter.stage === stage ? null : stage }} count={counts?.stages[stage] ?? 0}>{t(`stage.${stage}`)}</Chip>)}
        {folders.length > 1 && folders.map((folder) => <Chip key={folder.id} on={filter.hotFolder === folder.id} filter={{ ...filter, hotFolder: filter.hotFolder === folder.id ? null : folder.id }} count={null}>{t('list.onFolder', { name: folder.name })}</Chip>)}
      </div>
    </div>
  );
}
