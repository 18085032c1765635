import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderDocsPage } from '../../../electron/hub/server/docs-page.ts';
import { sayType } from '../../../electron/hub/server/docs-type.ts';
import { contract, problemSchema } from '../../../shared/api.ts';
import { type Bed, startBed } from './bed.ts';

const script = 'export const word = "word";\n'.repeat(200);
let uiPath: string;
let bed: Bed;
beforeAll(async () => {
  uiPath = await mkdtemp(path.join(tmpdir(), 'printfloor-page-'));
  await mkdir(path.join(uiPath, 'assets'));
  await writeFile(path.join(uiPath, 'index.html'), '<!doctype html><title>Printfloor</title>');
  await writeFile(path.join(uiPath, 'assets/index-abc123.js'), 'export {}');
  await writeFile(path.join(uiPath, 'assets/whole-abc123.js'), script);
  await writeFile(path.join(uiPath, 'assets/whole-abc123.js.br'), brotliCompressSync(script));
  await writeFile(path.join(uiPath, 'assets/whole-abc123.js.gz'), gzipSync(script));
  await writeFile(path.join(uiPath, 'assets/nobody.js.br'), brotliCompressSync('of no file'));
  await writeFile(path.join(uiPath, '.secret'), 'hidden');
  await writeFile(path.join(path.dirname(uiPath), 'printfloor-outside.txt'), 'outside it all');
  bed = await startBed({ uiPath });
});
afterAll(async () => {
  await bed.stop();
  await rm(uiPath, { recursive: true });
  await rm(path.join(path.dirname(uiPath), 'printfloor-outside.txt'));
});

