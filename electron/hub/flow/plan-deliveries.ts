/**
 * Which of a job's files go to which hot folder now. Runs inside the transaction that made it possible, so that a job on record
 * never waits for somebody to think of it.
 */
import { keepsContract, renderName, splitName } from '../../../shared/file-name.ts';
import type { Told } from '../../../shared/job/command.ts';
import { mayBeDelivered } from '../../../shared/job/may-be-delivered.ts';
import { engine } from '../../../shared/job/mover.ts';
import type { ReasonCode } from '../../../shared/reason.ts';
import { chooseHotFolder } from '../../../shared/routing.ts';
import { tell } from '../jobs/tell.ts';
import type { DeliveryRow, FileRow, HotFolderRow, JobRow, Writer } from '../store/store.ts';
import { wasSent } from './decide.ts';
import type { Floor } from './flow-parts.ts';

/** A person's word for sending what the rules alone would not. */
export type Wish = { readonly folder: HotFolderRow | null };

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
  readonly told: Told[];
};

function openProblem({ job, told }: Planner, problem: ReasonCode, data: Record<string, string | number>): void {
  told.push({ kind: 'notPlanned', jobId: job.id, problem, data });
}

/** The folder the rules choose for a file, or null after having said why none. */
function routeByRules(planner: Planner, file: FileRow): HotFolderRow | null {
  const { job, floor, told } = planner;
  const route = chooseHotFolder(floor.rules, job, file.type);
  switch (route.kind) {
    case 'none':
      openProblem(planner, 'NoRuleFits', { name: file.name });
      return null;
    case 'skip':
      told.push({ kind: 'skipped', jobId: job.id, rule: route.rule.name, name: file.name, path: file.archivePath });
      return null;
    case 'hotFolder': {
      const folder = floor.hotFolders.find((candidate) => candidate.id === route.hotFolderId);
      if (folder === undefined) openProblem(planner, 'HotFolderGone', { name: file.name });
      return folder ?? null;
    }
  }
}

async function planFile(planner: Planner, file: FileRow, wish: Wish | null): Promise<DeliveryRow | null> {
  const { tx, job, at, deliveries, told } = planner;
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
    const { id: deliveryId, size, sha256 } = delivery;
    told.push({
      kind: 'seen',
      what: 'failed',
      jobId: job.id,
      delivery: { hotFolder: folder.name, hotFolderId: folder.id, deliveryId, name, size, sha256, send },
      reasonCode: 'TypeNotAccepted',
      raw: `${file.type} is not among ${folder.types.join(', ')}`,
      errno: null,
      path: folder.path,
      tries: 0,
    });
  }
  if (job.hotFolderId !== folder.id) await tx.setHotFolder(job.id, folder.id);
  return delivery;
}

/** A file that came after a person had said that the job is made without it. One that was called off by that word is not asked about. */
function holdBack(planner: Planner, file: FileRow): void {
  const known = planner.deliveries.some((delivery) => delivery.fileId === file.id);
  if (!known) openProblem(planner, 'MadeByHand', { name: file.name });
}

/**
 * Adds the deliveries that are due for a job, or says on its record why there is none. `wish` is a person's order to send, again or against the rules.
 * Answers the hot folders to wake.
 */
export async function planDeliveries(tx: Writer, floor: Floor, jobId: number, at: number, wish: Wish | null = null): Promise<number[]> {
  const job = await tx.job(jobId);
  if (job === null) return [];
  const may = mayBeDelivered({ state: job, missing: job.missing }, wish !== null);
  if (!may.ok && may.why !== 'sendByHand') return [];
  const current = (await tx.files(jobId)).filter((file) => file.current);
  const planner: Planner = { tx, job, floor, at, deliveries: job.deliveries.length === 0 ? [] : await tx.deliveriesOf(jobId), told: [] };
  const planned: DeliveryRow[] = [];
  for (const file of current) {
    if (!may.ok) holdBack(planner, file);
    const delivery = may.ok ? await planFile(planner, file, wish) : null;
    if (delivery !== null) planned.push(delivery);
  }
  for (const told of planner.told) await tell(tx, told, engine, at);
  return [...new Set(planned.filter((delivery) => delivery.state === 'waiting').map((delivery) => delivery.hotFolderId))];
}
