/**
 * What we build on: may we ship it, and is a fault of it known? Licences are asked of the packages themselves, whatever the network; faults of the
 * registry's advisories, by npm. Where that cannot be asked it is said, and fails nothing. Exits 1 for a licence that is not on the list, and for a grave fault of
 * something that ships.
 */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
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
  vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string() })),
});

function licenceIn(folder: string): string | null {
  const file = join(root, folder, 'package.json');
  if (!existsSync(file)) return null;
  const told = z.object({ license: z.string().optional() }).safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return told.success ? (told.data.license ?? '') : '';
}

function licenceFaults(): string[] {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  return Object.entries(packages).flatMap(([folder, { license, dev = false, optional = false }]) => {
    if (folder === '') return [];
    const licence = license ?? licenceIn(folder);
    // The same package for another system: it is judged where it is installed.
    if (licence === null && optional) return [];
    if (licence !== null && isAllowed(licence, dev)) return [];
    return [`${folder}: the licence ${JSON.stringify(licence ?? 'unknown')} is not on the list of build/licences.ts`];
  });
}

/** What npm says of the packages that ship; null where it cannot ask. */
function askAudit(): Promise<string | null> {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const options = { cwd: root, timeout: longestMs, shell: process.platform === 'win32' };
  return new Promise((resolve) => {
    execFile(npm, ['audit', '--omit=dev', '--json', '--fetch-retries=0'], options, (_error, said) => resolve(said === '' ? null : said));
  });
}

function knownFaults(said: string): string[] | null {
  let answer: unknown;
  try {
    answer = JSON.parse(said);
  } catch {
    return null;
  }
  const read = auditSchema.safeParse(answer);
  if (!read.success) return null;
  return Object.entries(read.data.vulnerabilities).map(([name, { severity, range }]) => `${name} ${range}: a fault is known, ${severity}`);
}

const said = await askAudit();
const faults = said === null ? null : knownFaults(said);
const licences = licenceFaults();
for (const line of [...licences, ...(faults ?? [])]) console.log(line);
console.log(
  faults === null ? 'known faults could not be asked: no advisory service in reach' : `${faults.length} known faults in what ships`,
);
process.exitCode = licences.length > 0 || (faults ?? []).some((fault) => /, (high|critical)$/u.test(fault)) ? 1 : 0;
