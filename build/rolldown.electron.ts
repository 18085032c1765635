/**
 * How the desktop program is built: each source becomes one file of JavaScript at the same place under dist/, so that files which name
 * a neighbour still find it; packages stay in node_modules. Only the preload is one file of its own, as the sandbox wants it.
 */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';

const root = join(import.meta.dirname, '..');

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

export default defineConfig([
  {
    cwd: root,
    input: ['electron/main.ts', 'electron/hub-process.ts', 'electron/disk-process.ts', 'electron/hub/intake/tickets/ticket-thread.ts'],
    platform: 'node',
    external: /^(?![./]|[A-Za-z]:)/,
    plugins: [otherFiles()],
    output: { dir: 'dist', format: 'esm', preserveModules: true, preserveModulesRoot: root, entryFileNames: '[name].js' },
  },
  {
    cwd: root,
    input: 'electron/preload.ts',
    platform: 'browser',
    external: ['electron'],
    output: { file: 'dist/electron/preload.cjs', format: 'cjs' },
  },
]);
