/** Writes files and deliveries. */

import { basename, dirname, extname, join } from 'node:path';
import type { Selectable, Updateable } from 'kysely';
import { type DeliveryState, knownState, mayBecome, namedStates } from '../../../shared/delivery.ts';
import { nameKey } from '../../../shared/name-key.ts';
import { deliveryFrom, fileFrom } from './job-rows.ts';
import { addToSum, type Pending } from './pending.ts';
import { deliveryById, fileById } from './read-files.ts';
import type { DeliveryChange, DeliveryRow, FileRow, NewDelivery, NewFile, Writer } from './store.ts';
import { type Db, type DeliveryTable, flag } from './tables.ts';
import { addTo, changeIn, template } from './template.ts';

export type FileWriter = Pick<
  Writer,
  'addFile' | 'renumberArchivePath' | 'markFiled' | 'moveFiles' | 'delivery' | 'addDelivery' | 'changeDelivery' | 'stepDelivery'
>;

const addFileRow = addTo('file');
const changeFile = changeIn('file');
const addDeliveryRow = addTo('delivery');
const changeDeliveryRow = changeIn('delivery');
const open: ReadonlySet<DeliveryState> = new Set(namedStates);

const inArchive = template((db, path: string) =>
  db.selectFrom('file').select('id').where('archive_path', '=', path).where('same_as', 'is', null),
);
const jobFacts = template((db, jobId: number) => db.selectFrom('job').select(['named', 'has_ticket']).where('id', '=', jobId));

const moveFileRows = template((db, from: number, job_id: number, own_number: 0 | 1, has_ticket: 0 | 1) =>
  db.updateTable('file').set({ job_id, own_number, has_ticket }).where('job_id', '=', from),
);
const moveDeliveryRows = template((db, from: number, job_id: number) =>
  db.updateTable('delivery').set({ job_id }).where('job_id', '=', from),
);

const joinJob = template((db, from: number, part_of: number) => db.updateTable('job').set({ part_of }).where('id', '=', from));

/** The wished place, or a numbered one beside it that no other file has: of thousands of one name, found in few questions. */
async function freePlace(db: Db, wished: string): Promise<string> {
  const type = extname(wished);
  const stem = join(dirname(wished), basename(wished, type).replace(/ \(\d{1,6}\)$/u, ''));
  const place = (number: number): string => (number === 1 ? wished : `${stem} (${number})${type}`);
  const isTaken = async (number: number): Promise<boolean> => (await inArchive(db, place(number))).length > 0;
  let [taken, free] = [0, 1];
  while (await isTaken(free)) [taken, free] = [free, free < 8 ? free + 1 : free * 2];
  while (free - taken > 1) {
    const middle = (taken + free) >> 1;
    if (await isTaken(middle)) taken = middle;
    else free = middle;
  }
  return place(free);
}

/** Ends the turn of the file that is replaced; answers the version of the next. */
async function replaceFile(db: Db, id: number | null): Promise<number> {
  if (id === null) return 1;
  const [older] = await fileById(db, id);
  if (older === undefined) throw new Error(`there is no file ${id}`);
  await changeFile(db, id, { current: 0 });
  return older.version + 1;
}

async function addFile(db: Db, pending: Pending, file: NewFile): Promise<FileRow> {
  const added = pending.added.get(file.jobId);
  const job = added ?? (await jobFacts(db, file.jobId))[0];
  if (job === undefined) throw new Error(`there is no job ${file.jobId}`);
  const row = {
    job_id: file.jobId,
    name: file.name,
    name_key: nameKey(file.name),
    version: file.sameAs?.version ?? (await replaceFile(db, file.replaces)),
    current: flag(true),
    size: file.size,
    sha256: file.sha256,
    type: file.type,
    source_path: file.sourcePath,
    archive_path: file.sameAs?.archivePath ?? (await freePlace(db, file.archivePath)),
    filed: flag(file.sameAs !== undefined),
    arrived_at: file.arrivedAt,
    own_number: flag(job.named === 0),
    has_ticket: job.has_ticket,
    same_as: file.sameAs?.id ?? null,
  };
  const id = await addFileRow(db, row);
  const fresh = pending.fresh.get(file.jobId);
  if (file.replaces !== null) {
    pending.fresh.delete(file.jobId);
    pending.added.delete(file.jobId);
  } else if (fresh !== undefined) pending.fresh.set(file.jobId, { ...fresh, files: [...fresh.files, { id, ...row }] });
  if (added !== undefined && file.replaces === null)
    pending.added.set(file.jobId, { ...added, fileNames: [...added.fileNames, file.name] });
  pending.words.set(file.jobId, pending.words.get(file.jobId) ?? false);
  pending.jobIds.add(file.jobId);
  return fileFrom({ id, ...row });
}

async function changeFileOf(db: Db, pending: Pending, id: number, change: Parameters<typeof changeFile>[2]): Promise<void> {
  const [file] = await fileById(db, id);
  if (file === undefined) throw new Error(`there is no file ${id}`);
  await changeFile(db, id, change);
  pending.fresh.delete(file.job_id);
  pending.jobIds.add(file.job_id);
}

async function renumberArchivePath(db: Db, pending: Pending, id: number): Promise<FileRow> {
  const [file] = await fileById(db, id);
  if (file === undefined) throw new Error(`there is no file ${id}`);
  // Its own row holds the place it could not get, so the next free one is another.
  const archive_path = await freePlace(db, file.archive_path);
  await changeFileOf(db, pending, id, { archive_path });
  return fileFrom({ ...file, archive_path });
}

