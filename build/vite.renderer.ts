/**
 * How the page is built: from renderer/ to dist/renderer, with relative addresses, so that the same bundle works under
 * app://printfloor/ and over HTTP. Beside each file that gets smaller by it lies its packed form, for the wire. Nothing is inlined: the content security policy allows own files only.
 */
import { cp, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { packFolder } from './pack.ts';

const root = join(import.meta.dirname, '..');
const made = join(root, 'dist/renderer');

/** Fonts, character maps and decoders that some PDFs need; pdf.js asks for them by name at run time. */
function pdfResources(to: string): Plugin {
  return {
    name: 'pdf-resources',
    async closeBundle() {
      for (const folder of ['cmaps', 'standard_fonts', 'wasm', 'iccs']) {
        await cp(join(root, 'node_modules/pdfjs-dist', folder), join(to, 'pdf', folder), { recursive: true });
      }
      await packFolder(to);
    },
  };
}

/** Which layer wins stands first in what is built, too: the bundler puts the sheets of parts before it, and the first that is met would count. */
function layersFirst(): Plugin {
  return {
    name: 'layers-first',
    enforce: 'post',
    async generateBundle(_, files) {
      const [layers = ''] = /^@layer [^;{]+;$/m.exec(await readFile(join(root, 'renderer/style/all.css'), 'utf8')) ?? [];
      for (const file of Object.values(files))
        if (file.type === 'asset' && file.fileName.endsWith('.css')) file.source = layers + file.source.toString();
    },
  };
}

export default defineConfig({
  root: join(root, 'renderer'),
  base: './',
  publicDir: false,
  plugins: [react(), layersFirst(), pdfResources(made)],
  // A class is called after its file, which has that name alone (check-styles.ts): it can be told in the browser, and found by tests.
  css: { modules: { generateScopedName: (name, file) => `${basename(file).replace(/\.module\.css.*$/, '')}_${name}` } },
  worker: { format: 'es' },
  build: {
    outDir: made,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // One sheet of 10 kB, packed: in twenty pieces each would cost a head of its own, and a screen could come without.
    cssCodeSplit: false,
    // Older ones lack light-dark(), and the substitute for it knows one scheme a page only.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The reader of PDFs is the largest, loaded only when one is shown.
    chunkSizeWarningLimit: 1300,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What main.ts needs to say that the rest could not be loaded must not hang on the rest.
            { name: 'first', priority: 2, test: /preload-helper|renderer[\\/]not-loaded\.ts|shared[\\/](?:page-name|words[\\/]form)\.ts/ },
            // What several screens share, in one file: what it needs is shared as well, so that no two files need one another, and each file costs a head of its own.
            { name: 'shared', priority: 1, minShareCount: 2 },
          ],
        },
      },
    },
    sourcemap: false,
  },
});
