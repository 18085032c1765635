/**
 * Does what is due, of the work that has no row of its own. Start = claim what is due: nothing depends on a continuation in memory. A lane a kind: a disk
 * that does not answer holds up the work that waits for it, and no other. A task that fails is put off, longer each time; after some tries its job asks
 * for somebody, and it is tried on. One of a kind this program does not know waits, with attention on its job.
 */

import { engine } from '../../../shared/job/mover.ts';
import type { ReasonCode } from '../../../shared/reason.ts';
import { tell } from '../jobs/tell.ts';
import type { Log } from '../log.ts';
import type { Clock, Timers } from '../ports/ports.ts';
import type { Store, TaskChoice, TaskRow, Writer } from '../store/store.ts';
import { makeWake, type Wake } from '../wake.ts';
import { type TaskKind, taskKinds, tryWaitingJobs } from './tasks.ts';

/** Does the work; what it changes and the end of the task are one transaction where the work allows it, else it can be done twice. */
export type DoTask = (task: TaskRow) => Promise<void>;

type WorkParts = {
  readonly store: Store;
  readonly ports: { readonly clock: Clock; readonly timers: Timers };
  readonly doers: Readonly<Record<TaskKind, DoTask>>;
  readonly log: Log;
};

/** The clock may be set while we wait. */
const lookEveryMs = 20_000;
/** Longer than one task can take. */
const leaseMs = 10 * 60_000;
const firstPauseMs = 5000;
const longestPauseMs = 10 * 60_000;
/** Tries that nobody is told of: some ten minutes. */
const quietTries = 7;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export type RunningWork = { stop(): Promise<void> };

export function startWork({ store, ports, doers, log }: WorkParts): RunningWork {
  const { clock, timers } = ports;
  const wakes: Wake[] = [];
  let stopped = false;
  const stopListening = store.onChange((change) => {
    if (change.tasks) for (const lane of wakes) lane.wake();
  });

  const ask = async (tx: Writer, { kind: task, jobId }: TaskRow, problem: ReasonCode, raw: string | null): Promise<void> => {
    if (jobId === null) return;
    const data = raw === null ? { task } : { task, raw };
    await tell(tx, { kind: 'notPlanned', jobId, problem, data }, engine, clock.now());
  };
  const solve = (jobId: number, problem: ReasonCode): Promise<void> =>
    store.write(async (tx) => void (await tell(tx, { kind: 'solved', jobId, problem }, engine, clock.now())));

  const setAside: DoTask = async (task) => {
    log`A task of a kind this version does not know waits: ${task.kind} ${task.subject}`;
    await store.write(async (tx) => {
      await tx.setTaskAside(task, null);
      await ask(tx, task, 'UnknownTask', null);
    });
  };

  const doOrPutOff =
    (kind: TaskKind): DoTask =>
    async (task) => {
      try {
        await doers[kind](task);
      } catch (error) {
        const raw = messageOf(error);
        log`Not done yet: ${kind} ${task.subject} (try ${task.tries}: ${raw})`;
        const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (task.tries - 1));
        return await store.write(async (tx) => {
          await tx.putOffTask(task, clock.now() + pauseMs, raw);
          if (task.tries > quietTries) await ask(tx, task, 'TaskFails', raw);
        });
      }
      if (task.tries > quietTries && task.jobId !== null) await solve(task.jobId, 'TaskFails');
    };

  const runLane = async (choice: TaskChoice, doTask: DoTask): Promise<void> => {
    const wake = makeWake(timers);
    wakes.push(wake);
    const round = async (): Promise<void> => {
      const nextAt = (await store.read.nextTaskAt(choice)) ?? Number.POSITIVE_INFINITY;
      if (nextAt > clock.now()) return void (await wake.wait(Math.min(lookEveryMs, nextAt - clock.now())));
      const task = await store.write((tx) => tx.claimTask(choice, clock.now(), leaseMs));
      if (task !== null && !stopped) await doTask(task);
    };
    while (!stopped) await round().catch((error: unknown) => comeAgain(error, wake));
  };

  /** The record itself may be out of reach for a while; what is due stays due. */
  const comeAgain = async (error: unknown, wake: Wake): Promise<void> => {
    log`What is due could not be looked at: ${messageOf(error)}`;
    await wake.wait(lookEveryMs);
  };

  /** What asks for somebody because of work that was done meanwhile, by us or by a newer version, asks no more. */
  const takeUp = async (): Promise<void> => {
    await store.write(async (tx) => {
      await tx.takeTasksUp(taskKinds, clock.now());
      await tx.addTask(tryWaitingJobs(clock.now()), clock.now());
    });
    const unknown = await store.read.jobIdsWithUnknownDelivery();
    for (const jobId of unknown)
      await store.write((tx) => tell(tx, { kind: 'notPlanned', jobId, problem: 'UnknownTask', data: {} }, engine, clock.now()));
    for (const problem of ['UnknownTask', 'TaskFails'] as const)
      for (const jobId of await store.read.jobIdsWithProblem(problem))
        if (!unknown.includes(jobId) && !(await store.read.hasTask(jobId))) await solve(jobId, problem);
  };

  const run = async (): Promise<void> => {
    const wake = makeWake(timers);
    wakes.push(wake);
    let begun = false;
    while (!stopped && !begun)
      begun = await takeUp().then(
        () => true,
        (error: unknown) => comeAgain(error, wake).then(() => false),
      );
    await Promise.all([...taskKinds.map((kind) => runLane({ of: kind }, doOrPutOff(kind))), runLane({ notOf: taskKinds }, setAside)]);
  };
  const running = run();
  return {
    stop: async () => {
      stopped = true;
      stopListening();
      for (const lane of wakes) lane.wake();
      await running;
    },
  };
}
