/**
 * Serves the page to the window under app://printfloor, with the policy that keeps it strict. Hands out files of the built page and nothing
 * else: any other path, host or method is not found.
 */
import { readFile } from 'node:fs/promises';
import { protocol, type Session } from 'electron';
import { pagePolicy, safetyHeaders } from '../shared/page-policy.ts';
import { pageType } from '../shared/page-type.ts';
import { pageFile, pageScheme } from './page-address.ts';

/** The page speaks with its own hub and with nothing else, on this machine neither; scripts and styles never come from there. `hub`: its address. */
const policy = (hub: string): string => pagePolicy([hub, hub.replace(/^http/, 'ws')]);

/** Must run before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

/** `hubAddress`: waited for before the page is handed out. */
export function servePage(session: Session, pagePath: string, hubAddress: () => Promise<string>): void {
  const notFound = (): Response =>
    new Response('Not found', { status: 404, headers: { ...safetyHeaders, 'Content-Type': 'text/plain; charset=utf-8' } });
  session.protocol.handle(pageScheme, async ({ url, method }) => {
    const file = method === 'GET' ? pageFile(url, pagePath) : null;
    if (file === null) return notFound();
    try {
      const headers = {
        ...safetyHeaders,
        'Content-Type': pageType(file),
        'Content-Security-Policy': policy(await hubAddress()),
        'Cache-Control': 'no-cache',
      };
      return new Response(new Uint8Array(await readFile(file)), { headers });
    } catch {
      return notFound();
    }
  });
}
