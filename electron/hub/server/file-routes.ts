/** The three routes over which files travel, beside the contract: each with the right it needs, and the hand its answer takes. What stands here alone is answered. Pure. */
import type { Right } from '../../../shared/api.ts';
import type { HandKind } from './hands.ts';

type FileRoute = {
  /** HEAD goes where GET goes. */
  readonly method: 'GET' | 'POST';
  /** Below /api, as the description has it. */
  readonly path: string;
  readonly right: Right;
  readonly hand: HandKind;
};

export const fileRoutes = {
  'jobs.addFile': { method: 'POST', path: '/jobs/{id}/files', right: 'work', hand: 'upload' },
  'jobs.getFile': { method: 'GET', path: '/jobs/{id}/files/{fileId}', right: 'read', hand: 'file' },
  'arrivals.getFile': { method: 'GET', path: '/arrivals/{id}/file', right: 'read', hand: 'file' },
} as const satisfies Readonly<Record<string, FileRoute>>;
export type FileRouteName = keyof typeof fileRoutes;

const routes = (Object.keys(fileRoutes) as FileRouteName[]).map((name) => ({
  name,
  method: fileRoutes[name].method,
  asked: new RegExp(`^/api${fileRoutes[name].path.replace(/\{\w+\}/g, '(\\d{1,15})')}$`),
}));

/** The ids in the order of the path; null: no route of files. */
export function findFileRoute(
  method: string | undefined,
  pathname: string,
): { readonly name: FileRouteName; readonly ids: number[] } | null {
  for (const { name, method: taken, asked } of routes) {
    const found = taken === (method === 'HEAD' ? 'GET' : method) ? asked.exec(pathname) : null;
    if (found !== null) return { name, ids: found.slice(1).map(Number) };
  }
  return null;
}
