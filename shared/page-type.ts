/** What a file of the built page is, wherever it is served from: by the hub, or by the window under a scheme of its own. Pure. */

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  ttf: 'font/ttf',
  wasm: 'application/wasm',
};

/** The content type for a file of this name; what we do not know is bytes, never nothing. */
export function pageType(name: string): string {
  const [, ending = ''] = /\.(\w+)$/.exec(name) ?? [];
  return types[ending.toLowerCase()] ?? 'application/octet-stream';
}
