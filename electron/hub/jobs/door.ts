/**
 * The door: the only way to change what is true of a job. Reads the job, asks shared/job to decide, and writes events and what follows from them in one
 * transaction; a wish is answered once, however often it is sent. Never decides by itself, never touches a file.
 */
import type { JobEvent } from '../../../shared/event.ts';
import type { Command } from '../../../shared/job/command.ts';
import {
  asksFor,
  concernsSiblings,
  type Decided,
  decide,
  type OrderFacts,
  type Refused,
  standingSeq,
  type Work,
} from '../../../shared/job/decide.ts';
import type { Mover } from '../../../shared/job/mover.ts';
import { cancelDeliveries, holdDeliveries, releaseDeliveries } from '../deliver/call-off.ts';
import { type Caller, Refusal } from '../parts.ts';
import { record } from '../store/record.ts';
import type { Store, Writer } from '../store/store.ts';
import { answeredBefore, keepAnswer } from './answers.ts';

export type Applied = {
  /** What was written; for a wish that was answered before, or said before, the event that stands. */
  readonly events: readonly JobEvent[];
  /** Somebody had said it before: nothing was written. */
  readonly already: boolean;
  /** This very wish was answered before: nothing is to be done for it any more. */
  readonly repeated: boolean;
  /** Hot folders that have something to do now. */
  readonly hotFolderIds: readonly number[];
};

export type Door = {
  /** In a transaction of its own; wakes whom it concerns once it is on disk. @throws Refusal */
  apply(command: Command, mover: Mover): Promise<Applied>;
  /** For a caller that has a transaction: he wakes the hot folders when it is through. @throws Refusal */
  applyIn(tx: Writer, command: Command, mover: Mover): Promise<Applied>;
};

type DoorParts = {
  readonly store: Store;
  readonly now: () => number;
  /** Files that have no delivery get one. Answers the hot folders to wake. */
  readonly planDeliveries: (tx: Writer, jobId: number, at: number) => Promise<readonly number[]>;
  readonly wakeFolder: (hotFolderId: number) => void;
};

/** Who asks from outside. */
export function moverOf({ role, actor, station }: Caller): Mover {
  return { kind: 'person', actor, station, isAdmin: role === 'admin' };
}

async function gather(tx: Writer, command: Command): Promise<OrderFacts> {
  const facts = await tx.jobFacts(command.jobId);
  if (facts === null) throw new Refusal('NOT_FOUND', 'There is no such job.', 'Search for it by its number.');
  const code = asksFor(command);
  const seq = code === null ? null : standingSeq(facts.state, code);
  const [said = null] = seq === null ? [] : await tx.eventsSince(seq - 1, 1);
  const history = command.kind === 'undo' ? await tx.history(command.jobId) : [];
  const siblings = concernsSiblings(command, history) ? await tx.siblings(command.jobId) : [];
  return { ...facts, said, history, siblings };
}

function refusalOf({ code, why, whatToDo, name, mayInsist, by, at }: Refused): Refusal {
  return new Refusal(code, why, whatToDo, name === null ? {} : { rule: name, mayInsist, ...(by !== null && at !== null && { by, at }) });
}

export function makeDoor({ store, now, planDeliveries, wakeFolder }: DoorParts): Door {
  const doWork = async (tx: Writer, jobId: number, work: Work, at: number): Promise<readonly number[]> => {
    switch (work.kind) {
      case 'holdDeliveries':
        await holdDeliveries(tx, jobId, at);
        return [];
      case 'releaseDeliveries':
        return releaseDeliveries(tx, jobId);
      case 'cancelDeliveries':
        return cancelDeliveries(tx, jobId);
      case 'planDeliveries':
        return planDeliveries(tx, jobId, at);
      case 'startAt':
        await tx.addTask({ kind: 'startOrder', subject: String(jobId), jobId, dueAt: work.at }, at);
        return [];
      default:
        return work satisfies never;
    }
  };

  const carryOut = async (tx: Writer, jobId: number, { events, others, work }: Decided, at: number): Promise<Applied> => {
    const recorded = await record(tx, jobId, events);
    for (const other of others) await record(tx, other.jobId, other.events);
    const hotFolderIds = new Set<number>();
    for (const one of work) for (const id of await doWork(tx, jobId, one, at)) hotFolderIds.add(id);
    return { events: recorded, already: false, repeated: false, hotFolderIds: [...hotFolderIds] };
  };

  const applyIn: Door['applyIn'] = async (tx, command, mover) => {
    const before = await answeredBefore(tx, command);
    if (before !== null) return before;
    const at = now();
    const decision = decide(await gather(tx, command), command, { now: at, mover });
    if (decision.kind === 'refused') throw refusalOf(decision);
    const applied =
      decision.kind === 'already'
        ? { events: [decision.event], already: true, repeated: false, hotFolderIds: [] }
        : await carryOut(tx, command.jobId, decision, at);
    await keepAnswer(tx, command, applied, at);
    return applied;
  };

  return {
    applyIn,
    apply: async (command, mover) => {
      const applied = await store.write((tx) => applyIn(tx, command, mover));
      for (const id of applied.hotFolderIds) wakeFolder(id);
      return applied;
    },
  };
}
