/**
 * Which of a job's files go to which hot folder now. Runs inside the transaction that made it possible, so that a job on record
 * never waits for somebody to think of it. What it plans goes where the hot folder is at this moment, and is kept with the delivery.
 */
import { type DeliveryState, sentStates } from '../../../shared/delivery.ts';
import { keepsContract } from '../../../shared/file-name.ts';
import { mayBeDelivered } from '../../../shared/job/may-be-delivered.ts';
import { engine } from '../../../shared/job/mover.ts';
import type { ReasonCode } from '../../../shared/reason.ts';
import { chooseHotFolder } from '../../../shared/routing.ts';
import { say } from '../../../shared/words/say.ts';
import { releaseHeld } from '../deliver/hold-or-cancel.ts';
import { factsOf } from '../deliver/record.ts';
import { tell } from '../jobs/tell.ts';
import type { DeliveryRow, FileRow, HotFolderRow, JobRow, Writer } from '../store/store.ts';
import { isThereByHand } from './by-hand.ts';
import { nameDelivery, namePartsOf } from './delivery-name.ts';
import type { Floor } from './flow-parts.ts';
import { olderVersions } from './older-versions.ts';
import { withoutNumber } from './whose.ts';

/** A person's word for sending what the rules alone would not: these files, to this folder or where the rules say. */
export type SendWish = {
  readonly folder: HotFolderRow | null;
  readonly fileIds: ReadonlySet<number>;
  /** The hot folders that files of a reprint went to the first time, by the id of the file: they go there again as long as there is one. */
  readonly wentTo?: ReadonlyMap<number, number>;
};

type Planner = {
  readonly tx: Writer;
  readonly floor: Floor;
  readonly job: JobRow;
  readonly at: number;
  readonly deliveries: readonly DeliveryRow[];
  /** The hot folder the job belongs to as it is now: of several files the last one says. */
  hotFolderId: number | null;
};

const sent: ReadonlySet<DeliveryState> = new Set(sentStates);

/** Says once on the job's record why a file is not planned. */
async function sayProblem({ tx, job, at }: Planner, problem: ReasonCode, data: Readonly<Record<string, string | number>>): Promise<null> {
  await tell(tx, { kind: 'notPlanned', jobId: job.id, problem, data }, engine, at);
  return null;
}

/** The folder a file goes to as it is now, or null after having said why none. What a person sends again without a rule goes where it went before. */
async function folderFor(planner: Planner, file: FileRow, wish: SendWish | null): Promise<HotFolderRow | null> {
  const { tx, floor, job, at } = planner;
  const find = async (id: number): Promise<HotFolderRow | null> =>
    (await tx.hotFolder(id)) ?? (await sayProblem(planner, 'HotFolderGone', { name: file.name }));
  if (wish?.folder != null) return await find(wish.folder.id);
  const wentTo = wish?.wentTo?.get(file.id);
  const again = wentTo === undefined ? null : await tx.hotFolder(wentTo);
  if (again !== null) return again;
  const route = chooseHotFolder(floor.rules, job, file.type);
  switch (route.kind) {
    case 'none': {
      const before = wish === null ? undefined : planner.deliveries.findLast((delivery) => delivery.fileId === file.id);
      return before === undefined ? await sayProblem(planner, 'NoRuleFits', { name: file.name }) : await find(before.hotFolderId);
    }
    case 'skip':
      await tell(tx, { kind: 'skipped', jobId: job.id, rule: route.rule.name, name: file.name, path: file.archivePath }, engine, at);
      return null;
    case 'hotFolder':
      return await find(route.hotFolderId);
    default:
      return route satisfies never;
  }
}

/** Has a printer had an earlier version of this file, or what another program put there for the job? */
async function wasSentBefore({ tx, floor, job, deliveries }: Planner, file: FileRow): Promise<boolean> {
  const others = deliveries.filter(({ fileId, state }) => fileId !== file.id && sent.has(state));
  if (others.length === 0) return false;
  const older = olderVersions(await tx.files(job.id), file, (name) => withoutNumber(name, floor));
  return others.some(({ fileId }) => fileId === null || older.has(fileId));
}

