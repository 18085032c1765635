/**
 * A fault of ours that nobody caught ends the program, with a sentence: what is recorded is safe, and a program that goes on may wait for ever for what broke.
 * Whoever keeps it starts it again, and everything goes on from the record. Trouble with a disk or the record is no such fault: it is told where it belongs,
 * and ends when its cause does.
 */
import { DiskFault } from './hub/disk/fault.ts';
import { framesOf } from './hub/log.ts';
import { Refusal } from './hub/parts.ts';
import { passingTrouble } from './hub/store/record-trouble.ts';
import { say } from './say.ts';

function isTroubleOutside(error: unknown): boolean {
  return error instanceof DiskFault || (error instanceof Refusal && error.code === 'NOT_RECORDED') || passingTrouble(error) !== null;
}

export function endOnOwnFault(): void {
  const meet = (error: unknown): void => {
    if (isTroubleOutside(error)) {
      say`trouble with a disk that nobody waited for: ${error}`;
      return;
    }
    say`ended by a fault of its own. What is recorded is safe; started again, it goes on from there. ${error} at ${framesOf(error)}`;
    process.exit(1);
  };
  process.on('uncaughtException', meet);
  process.on('unhandledRejection', meet);
}
