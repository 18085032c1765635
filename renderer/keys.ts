/**
 * What keys do: find and help everywhere, chords for the job in focus and for going elsewhere, digits for the open question. No bare letter or
 * digit does anything else, so that a scan changes no job and leaves no screen.
 */
import { useEffect } from 'react';
import { ask, startByKey, useQuestion } from './actions/start.ts';
import { undo } from './actions/undo.ts';
import { shownFloor } from './floor/floor.ts';
import { currentMeaning, isOutsideScan, quietAfterDigitMs, whenAlone } from './input/alone.ts';
import type { KeyMeaning } from './input/key.ts';
import { backToOverview, go, goBack, overview, type Route } from './route.ts';
import { openSheet, typeAhead, useSheet } from './sheet.ts';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a[href]') !== null;
}

/** The job that keys speak of: the one open in the office, or the one in focus at the press. */
export function jobInFocus(route: Route) {
  const { jobs, queue, pressFocus } = shownFloor();
  const id = route.screen === 'press' ? pressFocus : route.screen === 'job' || route.screen === 'overview' ? route.jobId : null;
  if (id === null || (route.screen === 'press' && queue?.ids.includes(id) !== true)) return null;
  return jobs.get(id) ?? null;
}

/**
 * What Escape leaves first on a screen: an open question is answered as by its own button, and a form in which nothing was typed is closed. One in which something was
 * typed stays, and so does the screen around it: it is left by its own button. True when there is one of these.
 */
function leaveOpened(): boolean {
  const opened = [...document.querySelectorAll<HTMLElement>('main [data-escape]')];
  const last = opened.findLast(({ dataset }) => dataset['escape'] === 'leave');
  last?.click();
  return opened.length > 0;
}

function back(route: Route): void {
  if (useSheet.getState().sheet !== null) openSheet(null);
  else if (useQuestion.getState().question !== null) ask(null);
  else if (!isOutsideScan() || leaveOpened()) return;
  else if (route.screen === 'overview' && route.jobId !== null) go({ ...route, jobId: null });
  else if (route.screen === 'statuses') goBack();
  else if (route.screen === 'job' || route.screen === 'folders' || route.screen === 'settings' || route.screen === 'security')
    go(backToOverview());
}

/** A key with Alt; true when it meant something here. */
function pressChord(key: string, route: Route): boolean {
  switch (key) {
    case 's': {
      const search = document.getElementById('search');
      search?.focus();
      return search !== null;
    }
    case '1':
      go(overview());
      return true;
    case '2':
      go({ screen: 'folders', edit: null });
      return true;
    case '3':
      go({ screen: 'statuses', code: null });
      return true;
    default: {
      // At the press the latest action of this screen leads, whichever job it was for; its button says what it comes to.
      const latest = key === undo.key ? document.querySelector<HTMLElement>('[data-latest] [data-undo]') : null;
      if (latest !== null) {
        latest.click();
        return true;
      }
      const job = jobInFocus(route);
      return job !== null && startByKey(key, job);
    }
  }
}

/** The answer with this number, where a question is open and it is still the same one when the key turns out to have come alone. */
function choose(digit: number): void {
  const answer = document.querySelector<HTMLElement>(`[data-choice="${digit}"]`);
  if (answer !== null)
    whenAlone(() => {
      if (answer.isConnected) answer.click();
    }, quietAfterDigitMs);
}

function toggle(sheet: 'palette' | 'keys'): void {
  openSheet(useSheet.getState().sheet === sheet ? null : sheet);
}

function isForSheet(key: string, { kind }: KeyMeaning): boolean {
  return (kind === 'text' && [...key].length === 1) || key === 'Backspace' || key === ' ' || key === 'Enter';
}

/** True when the key did something and the browser must not do its own with it. */
function press({ target, key }: KeyboardEvent, route: Route): boolean {
  const meaning = currentMeaning();
  if (isForSheet(key, meaning) && !isTyping(target) && !isPressable(target) && typeAhead(key)) return true;
  const free = !isTyping(target) && useSheet.getState().sheet === null;
  switch (meaning.kind) {
    case 'find':
      toggle('palette');
      return true;
    case 'help':
      toggle('keys');
      return true;
    case 'back':
      back(route);
      return false;
    case 'chord':
      return free && isOutsideScan() && pressChord(meaning.key, route);
    case 'text':
      if (free && meaning.digit !== null) choose(meaning.digit);
      return false;
    case 'press':
    case 'none':
      return false;
  }
}

export function useKeys(route: Route): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (press(event, route)) event.preventDefault();
    };
    addEventListener('keydown', hear);
    return () => removeEventListener('keydown', hear);
  }, [route]);
}
