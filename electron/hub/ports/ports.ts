/**
 * What the hub takes from the world around it, one port for each source of chance: time, timers, randomness, processes for disk work, a thread
 * for tickets, one for what people ask of the record, hints and the flush of the record. One page of types. Nothing else in the hub may ask the system for any of it (build/port-rules.ts), so
 * that the simulator in test/simulation/ can play a whole floor from one seed.
 */
import type { ForkDisk } from '../disk/fork.ts';
import type { ReadTicket } from '../intake/tickets/read-ticket.ts';
import type { Beside } from '../store/beside.ts';

export type Clock = {
  /** Epoch ms as this computer believes it; jumps when somebody sets the clock. */
  now(): number;
  /** Ms since some beginning; only ever grows. */
  monotonic(): number;
};

export type Timers = {
  /** Calls once after `ms`; answers how to call it off. */
  after(ms: number, call: () => void): () => void;
  /** Calls again and again; answers how to end it. */
  every(ms: number, call: () => void): () => void;
  pause(ms: number): Promise<void>;
  /** Resolves when everything that is just coming in has come in. */
  turn(): Promise<void>;
};

export type Random = {
  /** 0 to below 1. */
  chance(): number;
  uuid(): string;
};

export type Hints = { stop(): Promise<void> };

/** `onLost` is told once when watching this folder failed; the listener then has only his own looks. */
export type StartHints = (path: string, onHint: () => void, onLost: (message: string) => void) => Hints;

/** The write-ahead log of the record, as a file that can be flushed. */
export type Log = { flush(): Promise<void>; close(): Promise<void> };

export type Ports = {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly startHints: StartHints;
  readonly forkDisk: ForkDisk;
  readonly readTicket: ReadTicket;
  /** `path`: the log, which is made by the first commit. */
  readonly openLog: (path: string) => Log;
  /** Reads the record at `path` beside the hub; null: the hub reads it itself. `onLost`: whoever read there ended by itself. */
  readonly readBeside: (path: string, onLost: (why: string) => void) => Beside | null;
};
