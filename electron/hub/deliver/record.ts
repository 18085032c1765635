/** What was done or seen at a printer, on record: the step of the delivery, and what the door makes of it for the job, in one transaction. */
import { join } from 'node:path';
import type { DeliveryState } from '../../../shared/delivery.ts';
import type { DeliveryFacts } from '../../../shared/job/command.ts';
import { liesInFolder } from '../../../shared/job/lies-though-printed.ts';
import { engine, type Mover, printer } from '../../../shared/job/mover.ts';
import { isPrinted } from '../../../shared/job/place.ts';
import type { JobState } from '../../../shared/job/state.ts';
import type { ReasonCode } from '../../../shared/reason.ts';
import { chooseHotFolder } from '../../../shared/routing.ts';
import type { DiskFault } from '../disk/fault.ts';
import { tell } from '../jobs/tell.ts';
import type { DeliveryRow, FileRow, HotFolderRow, Store, Writer } from '../store/store.ts';
import { cancelBehind } from './behind.ts';
import { giveTo } from './give-to.ts';
import type { Found } from './outcomes.ts';
import { explains } from './shared-outcome.ts';
import { stepDelivery, stillHere } from './step.ts';

/** `folder`: with the place it is about. */
export type RecordParts = { readonly store: Store; readonly folder: HotFolderRow; readonly now: () => number };

export function factsOf({ id, name }: Pick<HotFolderRow, 'id' | 'name'>, delivery: DeliveryRow): DeliveryFacts {
  return {
    hotFolder: name,
    hotFolderId: id,
    deliveryId: delivery.id,
    name: delivery.name,
    size: delivery.size,
    sha256: delivery.sha256,
    send: delivery.send,
  };
}

/** `jobId`: of the delivery as it is on record, since its file may have become another job's while it was under way. */
function sight({ folder }: RecordParts, delivery: DeliveryRow, { jobId }: Pick<DeliveryRow, 'jobId'>) {
  return { kind: 'seen', jobId, delivery: factsOf(folder, delivery) } as const;
}

type Told = Parameters<typeof tell>[1];
const whyNotPlanned: readonly ReasonCode[] = ['NoRuleFits', 'HotFolderGone', 'NameContract', 'NewVersionHeld', 'PutByHand', 'MadeByHand'];
/** What asks somebody about one delivery, as long as it stands like this. */
const askedOf: Readonly<Partial<Record<DeliveryState, ReasonCode>>> = {
  lying: 'StillLyingThere',
  refused: 'PrinterRefused',
  uncertain: 'DeliveryUncertain',
};

function askedAbout({ state, reasonCode }: DeliveryRow): ReasonCode | undefined {
  return state === 'uncertain' && reasonCode === 'OutOfSight' ? 'OutOfSight' : askedOf[state];
}

async function currentFiles(tx: Writer, jobId: number): Promise<readonly FileRow[]> {
  return (await tx.files(jobId)).filter((file) => file.current);
}

/** The newest delivery of each current file that was not cancelled; files of other programs count each by itself. */
function newestOf(files: readonly FileRow[], deliveries: readonly DeliveryRow[]): readonly DeliveryRow[] {
  const current = new Set(files.map((file) => file.id));
  const newest = new Map<string, DeliveryRow>();
  for (const delivery of deliveries) {
    const { id, fileId, state } = delivery;
    if (state !== 'cancelled' && (fileId === null || current.has(fileId)))
      newest.set(fileId === null ? `foreign ${id}` : `${fileId}`, delivery);
  }
  return [...newest.values()];
}

async function newestDeliveries(tx: Writer, jobId: number): Promise<readonly DeliveryRow[]> {
  return newestOf(await currentFiles(tx, jobId), await tx.deliveriesOf(jobId));
}

/** The status says of one file at a time that it failed: once it says something of another, the one that failed is asked about. */
function isFailureHidden({ tracks, problems }: JobState): boolean {
  const isTold = tracks.production?.code === 'CopyToHotFolderFailed' || problems.some(({ code }) => code === 'OneFileFailed');
  return !isTold && !isPrinted({ tracks });
}

async function namesLying(tx: Writer, jobId: number): Promise<string> {
  return (await tx.deliveriesOf(jobId)).flatMap((one) => (liesInFolder(one) ? [one.name] : [])).join(', ');
}

/** What was seen to stays so for the others of it. */
async function tellOfOthersLying(tx: Writer, jobId: number, isSeenTo: boolean, at: number): Promise<void> {
  const lies = await namesLying(tx, jobId);
  const data = { lies, ...(isSeenTo && { seen: true }) };
  if (lies !== '') await tell(tx, { kind: 'notPlanned', jobId, problem: 'LiesThoughPrinted', data }, engine, at);
}