describe('the page', () => {
  test('is open, strict about what it may load, and never kept stale; hashed files are kept for good', async () => {
    for (const route of ['/', '/jobs/17', '/press/2?big=1']) {
      const answer = await fetch(bed.url + route);
      expect(await answer.text()).toContain('<title>Printfloor</title>');
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${bed.port}`);
      expect(policy).not.toContain('unsafe');
      expect([
        answer.headers.get('cache-control'),
        answer.headers.get('x-content-type-options'),
        answer.headers.get('x-frame-options'),
      ]).toEqual(['no-cache', 'nosniff', 'DENY']);
    }
    const script = await fetch(`${bed.url}/assets/index-abc123.js`);
    expect([script.headers.get('cache-control'), script.headers.get('content-type')]).toEqual([
      'public, max-age=31536000, immutable',
      'text/javascript; charset=utf-8',
    ]);
  });

  test('reloaded without a change it is still the page, under the same policy', async () => {
    const first = await fetch(bed.url);
    const again = await fetch(bed.url, { headers: { 'if-none-match': first.headers.get('etag') ?? '', 'cache-control': 'max-age=0' } });
    expect(again.status).toBe(304);
    for (const name of ['content-security-policy', 'cache-control']) expect(again.headers.get(name)).toBe(first.headers.get(name));
  });

  test('nothing outside it is handed out, and a missing file is said to be missing', async () => {
    expect(await (await fetch(`${bed.url}/.secret`)).text()).not.toContain('hidden');
    for (const route of ['/..%2fprintfloor-outside.txt', '/%2e%2e/printfloor-outside.txt', '/assets/..%5c..%5cprintfloor-outside.txt']) {
      expect(await (await fetch(bed.url + route)).text()).not.toContain('outside it all');
    }
    const missing = await fetch(`${bed.url}/assets/missing.js`);
    expect(missing.status).toBe(404);
    problemSchema.parse(await missing.json());
    expect((await fetch(bed.url, { method: 'POST' })).status).toBe(405);
  });
});

describe('packed', () => {
  type Raw = { readonly status: number; readonly headers: Record<string, string | string[] | undefined>; readonly body: Buffer };
  const ask = (
    accepted: string | null,
    more: Record<string, string> = {},
    address = '/assets/whole-abc123.js',
    method = 'GET',
  ): Promise<Raw> =>
    new Promise((resolve, reject) => {
      const headers = { ...(accepted !== null && { 'accept-encoding': accepted }), ...more };
      get(`${bed.url}${address}`, { headers, method }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part)).on('error', reject);
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }));
      }).on('error', reject);
    });

  test.each([
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['br;q=0.1, gzip;q=1', 'br', brotliDecompressSync],
    ['BR', 'br', brotliDecompressSync],
    ['*', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
    ['br; q=none, *;q=0, gzip', 'gzip', gunzipSync],
  ] as const)('for who takes %s it goes out as %s, and is the same', async (accepted, encoding, unpack) => {
    const { headers, body } = await ask(accepted);
    expect([headers['content-encoding'], headers['vary'], headers['content-type']]).toEqual([
      encoding,
      'Accept-Encoding',
      'text/javascript; charset=utf-8',
    ]);
    expect(Number(headers['content-length'])).toBe(body.length);
    expect(body.length).toBeLessThan(script.length / 10);
    expect(unpack(body).toString()).toBe(script);
  });

  test.each([[null], [''], ['identity'], ['deflate, zstd'], ['br;q=0, gzip;q=0'], ['*;q=0']])(
    'for who takes %s it goes out whole',
    async (accepted) => {
      const { headers, body } = await ask(accepted);
      expect([headers['content-encoding'], headers['vary'], Number(headers['content-length'])]).toEqual([
        undefined,
        'Accept-Encoding',
        script.length,
      ]);
      expect(body.toString()).toBe(script);
    },
  );

  test('each form has a tag of its own, and is not sent again to who has it', async () => {
    const tags = await Promise.all(['br', 'gzip', 'identity'].map(async (accepted) => String((await ask(accepted)).headers['etag'])));
    expect(new Set(tags).size).toBe(3);
    const again = await ask('br', { 'if-none-match': tags[0] ?? '' });
    expect([again.status, again.body.length, again.headers['vary']]).toEqual([304, 0, 'Accept-Encoding']);
    expect((await ask('gzip', { 'if-none-match': tags[0] ?? '' })).status).toBe(200);
  });

  test('asked for its head alone, it says what it would send', async () => {
    const { headers, body } = await ask('br', {}, '/assets/whole-abc123.js', 'HEAD');
    expect([headers['content-encoding'], Number(headers['content-length']), body.length]).toEqual([
      'br',
      brotliCompressSync(script).length,
      0,
    ]);
  });

  test('a file without packed forms goes out whole, and no packed form has an address of its own', async () => {
    const { headers, body } = await ask('br, gzip', {}, '/assets/index-abc123.js');
    expect([headers['content-encoding'], headers['vary'], body.toString()]).toEqual([undefined, 'Accept-Encoding', 'export {}']);
    for (const address of ['/assets/whole-abc123.js.br', '/assets/whole-abc123.js.gz', '/assets/nobody.js', '/assets/nobody.js.br'])
      expect((await ask('br', {}, address)).status).toBe(404);
  });
});

describe('the description', () => {
  type Document = {
    openapi: string;
    servers: unknown[];
    security: unknown[];
    paths: Record<string, Record<string, { responses: Record<string, unknown>; operationId: string }>>;
    components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> };
  };
  let document: Document;
  beforeAll(async () => {
    document = (await (await fetch(`${bed.url}/openapi.json`)).json()) as Document;
  });

  test('says everything the contract has, and the file routes', () => {
    expect(document.openapi).toMatch(/^3\.1/);
    expect([document.servers, document.security]).toEqual([[{ url: '/api' }], [{ bearer: [] }]]);
    expect(document.components.securitySchemes).toMatchObject({ bearer: { type: 'http', scheme: 'bearer' } });
    const described = Object.entries(document.paths).flatMap(([route, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${route}`),
    );
    expect(new Set(described)).toEqual(
      new Set([...routesOf(contract), 'POST /jobs/{id}/files', 'GET /jobs/{id}/files/{fileId}', 'GET /arrivals/{id}/file']),
    );
    for (const item of Object.values(document.paths))
      for (const operation of Object.values(item)) {
        expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true);
        expect(operation.responses).toHaveProperty('401');
      }
    expect(document.components.schemas).toHaveProperty('Ticket');
    expect(
      new Set(Object.values(document.paths).flatMap((item) => Object.values(item).map((operation) => operation.operationId))).size,
    ).toBe(described.length);
  });

  test('every reference leads somewhere', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) => ref);
    expect(refs.length).toBeGreaterThan(20);
    for (const ref of new Set(refs)) {
      const target = ref
        .replace(/^#\//, '')
        .split('/')
        .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], document);
      expect([ref, typeof target]).toEqual([ref, 'object']);
    }
  });

  test('as a page it lists every route and needs nothing from elsewhere', async () => {
    const answer = await fetch(`${bed.url}/api/docs`);
    const html = await answer.text();
    for (const [route, item] of Object.entries(document.paths))
      for (const method of Object.keys(item)) expect(html).toContain(`${method.toUpperCase()}</span>/api${route}<`);
    for (const name of Object.keys(document.components.schemas)) expect(html).toContain(`id="shape-${name}"`);
    for (const [, target = ''] of html.matchAll(/href="#([^"]+)"/g)) expect(html).toContain(`id="${target}"`);
    expect(html).not.toMatch(/<script|<link|<img|src=|https?:\/\//);
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]+';/);
  });

  test('names cannot break out of the page', () => {
    const { html } = renderDocsPage({
      openapi: '3.1.1',
      info: { title: '<script>', version: '"' },
      paths: { '/<b>': { get: { summary: '<i>', responses: {} } } },
    });
    expect(html).not.toMatch(/<script>|<b>|<i>/);
  });

  test('types in the form people read', () => {
    expect(sayType({ type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } })).toBe('(string | null)[]');
    expect(
      sayType({
        type: 'object',
        properties: { a: { $ref: '#/components/schemas/Job' }, b: { type: 'integer', minimum: 1 } },
        required: ['a'],
      }),
    ).toBe('{\n  a: @Job\n  b?: integer (from 1)\n}');
    expect(sayType({ type: 'object', additionalProperties: { type: 'number' } })).toBe('{ [name]: number }');
    expect(sayType({})).toBe('anything');
  });
});

describe('what is no request', () => {
  const say = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connectTcp(bed.port, '127.0.0.1', () => socket.write(text));
      let heard = '';
      socket.setEncoding('utf8').on('data', (part) => (heard += part));
      socket.on('end', () => resolve(heard)).on('error', reject);
    });

  test.each([
    ['garbage', 'hello\r\n\r\n', 400],
    ['no Host header', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 421],
    ['two lengths', 'POST /api/jobs HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400],
    ['an expectation nobody knows', 'GET / HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\nConnection: close\r\n\r\n', 417],
    ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\n${'X: y\r\n'.repeat(5000)}\r\n`, 431],
  ])('%s still gets the one shape, and what keeps a browser strict', async (_what, text, status) => {
    const heard = await say(text);
    expect(heard).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(heard).toContain('X-Content-Type-Options: nosniff\r\n');
    expect(heard).toContain("frame-ancestors 'none'");
    problemSchema.parse(JSON.parse(heard.slice(heard.indexOf('\r\n\r\n') + 4)));
  });
});

function routesOf(part: object): string[] {
  if ('~orpc' in part) {
    const { method = 'POST', path: route = '' } = (part['~orpc'] as { route: { method?: string; path?: string } }).route;
    return [`${method} ${route}`];
  }
  return Object.values(part).flatMap((value) => routesOf(value as object));
}
