/**
 * Time, timers, randomness, disk and processes reach the hub through electron/hub/ports/ and through nothing else: only then does the simulator
 * play the hub that ships. What it prints goes through electron/hub/log.ts, where values are escaped. This page says who may speak to the system all the same, and finds whoever does so beside it.
 */
import { parseSync } from 'oxc-parser';

type Source = 'time' | 'timers' | 'chance' | 'files' | 'processes' | 'printing' | 'names' | 'new files';

/** The exceptions, each with its reason. Paths are those of the repository. */
const mayUse: readonly { readonly files: RegExp; readonly sources: readonly Source[]; readonly why: string }[] = [
  { files: /^electron\/hub\/ports\/system\.ts$/, sources: ['time', 'timers', 'chance'], why: 'it is the port' },
  { files: /^electron\/hub\/hint\.ts$/, sources: ['time', 'timers', 'files'], why: 'it is the port of hints, by chokidar' },
  { files: /^electron\/hub\/disk\/files\.ts$/, sources: ['files'], why: 'it is the port of the disk' },
  { files: /^electron\/hub\/disk\/naming\.ts$/, sources: ['names'], why: 'it gives names without replacing, and takes them away' },
  {
    files: /^electron\/hub\/disk\/(own-file|copy)\.ts$/,
    sources: ['new files'],
    why: 'small files of ours, and copies: under names that only we know',
  },
  { files: /^electron\/hub\/disk\/fork\.ts$/, sources: ['processes'], why: 'it is the port of disk processes' },
  {
    files: /^electron\/hub\/intake\/tickets\/(read-ticket|ticket-thread)\.ts$/,
    sources: ['processes'],
    why: 'it is the port of ticket reading, and its thread',
  },
  {
    files: /^electron\/hub\/store\/sqlite\/(read-beside|reading-thread)\.ts$/,
    sources: ['processes'],
    why: 'it is the port of reading beside the hub, and its thread',
  },
  { files: /^electron\/hub\/store\//, sources: ['files'], why: "SQLite's own file, which is real in the simulator too" },
  {
    files: /^electron\/hub\/(hub|first-run|tokens|was-open|one-record)\.ts$/,
    sources: ['files', 'chance'],
    why: 'the data folder itself, before there is a floor',
  },
  {
    files: /^electron\/hub\/close-data-folder\.ts$/,
    sources: ['files', 'processes'],
    why: 'who may get at the data folder; on Windows a program of the system says it',
  },
  {
    files: /^electron\/hub\/server(\/|\.ts$)/,
    sources: ['time', 'timers', 'chance', 'files'],
    why: 'sockets, and what streams through them',
  },
  { files: /^electron\/hub\/demo\//, sources: ['time', 'timers', 'chance', 'files'], why: 'it stands for the programs of others' },
];

/** Members of globals, as "object.property"; `new Date` without arguments is the time as well. */
const members: Readonly<Record<string, Source>> = {
  'Date.now': 'time',
  'performance.now': 'time',
  'process.hrtime': 'time',
  'Math.random': 'chance',
  'crypto.randomUUID': 'chance',
  'crypto.getRandomValues': 'chance',
  'files.rename': 'names',
  'files.link': 'names',
  'files.unlink': 'names',
  'files.make': 'new files',
};
/** Besides `console`. */
const printers: ReadonlySet<string> = new Set(['process.stdout', 'process.stderr']);
const calls: Readonly<Record<string, Source>> = {
  setTimeout: 'timers',
  setInterval: 'timers',
  setImmediate: 'timers',
  queueMicrotask: 'timers',
};
const modules: readonly { readonly name: RegExp; readonly source: Source; readonly harmless?: RegExp }[] = [
  { name: /^(node:)?fs(\/promises)?$/, source: 'files', harmless: /^constants$/ },
  { name: /^chokidar$/, source: 'files' },
  { name: /^(node:)?timers(\/promises)?$/, source: 'timers' },
  { name: /^(node:)?(child_process|worker_threads)$/, source: 'processes' },
  { name: /^(node:)?crypto$/, source: 'chance', harmless: /^(?!random|webcrypto|default|\*)/ },
];

type Found = { readonly source: Source; readonly what: string };

type Node = { readonly type: string; readonly [key: string]: unknown };
function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
function nameOf(value: unknown): string | null {
  return isNode(value) && value.type === 'Identifier' && typeof value['name'] === 'string' ? value['name'] : null;
}

function passBy(node: Node): Found | null {
  switch (node.type) {
    case 'MemberExpression': {
      const object = nameOf(node['object']);
      const what = `${object}.${nameOf(node['property'])}`;
      const source = object === 'console' || printers.has(what) ? 'printing' : members[what];
      return source === undefined ? null : { source, what };
    }
    case 'NewExpression': {
      const isNow = nameOf(node['callee']) === 'Date' && Array.isArray(node['arguments']) && node['arguments'].length === 0;
      return isNow ? { source: 'time', what: 'new Date()' } : null;
    }
    case 'CallExpression': {
      const what = nameOf(node['callee']);
      const source = what === null ? undefined : calls[what];
      return what === null || source === undefined ? null : { source, what };
    }
    default:
      return null;
  }
}

function usesBelow(value: unknown, found: Found[]): void {
  if (Array.isArray(value)) {
    for (const item of value) usesBelow(item, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) {
    const use = passBy(value);
    if (use !== null) found.push(use);
  }
  for (const part of Object.values(value)) usesBelow(part, found);
}

const throughPorts = 'time, timers, chance, files and processes reach the hub through electron/hub/ports/ only';
const whyNot: Readonly<Record<Source, string>> = {
  time: throughPorts,
  timers: throughPorts,
  chance: throughPorts,
  files: throughPorts,
  processes: throughPorts,
  printing: 'lines leave the hub through electron/hub/log.ts only',
  names: 'only disk/naming.ts gives and takes names, so that nothing is ever replaced',
  'new files': 'only disk/own-file.ts and disk/copy.ts write files, each a new one',
};

/** Each use of the system in a file of the hub that has no leave for it, as a sentence. */
export function findPastPorts(file: string, text: string): string[] {
  if (!file.startsWith('electron/hub/')) return [];
  const { program, module } = parseSync(file, text);
  const found: Found[] = [];
  usesBelow(program, found);
  for (const { moduleRequest, entries } of module.staticImports) {
    const known = modules.find(({ name }) => name.test(moduleRequest.value));
    if (known === undefined) continue;
    const names = entries.filter(({ isType }) => !isType).map(({ importName }) => importName.name ?? '*');
    if (names.some((name) => known.harmless?.test(name) !== true)) found.push({ source: known.source, what: moduleRequest.value });
  }
  const allowed = new Set(mayUse.filter(({ files }) => files.test(file)).flatMap(({ sources }) => sources));
  return found.filter(({ source }) => !allowed.has(source)).map(({ source, what }) => `${file} uses ${what}\n    ${whyNot[source]}`);
}
