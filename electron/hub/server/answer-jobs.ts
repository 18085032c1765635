/** Jobs: read from the record, changed by the flow and the actions. */
import type { Job } from '../../../shared/job.ts';
import { statusEntry, type Track } from '../../../shared/status.ts';
import { Refusal } from '../parts.ts';
import { guarded } from './procedures.ts';
import type { RouterParts } from './router.ts';

const largestPage = 500;
/** An id that no folder has. */
const noFolder = 0;
/** Word on these tracks may be what a job waited for before it goes to a printer. */
const mayRelease: ReadonlySet<Track> = new Set(['intake', 'output', 'review', 'hold']);

export function answerJobs({ store, flow, actions, inBackground }: RouterParts) {
  const { jobs } = guarded;
  const jobOf = async (id: number): Promise<Job> => {
    const job = await store.read.job(id);
    if (job === null) throw noSuchJob(id);
    return job;
  };

  /** A name nobody has is a folder without jobs, not an error: it may have been renamed a moment ago. */
  const folderIdOf = async (idOrName: number | string | undefined): Promise<number | undefined> => {
    if (idOrName === undefined || typeof idOrName === 'number') return idOrName;
    if (/^\d+$/.test(idOrName)) return Number(idOrName);
    const named = (await store.read.hotFolders()).find((folder) => folder.name.toLowerCase() === idOrName.toLowerCase());
    return named?.id ?? noFolder;
  };

  return {
    jobs: {
      list: jobs.list.handler(async ({ input }) =>
        store.read.jobs({ ...input, limit: Math.min(input.limit, largestPage), hotFolder: await folderIdOf(input.hotFolder) }),
      ),
      counts: jobs.counts.handler(() => store.read.counts()),
      get: jobs.get.handler(({ input }) => jobOf(input.id)),
      history: jobs.history.handler(async ({ input }) => {
        await jobOf(input.id);
        return { items: await store.read.history(input.id) };
      }),
      create: jobs.create.handler(async ({ input, context }) => jobOf(await flow.acceptTicket(input, context.caller))),
      setStatus: jobs.setStatus.handler(async ({ input: { id, ...change }, context }) => {
        const answer = await actions.setStatus(id, change, context.caller);
        if (mayRelease.has(statusEntry(change.code).track)) inBackground(() => flow.goOn(id));
        return answer;
      }),
      undo: jobs.undo.handler(async ({ input: { id, ...which }, context }) => {
        const answer = await actions.undo(id, which, context.caller);
        inBackground(() => flow.goOn(id));
        return answer;
      }),
      deliver: jobs.deliver.handler(async ({ input: { id, ...request }, context }) => {
        await jobOf(id);
        await flow.requestDelivery(id, request, context.caller);
        return jobOf(id);
      }),
    },
  };
}

export function noSuchJob(id: number): Refusal {
  return new Refusal('NOT_FOUND', `There is no job with the id ${id}.`, 'Look it up in GET /api/jobs; the id is not the job number.');
}
