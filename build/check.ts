/**
 * `npm run check`: format, lint, types, import rules, styles, unused code, licences and known faults of dependencies. All of them run, two at a time; only those that fail speak,
 * and the last says what could not be asked.
 * The last line is `N checks passed, N failed`; exits 1 when one failed.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = (name: string): string => join(root, 'node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name);

const checks: readonly { readonly name: string; readonly command: readonly [string, ...string[]]; readonly speaks?: true }[] = [
  { name: 'format and lint', command: [bin('biome'), 'check', '--error-on-warnings', '--max-diagnostics=60'] },
  ...['shared', 'electron', 'renderer', 'build', 'test'].map((folder) => ({
    name: `types of ${folder}/`,
    command: [bin('tsc'), '-p', folder] as const,
  })),
  { name: 'import rules', command: [process.execPath, join(root, 'build/check-imports.ts')] },
  { name: 'styles', command: [process.execPath, join(root, 'build/check-styles.ts')] },
  { name: 'dependencies', command: [process.execPath, join(root, 'build/check-dependencies.ts')], speaks: true },
  { name: 'unused code', command: [bin('knip'), '--no-progress'] },
];

type Said = { readonly passed: boolean; readonly words: string };

function runCheck([program, ...args]: readonly [string, ...string[]]): Promise<Said> {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd: root, shell: process.platform === 'win32', stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (data: Buffer) => (said += data.toString()));
    child.stderr.on('data', (data: Buffer) => (said += data.toString()));
    child.on('error', (error) => done({ passed: false, words: error.message }));
    child.on('close', (code) => done({ passed: code === 0, words: said.trimEnd() }));
  });
}

let failed = 0;
const waiting = [...checks];
async function work(): Promise<void> {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
    const { passed, words } = await runCheck(check.command);
    console.log(`${passed ? 'passed' : 'FAILED'}  ${check.name}`);
    if (!passed) failed += 1;
    if (!passed || check.speaks === true) console.log(words);
  }
}
await Promise.all([work(), work()]);
console.log(`${checks.length - failed} checks passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
