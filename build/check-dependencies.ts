/**
 * What we build on: may we ship it, and is a fault of it known? Licences are asked of the packages themselves, whatever the network; faults of the
 * registry's advisories, by npm. Where that cannot be asked it is said, and fails nothing. Exits 1 for a licence that is not on the list, and for a grave fault of
 * something that ships, or of Electron or Node, which run it; that one of these two has a newer version is only said.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import packageJson from '../package.json' with { type: 'json' };
import { isAllowed } from './licences.ts';

const root = join(import.meta.dirname, '..');
const longestMs = 10_000;

const packageSchema = z.object({
  license: z.string().optional(),
  dev: z.boolean().optional(),
  optional: z.boolean().optional(),
  version: z.string().optional(),
});
const lockSchema = z.object({ packages: z.record(z.string(), packageSchema) });
const auditSchema = z.object({
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string(), nodes: z.array(z.string()) })),
});

function licenceIn(folder: string): string | null {
  const file = join(root, folder, 'package.json');
  if (!existsSync(file)) return null;
  const told = z.object({ license: z.string().optional() }).safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return told.success ? (told.data.license ?? '') : '';
}

function readLock(): z.infer<typeof lockSchema> {
  return lockSchema.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
}

function licenceFaults(): string[] {
  return Object.entries(readLock().packages).flatMap(([folder, { license, dev = false, optional = false }]) => {
    if (folder === '') return [];
    const licence = license ?? licenceIn(folder);
    // The same package for another system: it is judged where it is installed.
    if (licence === null && optional) return [];
    if (licence !== null && isAllowed(licence, dev)) return [];
    return [`${folder}: the licence ${JSON.stringify(licence ?? 'unknown')} is not on the list of build/licences.ts`];
  });
}

/** They run everything, and stand among the packages for development all the same. */
const runtimes = ['electron', 'node'] as const;

/** What npm says of all packages; null where it cannot ask. */
const askAudit = (): Promise<string | null> => askNpm('audit', '--json');

/** The newest version of the same line, where it is another than ours: faults of these two are told by their own releases sooner than by advisories. */
async function newerOf(name: (typeof runtimes)[number]): Promise<string | null> {
  const ours = packageJson.devDependencies[name];
  const said = await askNpm('view', `${name}@${ours.split('.')[0]}`, 'version', '--json');
  const read = z.union([z.string(), z.array(z.string())]).safeParse(parsed(said ?? ''));
  const released = read.success ? [read.data].flat().filter((version) => !version.includes('-')) : [];
  const newest = released.toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true })).at(-1);
  return newest === undefined || newest === ours ? null : `${name} ${ours}: ${newest} is out`;
}

function askNpm(...args: readonly string[]): Promise<string | null> {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const options = { cwd: root, timeout: longestMs, shell: process.platform === 'win32' };
  return new Promise((resolve) => {
    execFile(npm, [...args, '--fetch-retries=0'], options, (_error, said) => resolve(said === '' ? null : said));
  });
}

function parsed(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    return null;
  }
}

function knownFaults(said: string): string[] | null {
  const read = auditSchema.safeParse(parsed(said));
  if (!read.success) return null;
  const { packages } = readLock();
  const counts = (folder: string): boolean => packages[folder]?.dev !== true || runtimes.some((name) => folder === `node_modules/${name}`);
  return Object.entries(read.data.vulnerabilities).flatMap(([name, { severity, range, nodes }]) =>
    nodes.some(counts) ? [`${name} ${range}: a fault is known, ${severity}`] : [],
  );
}

const [said, ...newer] = await Promise.all([askAudit(), ...runtimes.map(newerOf)]);
const faults = said === null ? null : knownFaults(said);
const licences = licenceFaults();
for (const line of [...licences, ...(faults ?? []), ...newer]) if (line !== null) console.log(line);
console.log(
  faults === null
    ? 'known faults could not be asked: no advisory service in reach'
    : `${faults.length} known faults in what ships and what runs it`,
);
process.exitCode = licences.length > 0 || (faults ?? []).some((fault) => /, (high|critical)$/u.test(fault)) ? 1 : 0;
