/**
 * How the program is built: each process gets one file of JavaScript with all it needs at the place where its source has it under dist/, and beside it what is
 * loaded later. Packages go in too, as far as they are used: loading them one by one takes longer than starting the hub. What is native, or Electron's own,
 * stays in node_modules. Names stay as they are written, so that whoever reads where a fault happened finds the place; Node tells the very source with
 * NODE_OPTIONS=--enable-source-maps. Only the preload is one file of its own, as the sandbox wants it.
 */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { defineConfig, type Plugin, type RolldownOptions } from 'rolldown';

const root = join(import.meta.dirname, '..');

/** `bufferutil` and `utf-8-validate` are asked for by ws, `pg-native` by pg, and nobody has them. */
const staysOutside = ['electron', 'electron-store', 'better-sqlite3', 'bufferutil', 'utf-8-validate', 'pg-native'];

/** Everything under electron/ that is not a source: icons, SQL. */
function otherFiles(): Plugin {
  return {
    name: 'other-files',
    async writeBundle() {
      const filter = (path: string): boolean => !/\.tsx?$|tsconfig\.json$/.test(path);
      await cp(join(root, 'electron'), join(root, 'dist/electron'), { recursive: true, filter });
    },
  };
}

/** Sources below electron/ whose processes have most in common, and what the files are called that they share or load later. */
function programs(shared: string, sources: readonly string[], plugins: Plugin[] = []): RolldownOptions {
  return {
    cwd: root,
    input: Object.fromEntries(sources.map((source) => [`electron/${source}`, `electron/${source}.ts`])),
    platform: 'node',
    external: staysOutside,
    plugins,
    output: {
      dir: 'dist',
      format: 'esm',
      sourcemap: true,
      entryFileNames: '[name].js',
      chunkFileNames: `electron/${shared}-[hash].js`,
      comments: { legal: true, annotation: false, jsdoc: false },
    },
  };
}

export default defineConfig([
  programs('main', ['main', 'options'], [otherFiles()]),
  programs('hub', ['hub-process', 'headless']),
  programs('disk', ['disk-process', 'hub/disk/disk-process']),
  programs('tickets', ['hub/intake/tickets/ticket-thread']),
  programs('reading', ['hub/store/sqlite/reading-thread']),
  {
    cwd: root,
    input: 'electron/preload.ts',
    platform: 'browser',
    external: ['electron'],
    output: { file: 'dist/electron/preload.cjs', format: 'cjs' },
  },
]);
