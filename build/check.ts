/**
 * `npm run check`: format, lint, types, import rules, unused code. All of them run, two at a time; only those that fail speak.
 * The last line is `N checks passed, N failed`; exits 1 when one failed.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const bin = (name: string): string => join(root, 'node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name);

const checks: readonly { readonly name: string; readonly command: readonly [string, ...string[]] }[] = [
  { name: 'format and lint', command: [bin('biome'), 'check', '--error-on-warnings', '--max-diagnostics=60'] },
  ...['shared', 'electron', 'renderer', 'build', 'test'].map((folder) => ({
    name: `types of ${folder}/`,
    command: [bin('tsc'), '-p', folder] as const,
  })),
  { name: 'import rules', command: [process.execPath, join(root, 'build/check-imports.ts')] },
  { name: 'unused code', command: [bin('knip'), '--no-progress'] },
];

/** Runs one check; answers what it printed when it failed, else null. */
function runCheck([program, ...args]: readonly [string, ...string[]]): Promise<string | null> {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd: root, shell: process.platform === 'win32', stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (data: Buffer) => (said += data.toString()));
    child.stderr.on('data', (data: Buffer) => (said += data.toString()));
    child.on('error', (error) => done(error.message));
    child.on('close', (code) => done(code === 0 ? null : said));
  });
}

let failed = 0;
const waiting = [...checks];
async function work(): Promise<void> {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
    const trouble = await runCheck(check.command);
    console.log(`${trouble === null ? 'passed' : 'FAILED'}  ${check.name}`);
    if (trouble !== null) {
      failed += 1;
      console.log(trouble.trimEnd());
    }
  }
}
await Promise.all([work(), work()]);
console.log(`${checks.length - failed} checks passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
