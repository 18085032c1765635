import { describe, expect, it } from 'vitest';
import { inOneGo } from '../../../electron/hub/disk/in-one-go.ts';
import { systemTimers } from '../../../electron/hub/ports/system.ts';

describe('messages between the hub and a disk process', () => {
  it('of one turn travel together in their order, and none waits for a later turn', async () => {
    const posted: (readonly number[])[] = [];
    const send = inOneGo<number>((messages) => posted.push(messages));
    for (const message of [1, 2, 3]) send(message);
    expect(posted).toEqual([]);
    await systemTimers.turn();
    expect(posted).toEqual([[1, 2, 3]]);
    send(4);
    await systemTimers.turn();
    expect(posted).toEqual([[1, 2, 3], [4]]);
  });
});
