/**
 * Reads every stylesheet of the page and every use of its classes: a class belongs to one module and is used, sizes of type and gaps are those of the
 * scale. Prints what is wrong; exits 1 when anything is.
 */
import { globSync, readFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';

const root = join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const faults: string[] = [];

const sheets = globSync('renderer/**/*.css', { cwd: root });
const modules = sheets.filter((file) => file.endsWith('.module.css'));
for (const [name, files] of Map.groupBy(modules, (file) => basename(file)))
  if (files.length > 1) faults.push(`${files.join(' and ')}: ${name} is the name of one module, since its classes are called after it`);

/** Where a size is a number there would soon be twenty of them. */
const scaled =
  /^\s*(?:font-size|font|padding[a-z-]*|margin[a-z-]*|(?:row-|column-)?gap|border-radius):[^;]*?(?<![\w.-])\d+(?:\.\d+)?(?:px|rem|pt)\b/gm;
/** Of what a number shrinks into: it is measured, and no size. */
const measured = /\d+px \/ \(var\(--signs\)/g;

const classes = new Map<string, Set<string>>();
for (const file of sheets) {
  const text = read(file).replace(/\/\*[\s\S]*?\*\//g, '');
  const isModule = file.endsWith('.module.css');
  if (!file.endsWith('tokens.css'))
    for (const [line] of text.replace(measured, '').matchAll(scaled))
      faults.push(`${file}: ${line.trim()} is no size of the scale (style/tokens.css)`);
  // A typeface in a layer would lose against those of the packages, which are in none
  const isTypefaces = text.replace(/@font-face\s*\{[^}]*\}/g, '').trim() === '';
  if (!isTypefaces && !/^\s*@layer (?:reset|tokens|base|parts|screens)\b/.test(text)) faults.push(`${file}: lies in no layer`);
  const named = new Set([...text.matchAll(/\.([a-zA-Z][\w-]*)(?=[^{};]*\{)/g)].map(([, name = '']) => name));
  if (isModule) classes.set(file, named);
  else for (const name of named) faults.push(`${file}: .${name} is a class for every screen; it belongs into a module`);
}

/** What a status or a step may be: the class is chosen by it. */
const chosen = new Set(['done', 'attention', 'stop', 'wait', 'neutral', 'now']);
const used = new Map<string, Set<string>>(modules.map((file) => [file, new Set<string>()]));
for (const file of globSync('renderer/**/*.tsx', { cwd: root })) {
  const text = read(file);
  for (const [literal] of text.matchAll(/className=(?:"[^"]*"|\{'[^']*'\})/g))
    faults.push(`${file}: ${literal} names a class of no module`);
  for (const [literal, inside = ''] of text.matchAll(/className=\{`([^`]*)`\}/g))
    if (/[a-z]/.test(inside.replace(/\$\{[^}]*\}/g, ''))) faults.push(`${file}: ${literal} names a class of no module`);
  for (const [, name = '', path = ''] of text.matchAll(/^import (\w+) from '(\.[^']*\.module\.css)';$/gm)) {
    const sheet = posix.join(posix.dirname(file), path);
    const has = classes.get(sheet) ?? new Set<string>();
    for (const [, own] of text.matchAll(new RegExp(`\\b${name}\\[(?:'(\\w+)'|[^'\\]]+)\\]`, 'g'))) {
      if (own !== undefined && !has.has(own)) faults.push(`${file}: ${sheet} has no .${own}`);
      for (const one of own === undefined ? chosen : [own]) used.get(sheet)?.add(one);
    }
  }
}
for (const file of modules)
  for (const [, names = ''] of read(file).matchAll(/composes: ([\w ]+);/g)) for (const name of names.split(' ')) used.get(file)?.add(name);
for (const [file, has] of classes)
  for (const name of has) if (used.get(file)?.has(name) !== true) faults.push(`${file}: .${name} is used nowhere`);

for (const fault of faults) console.log(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
