/** Lets one start at a time install or build; the others wait. A lock whose owner is gone counts for nothing. Plain JavaScript: used before anything is installed. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const lockPath = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist/set-up.lock');

/** @param {string} pid */
function isAlive(pid) {
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
}

function tryLock() {
  try {
    writeFileSync(lockPath, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

function removeDeadLock() {
  try {
    const owner = readFileSync(lockPath, 'utf8');
    if (owner !== '' && !isAlive(owner)) rmSync(lockPath, { force: true });
  } catch {
    // Just given back.
  }
}

/**
 * @template Result
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withSetUpLock(work) {
  mkdirSync(dirname(lockPath), { recursive: true });
  while (!tryLock()) {
    removeDeadLock();
    await new Promise((wake) => setTimeout(wake, 200));
  }
  try {
    return await work();
  } finally {
    rmSync(lockPath, { force: true });
  }
}
