/**
 * The door: the only way to change what is true of a job. Reads the job, asks shared/job to decide, and writes events and what follows from them in one
 * transaction; a wish is answered once, however often it is sent. Of a job that is part of another by now, what came or was seen is said of that one. Never decides by itself, never touches a file.
 */
import type { JobEvent } from '../../../shared/event.ts';
import type { Command } from '../../../shared/job/command.ts';
import {
  concernsSiblings,
  type Decided,
  decide,
  looksAtFiles,
  looksBack,
  type OrderFacts,
  type Other,
  type Refused,
  seqToSee,
  type Work,
} from '../../../shared/job/decide.ts';
import { liesInFolder } from '../../../shared/job/lies-though-printed.ts';
import type { Mover } from '../../../shared/job/mover.ts';
import { refusals } from '../../../shared/job/refusals.ts';
import { stillToGo } from '../../../shared/job/sending.ts';
import type { Job } from '../../../shared/job.ts';
import { said } from '../../../shared/words/say.ts';
import { cancelDeliveries, endWishes, holdDeliveries, releaseDeliveries } from '../deliver/hold-or-cancel.ts';
import { type Caller, Refusal } from '../parts.ts';
import { record } from '../store/record.ts';
import type { Store, Writer } from '../store/store.ts';
import { answeredBefore, askedBy, keepAnswer } from './answers.ts';

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
  /** In a transaction of its own; wakes whom it concerns once it is on disk. Answers the job as it then is, too. @throws Refusal */
  apply(command: Command, mover: Mover): Promise<Applied & { readonly job: Job }>;
  /** For a caller that has a transaction: he wakes the hot folders when it is through. @throws Refusal */
  applyIn(tx: Writer, command: Command, mover: Mover): Promise<Applied>;
};

type DoorParts = {
  readonly store: Store;
  readonly now: () => number;
  /** Files that have no delivery get one. Answers the hot folders to wake. */
  readonly planDeliveries: (tx: Writer, jobId: number, at: number) => Promise<readonly number[]>;
  /** Deliveries that would be planned otherwise now, and no person chose, are cancelled. Answers the hot folders to wake. */
  readonly cancelStale: (tx: Writer, jobId: number) => Promise<readonly number[]>;
  readonly wakeFolder: (hotFolderId: number) => void;
};

/** Who asks from outside. */
export function moverOf({ role, actor, station }: Caller): Mover {
  return { kind: 'person', actor, station, isAdmin: role === 'admin' };
}

function noSuchJob(): Refusal {
  return new Refusal('NOT_FOUND', said('refusals.jobToChange'));
}

/** What is wished of a job that is part of another by now: there is nothing of it left that this could mean. */
export function partOfAnother(number: string): Refusal {
  const { mayInsist } = refusals.partOfAnother;
  const words = said('refusals.partOf', { number, todo: said('rules.partOfAnother.todo') });
  return new Refusal('NOT_NOW', words, { rule: 'partOfAnother', mayInsist });
}

async function gather(tx: Writer, command: Command): Promise<OrderFacts & { readonly id: number }> {
  await tx.lockOrder(command.jobId);
  const facts = await tx.jobFacts(command.jobId);
  if (facts === null) throw noSuchJob();
  if (facts.id !== command.jobId && askedBy(command) !== null) throw partOfAnother(facts.number);
  const seq = seqToSee(facts.state, command);
  const [said = null] = seq === null ? [] : await tx.eventsSince(seq - 1, 1);
  const history = looksBack(command) ? await tx.history(facts.id) : [];
  const siblings = concernsSiblings(command, history) ? await tx.siblings(facts.id) : [];
  if (!looksAtFiles(facts.state, command)) return { ...facts, said, history, siblings };
  const deliveries = await tx.deliveriesOf(facts.id);
  const isPartlySent = stillToGo(await tx.files(facts.id), deliveries).length > 0;
  const lying = deliveries.filter(liesInFolder).map(({ name }) => name);
  return { ...facts, said, history, siblings, isPartlySent, lying };
}

function refusalOf({ code, words, name, mayInsist, by, at }: Refused): Refusal {
  return new Refusal(code, words, name === null ? {} : { rule: name, mayInsist, ...(by !== null && at !== null && { by, at }) });
}

/** What was asked for itself: an undo names it last, what follows from a status comes after it. */
export function askedEvent({ kind }: Command, events: readonly JobEvent[]): JobEvent | undefined {
  return kind === 'undo' ? events.at(-1) : events[0];
}

export function makeDoor({ store, now, planDeliveries, cancelStale, wakeFolder }: DoorParts): Door {
  const doWork = async (tx: Writer, jobId: number, work: Work, at: number): Promise<readonly number[]> => {
    switch (work.kind) {
      case 'endWishes':
        await endWishes(tx, jobId);
        return [];
      case 'holdDeliveries':
        await holdDeliveries(tx, jobId, at);
        return [];
      case 'releaseDeliveries':
        return releaseDeliveries(tx, jobId);
      case 'cancelDeliveries':
        return cancelDeliveries(tx, jobId);
      case 'cancelStale':
        return cancelStale(tx, jobId);
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
    const hotFolderIds = new Set<number>();
    const changeOne = async (one: Other): Promise<JobEvent[]> => {
      const recorded = await record(tx, one.jobId, one.events);
      for (const piece of one.work) for (const id of await doWork(tx, one.jobId, piece, at)) hotFolderIds.add(id);
      return recorded;
    };
    const recorded = await changeOne({ jobId, events, work });
    for (const other of others) await changeOne(other);
    return { events: recorded, already: false, repeated: false, hotFolderIds: [...hotFolderIds] };
  };

  const applyIn: Door['applyIn'] = async (tx, command, mover) => {
    const asked = askedBy(command);
    const before = asked === null ? null : await answeredBefore(tx, asked);
    if (before !== null) return before;
    const at = now();
    const order = await gather(tx, command);
    const decision = decide(order, command, { now: at, mover });
    if (decision.kind === 'refused') throw refusalOf(decision);
    const applied =
      decision.kind === 'already'
        ? { events: [decision.event], already: true, repeated: false, hotFolderIds: [] }
        : await carryOut(tx, order.id, decision, at);
    if (asked !== null) await keepAnswer(tx, asked, { event: askedEvent(command, applied.events), already: applied.already }, at);
    return applied;
  };

  return {
    applyIn,
    apply: async (command, mover) => {
      const applied = await store.write(async (tx) => {
        const done = await applyIn(tx, command, mover);
        const job = await tx.toldJob(command.jobId);
        if (job === null) throw noSuchJob();
        return { ...done, job };
      });
      for (const id of applied.hotFolderIds) wakeFolder(id);
      return applied;
    },
  };
}