/** What may go by itself: a file that was never planned, that nobody put there by hand, and no version that follows one the printer has had. */
async function mayPlanItself(planner: Planner, file: FileRow): Promise<boolean> {
  const { deliveries } = planner;
  if (deliveries.some((delivery) => delivery.fileId === file.id && delivery.state !== 'cancelled')) return false;
  const olderWasSent = file.version > 1 && (await wasSentBefore(planner, file));
  if (olderWasSent) await sayProblem(planner, 'NewVersionHeld', { name: file.name, version: file.version });
  if (olderWasSent) return false;
  const isThere = await isThereByHand(planner.tx, file, deliveries);
  if (isThere) await sayProblem(planner, 'PutByHand', { name: file.name });
  return !isThere;
}

async function addDelivery(planner: Planner, file: FileRow, folder: HotFolderRow, name: string, wished: boolean): Promise<DeliveryRow> {
  const { tx, job, at, deliveries } = planner;
  const sends = deliveries.filter(
    (delivery) => delivery.sha256 === file.sha256 && delivery.hotFolderId === folder.id && delivery.deliveredAt !== null,
  );
  const accepted = folder.types.length === 0 || folder.types.includes(file.type);
  const { size, sha256 } = file;
  const delivery = await tx.addDelivery(
    {
      jobId: job.id,
      fileId: file.id,
      hotFolderId: folder.id,
      placeId: folder.place.id,
      outcome: folder.outcome,
      wished,
      name,
      size,
      sha256,
      state: accepted ? 'waiting' : 'failed',
      send: sends.length + 1,
      priority: job.priority,
    },
    at,
  );
  if (!accepted) {
    const raw = say('en', 'found.typeNotAmong', { type: file.type, types: folder.types.join(', ') });
    await tx.changeDelivery(delivery.id, { reasonCode: 'TypeNotAccepted', raw });
    const fault = { reasonCode: 'TypeNotAccepted', raw, errno: null, path: folder.path, tries: 0 } as const;
    await tell(tx, { kind: 'seen', what: 'failed', jobId: job.id, delivery: factsOf(folder, delivery), ...fault }, engine, at);
  }
  if (planner.hotFolderId !== folder.id) await tx.setHotFolder(job.id, folder.id, planner.hotFolderId);
  planner.hotFolderId = folder.id;
  return delivery;
}

async function planFile(planner: Planner, file: FileRow, wish: SendWish | null): Promise<DeliveryRow | null> {
  const { tx, job } = planner;
  if (wish === null && !(await mayPlanItself(planner, file))) return null;
  const folder = await folderFor(planner, file, wish);
  if (folder === null) return null;
  const name = await nameDelivery(tx, folder, job.id, file.name, namePartsOf(job, file, folder));
  if (wish === null && folder.contract && !keepsContract(name, job.order, job.orderedAs))
    return await sayProblem(planner, 'NameContract', { name, hotFolder: folder.name });
  return await addDelivery(planner, file, folder, name, wish !== null);
}

/** A file that came after a person had said that the job is made without it. One that was cancelled by that word is not asked about. */
async function holdBack(planner: Planner, files: readonly FileRow[]): Promise<void> {
  for (const file of files)
    if (!planner.deliveries.some((delivery) => delivery.fileId === file.id)) await sayProblem(planner, 'MadeByHand', { name: file.name });
}

/**
 * Adds the deliveries that are due for a job, or says on its record why there is none. `wish` is a person's order to send, again or against the rules.
 * Answers the hot folders to wake.
 */
export async function planDeliveries(tx: Writer, floor: Floor, jobId: number, at: number, wish: SendWish | null = null): Promise<number[]> {
  const whole = await tx.jobInFull(jobId);
  if (whole === null) return [];
  const { job, deliveries } = whole;
  const files = whole.files.filter((file) => file.current && (wish === null || wish.fileIds.has(file.id)));
  const planner: Planner = { tx, floor, job, at, deliveries, hotFolderId: job.hotFolderId };
  const may = mayBeDelivered({ state: job, missing: job.missing }, wish !== null);
  if (!may.ok) {
    if (may.why === 'sendByHand') await holdBack(planner, files);
    return [];
  }
  const hotFolderIds = new Set(await releaseHeld(tx, planner.deliveries, at));
  for (const file of files) {
    const delivery = await planFile(planner, file, wish);
    if (delivery?.state === 'waiting') hotFolderIds.add(delivery.hotFolderId);
  }
  return [...hotFolderIds];
}
