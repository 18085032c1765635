/**
 * Who may import whom. The folder tells the powers, and this page makes it so; build/check-imports.ts reads the sources against it.
 * `from` and `to` are paths in the repository, or the name of a package.
 */
import packageJson from '../package.json' with { type: 'json' };

/** One import as found in a source. `names` has '*' for the whole module. */
export type Import = { readonly from: string; readonly to: string; readonly names: readonly string[]; readonly typeOnly: boolean };
export type ImportRule = { readonly rule: string; readonly breaks: (found: Import) => boolean };

const developmentOnly = new Set(Object.keys(packageJson.devDependencies).filter((name) => name !== 'electron'));
const writingCalls = new Set(
  [
    'appendFile',
    'chmod',
    'chown',
    'copyFile',
    'cp',
    'link',
    'mkdir',
    'mkdtemp',
    'open',
    'rename',
    'rm',
    'rmdir',
    'symlink',
    'truncate',
    'unlink',
  ]
    .concat(['utimes', 'writeFile'])
    .flatMap((name) => [name, `${name}Sync`])
    .concat(['createWriteStream', '*', 'default']),
);

/**
 * The demo stands for the programs of others (a RIP, a web shop), which do as they like. The rest makes folders and files of the data folder
 * itself, before there is a floor; an upload is written to the work folder as it streams in, and goes the way of every file from there.
 */
const mayWriteFiles =
  /^electron\/hub\/(disk\/|demo\/|store\/|hub\.ts|close-data-folder\.ts|was-open\.ts|one-record\.ts|first-run\.ts|tokens\.ts|server\/(uploads|save)\.ts)/;

/** The hub's steps; each knows only the ground below, never its neighbour. */
function stepOf(path: string): string | undefined {
  return /^electron\/hub\/(intake|prepare|deliver|outbox)\//.exec(path)?.[1];
}

const isProduct = (path: string): boolean => /^(shared|electron|renderer)\//.test(path);
const isFileSystem = (to: string): boolean => /^(node:)?fs(\/promises)?$/.test(to);

export const importRules: readonly ImportRule[] = [
  {
    rule: 'shared/ is pure: it imports only itself, zod and the contract builder',
    breaks: ({ from, to }) => from.startsWith('shared/') && !/^shared\/|^zod$|^@orpc\/contract$/.test(to),
  },
  {
    rule: 'renderer/ is a page: nothing of electron/, build/, test/, Node or Electron',
    breaks: ({ from, to }) => from.startsWith('renderer/') && /^(electron|build|test)\/|^node:|^electron$|^electron-store$/.test(to),
  },
  {
    rule: 'in renderer/ only client.ts speaks the contract over the wire',
    breaks: ({ from, to, typeOnly }) =>
      from.startsWith('renderer/') && !typeOnly && !/^renderer\/client/.test(from) && /^@orpc\/|^partysocket/.test(to),
  },
  {
    rule: 'electron/hub/ is plain Node: nothing of Electron, nothing of the desktop program around it',
    breaks: ({ from, to }) =>
      from.startsWith('electron/hub/') && /^electron$|^electron-store$|^electron\/(?!hub\/)|^(renderer|build|test)\//.test(to),
  },
  {
    rule: 'the steps of the hub never import each other: flow.ts and hub.ts join them',
    breaks: ({ from, to }) => stepOf(from) !== undefined && stepOf(to) !== undefined && stepOf(from) !== stepOf(to),
  },
  {
    rule: 'nobody but electron/hub/jobs/, the door, writes history',
    breaks: ({ from, to }) => isProduct(from) && to === 'electron/hub/store/record.ts' && !/^electron\/hub\/(jobs|store)\//.test(from),
  },
  {
    rule: 'only electron/hub/store/ knows SQL',
    breaks: ({ from, to }) => isProduct(from) && !from.startsWith('electron/hub/store/') && /^(better-sqlite3|kysely|pg$)/.test(to),
  },
  {
    rule: 'only the folder of an engine speaks to it',
    breaks: ({ from, to }) =>
      isProduct(from) &&
      ((/^better-sqlite3/.test(to) && !from.startsWith('electron/hub/store/sqlite/')) ||
        (/^pg($|[/-])/.test(to) && !from.startsWith('electron/hub/store/postgres/'))),
  },
  {
    rule: "in the hub only disk/ opens, creates, renames or removes files; the data folder's own set-up and uploads on their way in are the exceptions",
    breaks: ({ from, to, names, typeOnly }) =>
      from.startsWith('electron/hub/') &&
      !mayWriteFiles.test(from) &&
      !typeOnly &&
      isFileSystem(to) &&
      names.some((name) => writingCalls.has(name)),
  },
  {
    rule: 'only electron/desktop.ts uses ipcMain, only electron/preload.ts uses ipcRenderer',
    breaks: ({ from, names }) =>
      isProduct(from) &&
      ((names.includes('ipcMain') && from !== 'electron/desktop.ts') || (names.includes('ipcRenderer') && from !== 'electron/preload.ts')),
  },
  {
    rule: 'what ships never needs a package that is only there for development',
    breaks: ({ from, to, typeOnly }) => isProduct(from) && !typeOnly && developmentOnly.has(to),
  },
  { rule: 'nothing that ships imports build/ or test/', breaks: ({ from, to }) => isProduct(from) && /^(build|test)\//.test(to) },
];
