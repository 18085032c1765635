/** The kinds of work that have no row of their own, and how each is done. */
import { engine } from '../../../shared/job/mover.ts';
import type { Door } from '../jobs/door.ts';
import type { NewTask, Store, TaskRow } from '../store/store.ts';
import type { DoTask } from './run-work.ts';

/**
 * - `startOrder`: the start date of a future order has come
 * - `tryWaitingJobs`: rules or hot folders changed, so that jobs may find their way
 */
export const taskKinds = ['startOrder', 'tryWaitingJobs'] as const;
export type TaskKind = (typeof taskKinds)[number];

export function isTaskKind(kind: string): kind is TaskKind {
  return taskKinds.some((known) => known === kind);
}

export function tryWaitingJobs(at: number): NewTask {
  return { kind: 'tryWaitingJobs', subject: '', jobId: null, dueAt: at };
}

/** Jobs with these problems may find their way once rules or hot folders have changed. */
const waitingForASetting = ['NoRuleFits', 'HotFolderGone', 'NameContract'];

type Given = {
  readonly store: Store;
  readonly door: Door;
  /** Rules and hot folders as last committed are at hand. */
  readonly floorUpToDate: () => Promise<void>;
  readonly wakeFolder: (hotFolderId: number) => void;
};

export function makeDoers({ store, door, floorUpToDate, wakeFolder }: Given): Record<TaskKind, DoTask> {
  return {
    startOrder: async (task: TaskRow) => {
      const { jobId } = task;
      const hotFolderIds = await store.write(async (tx) => {
        await tx.finishTask(task);
        return jobId === null ? [] : (await door.applyIn(tx, { kind: 'goOn', jobId }, engine)).hotFolderIds;
      });
      for (const id of hotFolderIds) wakeFolder(id);
    },
    tryWaitingJobs: async (task) => {
      await floorUpToDate();
      const jobIds = new Set<number>();
      for (const problem of waitingForASetting) for (const id of await store.read.jobIdsWithProblem(problem)) jobIds.add(id);
      for (const jobId of jobIds) await door.apply({ kind: 'goOn', jobId }, engine);
      await store.write((tx) => tx.finishTask(task));
    },
  };
}
