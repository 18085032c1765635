/** The kinds of work that have no row of their own, and how each is done. */
import { engine } from '../../../shared/job/mover.ts';
import type { Door } from '../jobs/door.ts';
import type { FileRow, NewTask, Store } from '../store/store.ts';
import type { DoTask } from './run-work.ts';

/**
 * - `startOrder`: the start date of a future order has come
 * - `tryWaitingJobs`: rules or hot folders changed, so that jobs may find their way
 * - `tryJob`: the one of those jobs that could not be tried
 * - `fileOriginal`: an original that could not be moved into the archive
 */
export const taskKinds = ['startOrder', 'tryWaitingJobs', 'tryJob', 'fileOriginal'] as const;
export type TaskKind = (typeof taskKinds)[number];

/** Put in by whoever changes rules or hot folders, in the transaction of the change. */
export function tryWaitingJobs(at: number): NewTask {
  return { kind: 'tryWaitingJobs', subject: '', jobId: null, dueAt: at };
}

export function fileOriginalTask({ id, jobId }: Pick<FileRow, 'id' | 'jobId'>, dueAt: number): NewTask {
  return { kind: 'fileOriginal', subject: String(id), jobId, dueAt };
}

/** Jobs with these problems may find their way once rules or hot folders have changed. */
const waitingForASetting = ['NoRuleFits', 'HotFolderGone', 'NameContract'];

type Given = {
  readonly store: Store;
  readonly door: Door;
  readonly now: () => number;
  /** Rules and hot folders as last committed are at hand. */
  readonly floorUpToDate: () => Promise<void>;
  readonly wakeFolder: (hotFolderId: number) => void;
  /** Rejects when it still cannot be filed. */
  readonly fileAgain: (fileId: number) => Promise<void>;
};

export function makeDoers({ store, door, now, floorUpToDate, wakeFolder, fileAgain }: Given): Record<TaskKind, DoTask> {
  const goOn: DoTask = async (task) => {
    const { jobId } = task;
    const hotFolderIds = await store.write(async (tx) => {
      // First, since going on may put the same task in again.
      await tx.finishTask(task);
      return jobId === null ? [] : (await door.applyIn(tx, { kind: 'goOn', jobId }, engine)).hotFolderIds;
    });
    for (const id of hotFolderIds) wakeFolder(id);
  };
  return {
    startOrder: goOn,
    tryJob: goOn,
    tryWaitingJobs: async (task) => {
      await floorUpToDate();
      const jobIds = new Set<number>();
      for (const problem of waitingForASetting) for (const id of await store.read.jobIdsWithProblem(problem)) jobIds.add(id);
      for (const jobId of jobIds) {
        try {
          await door.apply({ kind: 'goOn', jobId }, engine);
        } catch {
          // One that fails keeps no other: it gets a task of its own, which says what is wrong.
          await store.write((tx) => tx.addTask({ kind: 'tryJob', subject: String(jobId), jobId, dueAt: now() }, now()));
        }
      }
      await store.write((tx) => tx.finishTask(task));
    },
    fileOriginal: async (task) => {
      await fileAgain(Number(task.subject));
      await store.write((tx) => tx.finishTask(task));
    },
  };
}
