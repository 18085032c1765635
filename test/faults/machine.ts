/** What this machine can do to break things: commands as root, Debian's tools. Where it cannot, a test says why it was not run, and fails in CI. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { TestContext } from 'vitest';

const execute = promisify(execFile);

/** Runs a program to its end; throws an Error with what it wrote when it fails. */
export async function run(program: string, args: readonly string[], timeoutMs = 60_000): Promise<string> {
  try {
    const { stdout } = await execute(program, [...args], { timeout: timeoutMs, maxBuffer: 1 << 26 });
    return stdout;
  } catch (error) {
    const said = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr) : '';
    throw new Error(`${program} ${args.join(' ')} failed: ${said || String(error)}`);
  }
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

async function has(program: string): Promise<boolean> {
  return run('which', [program]).then(
    () => true,
    () => false,
  );
}

/** Sees to it that a program of Debian is there, installing its package when we may. Answers why not, or null. */
export async function lack(program: string, debianPackage = program): Promise<string | null> {
  if (await has(program)) return null;
  if (!isRoot()) return `${program} is missing, and installing it needs root`;
  // Two tests may install at once.
  const install = ['-o', 'DPkg::Lock::Timeout=300', 'install', '-y', '--no-install-recommends', debianPackage];
  try {
    await run('apt-get', install, 300_000).catch(async () => {
      await run('apt-get', ['update'], 300_000);
      await run('apt-get', install, 300_000);
    });
  } catch (error) {
    return `${debianPackage} cannot be installed: ${String(error).slice(0, 300)}`;
  }
  return (await has(program)) ? null : `${debianPackage} brought no ${program}`;
}

/** Leaves the test when the machine cannot do what it needs (`from`: the package the programs come with, when it is not named as they are): said in the report, and a failure where CI is set. */
export async function need(
  context: TestContext,
  what: { readonly root?: boolean; readonly programs?: readonly string[]; readonly from?: string },
): Promise<void> {
  const lacks = [what.root === true && !isRoot() ? 'this fault needs root' : null];
  for (const program of what.programs ?? []) lacks.push(await lack(program, what.from));
  const reasons = lacks.filter((reason) => reason !== null);
  if (reasons.length === 0) return;
  if (process.env['CI'] !== undefined) throw new Error(reasons.join('; '));
  context.skip(reasons.join('; '));
}
