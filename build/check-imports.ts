/**
 * Reads every import of ours, holds it against import-rules.ts and looks for cycles; and looks for uses of the system past the hub's ports (port-rules.ts).
 * Prints what is wrong; exits 1 when anything is.
 */
import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type ParseResult, parseSync } from 'oxc-parser';
import { type Import, importRules } from './import-rules.ts';
import { findPastPorts } from './port-rules.ts';

const root = join(import.meta.dirname, '..');

/** "./ticket.ts" as seen from a file becomes a path in the repository; packages lose what stands behind their name. */
function target(from: string, request: string): string {
  if (request.startsWith('.')) return posix.join(posix.dirname(from), request);
  if (request.startsWith('node:')) return request;
  return request
    .split('/')
    .slice(0, request.startsWith('@') ? 2 : 1)
    .join('/');
}

function importsOf(from: string, source: string): Import[] {
  const { module, errors }: Pick<ParseResult, 'module' | 'errors'> = parseSync(from, source);
  if (errors.length > 0) throw new Error(`${from}: ${errors[0]?.message}`);
  const stated = module.staticImports.map(({ moduleRequest, entries }) => ({
    from,
    to: target(from, moduleRequest.value),
    names: entries.map(({ importName }) => importName.name ?? (importName.kind === 'Default' ? 'default' : '*')),
    typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
  }));
  const passedOn = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, importName, isType }) =>
      moduleRequest ? [{ from, to: target(from, moduleRequest.value), names: [importName.name ?? '*'], typeOnly: isType }] : [],
    ),
  );
  const loadedLater = module.dynamicImports.flatMap(({ moduleRequest }) => {
    const text = /^['"`]([^$]*)['"`]$/.exec(source.slice(moduleRequest.start, moduleRequest.end))?.[1];
    return text === undefined ? [] : [{ from, to: target(from, text), names: ['*'], typeOnly: false }];
  });
  return [...stated, ...passedOn, ...loadedLater];
}

/** Circles of imports that exist at run time, each once, as the list of files on it. */
function cycles(imports: readonly Import[]): string[][] {
  const next = Map.groupBy(
    imports.filter(({ typeOnly }) => !typeOnly),
    ({ from }) => from,
  );
  const done = new Set<string>();
  const found: string[][] = [];
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) found.push([...way.slice(way.indexOf(file)), file]);
    if (done.has(file)) return;
    done.add(file);
    for (const { to } of next.get(file) ?? []) visit(to, [...way, file]);
  };
  for (const file of next.keys()) visit(file, []);
  return found;
}

const files = globSync('{shared,electron,renderer,build,test}/**/*.{ts,tsx,mjs}', { cwd: root }).map((file) => file.replaceAll('\\', '/'));
const imports = files.flatMap((file) => importsOf(file, readFileSync(join(root, file), 'utf8')));
const wrong = importRules.flatMap(({ rule, breaks }) => imports.filter(breaks).map(({ from, to }) => `${from} imports ${to}\n    ${rule}`));
wrong.push(...cycles(imports).map((way) => `a circle of imports: ${way.join(' -> ')}`));
wrong.push(...files.flatMap((file) => findPastPorts(file, readFileSync(join(root, file), 'utf8'))));
for (const line of wrong) console.error(line);
console.log(`${imports.length} imports in ${files.length} files, ${wrong.length} against the rules.`);
process.exitCode = wrong.length > 0 ? 1 : 0;
