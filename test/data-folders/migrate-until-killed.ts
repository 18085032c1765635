/**
 * Run by killed-while-migrating.test.ts: brings a record to the newest shape, and kills itself before the step of that number. A step is whatever the migration asks of SQLite or
 * the disk; the last is when all is done and nothing was closed. Ends by itself, with 0, when there are fewer steps.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import Database from 'better-sqlite3';
import { openForWriting } from '../../electron/hub/store/sqlite/connect.ts';
import { bringUpToDate } from '../../electron/hub/store/sqlite/migrate.ts';

const [, , path = '', killBefore = ''] = process.argv;
let steps = 0;

function step(): void {
  steps += 1;
  if (steps === Number(killBefore)) process.kill(process.pid, 'SIGKILL');
}

function stepBefore<Name extends string>(owner: Record<Name, unknown>, names: readonly Name[]): void {
  for (const name of names) {
    const call = owner[name];
    if (typeof call !== 'function') throw new Error(`${name} is no function`);
    owner[name] = function (this: unknown, ...args: unknown[]): unknown {
      step();
      return Reflect.apply(call, this, args);
    };
  }
}

const database = openForWriting(path);
stepBefore(Database.prototype, ['exec', 'prepare', 'backup']);
stepBefore(fs, ['openSync', 'fsyncSync', 'linkSync', 'rmSync', 'renameSync']);
syncBuiltinESMExports();
await bringUpToDate(database, Date.now());
step();