async function moveFiles(db: Db, pending: Pending, from: number, to: number): Promise<void> {
  const [job] = await jobFacts(db, to);
  if (job === undefined) throw new Error(`there is no job ${to}`);
  await moveFileRows(db, from, to, flag(job.named === 0), job.has_ticket);
  await moveDeliveryRows(db, from, to);
  await joinJob(db, from, to);
  pending.deliveries.clear();
  for (const id of [from, to]) {
    pending.added.delete(id);
    pending.facts.delete(id);
    pending.fresh.delete(id);
    pending.words.set(id, pending.words.get(id) ?? false);
    pending.jobIds.add(id);
  }
}

function outcomeText(outcome: DeliveryRow['outcome']): string | null {
  return outcome === null || outcome.kind === 'none' ? null : JSON.stringify(outcome);
}

async function addDelivery(db: Db, pending: Pending, delivery: NewDelivery, at: number): Promise<DeliveryRow> {
  const { jobId, fileId, hotFolderId, placeId, name, size, sha256, state, send, priority } = delivery;
  const { outcome = null, wished = false, mark = null, deliveredAt = null } = delivery;
  const row = {
    job_id: jobId,
    file_id: fileId,
    hot_folder_id: hotFolderId,
    place_id: placeId,
    outcome: outcomeText(outcome),
    wished: flag(wished),
    name,
    name_key: nameKey(name),
    size,
    sha256,
    state,
    open: flag(open.has(state)),
    send,
    tries: 0,
    reason_code: null,
    raw: null,
    next_try_at: null,
    mark,
    priority,
    created_at: at,
    delivered_at: deliveredAt,
  };
  const id = await addDeliveryRow(db, row);
  pending.fresh.delete(jobId);
  addToSum(pending, `delivery ${hotFolderId} ${state}`, 1);
  pending.jobIds.add(jobId);
  return deliveryFrom({ id, ...row });
}

function deliveryColumns(change: DeliveryChange): Updateable<DeliveryTable> {
  const { name, state, placeId, outcome, wished, tries, reasonCode, raw, nextTryAt, mark, deliveredAt } = change;
  return {
    ...(name !== undefined && { name, name_key: nameKey(name) }),
    ...(state !== undefined && { state, open: flag(open.has(state)) }),
    ...(placeId !== undefined && { place_id: placeId }),
    ...(outcome !== undefined && { outcome: outcomeText(outcome) }),
    ...(wished !== undefined && { wished: flag(wished) }),
    ...(tries !== undefined && { tries }),
    ...(reasonCode !== undefined && { reason_code: reasonCode }),
    ...(raw !== undefined && { raw }),
    ...(nextTryAt !== undefined && { next_try_at: nextTryAt }),
    ...(mark !== undefined && { mark }),
    ...(deliveredAt !== undefined && { delivered_at: deliveredAt }),
  };
}

/** A delivery as it stands in this transaction. */
async function deliveryRow(db: Db, pending: Pending, id: number): Promise<Selectable<DeliveryTable> | undefined> {
  const kept = pending.deliveries.get(id);
  if (kept !== undefined) return kept;
  const [row] = await deliveryById(db, id);
  if (row !== undefined) pending.deliveries.set(id, row);
  return row;
}

async function changeDelivery(db: Db, pending: Pending, id: number, change: DeliveryChange): Promise<void> {
  const before = await deliveryRow(db, pending, id);
  if (before === undefined) throw new Error(`there is no delivery ${id}`);
  if (change.state !== undefined && change.state !== before.state && !mayBecome(knownState(before.state), change.state))
    throw new Error(`delivery ${id} is ${before.state} and cannot become ${change.state}`);
  await changeFrom(db, pending, before, change);
}

async function stepDelivery(db: Db, pending: Pending, id: number, change: DeliveryChange & Pick<DeliveryRow, 'state'>) {
  const before = await deliveryRow(db, pending, id);
  if (before === undefined || !mayBecome(knownState(before.state), change.state)) return null;
  await changeFrom(db, pending, before, change);
  return deliveryFrom(before);
}

/** What stays as it was would cost a write in every index that knows of it. */
function differing(before: Selectable<DeliveryTable>, change: Updateable<DeliveryTable>): Updateable<DeliveryTable> {
  const told = Object.entries(change).filter(([column, value]) => before[column as keyof DeliveryTable] !== value);
  return Object.fromEntries(told);
}

async function changeFrom(db: Db, pending: Pending, before: Selectable<DeliveryTable>, change: DeliveryChange): Promise<void> {
  const columns = differing(before, deliveryColumns(change));
  await changeDeliveryRow(db, before.id, columns);
  pending.deliveries.set(before.id, { ...before, ...(columns as Partial<Selectable<DeliveryTable>>) });
  if (change.state !== undefined && change.state !== before.state) {
    addToSum(pending, `delivery ${before.hot_folder_id} ${before.state}`, -1);
    addToSum(pending, `delivery ${before.hot_folder_id} ${change.state}`, 1);
  }
  pending.jobIds.add(before.job_id);
}

export function fileWriter(db: Db, pending: Pending): FileWriter {
  return {
    addFile: (file) => addFile(db, pending, file),
    renumberArchivePath: (id) => renumberArchivePath(db, pending, id),
    moveFiles: (from, to) => moveFiles(db, pending, from, to),
    markFiled: async (id) => {
      pending.fresh.clear();
      await changeFile(db, id, { filed: 1 });
    },
    delivery: async (id) => {
      const row = await deliveryRow(db, pending, id);
      return row === undefined ? null : deliveryFrom(row);
    },
    addDelivery: (delivery, at) => addDelivery(db, pending, delivery, at),
    changeDelivery: (id, change) => changeDelivery(db, pending, id, change),
    stepDelivery: (id, change) => stepDelivery(db, pending, id, change),
  };
}
