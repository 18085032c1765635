// biome-ignore-all lint/a11y/useSemanticElements: rows are laid out by the list itself, which no table allows
/**
 * The list of jobs: only rows in view are in the page, pages are fetched as one scrolls, and new jobs come in above
 * without moving what is under the pointer or being read.
 */

import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowUp, CircleAlert, CircleCheck, Inbox, SearchX } from 'lucide-react';
import { type CSSProperties, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { idsIn, rowAt, rowCount, trimPages } from '../../floor/feed.ts';
import { type Filter, isWhole } from '../../floor/filter.ts';
import { floor, useFloor } from '../../floor/floor.ts';
import { loadList, loadMore, loadPageAgain, renewList } from '../../floor/load.ts';
import buttonCss from '../../parts/button.module.css';
import { Empty } from '../../parts/empty.tsx';
import shapeCss from '../../parts/shape.module.css';
import { go, overview, type Route, writeRoute } from '../../route.ts';
import { useTold } from '../../told.tsx';
import { useWords } from '../../words/words.ts';
import { Columns } from './columns.tsx';
import css from './job-list.module.css';
import { ListRow, rowId } from './list-row.tsx';
import { useHeld } from './use-held.ts';
import { useRowKeys } from './use-row-keys.ts';
import { useStillness } from './use-stillness.ts';

/** Row height as the style sheet has it; fingers get more than a mouse. */
function rowHeight(): number {
  return matchMedia('(pointer: fine)').matches ? 52 : 64;
}

/** Where the list was when a job was opened, and which: coming back finds both there. */
let leftAt: { readonly filter: Filter; readonly top: number; readonly opened: number | null } | null = null;

/** Everything is asked anew where too much was missed: at the top from the beginning, elsewhere without moving what is in view. */
function useRenewal(isAtTop: () => boolean, first: number, last: number): void {
  const list = useFloor((state) => state.list);
  const resyncs = useFloor((state) => state.resyncs);
  const renewed = useRef(resyncs);
  useEffect(() => {
    if (renewed.current === resyncs) return;
    renewed.current = resyncs;
    if (isAtTop()) void loadList({ ...list.filter }).catch(() => undefined);
    else void renewList(Math.max(0, rowAt(list, first).page), Math.max(0, rowAt(list, last).page));
  }, [resyncs, list, first, last, isAtTop]);
}

function NoRows({ filter }: { readonly filter: Filter }) {
  const { t } = useWords();
  const all = useFloor((state) => state.counts?.all ?? 0);
  const finished = useFloor((state) => state.counts?.finished ?? 0);
  if (!isWhole(filter))
    return (
      <Empty icon={SearchX} title={t('list.empty')} text={t('list.emptyTodo')}>
        <a className={buttonCss['button']} href={writeRoute(overview())}>
          {t('list.clear')}
        </a>
      </Empty>
    );
  if (all === 0) return <Empty icon={Inbox} title={t('list.none')} text={t('list.noneTodo')} />;
  return (
    <Empty icon={CircleCheck} title={t('list.allDone')} text={t('list.noneTodo')}>
      {finished > 0 && (
        <a className={buttonCss['button']} href={writeRoute(overview({ finished: true }))}>
          {t('list.showFinished', { count: finished })}
        </a>
      )}
    </Empty>
  );
}

export function JobList({ jobId, wide }: { readonly jobId: number | null; readonly wide: boolean }) {
  const { t } = useWords();
  const told = useTold<HTMLParagraphElement>();
  const list = useFloor((state) => state.list);
  const grid = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLElement>(null);
  const pointed = useRef<number | null>(null);
  const [height] = useState(rowHeight);
  const { above, remember } = useStillness(list, box, height, pointed);
  const isScrolled = useCallback(() => (box.current?.scrollTop ?? 0) > 0, []);
  const isAtTop = useCallback(() => (box.current?.scrollTop ?? 0) === 0, []);
  const { touch, leave } = useHeld(isScrolled);
  const before = leftAt !== null && leftAt.filter === list.filter ? leftAt : null;
  const count = rowCount(list);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 10,
    initialOffset: () => before?.top ?? 0,
  });
  const rows = virtualizer.getVirtualItems();
  const first = rows[0]?.index ?? 0;
  const last = rows.at(-1)?.index ?? 0;
  useRenewal(isAtTop, first, last);

  const routeTo = (id: number): Route => (wide ? { screen: 'overview', jobId: id, filter: list.filter } : { screen: 'job', jobId: id });
  const note = (opened: number | null): void => {
    leftAt = { filter: list.filter, top: box.current?.scrollTop ?? 0, opened };
  };
  const { active, setActive, enter, press } = useRowKeys(list, before?.opened ?? jobId, {
    page: () => Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / height) - 1),
    firstInView: () => Math.ceil((box.current?.scrollTop ?? 0) / height),
    show: (row) => virtualizer.scrollToIndex(row),
    open: (id) => {
      note(id);
      go(routeTo(id));
    },
  });
  // Back from a job: the keys go on from there, unless they are somewhere else already.
  useLayoutEffect(() => {
    if (before?.opened != null && document.activeElement === document.body) grid.current?.focus({ preventScroll: true });
  }, [before]);

  useEffect(() => {
    if (count === 0) return;
    const from = Math.max(0, rowAt(list, first).page);
    const to = Math.max(0, Math.min(rowAt(list, last).page, list.pages.length - 1));
    for (let page = from; page <= to; page++) if (list.pages[page]?.ids === null) void loadPageAgain(page);
    if (last >= count - 30 && list.next != null) void loadMore();
    const trimmed = trimPages(list, from, to);
    if (trimmed !== list) floor.setState({ list: trimmed });
  }, [list, first, last, count]);

  const toTop = (): void => {
    box.current?.scrollTo({ top: 0 });
    if (list.unshown > 0) void loadList({ ...list.filter }).catch(() => undefined);
  };
  useEffect(() => {
    if (list.unshown > 0 && isAtTop()) void loadList({ ...list.filter }).catch(() => undefined);
  }, [list.unshown, list.filter, isAtTop]);

  const point = (target: EventTarget): void => {
    const row = target instanceof Element ? target.closest('[data-job]') : null;
    pointed.current = row === null ? null : Number(row.getAttribute('data-job'));
    touch();
    if (box.current !== null) remember(box.current);
  };

  // The column of the numbers is as wide as the longest, up to a point: there they shrink.
  const longest = useFloor(({ jobs }) => Math.max(10, ...idsIn(list).map((id) => jobs.get(id)?.number.length ?? 0)));

  if (list.next === undefined) return <Shapes />;
  if (count === 0) return <NoRows filter={list.filter} />;
  const unseen = above + list.unshown;
  return (
    <>
      {unseen > 0 && (
        <button type="button" className={`${buttonCss['main']} ${css['newAbove']}`} onClick={toTop}>
          <ArrowUp size={18} aria-hidden />
          {t('list.newAbove', { count: unseen })}
        </button>
      )}
      {list.order !== list.filter.order && (
        <p ref={told} className={css['notSorted']}>
          {t('list.notSorted')}
        </p>
      )}
      <div
        ref={grid}
        role="grid"
        className={css['grid']}
        style={{ '--longest': longest } as CSSProperties}
        data-testid="jobs"
        tabIndex={0}
        aria-label={t('list.heading')}
        aria-rowcount={list.next === null ? count + 1 : -1}
        aria-activedescendant={active === null ? undefined : rowId(active)}
        onFocus={(event) => {
          if (event.target === event.currentTarget) enter();
        }}
        onKeyDown={(event) => {
          touch();
          press(event);
        }}
      >
        <Columns />
        <section
          ref={box}
          role="rowgroup"
          className={css['rows']}
          data-testid="rows"
          onScroll={(event) => {
            remember(event.currentTarget);
            leftAt = { filter: list.filter, top: event.currentTarget.scrollTop, opened: leftAt?.opened ?? null };
            if (isScrolled()) touch();
          }}
          onPointerMove={(event) => point(event.target)}
          onPointerLeave={() => {
            pointed.current = null;
            leave();
          }}
          onPointerDown={(event) => {
            const row = event.target instanceof Element ? event.target.closest('[data-job]') : null;
            const id = row === null ? null : Number(row.getAttribute('data-job'));
            note(id);
            setActive(id);
          }}
        >
          <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
            {rows.map(({ index, start }) => {
              const { id } = rowAt(list, index);
              if (id === null)
                return (
                  <div key={`row ${index}`} className={css['row']} style={{ transform: `translateY(${start}px)` }}>
                    <span />
                    <span className={shapeCss['shape']} />
                    <span className={`${shapeCss['shape']} ${css['rowShape']}`} />
                  </div>
                );
              return (
                <ListRow
                  key={id}
                  id={id}
                  index={index}
                  top={start}
                  current={id === jobId}
                  active={id === active}
                  filter={list.filter}
                  fresh={list.fresh.has(id)}
                  href={writeRoute(routeTo(id))}
                />
              );
            })}
          </div>
        </section>
      </div>
    </>
  );
}

const shapeWidths = [320, 420, 360, 300, 440, 380, 340, 410, 330, 390];

function Shapes() {
  const { t } = useWords();
  return (
    <div className={css['rowShapes']} role="status" aria-label={t('app.loading')}>
      {shapeWidths.map((width) => (
        <div key={width}>
          <span className={shapeCss['shape']} style={{ width: 96 }} />
          <span className={shapeCss['shape']} style={{ flex: 1, maxWidth: width }} />
          <span className={shapeCss['shape']} style={{ width: 140 }} />
        </div>
      ))}
    </div>
  );
}

export function ListFailed({ retry }: { readonly retry: () => void }) {
  const { t } = useWords();
  return (
    <Empty icon={CircleAlert} title={t('list.failed')} text={t('connection.offlineTodo')}>
      <button type="button" className={buttonCss['button']} onClick={retry}>
        {t('list.retry')}
      </button>
    </Empty>
  );
}
