/** Somebody writes a ticket anew between the look that found it whole and its reading: half of a number is another number, and looks like a whole one. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ForkDisk, forkDiskProcess } from '../../electron/hub/disk/fork.ts';
import type { DiskAnswer, DiskRequest } from '../../electron/hub/disk/protocol.ts';
import { until } from '../until.ts';
import { type Floor, openFloor } from './floor.ts';

let floor: Floor;
let reading: number | null = null;
const path = (): string => join(floor.places.incoming, 'list.csv');
const head = 'order;job;title;quantity\n';

/** It is half there while it is read for the first time. */
const fork: ForkDisk = (label) => {
  const port = forkDiskProcess(label);
  return {
    ...port,
    send: (message) => {
      const { id, call, args } = message as DiskRequest;
      if (reading === null && call === 'readSmall' && args[0] === path()) {
        reading = id;
        writeFileSync(path(), `${head}8001;1;Flyer;50`);
      }
      port.send(message);
    },
    onMessage: (listener) =>
      port.onMessage((message) => {
        if ((message as DiskAnswer).id === reading) writeFileSync(path(), `${head}8001;1;Flyer;5000\n`);
        listener(message);
      }),
  };
};
beforeEach(async () => {
  floor = await openFloor(fork);
});
afterEach(() => floor.close());

it('it is read when it lies whole again, and nothing is done by its half', { timeout: 60_000 }, async () => {
  await floor.drop('list.csv', `${head}8001;1;Flyer;400\n`);
  const job = await until(async () => await floor.job('8001-1'), 'its job is on record', 30_000);
  expect(reading).not.toBeNull();
  expect(job.quantity).toBe(5000);
});
