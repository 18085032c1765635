/** Reads what can point to the job of a file: names, content, folders, places. Newest first, and only the newest few of many. */

import { type SelectQueryBuilder, sql } from 'kysely';
import { nameKey } from '../../../shared/name-key.ts';
import { byId, fileFrom } from './job-rows.ts';
import { readJobRows, type Snapshot, type StateAtHand } from './read-jobs.ts';
import type { FolderTickets, JobRow, WhoseReader } from './store.ts';
import type { Db, Tables } from './tables.ts';
import { template } from './template.ts';

/** A name like "cover.pdf" is known to thousands of jobs; a file that comes now has to do with the last of them. */
const newest = 20;

type Ids = { job_id: number }[];
type Find = (db: Db, value: string) => Promise<Ids>;

/** Mostly there is none, which an unordered question finds out: one with an order is planned anew at every call, and costs many times as much. */
function few(any: Find, inOrder: Find): Find {
  return async (db, value) => ((await any(db, value)).length === 0 ? [] : await inOrder(db, value));
}

const missing = few(
  template((db, key: string) => db.selectFrom('missing_file').select('job_id').where('name_key', '=', key).limit(sql.lit(1))),
  template((db, key: string) =>
    db
      .selectFrom('missing_file')
      .select('job_id')
      .where('name_key', '=', key)
      .orderBy('job_id', 'desc')
      .limit(sql.lit(newest + 1)),
  ),
);

type OfFiles = SelectQueryBuilder<Tables, 'file', { job_id: number }>;

function newestWith(ofFiles: (db: Db, value: string) => OfFiles): Find {
  return few(
    template((db, value: string) => ofFiles(db, value).limit(sql.lit(1))),
    template((db, value: string) => ofFiles(db, value).distinct().orderBy('job_id', 'desc').limit(sql.lit(newest))),
  );
}

const ticketed = (db: Db): OfFiles => db.selectFrom('file').select('job_id').where('has_ticket', '=', sql.lit<1>(1));
const unnamed = (db: Db): OfFiles => db.selectFrom('file').select('job_id').where('own_number', '=', sql.lit<1>(1));
const ticketedByName = newestWith((db, key) => ticketed(db).where('name_key', '=', key));
const ticketedByContent = newestWith((db, sha256) => ticketed(db).where('sha256', '=', sha256));
const unnamedByName = newestWith((db, key) => unnamed(db).where('name_key', '=', key));
const unnamedByContent = newestWith((db, sha256) => unnamed(db).where('sha256', '=', sha256));
const unnamedBetween = template((db, from: string, to: string) =>
  db
    .selectFrom('file')
    .select('job_id')
    .distinct()
    .where('own_number', '=', sql.lit<1>(1))
    .where('source_path', '>=', from)
    .where('source_path', '<', to)
    .orderBy('job_id', 'desc')
    .limit(sql.lit(newest)),
);
const newestTickets = template((db, folder: string) =>
  db
    .selectFrom('ticket_folder')
    .select(['job_id', 'order_no'])
    .where('folder', '=', folder)
    .orderBy('job_id', 'desc')
    .limit(sql.lit(newest + 1)),
);
// By an index, however many there are: a folder with thousands of tickets of one order is asked at each of them.
const orderEnds = template((db, folder: string, sameFolder: string) =>
  db.selectNoFrom((is) => [
    is
      .selectFrom('ticket_folder')
      .select((of) => of.fn.min('order_no').as('order'))
      .where('folder', '=', folder)
      .as('first'),
    is
      .selectFrom('ticket_folder')
      .select((of) => of.fn.max('order_no').as('order'))
      .where('folder', '=', sameFolder)
      .as('last'),
  ]),
);
const missingIn = template((db, folder: string, key: string) =>
  db
    .selectFrom('missing_file')
    .innerJoin('ticket_folder', 'ticket_folder.job_id', 'missing_file.job_id')
    .select('missing_file.job_id')
    .where('ticket_folder.folder', '=', folder)
    .where('name_key', '=', key)
    .limit(sql.lit(newest)),
);
const havingIn = template((db, folder: string, key: string) =>
  db
    .selectFrom('file')
    .innerJoin('ticket_folder', 'ticket_folder.job_id', 'file.job_id')
    .select('file.job_id')
    .where('ticket_folder.folder', '=', folder)
    .where('name_key', '=', key)
    .limit(sql.lit(newest)),
);
const ownFolders = template((db, jobId: number) =>
  db
    .selectFrom('ticket_folder as mine')
    .select('mine.folder')
    .where('mine.job_id', '=', jobId)
    // Before and behind it in the index, instead of reading all that are the same.
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('ticket_folder as other')
            .select('other.job_id')
            .whereRef('other.folder', '=', 'mine.folder')
            .whereRef('other.order_no', '<', 'mine.order_no'),
        ),
      ),
    )
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('ticket_folder as other')
            .select('other.job_id')
            .whereRef('other.folder', '=', 'mine.folder')
            .whereRef('other.order_no', '>', 'mine.order_no'),
        ),
      ),
    ),
);
const unfiledAt = template((db, path: string) =>
  db.selectFrom('file').selectAll().where('source_path', '=', path).where('filed', '=', sql.lit<0>(0)),
);

