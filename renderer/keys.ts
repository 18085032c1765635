/** Keys that work everywhere, and the keys of the job in focus. Never while somebody types. */
import { useEffect } from 'react';
import { ask, startByKey, useQuestion } from './actions/start.ts';
import { go, overview, type Route } from './route.ts';
import { openSheet, useSheet } from './sheet.ts';
import { floor } from './store.ts';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

/** The job that keys speak of: the one open in the office, or the one in focus at the press. */
export function jobInFocus(route: Route) {
  const { open, queue, pressFocus } = floor.getState();
  if (route.screen === 'press') return queue?.jobs.find((job) => job.id === pressFocus) ?? null;
  const id = route.screen === 'job' || route.screen === 'overview' ? route.jobId : null;
  return id !== null && open?.id === id ? open.job : null;
}

function back(route: Route): void {
  if (useSheet.getState().sheet !== null) openSheet(null);
  else if (useQuestion.getState().question !== null) ask(null);
  else if (route.screen === 'overview' && route.jobId !== null) go({ ...route, jobId: null });
  else if (route.screen === 'job' || route.screen === 'folders') go(overview());
}

/** One key without modifiers; true when it meant something. */
function pressPlain(key: string, route: Route): boolean {
  switch (key) {
    case '?':
      openSheet('keys');
      return true;
    case '/':
      document.getElementById('search')?.focus();
      return true;
    case '1':
      go(overview());
      return true;
    case '2':
      go({ screen: 'folders', edit: null });
      return true;
    default: {
      const job = jobInFocus(route);
      return job !== null && startByKey(key.toLowerCase(), job);
    }
  }
}

function isPlain(event: KeyboardEvent): boolean {
  return !(event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target) || useSheet.getState().sheet !== null);
}

export function useKeys(route: Route): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        openSheet(useSheet.getState().sheet === 'palette' ? null : 'palette');
      } else if (event.key === 'Escape') back(route);
      else if (isPlain(event) && pressPlain(event.key, route)) event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [route]);
}
