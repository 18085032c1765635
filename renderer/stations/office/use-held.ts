/** When the list is held: while somebody is at it, and while it is scrolled. What was left alone for a while goes to its place. */
import { useCallback, useEffect, useRef } from 'react';
import { holdList } from '../../floor/floor.ts';

/** A pointer that was left lying on the list, or a focus nobody uses, holds nothing. */
const leftAloneMs = 20_000;

/** `touch` is told of everything that is done at the list; `leave` that nobody is there. */
export function useHeld(isScrolled: () => boolean): { readonly touch: () => void; readonly leave: () => void } {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const leave = useCallback(() => {
    clearTimeout(timer.current);
    holdList(isScrolled());
  }, [isScrolled]);
  const touch = useCallback(() => {
    clearTimeout(timer.current);
    holdList(true);
    timer.current = setTimeout(leave, leftAloneMs);
  }, [leave]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { touch, leave };
}
