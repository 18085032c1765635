/** Hands out the built page: hashed files for good, everything else fresh, unknown paths to the page itself, which knows its own routes. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';
import { pagePolicy } from '../../../shared/page-policy.ts';
import { problem } from './problem.ts';

/** The bundler puts a hash of the content into these names. */
const hashedFile = /^\/assets\/.+\.\w+$/;

export type SendPage = (request: IncomingMessage, response: ServerResponse) => void;

/** `uiPath` null: there is no page, and that is said. */
export function makePage(uiPath: string | null): SendPage {
  const noPage = (): never => {
    throw problem('NOT_FOUND', 'There is nothing at this address.', 'The page of the hub is at /, its API is described at /api/docs.');
  };
  if (uiPath === null) return noPage;
  const serve = sirv(uiPath, {
    single: true,
    etag: true,
    setHeaders: (response, pathname) => {
      if (hashedFile.test(pathname)) response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    },
  });
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw problem('METHOD_NOT_ALLOWED', 'The page can only be read.', 'Calls go to /api.');
    }
    // Before it is known what will be sent: "not modified" too must carry them, for a browser takes its headers for the new ones
    response.setHeader('Cache-Control', 'no-cache');
    response.setHeader('Content-Security-Policy', pagePolicy([`ws://${request.headers.host ?? ''}`]));
    serve(request, response, noPage);
  };
}
