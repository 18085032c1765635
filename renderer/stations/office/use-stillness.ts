/** Keeps the row under the pointer, under the keys, or else the first in view where it is when rows come in above it. */
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { type Feed, rowAt, rowOf } from '../../floor/feed.ts';
import type { Filter } from '../../floor/filter.ts';

type Anchor = { readonly filter: Filter; readonly id: number; readonly row: number };

/** `pointed`: the job that may not move; null where nobody points at one. Answers how many rows came in unseen, and what is to be called when the list is scrolled. */
export function useStillness(list: Feed, box: RefObject<HTMLElement | null>, height: number, pointed: RefObject<number | null>) {
  const anchor = useRef<Anchor | null>(null);
  const [above, setAbove] = useState(0);
  const remember = useCallback(
    (element: HTMLElement): void => {
      const first = Math.floor(element.scrollTop / height);
      const isAtTop = element.scrollTop < height / 2;
      const under = pointed.current === null ? -1 : rowOf(list, pointed.current);
      const row = under >= 0 ? under : first;
      const { id } = rowAt(list, row);
      // At the top nobody has scrolled: what comes is seen to come.
      anchor.current = id === null || (isAtTop && under < 0) ? null : { filter: list.filter, id, row };
      if (isAtTop) setAbove(0);
    },
    [list, height, pointed],
  );
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const before = anchor.current;
    if (before !== null && before.filter === list.filter) {
      const now = rowOf(list, before.id);
      if (now >= 0 && now !== before.row) {
        element.scrollTop += (now - before.row) * height;
        setAbove((count) => Math.max(0, count + now - before.row));
      }
    }
    remember(element);
  }, [list, box, height, remember]);
  return { above, remember };
}
