/** Addresses of the page and the files behind them. Pure. */
import { join, resolve, sep } from 'node:path';

export const pageScheme = 'app';
const pageHost = 'printfloor';
export const pageUrl = `${pageScheme}://${pageHost}/index.html`;

/** True for addresses of the page itself, whatever stands behind the host. */
export function isPageUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol: scheme, host } = new URL(url);
  return scheme === `${pageScheme}:` && host === pageHost;
}

/** The file an address stands for, or null when it is not one inside `pagePath`. */
export function pageFile(url: string, pagePath: string): string | null {
  if (!isPageUrl(url)) return null;
  let path: string;
  try {
    path = decodeURIComponent(new URL(url).pathname);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  const file = resolve(join(pagePath, path === '/' ? 'index.html' : path));
  return file.startsWith(resolve(pagePath) + sep) ? file : null;
}
