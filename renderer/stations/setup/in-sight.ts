/** Keeps in sight what somebody who is typing or trying waits for, and what has the focus, above the bar that floats over the end of the screen. */
import { type RefObject, useEffect, useRef } from 'react';

/** An answer that is scrolled to when `given` changes, though not at first. */
export function useInSight<Place extends HTMLElement>(given: unknown): RefObject<Place | null> {
  const place = useRef<Place>(null);
  const before = useRef(given);
  useEffect(() => {
    if (before.current !== given) place.current?.scrollIntoView({ block: 'nearest' });
    before.current = given;
  }, [given]);
  return place;
}

/** A bar that floats at the end of what scrolls: nothing that is scrolled to ends below it. */
export function useFloatingBar(floats: boolean): RefObject<HTMLDivElement | null> {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const scroller = bar.current?.closest<HTMLElement>('[data-scrolls]') ?? null;
    if (!floats || bar.current === null || scroller === null) return;
    const keepFree = ([entry]: readonly ResizeObserverEntry[]): void => {
      // What stands at its place there covers nothing.
      const isOver = entry !== undefined && getComputedStyle(entry.target).position === 'sticky';
      scroller.style.scrollPaddingBlockEnd = isOver ? `${entry.target.getBoundingClientRect().height + 32}px` : '';
    };
    // A browser that sees what has the focus inside the scroller leaves it there, below the bar.
    const show = ({ target }: FocusEvent): void => {
      if (target instanceof HTMLElement && bar.current?.contains(target) === false) target.scrollIntoView({ block: 'nearest' });
    };
    const observer = new ResizeObserver(keepFree);
    observer.observe(bar.current);
    scroller.addEventListener('focusin', show);
    return () => {
      observer.disconnect();
      scroller.removeEventListener('focusin', show);
      scroller.style.scrollPaddingBlockEnd = '';
    };
  }, [floats]);
  return bar;
}
