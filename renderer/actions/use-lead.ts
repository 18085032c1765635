/** What is told of a job on a screen, and the one button that leads there. */
import type { HotFolder } from '../../shared/hot-folder.ts';
import type { Job } from '../../shared/job.ts';
import { useFloor } from '../floor/floor.ts';
import { inTellingOrder, type Told } from '../parts/told.ts';
import { useMaySetUp } from '../rights.ts';
import { concernsJob } from '../whose-file.ts';
import { type Lead, leadOf } from './lead.ts';
import { useQuestion } from './start.ts';

/** `fault`: the folder that all of this screen is about, where something is wrong with it. */
export function useTroublesTold(job: Job, fault: HotFolder | undefined): readonly Told[] {
  const isAsked = useFloor((state) => state.asked.some((arrival) => concernsJob(arrival, job.id)));
  return inTellingOrder(job.attention, { folderFault: fault !== undefined, isAsked });
}

/** `most`: so many cards are not folded away. */
export function useLead(job: Job, most: number, fault: HotFolder | undefined): Lead {
  const told = useTroublesTold(job, fault).slice(0, most);
  const own = useFloor((state) => state.hotFolders?.find(({ id }) => id === job.hotFolderId));
  const mayCheck = useMaySetUp();
  const { question } = useQuestion();
  return leadOf(job, { told, folder: fault ?? own, mayCheck, asking: question?.jobId === job.id });
}
