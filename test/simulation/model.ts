/**
 * What a shop would expect, and nothing of how the hub does it: which content is meant for which job, what people said of it, and how often each
 * content may come out at a printer. Told by senders, people and printers as they act; asked at each name that appears in a hot folder.
 */
import { createHash } from 'node:crypto';

/** A file as its sender meant it. `job`: the number on the order, or a name of our own for what has none. */
export type Meant = { readonly sha256: string; readonly job: string; readonly name: string; readonly whole: boolean; readonly at: number };

type Stop = {
  readonly why: 'Blocked' | 'Rejected';
  readonly since: number;
  readonly seq: number;

  readonly contents: ReadonlySet<string>;
};

export type Violation = { readonly promise: string; readonly what: string };

export type Model = {
  readonly meant: ReadonlyMap<string, Meant>;
  readonly violations: readonly Violation[];
  /** Contents a printer, or a hand, took out of a hot folder. */
  readonly took: Set<string>;
  /** Contents their own senders wrote over before they were filed. */
  readonly overwritten: Set<string>;
  /** Contents of which a person may have said that they are another job's than the one they were meant for. */
  readonly givenAway: Set<string>;
  /** Numbers of orders whose customers never place them. */
  readonly inBasket: Set<string>;
  /** Folders that another Printfloor has taken over, and since when. */
  readonly isOthers: Map<string, number>;
  /** How often each content came into a hot folder. */
  readonly appearances: ReadonlyMap<string, number>;
  /** What the hub has said yes to, by its number in the history. */
  readonly promised: Map<number, string>;
  breaks(promise: string, what: string): void;
  means(content: Buffer, job: string, name: string, whole: boolean, at: number): Meant;
  /** Contents that two jobs or more print, so that a stop of one of them says nothing of what comes out. */
  readonly reprinted: Set<string>;
  /** Reprints that were answered, by the action id they were asked with: the new job, and which it prints again. */
  readonly reprints: Map<string, { readonly jobId: number; readonly of: number; readonly number: string }>;
  /** How many reprints people may have asked for. */
  readonly reprintsAsked: Set<string>;
  /** A person's yes to one more send of these contents. */
  maySendAgain(contents: readonly string[]): void;
  /** A person's word that stops a job has been answered; `asked`: when it was said. */
  stopped(
    jobId: number,
    stop: Omit<Stop, 'contents' | 'since'> & { readonly contents: readonly string[] },
    asked: number,
    now: number,
  ): void;
  /** A person begins to say something that may let a job go on. */
  mayGoOn(jobId: number, now: number): void;
  stopOf(jobId: number): Stop | undefined;
  /** The hub gave a content a visible name in a hot folder; `sentAt`: when it gave the order to its disk. */
  appeared(path: string, content: Buffer, sentAt: number): void;
  /** A visible file of a hot folder after a power cut. */
  stillThere(path: string, content: Buffer): void;
};

export function hashOf(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

export function makeModel(): Model {
  const meant = new Map<string, Meant>();
  const violations: Violation[] = [];
  const appearances = new Map<string, number>();
  const allowed = new Map<string, number>();
  const stops = new Map<number, Stop>();
  const letGo = new Map<number, number>();

  const model: Model = {
    meant,
    violations,
    took: new Set(),
    overwritten: new Set(),
    promised: new Map(),
    givenAway: new Set(),
    reprinted: new Set(),
    reprints: new Map(),
    reprintsAsked: new Set(),
    inBasket: new Set(),
    isOthers: new Map(),
    appearances,
    breaks: (promise, what) => {
      if (!violations.some((known) => known.promise === promise && known.what === what)) violations.push({ promise, what });
    },
    means: (content, job, name, whole, at) => {
      const one: Meant = { sha256: hashOf(content), job, name, whole, at };
      meant.set(one.sha256, one);
      return one;
    },
    maySendAgain: (contents) => {
      for (const sha256 of contents) allowed.set(sha256, (allowed.get(sha256) ?? 1) + 1);
    },
    stopped: (jobId, stop, asked, now) => {
      if ((letGo.get(jobId) ?? -1) < asked) stops.set(jobId, { ...stop, since: now, contents: new Set(stop.contents) });
    },
    mayGoOn: (jobId, now) => {
      stops.delete(jobId);
      letGo.set(jobId, now);
    },
    stopOf: (jobId) => stops.get(jobId),
    appeared: (path, content, sentAt) => {
      const sha256 = hashOf(content);
      const one = meant.get(sha256);
      if (one === undefined || !one.whole) {
        model.breaks('nothing half under a final name', `${path} holds ${content.length} bytes that nobody sent as a whole file`);
        return;
      }
      const others = model.isOthers.get(path.slice(0, path.lastIndexOf('/')));
      if (others !== undefined && others < sentAt)
        model.breaks('two hubs never work in one folder', `${path} is the folder of another hub`);
      const times = (appearances.get(sha256) ?? 0) + 1;
      appearances.set(sha256, times);
      if (times > (allowed.get(sha256) ?? 1))
        model.breaks('each content once per word', `${one.name} of ${one.job} came out ${times} times, at ${path}`);
      for (const [jobId, stop] of stops)
        if (stop.since < sentAt && stop.contents.has(sha256) && !model.reprinted.has(sha256))
          model.breaks('nothing after a stop', `${one.name} of ${one.job} came out at ${path} although job ${jobId} was ${stop.why}`);
    },
    stillThere: (path, content) => {
      if (meant.get(hashOf(content))?.whole !== true)
        model.breaks('nothing half under a final name', `${path} holds ${content.length} bytes after the power cut that are no whole file`);
    },
  };
  return model;
}
