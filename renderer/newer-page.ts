/**
 * The hub hands out another page than this one: a screen is open for weeks, and must not go on by rules that hold no more. It is told, and loaded by itself
 * once nobody is at it: once for each page, since what lies between may keep the old one.
 */
import { useQuestion } from './actions/start.ts';
import { isAdding } from './adding/adding.ts';
import { floor } from './floor/floor.ts';
import { keep, readKept } from './kept.ts';
import { parseRoute } from './route.ts';
import { hasUnsaved } from './settings-draft.ts';

const loadedKeptAs = 'printfloor.page-loaded';
const restMs = 60_000;
const lookEveryMs = 5_000;
let touchedAt = performance.now();
let own: string | null = null;

/** Is this page another than the hub has now? Where one of the two is not known, nobody says so. */
export function isNewer(handedOut: string | null | undefined): boolean {
  return own !== null && handedOut != null && handedOut !== own;
}

export function loadNewerPage(): void {
  keep('tab', loadedKeptAs, floor.getState().health?.page ?? '');
  location.reload();
}

/** Nothing is half done: no question is open, nothing lives in this window alone, nobody types. */
function nothingHalfDone(): boolean {
  const { connection, wishes } = floor.getState();
  const isTyping = document.activeElement?.matches('input, textarea, select') === true || document.querySelector('dialog[open]') !== null;
  const isAsked = isTyping || useQuestion.getState().question !== null;
  return !hasUnsaved() && !isAdding() && connection.kind === 'online' && wishes.every(({ kept }) => kept === 'yes') && !isAsked;
}

/** No form is on the screen either, and nobody has touched it for a minute. */
function isAtRest(): boolean {
  const { screen } = parseRoute(location.hash);
  const holdsNoForm = screen === 'overview' || screen === 'statuses' || screen === 'job' || screen === 'press';
  return nothingHalfDone() && holdsNoForm && performance.now() - touchedAt > restMs;
}

/** Is there one that was not tried yet? What lies between may keep the old one. */
function isWaiting(): boolean {
  const page = floor.getState().health?.page;
  return isNewer(page) && readKept('tab', loadedKeptAs) !== page;
}

/** For a part that this page can no longer get: it is loaded now, unless something would be lost. */
export function loadNewerPageInstead(): void {
  if (isWaiting() && nothingHalfDone()) loadNewerPage();
}

/** Starts once. `page`: which this is, as it was handed out; null where that is not known. */
export function startNewerPage(page: string | null): void {
  own = page;
  const touch = (): void => {
    touchedAt = performance.now();
  };
  for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, touch, { capture: true });
  setInterval(() => {
    if (isWaiting() && isAtRest()) loadNewerPage();
  }, lookEveryMs);
}
