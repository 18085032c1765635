/**
 * Messages between the hub and a disk process travel together: those of one turn go as one list, since each for itself would cost a call of the system here,
 * and a wake-up and another call over there. None waits longer than that turn.
 */
import { systemTimers } from '../ports/system.ts';

/** @param post gets what was sent in one turn, in its order */
export function inOneGo<Message>(post: (messages: readonly Message[]) => void): (message: Message) => void {
  const waiting: Message[] = [];
  return (message) => {
    waiting.push(message);
    if (waiting.length === 1) void systemTimers.turn().then(() => post(waiting.splice(0)));
  };
}