/** What is true of one file ends no question about another: that one is asked about again. */
export async function tellOfOne(tx: Writer, told: Told, mover: Mover, at: number): Promise<void> {
  const { jobId } = told;
  const before = await tell(tx, told, mover, at);
  const mayHide = before.tracks.production?.code === 'CopyToHotFolderFailed';
  if (before.problems.length === 0 && !mayHide) return;
  const after = (await tx.jobFacts(jobId))?.state;
  if (after === undefined) return;
  const ended = before.problems.filter(({ code }) => !after.problems.some((problem) => problem.code === code));
  if (ended.length === 0 && !mayHide) return;
  const ask = async (problem: ReasonCode, { name, raw }: { readonly name: string; readonly raw?: string | null }): Promise<unknown> =>
    await tell(tx, { kind: 'notPlanned', jobId, problem, data: { name, ...(raw != null && { raw }) } }, engine, at);
  const open = whyNotPlanned.filter((code) => ended.some((problem) => problem.code === code));
  if (open.length > 0) {
    const planned = new Set((await tx.deliveriesOf(jobId)).flatMap(({ fileId, state }) => (state === 'cancelled' ? [] : [fileId])));
    const left = (await tx.files(jobId)).find((file) => file.current && !planned.has(file.id));
    if (left !== undefined) for (const problem of open) await ask(problem, left);
  }
  const deliveries = await newestDeliveries(tx, jobId);
  const failed = isFailureHidden(after) ? deliveries.find(({ state }) => state === 'failed') : undefined;
  if (failed !== undefined)
    await ask('OneFileFailed', { name: failed.name, raw: `${failed.name}: ${failed.raw ?? failed.reasonCode ?? ''}` });
  for (const delivery of deliveries) {
    const problem = askedAbout(delivery);
    if (problem !== undefined && ended.some(({ code }) => code === problem)) await ask(problem, delivery);
  }
  const lay = ended.find(({ code }) => code === 'LiesThoughPrinted');
  if (lay !== undefined) await tellOfOthersLying(tx, jobId, lay.seenTo === true, at);
}

export async function recordDelivered(parts: RecordParts, delivery: DeliveryRow): Promise<void> {
  await parts.store.write(async (tx) => {
    const change = { deliveredAt: parts.now(), reasonCode: null, raw: null, nextTryAt: null };
    // One delivery, one InHotFolder: whoever comes second finds it said.
    const before = await stepDelivery(tx, delivery.id, 'delivered', change);
    if (before === null) return;
    const stays = before.state === 'withdrawing' && (await cancelBehind(tx, before));
    const cancelled = before.state === 'withdrawing' ? ({ cancelled: true, ...(stays && { stays }) } as const) : {};
    await tellOfOne(
      tx,
      { ...sight(parts, delivery, before), what: 'delivered', tries: delivery.tries + 1, ...cancelled },
      engine,
      parts.now(),
    );
  });
}

/** `OutOfSight`: it was delivered, and the folder cannot be seen any more. */
export async function recordUncertain(
  parts: RecordParts,
  delivery: DeliveryRow,
  reasonCode: 'DeliveryUncertain' | 'OutOfSight',
  raw: string | null = null,
): Promise<void> {
  await parts.store.write(async (tx) => {
    const before = await stepDelivery(tx, delivery.id, 'uncertain', { reasonCode, raw, nextTryAt: null });
    if (before === null) return;
    if (before.state === 'withdrawing') await cancelBehind(tx, before);
    await tellOfOne(tx, { ...sight(parts, delivery, before), what: 'uncertain', reasonCode, raw }, engine, parts.now());
  });
}

/** The delivery is given up; `tries` includes the last one. Answers false where it stands elsewhere by now: it was cancelled meanwhile. */
export async function recordFailed(
  parts: RecordParts,
  delivery: DeliveryRow,
  reasonCode: ReasonCode,
  fault: DiskFault,
  tries: number,
): Promise<boolean> {
  const raw = fault.raw;
  const path = fault.path ?? parts.folder.place.folderPath;
  return await parts.store.write(async (tx) => {
    if ((await stillHere(tx, delivery)) === null) return false;
    const before = await stepDelivery(tx, delivery.id, 'failed', { tries, reasonCode, raw, nextTryAt: null, mark: null });
    if (before === null) return false;
    await tellOfOne(
      tx,
      { ...sight(parts, delivery, before), what: 'failed', reasonCode, raw, errno: fault.code, path, tries },
      engine,
      parts.now(),
    );
    return true;
  });
}

/** Somebody must make room for it; it goes on by itself then. The copy of an earlier send is told from the file of another. */
export async function recordNameTaken(parts: RecordParts, delivery: DeliveryRow): Promise<void> {
  await parts.store.write(async (tx) => {
    const before = await stillHere(tx, delivery);
    if (before?.state !== 'waiting') return;
    const holders = await tx.deliveriesNamed(parts.folder.place.folderPath, delivery.name);
    const own = holders.some(
      ({ id, jobId, sha256, state }) =>
        id !== delivery.id && jobId === before.jobId && sha256 === delivery.sha256 && (state === 'delivered' || state === 'lying'),
    );
    await tell(tx, { ...sight(parts, delivery, before), what: 'nameTaken', ...(own && { own }) }, engine, parts.now());
  });
}

