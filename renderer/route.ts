/** Which screen is open, read from and written to the part of the address after "#". Pure but for `useRoute` and `go`. */
import { useSyncExternalStore } from 'react';
import { jobOrders } from '../shared/job/board.ts';
import { isStatusCode, type Stage, type StatusCode, stageNames } from '../shared/status.ts';
import { type Filter, noFilter } from './floor/filter.ts';

export type Route =
  | { readonly screen: 'overview'; readonly filter: Filter; readonly jobId: number | null }
  | { readonly screen: 'job'; readonly jobId: number }
  | { readonly screen: 'press'; readonly folderId: number }
  /** `look`: the hot folder somebody was sent to look at. */
  | { readonly screen: 'folders'; readonly edit: number | 'new' | null; readonly look?: number }
  | { readonly screen: 'statuses'; readonly code: StatusCode | null }
  | { readonly screen: 'settings' }
  | { readonly screen: 'security' }
  | { readonly screen: 'welcome' };

function number(text: string | null | undefined): number | null {
  return text != null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

function known(code: string | null | undefined): StatusCode | null {
  return code != null && isStatusCode(code) ? code : null;
}

/** Anything unknown leads to the overview. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [first, second] = path.split('/');
  const id = number(second);
  if (first === 'job' && id !== null) return { screen: 'job', jobId: id };
  if (first === 'press' && id !== null) return { screen: 'press', folderId: id };
  if (first === 'folders') {
    const look = number(new URLSearchParams(query).get('look'));
    return { screen: 'folders', edit: second === 'new' ? 'new' : id, ...(look !== null && { look }) };
  }
  if (first === 'statuses') return { screen: 'statuses', code: known(second) };
  if (first === 'settings') return { screen: 'settings' };
  if (first === 'security') return { screen: 'security' };
  if (first === 'welcome') return { screen: 'welcome' };
  const asked = new URLSearchParams(query);
  const stage = asked.get('stage');
  return {
    screen: 'overview',
    jobId: first === 'overview' ? id : null,
    filter: {
      q: asked.get('q') ?? '',
      stage: stageNames.find((name): name is Stage => name === stage) ?? null,
      status: known(asked.get('status')),
      hotFolder: number(asked.get('hotFolder')),
      attention: asked.get('attention') === 'true',
      finished: asked.get('finished') === 'true',
      order: jobOrders.find((order) => order === asked.get('order')) ?? noFilter.order,
      reverse: asked.get('reverse') === 'true',
    },
  };
}

function writeFilter(filter: Filter): string {
  const query = new URLSearchParams();
  if (filter.q !== '') query.set('q', filter.q);
  if (filter.stage !== null) query.set('stage', filter.stage);
  if (filter.status !== null) query.set('status', filter.status);
  if (filter.hotFolder !== null) query.set('hotFolder', String(filter.hotFolder));
  for (const name of ['attention', 'finished', 'reverse'] as const) if (filter[name]) query.set(name, 'true');
  if (filter.order !== noFilter.order) query.set('order', filter.order);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

export function writeRoute(route: Route): string {
  switch (route.screen) {
    case 'overview':
      return `#/overview${route.jobId === null ? '' : `/${route.jobId}`}${writeFilter(route.filter)}`;
    case 'job':
      return `#/job/${route.jobId}`;
    case 'press':
      return `#/press/${route.folderId}`;
    case 'folders':
      return `#/folders${route.edit === null ? '' : `/${route.edit}`}${route.look === undefined ? '' : `?look=${route.look}`}`;
    case 'statuses':
      return `#/statuses${route.code === null ? '' : `/${route.code}`}`;
    case 'settings':
      return '#/settings';
    case 'security':
      return '#/security';
    case 'welcome':
      return '#/welcome';
  }
}

/** The overview with these filters, for the number that stands for the jobs behind it. */
export function overview(filter: Partial<Filter> = {}): Route {
  return { screen: 'overview', jobId: null, filter: { ...noFilter, ...filter } };
}

/** Opens a screen; `replace` leaves no step in the way back. */
export function go(route: Route, replace = false): void {
  const hash = writeRoute(route);
  if (hash === location.hash) return;
  if (replace) location.replace(hash);
  else location.hash = hash;
}

let wasElsewhere = false;

/** To where this page was before; where it began here, to the overview or what else is given. */
export function goBack(otherwise: Route = overview()): void {
  if (wasElsewhere) history.back();
  else go(otherwise);
}

/** Every way to another screen ends here, the browser's own too. */
export function startRoute(): void {
  addEventListener('hashchange', () => {
    wasElsewhere = true;
  });
}

function onHash(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

/** The overview as it was left: its search, its filters and its order. */
let left: Filter = noFilter;

export function backToOverview(): Route {
  return overview(left);
}

let last: { hash: string; route: Route } | null = null;

/** Where the window is at this moment. */
export function currentRoute(): Route {
  const { hash } = location;
  if (last?.hash !== hash) last = { hash, route: parseRoute(hash) };
  if (last.route.screen === 'overview') left = last.route.filter;
  return last.route;
}

export function useRoute(): Route {
  return useSyncExternalStore(onHash, currentRoute);
}
