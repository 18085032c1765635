/** Lays the packed forms of what gets smaller by it beside the files of a folder: `NAME.br` and `NAME.gz`, as small as can be, since they are made once and sent often. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Fonts, pictures and tables of signs are packed as they come. */
const packable = /\.(?:js|mjs|css|html|svg|json|wasm)$/;
/** Less than a packet of the network: what is saved is not seen, and is one more file. */
const smallestBytes = 1000;

const pack = {
  '.br': (body: Buffer) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }),
  '.gz': (body: Buffer) => promisify(gzip)(body, { level: 9 }),
};

export async function packFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && packable.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name));
  await Promise.all(
    paths.map(async (path) => {
      const body = await readFile(path);
      if (body.length < smallestBytes) return;
      for (const [ending, packed] of Object.entries(pack)) {
        const small = await packed(body);
        if (small.length < body.length) await writeFile(path + ending, small);
      }
    }),
  );
}
