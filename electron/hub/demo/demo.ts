/**
 * The demo: a print shop that lives. Owns its three presses, their simulated RIPs, the orders that keep coming and the people who move jobs on.
 * It does everything through the HTTP contract, as a person or another system would, and never touches the hub's record or files it did not make.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import { connectHub } from './hub-api.ts';
import { startOrders } from './orders.ts';
import { startPeople } from './people.ts';
import { setUpPresses } from './presses.ts';
import { startRip } from './rip.ts';

export type DemoParts = {
  /** Where the hub listens, such as http://127.0.0.1:7420. */
  readonly url: string;
  /** The admin token. */
  readonly token: string;
  readonly dataPath: string;
  readonly log: Log;
  /** How many times faster than a shop; 1 when left out. */
  readonly speed?: number;
  /** 0 to below 1; Math.random when left out. */
  readonly random?: () => number;
};

/** Starts the demo on a hub that is listening; answers how to stop it. Running it again on the same data goes on where it was. */
export async function startDemo(parts: DemoParts): Promise<() => Promise<void>> {
  const { dataPath, log, speed = 1, random = Math.random } = parts;
  const ask = connectHub(parts.url, parts.token);
  const ownPath = join(dataPath, 'demo');
  await mkdir(ownPath, { recursive: true });
  const presses = await setUpPresses(ask, dataPath);
  const pace = { speed, random, log };
  const stops = [
    ...presses.map((press) => startRip(press, join(ownPath, press.name), pace)),
    await startPeople(ask, parts.url, ownPath, pace),
    await startOrders(ask, dataPath, pace),
  ];
  log`Demo: three presses, orders keep coming.`;
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}
