/**
 * Does what is due, of the work that has no row of its own. Start = claim what is due: nothing depends on a continuation in memory. A task that fails is put
 * off, longer each time, and says so in the log; one of a kind this program does not know waits, with attention on its job.
 */
import { engine } from '../../../shared/job/mover.ts';
import { tell } from '../jobs/tell.ts';
import type { Clock, Timers } from '../ports/ports.ts';
import type { Store, TaskRow } from '../store/store.ts';
import { makeWake } from '../wake.ts';
import { isTaskKind, type TaskKind, taskKinds, tryWaitingJobs } from './tasks.ts';

/** Does the work; what it changes and the end of the task are one transaction where the work allows it, else it can be done twice. */
export type DoTask = (task: TaskRow) => Promise<void>;

type WorkParts = {
  readonly store: Store;
  readonly ports: { readonly clock: Clock; readonly timers: Timers };
  readonly doers: Readonly<Record<TaskKind, DoTask>>;
  readonly log: (line: string) => void;
};

/** The clock may be set while we wait. */
const lookEveryMs = 20_000;
const leaseMs = 10 * 60_000;
const batch = 50;
const firstPauseMs = 5000;
const longestPauseMs = 10 * 60_000;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export type RunningWork = { stop(): Promise<void> };

export function startWork({ store, ports, doers, log }: WorkParts): RunningWork {
  const { clock, timers } = ports;
  const wake = makeWake(timers);
  let stopped = false;
  const tryJobs = (): void =>
    void store
      .write((tx) => tx.addTask(tryWaitingJobs(clock.now()), clock.now()))
      .catch((error: unknown) => log(`Waiting jobs are tried at the next start: ${messageOf(error)}`));
  const stopListening = store.onChange((change) => {
    if (change.tasks) wake.wake();
    if (change.rules || change.hotFolders) tryJobs();
  });

  const setAside = async (task: TaskRow): Promise<void> => {
    log(`A task of a kind this version does not know waits: ${task.kind} ${task.subject}`);
    await store.write(async (tx) => {
      await tx.setTaskAside(task, null);
      if (task.jobId !== null)
        await tell(tx, { kind: 'notPlanned', jobId: task.jobId, problem: 'UnknownTask', data: { task: task.kind } }, engine, clock.now());
    });
  };

  const doOne = async (task: TaskRow): Promise<void> => {
    if (!isTaskKind(task.kind)) return await setAside(task);
    try {
      await doers[task.kind](task);
    } catch (error) {
      const raw = messageOf(error);
      log(`Not done yet: ${task.kind} ${task.subject} (try ${task.tries}: ${raw})`);
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (task.tries - 1));
      await store.write((tx) => tx.putOffTask(task, clock.now() + pauseMs, raw));
    }
  };

  const run = async (): Promise<void> => {
    await store.write((tx) => tx.takeTasksUp(taskKinds, clock.now()));
    for (const jobId of await store.read.jobIdsWithUnknownDelivery())
      await store.write((tx) => tell(tx, { kind: 'notPlanned', jobId, problem: 'UnknownTask', data: {} }, engine, clock.now()));
    tryJobs();
    while (!stopped) {
      const nextAt = (await store.read.nextTaskAt()) ?? Number.POSITIVE_INFINITY;
      if (nextAt > clock.now()) {
        await wake.wait(Math.min(lookEveryMs, nextAt - clock.now()));
        continue;
      }
      for (const task of await store.write((tx) => tx.claimTasks(clock.now(), leaseMs, batch))) if (!stopped) await doOne(task);
    }
  };

  /** The record itself may be out of reach for a while; what is due stays due. */
  const keepRunning = async (): Promise<void> => {
    while (!stopped) {
      await run().catch(async (error: unknown) => {
        log(`What is due could not be looked at: ${messageOf(error)}`);
        await wake.wait(lookEveryMs);
      });
    }
  };
  const running = keepRunning();
  return {
    stop: async () => {
      stopped = true;
      stopListening();
      wake.wake();
      await running;
    },
  };
}
