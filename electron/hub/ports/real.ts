/** The ports as they are in a shop: the system's clock and chance, processes for disk work, a thread for tickets, one for what people ask, chokidar's hints, a flush that waits for the disk. */
import { forkDiskProcess } from '../disk/fork.ts';
import { startHints } from '../hint.ts';
import { makeTicketReader } from '../intake/tickets/read-ticket.ts';
import { openLog } from '../store/sqlite/log.ts';
import { startBeside } from '../store/sqlite/read-beside.ts';
import type { Ports } from './ports.ts';
import { quietTimers, systemClock, systemRandom, systemTimers } from './system.ts';

export const realPorts: Ports = {
  clock: systemClock,
  timers: systemTimers,
  random: systemRandom,
  startHints,
  forkDisk: forkDiskProcess,
  readTicket: makeTicketReader(quietTimers),
  openLog,
  readBeside: (path, onLost) => startBeside(path, { timers: quietTimers, clock: systemClock, onLost }),
};
