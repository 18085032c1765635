/** The keys of the list: one row at a time is spoken of, arrows, page and end keys go on from it at once, Enter opens it. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { type Feed, rowAt, rowCount, rowOf } from '../../floor/feed.ts';
import { isOutsideScan } from '../../input/alone.ts';

type Rows = {
  /** Rows in view. */
  readonly page: () => number;
  readonly firstInView: () => number;
  readonly show: (row: number) => void;
  readonly open: (id: number) => void;
};

function targetOf(key: string, row: number, last: number, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return row + 1;
    case 'ArrowUp':
      return row - 1;
    case 'PageDown':
      return row + page;
    case 'PageUp':
      return row - page;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** `start`: the job it begins with, or null: then the first in view once it is asked. */
export function useRowKeys(list: Feed, start: number | null, rows: Rows) {
  const [active, setActive] = useState(start);
  /** A row that is out of memory is spoken of once it is there. */
  const awaited = useRef<number | null>(null);
  useEffect(() => {
    const id = awaited.current === null ? null : rowAt(list, awaited.current).id;
    if (id === null) return;
    awaited.current = null;
    setActive(id);
  }, [list]);
  const speakOf = (row: number): void => {
    const { id } = rowAt(list, row);
    rows.show(row);
    awaited.current = id === null ? row : null;
    if (id !== null) setActive(id);
  };
  const at = active === null ? -1 : rowOf(list, active);
  return {
    active: at < 0 ? null : active,
    setActive,
    /** The keys came here. */
    enter: () => {
      if (at < 0 && rowCount(list) > 0) speakOf(rows.firstInView());
    },
    press: (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      if (event.key === 'Enter' && active !== null && at >= 0) {
        event.preventDefault();
        if (isOutsideScan()) rows.open(active);
        return;
      }
      const last = rowCount(list) - 1;
      const to = targetOf(event.key, at < 0 ? rows.firstInView() : at, last, rows.page());
      if (to === null) return;
      event.preventDefault();
      speakOf(Math.max(0, Math.min(last, to)));
    },
  };
}
