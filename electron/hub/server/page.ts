/**
 * Hands out the built page: hashed files for good, everything else fresh, unknown paths to the page itself, which knows its own routes. It is read once, when
 * the hub starts: strangers may ask for it, and what they ask must cost no file handle and no memory of its own. Always whole, so that there is no range to
 * be wrong about; packed where the build has laid a packed form beside a file and the reader takes it, since packing at each request would cost a stranger nothing and the hub much.
 */

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, relative, sep } from 'node:path';
import { pageIn } from '../../../shared/page-name.ts';
import { pagePolicy } from '../../../shared/page-policy.ts';
import { pageType } from '../../../shared/page-type.ts';
import { said } from '../../../shared/words/say.ts';
import { chooseEncoding, type Encoding, encodings } from './page-encoding.ts';
import { problem } from './problem.ts';

/** The bundler puts a hash of the content into these names. */
const hashedFile = /^\/assets\/.+\.\w+$/;
/** Who asks for a file gets that file or none; who asks for anything else gets the page. */
const namesFile = /\.\w+$/;

type Form = { readonly body: Buffer; readonly etag: string };
type PageFile = Form & { readonly type: string; readonly packed: ReadonlyMap<Encoding, Form> };

/** `path`: of the address asked for, not yet decoded. */
export type SendPage = (request: IncomingMessage, response: ServerResponse, path: string) => void;

/** `uiPath` null: there is no page, and that is said. */
export function makePage(uiPath: string | null): SendPage {
  const files = uiPath === null ? new Map<string, PageFile>() : readFiles(uiPath);
  return (request, response, path) => {
    if (uiPath !== null && request.method !== 'GET' && request.method !== 'HEAD')
      throw problem('METHOD_NOT_ALLOWED', said('refusals.pageOnlyRead'));
    const wanted = decode(path);
    const file = files.get(wanted) ?? (namesFile.test(wanted) ? undefined : files.get('/index.html'));
    if (file === undefined) throw problem('NOT_FOUND', said('refusals.nothingHere'));
    // "Not modified" too must carry them, for a browser takes its headers for the new ones
    response.setHeader('Cache-Control', hashedFile.test(wanted) ? 'public, max-age=31536000, immutable' : 'no-cache');
    response.setHeader('Content-Security-Policy', pagePolicy([`ws://${request.headers.host ?? ''}`]));
    response.setHeader('Vary', 'Accept-Encoding');
    const encoding = chooseEncoding(request.headers['accept-encoding'], new Set(file.packed.keys()));
    const { body, etag } = (encoding === null ? undefined : file.packed.get(encoding)) ?? file;
    response.setHeader('ETag', etag);
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
    if (encoding !== null) response.setHeader('Content-Encoding', encoding);
    response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': body.length });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}

/** Which page is handed out; null where there is none. */
export function nameOfPage(uiPath: string | null): string | null {
  const path = uiPath === null ? null : join(uiPath, 'index.html');
  return path !== null && existsSync(path) ? pageIn(readFileSync(path, 'utf8')) : null;
}

/** By their addresses. What is hidden, and what is a link, is no part of the page; a packed form is one of its file, and has no address of its own. */
function readFiles(uiPath: string): Map<string, PageFile> {
  const found = readdirSync(uiPath, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = new Set(found.map(({ parentPath, name }) => join(parentPath, name)));
  const isPacked = (path: string): boolean => Object.values(encodings).some((ending) => path.endsWith(ending));
  return new Map(
    [...paths].flatMap((path) => {
      const address = `/${relative(uiPath, path).replaceAll(sep, '/')}`;
      if (address.includes('/.') || isPacked(path)) return [];
      const body = readFileSync(path);
      const hash = createHash('sha256').update(body).digest('base64url');
      const packed = Object.entries(encodings).flatMap(([name, ending]) =>
        paths.has(path + ending) ? [[name as Encoding, { body: readFileSync(path + ending), etag: `"${hash}-${name}"` }] as const] : [],
      );
      return [[address, { body, type: pageType(address), etag: `"${hash}"`, packed: new Map(packed) }] as const];
    }),
  );
}

/** What cannot be decoded is no name of a file of ours. */
function decode(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
