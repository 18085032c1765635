/**
 * What is heard of words that appear: screen readers speak of what changes in a region that was there before, and of hardly any that comes with its words.
 * So there is one region for the whole page, and who shows something that was not there says it there as well.
 */
import { type RefObject, useEffect, useRef } from 'react';
import { create } from 'zustand';
import textCss from './parts/text.module.css';

type Line = { readonly turn: number; readonly words: string };

/** Whoever reads the page by its order finds none of it later; ms. */
const keptForMs = 10_000;
const most = 8;

const useLines = create<{ readonly lines: readonly Line[] }>()(() => ({ lines: [] }));
let turns = 0;

function tell(words: string): void {
  turns += 1;
  const line = { turn: turns, words };
  useLines.setState(({ lines }) => ({ lines: [...lines.slice(1 - most), line] }));
  setTimeout(() => useLines.setState(({ lines }) => ({ lines: lines.filter((one) => one !== line) })), keptForMs);
}

/**
 * For the element whose words are told when they appear, and when they become others. `afterMs`: only if they stay that long. `about`: where they also change by
 * themselves, what somebody asked; only another one is news.
 */
export function useTold<Place extends HTMLElement>(afterMs = 0, about: string | null = null): RefObject<Place | null> {
  const place = useRef<Place>(null);
  const last = useRef('');
  const lastAbout = useRef<string | null>(null);
  // After each render: what the words are made of is the business of who shows them.
  useEffect(() => {
    const words = place.current?.textContent.trim() ?? '';
    if (words === last.current) return;
    if (words === '' || (about !== null && about === lastAbout.current)) {
      last.current = words;
      return;
    }
    const timer = setTimeout(() => {
      last.current = words;
      lastAbout.current = about;
      // biome-ignore lint/performance/useDomNodeTextContent: with a break between what stands in lines of its own
      tell(place.current?.innerText ?? words);
    }, afterMs);
    return () => clearTimeout(timer);
  });
  return place;
}

export function Told() {
  const { lines } = useLines();
  return (
    <div role="log" aria-live="polite" className={textCss['hidden']} data-testid="told">
      {lines.map(({ turn, words }) => (
        <p key={turn}>{words}</p>
      ))}
    </div>
  );
}
