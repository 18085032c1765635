/** An outcome folder in which very much lies: each file is read once, and what is noted with a delivery has an end. */
import { expect, it } from 'vitest';
import { makeOutcomeFolders, mostNoted } from '../../../electron/hub/deliver/outcome-folders.ts';
import type { Disk } from '../../../electron/hub/disk/operations.ts';
import { realPorts } from '../../../electron/hub/ports/real.ts';

type File = { name: string; ino: string; size: number; mtimeMs: number };

function folderOf(count: number) {
  const files: File[] = Array.from({ length: count }, (_, at) => ({ name: `${at}.pdf`, ino: `${at}`, size: 10, mtimeMs: 1 }));
  let [stamp, read] = [0, 0];
  const disk = {
    peek: async () => ({ mtimeMs: stamp }),
    entries: async () => files.map((file) => ({ ...file, kind: 'file', fault: null })),
    inspect: async (path: string) => {
      read += 1;
      const file = files.find(({ name }) => path.endsWith(`/${name}`));
      return { ...file, sha256: `${file?.name} ${file?.mtimeMs}` };
    },
  } as unknown as Disk;
  const folders = makeOutcomeFolders(disk, realPorts.clock);
  const paths = { working: [], done: ['/done'], failed: [] };
  const lookAndHash = async () => {
    stamp += 1;
    const { done } = await folders.look(paths);
    await folders.hash(done);
    return done.map((found) => folders.hashOf(found));
  };
  return { files, folders, paths, lookAndHash, read: () => read };
}

it('three thousand files of one size are read once, however often they are looked at, and one that was written anew once more', async () => {
  const { files, lookAndHash, read } = folderOf(3000);
  for (let look = 0; look < 3; look += 1) expect(new Set(await lookAndHash()).size).toBe(3000);
  expect(read()).toBe(3000);
  files[7] = { name: '7.pdf', ino: '7', size: 10, mtimeMs: 2 };
  expect((await lookAndHash())[7]).toBe('7.pdf 2');
  expect(read()).toBe(3001);
});

it('what might be taken for a delivery is noted as far as somebody can hold it, and beyond that nobody says what came since', async () => {
  const { folders, paths, files } = folderOf(mostNoted);
  expect(await folders.idsResembling(paths, { name: 'x.pdf', size: 10 })).toHaveLength(mostNoted);
  expect(await folders.idsResembling(paths, { name: 'x.pdf', size: 11 })).toEqual([]);
  files.push({ name: 'more.pdf', ino: 'more', size: 10, mtimeMs: 1 });
  const { folders: others } = folderOf(mostNoted + 1);
  expect(await others.idsResembling(paths, { name: 'x.pdf', size: 10 })).toBeNull();
});
