/**
 * The list of jobs: only rows in view are in the page, pages are fetched as one scrolls, and new jobs come in above
 * without moving what is under the pointer or being read.
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowUp, CircleAlert, Inbox, SearchX } from 'lucide-react';
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Feed, type Filter, noFilter, rowAt, rowCount, rowOf, trimPages } from '../../floor/feed.ts';
import { floor, useFloor } from '../../floor/floor.ts';
import { loadList, loadMore, loadPageAgain, renewList } from '../../floor/load.ts';
import { Empty } from '../../parts/empty.tsx';
import { writeRoute } from '../../route.ts';
import { useWords } from '../../words/words.ts';
import { ListRow } from './list-row.tsx';

/** Row height as the style sheet has it; fingers get more than a mouse. */
function rowHeight(): number {
  return matchMedia('(pointer: fine)').matches ? 52 : 64;
}

/** Where the list was when another screen was opened; coming back finds it there. */
let leftAt: { readonly filter: Filter; readonly top: number } | null = null;

type Anchor = { readonly filter: Filter; readonly id: number; readonly row: number };

/** Keeps the first row in view where it is when rows come in above it. Returns how many came in unseen. */
function useStillness(list: Feed, box: RefObject<HTMLElement | null>, height: number) {
  const anchor = useRef<Anchor | null>(null);
  const pointed = useRef(false);
  const [above, setAbove] = useState(0);
  const remember = useCallback(
    (element: HTMLElement): void => {
      const row = Math.floor(element.scrollTop / height);
      const { id } = rowAt(list, row);
      leftAt = { filter: list.filter, top: element.scrollTop };
      anchor.current = id === null ? null : { filter: list.filter, id, row };
      if (element.scrollTop < height / 2) setAbove(0);
    },
    [list, height],
  );
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const before = anchor.current;
    if (before !== null && before.filter === list.filter && (element.scrollTop > 0 || pointed.current)) {
      const moved = rowOf(list, before.id) - before.row;
      if (moved > 0) {
        element.scrollTop += moved * height;
        setAbove((count) => count + moved);
      }
    }
    remember(element);
  }, [list, box, height, remember]);
  return {
    above,
    remember,
    setPointed: (on: boolean) => {
      pointed.current = on;
    },
  };
}

export function JobList({ jobId, wide }: { readonly jobId: number | null; readonly wide: boolean }) {
  const { t } = useWords();
  const list = useFloor((state) => state.list);
  const all = useFloor((state) => state.counts?.all ?? null);
  const box = useRef<HTMLElement>(null);
  const [height] = useState(rowHeight);
  const { above, remember, setPointed } = useStillness(list, box, height);
  const count = rowCount(list);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 10,
    initialOffset: () => (leftAt !== null && leftAt.filter === list.filter ? leftAt.top : 0),
    getItemKey: (row) => rowAt(list, row).id ?? `row ${row}`,
  });
  const rows = virtualizer.getVirtualItems();
  const first = rows[0]?.index ?? 0;
  const last = rows.at(-1)?.index ?? 0;

  useEffect(() => {
    if (count === 0) return;
    const from = Math.max(0, rowAt(list, first).page);
    const to = Math.max(0, Math.min(rowAt(list, last).page, list.pages.length - 1));
    for (let page = from; page <= to; page++) if (list.pages[page]?.ids === null) void loadPageAgain(page);
    if (last >= count - 30 && list.next != null) void loadMore();
    const trimmed = trimPages(list, from, to);
    if (trimmed !== list) floor.setState({ list: trimmed });
  }, [list, first, last, count]);

  // Too much was missed: at the top the list begins anew, elsewhere what is in view stays where it is.
  const resyncs = useFloor((state) => state.resyncs);
  const renewed = useRef(resyncs);
  useEffect(() => {
    if (renewed.current === resyncs) return;
    renewed.current = resyncs;
    if ((box.current?.scrollTop ?? 0) === 0) void loadList({ ...list.filter }).catch(() => undefined);
    else void renewList(Math.max(0, rowAt(list, first).page), Math.max(0, rowAt(list, last).page));
  }, [resyncs, list, first, last]);

  const toTop = (): void => {
    box.current?.scrollTo({ top: 0 });
    if (list.unshown > 0) void loadList({ ...list.filter }).catch(() => undefined);
  };
  useEffect(() => {
    if (list.unshown > 0 && box.current?.scrollTop === 0) void loadList({ ...list.filter }).catch(() => undefined);
  }, [list.unshown, list.filter]);

  const move = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const id = Number(document.activeElement?.getAttribute('data-job') ?? jobId);
    const row = Math.max(0, Math.min(count - 1, rowOf(list, id) + (event.key === 'ArrowDown' ? 1 : -1)));
    event.preventDefault();
    virtualizer.scrollToIndex(row);
    const next = rowAt(list, row).id;
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-job="${next}"]`)?.focus());
  };

  if (list.next === undefined) return <Shapes />;
  if (count === 0) {
    const filtered = list.filter.q !== '' || list.filter.stage !== null || list.filter.hotFolder !== null || list.filter.attention;
    return filtered || (all ?? 0) > 0 ? (
      <Empty icon={SearchX} title={t('list.empty')} text={t('list.emptyTodo')}>
        <a className="button" href={writeRoute({ screen: 'overview', jobId: null, filter: noFilter })}>
          {t('list.clear')}
        </a>
      </Empty>
    ) : (
      <Empty icon={Inbox} title={t('list.none')} text={t('list.noneTodo')} />
    );
  }
  const unseen = above + list.unshown;
  return (
    <>
      {unseen > 0 && (
        <button type="button" className="button main new-above" onClick={toTop}>
          <ArrowUp size={18} aria-hidden />
          {t('list.newAbove', { count: unseen })}
        </button>
      )}
      <section
        ref={box}
        className="rows"
        data-testid="rows"
        onScroll={(event) => remember(event.currentTarget)}
        onPointerEnter={() => setPointed(true)}
        onPointerLeave={() => setPointed(false)}
        onKeyDown={move}
        aria-label={t('list.heading')}
      >
        <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {rows.map(({ index, start, key }) => {
            const { id, page } = rowAt(list, index);
            if (id === null)
              return (
                <div key={key} className="row" style={{ transform: `translateY(${start}px)` }}>
                  <span />
                  <span className="shape" />
                  <span className="shape row-shape" />
                </div>
              );
            return (
              <ListRow
                key={key}
                id={id}
                top={start}
                current={id === jobId}
                filter={list.filter}
                fresh={page === -1}
                href={writeRoute(wide ? { screen: 'overview', jobId: id, filter: list.filter } : { screen: 'job', jobId: id })}
              />
            );
          })}
        </div>
      </section>
    </>
  );
}

const shapeWidths = [320, 420, 360, 300, 440, 380, 340, 410, 330, 390];

function Shapes() {
  const { t } = useWords();
  return (
    <div className="row-shapes" role="status" aria-label={t('app.loading')}>
      {shapeWidths.map((width) => (
        <div key={width}>
          <span className="shape" style={{ width: 96 }} />
          <span className="shape" style={{ flex: 1, maxWidth: width }} />
          <span className="shape" style={{ width: 140 }} />
        </div>
      ))}
    </div>
  );
}

export function ListFailed({ retry }: { readonly retry: () => void }) {
  const { t } = useWords();
  return (
    <Empty icon={CircleAlert} title={t('list.failed')} text={t('connection.offlineTodo')}>
      <button type="button" className="button" onClick={retry}>
        {t('list.retry')}
      </button>
    </Empty>
  );
}
