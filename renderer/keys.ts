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

export function useKeys(route: Route): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        openSheet(useSheet.getState().sheet === 'palette' ? null : 'palette');
        return;
      }
      if (event.key === 'Escape') {
        back(route);
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target) || useSheet.getState().sheet !== null) return;
      if (event.key === '?') openSheet('keys');
      else if (event.key === '/') {
        event.preventDefault();
        document.getElementById('search')?.focus();
      } else if (event.key === '1') go(overview());
      else if (event.key === '2') go({ screen: 'folders', edit: null });
      else {
        const job = jobInFocus(route);
        if (job !== null) startByKey(event.key.toLowerCase(), job);
      }
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [route]);
}
