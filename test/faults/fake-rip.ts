/**
 * A RIP that trusts nobody, as a process of its own: it looks at a hot folder as fast as it can, by final names only, reads and hashes each file the instant its name appears
 * and again whenever it looks different, and writes what it saw to a log that only grows. Then it consumes the file in the way its mode says.
 * Run by rip.ts: node fake-rip.ts '<json of RipOptions>'
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  type Dirent,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  unlinkSync,
  watch,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/**
 * What becomes of a file: `delete` and `move` after the delay; `atOnce` deleted in the moment it is seen; `kodak` through Working into Input_Success; `refuse` into
 * failed with a text beside; `recreate` deleted, then a file of the RIP's own under the same name; `deleteTemps` also removes the first few .part files it finds.
 */
export const ripModes = ['delete', 'move', 'atOnce', 'kodak', 'refuse', 'never', 'recreate', 'deleteTemps'] as const;
export type RipMode = (typeof ripModes)[number];
export type RipOptions = {
  readonly folder: string;
  readonly log: string;
  readonly mode: RipMode;
  readonly delayMs: number;
  readonly outPath: string;
};

export type RipLine =
  | { readonly what: 'ready'; readonly at: number }
  | {
      readonly what: 'seen' | 'changed';
      readonly at: number;
      readonly name: string;
      readonly ino: number;
      readonly size: number;
      readonly sha256: string;
    }
  | { readonly what: 'took' | 'recreated'; readonly at: number; readonly name: string; readonly sha256: string };

type Known = { ino: number; size: number; mtimeMs: number; sha256: string; since: number; done: boolean };

/** Text of the file a `recreate` RIP leaves under the name it took. */
export const ripOwnText = 'written by the RIP itself';

const buffer = Buffer.alloc(1 << 20);

function hashNow(path: string): { ino: number; size: number; mtimeMs: number; sha256: string } {
  const file = openSync(path, 'r');
  try {
    const { ino, mtimeMs } = fstatSync(file);
    const hash = createHash('sha256');
    let size = 0;
    for (let got = readSync(file, buffer); got > 0; got = readSync(file, buffer)) {
      hash.update(buffer.subarray(0, got));
      size += got;
    }
    return { ino, size, mtimeMs, sha256: hash.digest('hex') };
  } finally {
    closeSync(file);
  }
}

function isOff(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EIO');
}

/** Plain files in the folder; none while the share is off. */
function listFiles(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  } catch {
    return [];
  }
}

function runRip({ folder, log, mode, delayMs, outPath }: RipOptions): void {
  const logFile = openSync(log, 'a');
  const say = (line: RipLine) => writeSync(logFile, `${JSON.stringify(line)}\n`);
  const known = new Map<string, Known>();

  const consume = (name: string, file: Known) => {
    const path = join(folder, name);
    const moveTo = (...folders: string[]) => {
      let from = path;
      for (const to of folders) {
        mkdirSync(to, { recursive: true });
        renameSync(from, join(to, name));
        from = join(to, name);
      }
    };
    switch (mode) {
      case 'never':
        return;
      case 'move':
        moveTo(outPath);
        break;
      case 'kodak':
        moveTo(join(folder, 'Working'), join(folder, 'Input_Success'));
        break;
      case 'refuse':
        mkdirSync(join(folder, 'failed'), { recursive: true });
        writeFileSync(join(folder, 'failed', `${name}.txt`), 'Font missing on page 1\n');
        moveTo(join(folder, 'failed'));
        break;
      case 'delete':
      case 'atOnce':
      case 'deleteTemps':
      case 'recreate':
        unlinkSync(path);
    }
    known.delete(name);
    say({ what: 'took', at: performance.now(), name, sha256: file.sha256 });
    if (mode === 'recreate') {
      writeFileSync(path, ripOwnText);
      known.set(name, { ...hashNow(path), since: performance.now(), done: true });
      say({ what: 'recreated', at: performance.now(), name, sha256: file.sha256 });
    }
  };

  const meet = (name: string) => {
    const path = join(folder, name);
    const before = known.get(name);
    const now = lstatSync(path);
    // An event may name a folder, such as one of its own.
    if (!now.isFile()) return;
    const same = before !== undefined && before.ino === now.ino && before.size === now.size && before.mtimeMs === now.mtimeMs;
    if (same && before.done) return;
    const file: Known = same ? before : { ...hashNow(path), since: performance.now(), done: false };
    if (!same) {
      known.set(name, file);
      say({
        what: before?.ino === file.ino ? 'changed' : 'seen',
        at: performance.now(),
        name,
        ino: file.ino,
        size: file.size,
        sha256: file.sha256,
      });
    }
    if (mode === 'atOnce' || performance.now() - file.since >= delayMs) consume(name, file);
  };

  let tempsToDelete = mode === 'deleteTemps' ? 3 : 0;
  const lookAt = (name: string) => {
    const isTemp = name.startsWith('.') || name.endsWith('.part');
    try {
      if (!isTemp) meet(name);
      else if (tempsToDelete > 0 && name.endsWith('.part')) {
        unlinkSync(join(folder, name));
        tempsToDelete -= 1;
      }
    } catch (error) {
      // Gone between two calls, as happens to real RIPs.
      if (!isOff(error)) throw error;
    }
  };

  // A folder of ten thousands is looked through for as long as it is left alone, so that the hub has its share of the machine.
  const look = () => {
    const from = performance.now();
    const files = listFiles(folder);
    for (const file of files) lookAt(file.name);
    const seen = new Set(files.map((file) => file.name));
    for (const name of known.keys()) if (!seen.has(name)) known.delete(name);
    setTimeout(look, Math.max(3, performance.now() - from));
  };

  watch(folder, (_, name) => {
    if (name !== null) lookAt(name);
  }).on('error', () => undefined);
  look();
  say({ what: 'ready', at: performance.now() });
}

const [, script = '', options] = process.argv;
if (script.endsWith('fake-rip.ts') && options !== undefined) runRip(JSON.parse(options));
