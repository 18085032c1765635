/** What is needed now and then is loaded when it is first needed: each package a start loads for nothing is time for everybody who waits, and memory for good. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const program = `
  import { registerHooks } from 'node:module';
  const [loaded, web] = [[], []];
  registerHooks({
    resolve: (name, context, next) => {
      // What packages import of it is left out of what is built.
      if (/^(node:)?https?$/.test(name) && context.parentURL.includes('/electron/hub/')) web.push(context.parentURL);
      return next(name, context);
    },
    load: (url, context, next) => (loaded.push(url), next(url, context)),
  });
  await import('./electron/hub/hub.ts');
  console.log(JSON.stringify([loaded, web]));
`;

it('the start of a hub loads no reader of tickets or forms, no description of the API, and no client of the web', {
  timeout: 60_000,
}, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  const [loaded, web] = JSON.parse(stdout) as [string[], string[]];
  expect(loaded.some((url) => url.endsWith('/electron/hub/server.ts'))).toBe(true);
  const rare =
    /node_modules\/(csv-parse|saxes|@fastify\/busboy|pdfjs-dist|@orpc\/zod)\/|tickets\/parse\.ts|server\/(openapi|docs-page)\.ts/;
  expect(loaded.filter((url) => rare.test(url))).toEqual([]);
  // Such an import reads every name of the module, and one of them is that client.
  expect(web).toEqual([]);
});
