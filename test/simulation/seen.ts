/** All that a hub says of its floor, asked when its troubles are over. */
import type { JobEvent } from '../../shared/event.ts';
import type { HotFolder } from '../../shared/hot-folder.ts';
import type { Job } from '../../shared/job.ts';
import type { HubClient } from './machine.ts';

export type Seen = {
  readonly jobs: readonly Job[];
  readonly events: readonly JobEvent[];
  readonly folders: readonly HotFolder[];
  /** Where what somebody is asked about lies. */
  readonly asked: readonly string[];
};

/** How far the hub takes a job by itself. */
export const doneByHub: ReadonlySet<string> = new Set(['InHotFolder', 'CopyToHotFolderFailed']);

export async function lookAt(hub: HubClient): Promise<Seen> {
  const [jobs, folders, asked] = [
    await hub.jobs.list({ limit: 500 }),
    await hub.hotFolders.list(),
    await hub.arrivals.list({ outcome: 'asked' }),
  ];
  const { items } = await hub.events.list({ since: 0, limit: 5000 });
  return {
    jobs: jobs.items,
    events: items,
    folders: folders.items,
    asked: asked.items.flatMap(({ path }) => (path === null ? [] : [path])),
  };
}