/** Do tickets of one order lie in a folder, and no other's? True where there is none. */
export async function isOneOrders(db: Db, folder: string): Promise<boolean> {
  const [ends] = await orderEnds(db, folder, folder);
  return ends === undefined || ends.first === ends.last;
}

async function ticketsIn(db: Db, folder: string): Promise<FolderTickets> {
  const rows = await newestTickets(db, folder);
  const more = rows.length > newest;
  const areOneOrders = new Set(rows.map((row) => row.order_no)).size <= 1 && (!more || (await isOneOrders(db, folder)));
  return { isOneOrders: areOneOrders, jobIds: rows.slice(0, newest).map((row) => row.job_id), more };
}

export function whoseReader(snapshot: Snapshot, stateOf: StateAtHand): WhoseReader {
  const jobs = (find: (db: Db) => Promise<Ids>): Promise<JobRow[]> =>
    snapshot(async (db) => {
      const ids = (await find(db)).map((row) => row.job_id);
      return await readJobRows(db, ids, stateOf);
    });
  return {
    jobsMissing: (fileName) =>
      snapshot(async (db) => {
        const ids = (await missing(db, nameKey(fileName))).map((row) => row.job_id);
        return { jobs: await readJobRows(db, ids.slice(0, newest), stateOf), more: ids.length > newest };
      }),
    ticketedJobsWithFile: (fileName) => jobs((db) => ticketedByName(db, nameKey(fileName))),
    ticketedJobsWithContent: (sha256) => jobs((db) => ticketedByContent(db, sha256)),
    unnamedJobsWithFile: (fileName) => jobs((db) => unnamedByName(db, nameKey(fileName))),
    // Every path in a folder begins with it and a separator; the sign after the separator ends the range.
    unnamedJobsFrom: (folder) =>
      jobs(async (db) => [
        ...(await unnamedBetween(db, `${folder}/`, `${folder}0`)),
        ...(await unnamedBetween(db, `${folder}\\`, `${folder}]`)),
      ]),
    unnamedJobWithContent: async (sha256) => (await jobs(async (db) => (await unnamedByContent(db, sha256)).slice(0, 1)))[0] ?? null,
    ticketsIn: (folder) => snapshot((db) => ticketsIn(db, folder)),
    jobsNaming: (folder, fileName) =>
      jobs(async (db) => [...(await missingIn(db, folder, nameKey(fileName))), ...(await havingIn(db, folder, nameKey(fileName)))]),
    ownFoldersOf: (jobId) => snapshot(async (db) => (await ownFolders(db, jobId)).map((row) => row.folder)),
    unfiledAt: (sourcePath) => snapshot(async (db) => (await unfiledAt(db, sourcePath)).map(fileFrom).sort(byId).reverse()),
  };
}
