/**
 * Which of a job's files go to which hot folder now. Runs inside the transaction that made it possible, so that a job on record
 * never waits for somebody to think of it.
 */
import type { NewEvent } from '../../../shared/event.ts';
import { keepsContract, renderName, splitName } from '../../../shared/file-name.ts';
import { mayBeDelivered } from '../../../shared/job/may-be-delivered.ts';
import { type ReasonCode, reasonEntry } from '../../../shared/reason.ts';
import { chooseHotFolder } from '../../../shared/routing.ts';
import type { DeliveryRow, FileRow, HotFolderRow, JobRow, Writer } from '../store/store.ts';
import { wasSent } from './decide.ts';
import { type Floor, system } from './flow-parts.ts';

/** A person's word for sending what the rules alone would not. */
export type Wish = { readonly folder: HotFolderRow | null };

function problemEvent(code: ReasonCode, at: number, data: Record<string, string | number> = {}): NewEvent {
  return { code: 'ActionRun', at, actor: system, reason: reasonEntry(code).what.en, data: { ...data, problem: code } };
}

async function nameFor(tx: Writer, folder: HotFolderRow, job: JobRow, file: FileRow): Promise<string> {
  const { stem, extension } = splitName(file.name);
  const parts = { ...job, letter: job.letter, version: file.version, name: stem };
  const name = renderName(folder.template, parts, extension);
  const holders = await tx.deliveriesNamed(folder.path, name);
  // Another job holds the name: ours gets its number. An earlier version of this very job is waited for instead.
  return holders.some((holder) => holder.jobId !== job.id) ? renderName(`${folder.template} ({order}-{job})`, parts, extension) : name;
}

type Planner = {
  readonly tx: Writer;
  readonly job: JobRow;
  readonly floor: Floor;
  readonly at: number;
  readonly deliveries: readonly DeliveryRow[];
  readonly events: NewEvent[];
};

function openProblem({ job, events, at }: Planner, code: ReasonCode, data: Record<string, string | number> = {}): void {
  const known = job.attention.some((item) => item.code === code) || events.some((event) => event.data?.['problem'] === code);
  if (!known) events.push(problemEvent(code, at, data));
}

/** The folder the rules choose for a file, or null after having said why none. */
function routeByRules(planner: Planner, file: FileRow): HotFolderRow | null {
  const { job, floor, at, events } = planner;
  const route = chooseHotFolder(floor.rules, job, file.type);
  switch (route.kind) {
    case 'none':
      openProblem(planner, 'NoRuleFits', { name: file.name });
      return null;
    case 'skip':
      if (job.tracks.production?.code !== 'CopyToHotFolderSkipped') {
        events.push({
          code: 'CopyToHotFolderSkipped',
          at,
          actor: system,
          reason: `Rule "${route.rule.name}" sends this job to production without a hot folder.`,
          data: { reasonCode: 'NoHotFolderByRule', rule: route.rule.name, name: file.name, path: file.archivePath, errno: null },
        });
      }
      return null;
    case 'hotFolder': {
      const folder = floor.hotFolders.find((candidate) => candidate.id === route.hotFolderId);
      if (folder === undefined) openProblem(planner, 'HotFolderGone', { name: file.name });
      return folder ?? null;
    }
  }
}

async function planFile(planner: Planner, file: FileRow, wish: Wish | null): Promise<DeliveryRow | null> {
  const { tx, job, at, deliveries, events } = planner;
  if (wish === null) {
    if (deliveries.some((delivery) => delivery.fileId === file.id && delivery.state !== 'cancelled')) return null;
    const olderWasSent = deliveries.some((delivery) => delivery.fileId !== file.id && wasSent(delivery)) && file.version > 1;
    if (olderWasSent) {
      openProblem(planner, 'NewVersionHeld', { name: file.name, version: file.version });
      return null;
    }
  }
  const folder = wish?.folder ?? routeByRules(planner, file);
  if (folder === null) return null;
  const name = await nameFor(tx, folder, job, file);
  if (wish === null && folder.contract && !keepsContract(name, job.order, job.job)) {
    openProblem(planner, 'NameContract', { name, hotFolder: folder.name });
    return null;
  }
  const send =
    deliveries.filter((delivery) => delivery.sha256 === file.sha256 && delivery.hotFolderId === folder.id && delivery.deliveredAt !== null)
      .length + 1;
  const accepted = folder.types.length === 0 || folder.types.includes(file.type);
  const delivery = await tx.addDelivery(
    {
      jobId: job.id,
      fileId: file.id,
      hotFolderId: folder.id,
      placeId: folder.place.id,
      outcome: folder.outcome,
      wished: wish !== null,
      name,
      size: file.size,
      sha256: file.sha256,
      state: accepted ? 'waiting' : 'failed',
      send,
      priority: job.priority,
    },
    at,
  );
  if (!accepted) {
    await tx.changeDelivery(delivery.id, { reasonCode: 'TypeNotAccepted' });
    events.push({
      code: 'CopyToHotFolderFailed',
      at,
      actor: system,
      reason: reasonEntry('TypeNotAccepted').what.en,
      data: {
        reasonCode: 'TypeNotAccepted',
        raw: `${file.type} is not among ${folder.types.join(', ')}`,
        errno: null,
        path: folder.path,
        tries: 0,
        hotFolder: folder.name,
        name,
      },
    });
  }
  if (job.hotFolderId !== folder.id) await tx.setHotFolder(job.id, folder.id);
  return delivery;
}

/**
 * Adds the deliveries that are due for a job, or says on its record why there is none. `wish` is a person's order to send, again or against the rules.
 * Answers the hot folders to wake.
 */
export async function planDeliveries(tx: Writer, floor: Floor, jobId: number, at: number, wish: Wish | null = null): Promise<number[]> {
  const job = await tx.job(jobId);
  if (job === null || !(wish !== null || mayBeDelivered({ state: job, missing: job.missing }, false).ok)) return [];
  const current = (await tx.files(jobId)).filter((file) => file.current);
  const planner: Planner = { tx, job, floor, at, deliveries: job.deliveries.length === 0 ? [] : await tx.deliveriesOf(jobId), events: [] };
  const planned: DeliveryRow[] = [];
  for (const file of current) {
    const delivery = await planFile(planner, file, wish);
    if (delivery !== null) planned.push(delivery);
  }
  if (planner.events.length > 0) await tx.record(jobId, planner.events);
  return [...new Set(planned.filter((delivery) => delivery.state === 'waiting').map((delivery) => delivery.hotFolderId))];
}
