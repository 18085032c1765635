/**
 * In which session of this account the program runs: where somebody starts it in another one, its window comes to the front where nobody sees it, and that must be
 * said. Owns the file `session` beside the settings of this machine.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** As the system names it; empty where it has no name, and then nobody is told anything. */
export function sessionOf(env: NodeJS.ProcessEnv): string {
  return env['SESSIONNAME'] ?? env['WAYLAND_DISPLAY'] ?? env['DISPLAY'] ?? '';
}

export function noteSession(folder: string, session: string): void {
  try {
    writeFileSync(join(folder, 'session'), session, { mode: 0o600 });
  } catch {
    // Only a sentence depends on it.
  }
}

/** Whether the program that runs does so in another session than this one. */
export function runsElsewhere(folder: string, session: string): boolean {
  try {
    const other = readFileSync(join(folder, 'session'), 'utf8');
    return other !== '' && session !== '' && other !== session;
  } catch {
    return false;
  }
}
