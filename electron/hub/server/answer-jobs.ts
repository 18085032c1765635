/** Jobs: read from the record, changed by the flow and the actions. */
import type { Job } from '../../../shared/job.ts';
import { Refusal } from '../parts.ts';
import { guarded } from './procedures.ts';
import type { RouterParts } from './router.ts';

export function answerJobs({ store, flow, actions, inBackground }: RouterParts) {
  const { jobs } = guarded;
  const jobOf = async (id: number): Promise<Job> => {
    const job = await store.read.job(id);
    if (job === null) throw noSuchJob(id);
    return job;
  };

  return {
    jobs: {
      list: jobs.list.handler(({ input }) => store.read.jobs(input)),
      counts: jobs.counts.handler(() => store.read.counts()),
      get: jobs.get.handler(({ input }) => jobOf(input.id)),
      history: jobs.history.handler(async ({ input }) => {
        await jobOf(input.id);
        return { items: await store.read.history(input.id) };
      }),
      create: jobs.create.handler(async ({ input, context }) => jobOf(await flow.acceptTicket(input, context.caller))),
      setStatus: jobs.setStatus.handler(async ({ input: { id, ...change }, context }) => {
        const answer = await actions.setStatus(id, change, context.caller);
        inBackground(() => flow.goOn(id));
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
