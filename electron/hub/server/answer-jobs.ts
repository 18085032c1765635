/** Jobs: read from the record, changed through the door. */

import type { Job } from '../../../shared/job.ts';
import { said } from '../../../shared/words/say.ts';
import { Refusal } from '../parts.ts';
import { countNow } from './count-now.ts';
import { withReadyBy } from './hours.ts';
import { guardedJobs, guardedLists } from './procedures.ts';
import type { RouterParts } from './router.ts';

const largestPage = 500;
/** An id that no folder has. */
const noFolder = 0;

export function answerJobs({ store, flow, wishes, now, hours }: RouterParts) {
  const { jobs } = guardedJobs;
  const told = (job: Job): Job => withReadyBy(job, hours.now());
  const jobOf = async (id: number): Promise<Job> => {
    const job = await store.read.toldJob(id);
    if (job === null) throw noSuchJob(id);
    return told(job);
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
      list: guardedLists.jobs.list.handler(async ({ input, signal }) => {
        const query = { ...input, limit: Math.min(input.limit, largestPage), hotFolder: await folderIdOf(input.hotFolder) };
        const page = await store.ask(signal).jobs(query);
        return { ...page, items: page.items.map(told) };
      }),
      counts: guardedLists.jobs.counts.handler(({ input, signal }) =>
        input?.q === undefined || input.q === '' ? countNow(store.read, hours, now()) : store.ask(signal).countsOf(input.q),
      ),
      get: jobs.get.handler(({ input }) => jobOf(input.id)),
      history: guardedLists.jobs.history.handler(async ({ input, signal }) => {
        await jobOf(input.id);
        const { items, next } = await store.ask(signal).historyPage(input.id, input.after);
        return { items: [...items], next };
      }),
      create: jobs.create.handler(async ({ input, context }) => jobOf(await flow.acceptTicket(input, context.caller))),
      setStatus: jobs.setStatus.handler(async ({ input: { id, ...asked }, context }) => {
        const answer = await wishes.setStatus(id, asked, context.caller);
        return { ...answer, job: told(answer.job) };
      }),
      undo: jobs.undo.handler(async ({ input: { id, ...asked }, context }) => {
        const answer = await wishes.undo(id, asked, context.caller);
        return { ...answer, job: told(answer.job) };
      }),
      deliver: jobs.deliver.handler(async ({ input: { id, ...request }, context }) => {
        await jobOf(id);
        await flow.requestDelivery(id, request, context.caller);
        return jobOf(id);
      }),
      reprint: jobs.reprint.handler(async ({ input: { id, ...request }, context }) =>
        jobOf(await flow.requestReprint(id, request, context.caller)),
      ),
    },
  };
}

export function noSuchJob(id: number): Refusal {
  return new Refusal('NOT_FOUND', said('refusals.jobById', { id }));
}