/** What lies under the name of a delivery is not what was delivered. */
export async function recordOtherContent(parts: RecordParts, delivery: DeliveryRow, raw: string): Promise<void> {
  await parts.store.write(async (tx) => {
    const before = await tx.delivery(delivery.id);
    if (before?.state !== 'delivered' && before?.state !== 'lying') return;
    await tell(tx, { ...sight(parts, delivery, before), what: 'otherContent', raw }, engine, parts.now());
  });
}

/** Files that are still to be sent: they have no delivery, and no rule sends them to production without a hot folder. */
async function filesToCome(
  tx: Writer,
  jobId: number,
  files: readonly FileRow[],
  sent: readonly DeliveryRow[],
): Promise<readonly FileRow[]> {
  const without = files.filter(({ id }) => !sent.some(({ fileId }) => fileId === id));
  const job = without.length === 0 ? null : await tx.job(jobId);
  if (job === null) return [];
  const rules = await tx.rules();
  return without.filter(({ type }) => chooseHotFolder(rules, job, type).kind !== 'skip');
}

/** How each file of the job stands with its printer; what is still to be sent waits, whatever it waits for. */
export async function standings(tx: Writer, jobId: number): Promise<readonly DeliveryState[]> {
  const files = await currentFiles(tx, jobId);
  const sent = newestOf(files, await tx.deliveriesOf(jobId));
  const toCome = await filesToCome(tx, jobId, files, sent);
  return [...sent.map(({ state }) => state), ...toCome.map(() => 'waiting' as const)];
}

/** `goneAt`: when it was first seen to be gone, epoch ms; null where nobody knows. */
export async function recordTaken(parts: RecordParts, delivery: DeliveryRow, goneAt: number | null): Promise<void> {
  await parts.store.write(async (tx) => {
    const before = await stepDelivery(tx, delivery.id, 'taken');
    if (before === null) return;
    const states = await standings(tx, before.jobId);
    const taken = states.filter((state) => state === 'taken' || state === 'printed').length;
    const counts = { taken: Math.max(taken, 1), of: Math.max(states.length, 1), ...(goneAt !== null && { goneAt }) };
    await tellOfOne(tx, { ...sight(parts, delivery, before), what: 'taken', ...counts }, printer(parts.folder.name), parts.now());
  });
}

/**
 * Where a printer showed what became of a file, and what else is followed there. `sharers`: folder paths of other hot folders that show there too; `sha256`: of
 * the file, as far as it is known.
 */
export type Shown = {
  readonly found: Found;
  readonly followed: readonly DeliveryRow[];
  readonly sharers: readonly string[];
  readonly sha256: string | null;
};

/** Takes the file for this delivery's, in the transaction that says what became of it. Answers false where it is another's, or may be. */
async function take(tx: Writer, { folder, now }: RecordParts, delivery: DeliveryRow, shown: Shown): Promise<boolean> {
  const { found, followed, sharers } = shown;
  const current = await tx.delivery(delivery.id);
  if (current === null || !(await explains(tx, current, found, { ...shown, now: now() }))) return false;
  await giveTo(tx, [folder.place.folderPath, ...sharers], delivery, found, followed);
  return true;
}

export async function recordPrinted(parts: RecordParts, delivery: DeliveryRow, shown: Shown): Promise<void> {
  await parts.store.write(async (tx) => {
    if (!(await take(tx, parts, delivery, shown))) return;
    const before = await stepDelivery(tx, delivery.id, 'printed');
    if (before === null) return;
    const left = (await standings(tx, before.jobId)).filter((state) => state !== 'printed').length;
    await tellOfOne(tx, { ...sight(parts, delivery, before), what: 'printed', left, note: null }, printer(parts.folder.name), parts.now());
  });
}

export async function recordRefused(parts: RecordParts, delivery: DeliveryRow, words: string | null, shown: Shown): Promise<void> {
  const path = join(shown.found.folderPath, shown.found.name);
  await parts.store.write(async (tx) => {
    if (!(await take(tx, parts, delivery, shown))) return;
    const before = await stepDelivery(tx, delivery.id, 'refused', { reasonCode: 'PrinterRefused', raw: words });
    if (before === null) return;
    await tellOfOne(tx, { ...sight(parts, delivery, before), what: 'refused', words, path }, printer(parts.folder.name), parts.now());
  });
}

export async function recordLying(parts: RecordParts, delivery: DeliveryRow): Promise<void> {
  await parts.store.write(async (tx) => {
    const before = await stepDelivery(tx, delivery.id, 'lying');
    if (before === null) return;
    await tellOfOne(tx, { ...sight(parts, delivery, before), what: 'lying' }, engine, parts.now());
  });
}
