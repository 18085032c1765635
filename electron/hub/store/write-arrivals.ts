/** Writes what arrived, what is asked about it and answered, and what was left behind. */
import { cleanLine } from '../../../shared/clean-text.ts';
import type { Said } from '../../../shared/words/say.ts';
import type { Pending } from './pending.ts';
import { arrivalsFrom, ticketHash } from './read-arrivals.ts';
import { isOneOrders } from './read-whose.ts';
import type { LeftBehind, NewArrival, Writer } from './store.ts';
import { type Db, flag } from './tables.ts';
import { addTo, changeIn, insertInto, template } from './template.ts';

export type ArrivalWriter = Pick<
  Writer,
  'addArrival' | 'markArrivalSeen' | 'settleArrival' | 'moveArrival' | 'noteTicketFolder' | 'leaveBehind' | 'forgetLeft'
>;

const addArrivalRow = addTo('arrival');
const changeArrival = changeIn('arrival');
const noteFolder = template((db, folder: string, jobId: number, order: string) =>
  db
    .insertInto('ticket_folder')
    .values({ folder, job_id: jobId, order_no: order })
    .onConflict((conflict) => conflict.columns(['folder', 'job_id']).doNothing()),
);
const noteTicket = insertInto('asked_ticket', ['arrival_id', 'size', 'hash', 'ticket']);
const forget = template((db, place: string) => db.deleteFrom('left_behind').where('place', '=', place));

/** What stands in a ticket is shown as a line. */
function cleaned({ key, values }: Said): Said {
  const lines = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? cleanLine(value) : typeof value === 'object' ? cleaned(value) : value,
  ]);
  return { key, values: Object.fromEntries(lines) };
}

async function addArrival(db: Db, arrival: NewArrival): Promise<number> {
  const { folder, at, outcome, jobId, reasonCode, path, sha256, question } = arrival;
  const [name, detail] = [cleanLine(arrival.name), arrival.detail === null ? null : cleanLine(arrival.detail)];
  const details = arrival.details == null ? null : JSON.stringify(cleaned(arrival.details));
  const row = {
    name,
    folder,
    at,
    outcome,
    job_id: jobId,
    reason_code: reasonCode,
    detail,
    details,
    path,
    sha256,
    seen: flag(false),
    answer: null,
  };
  if (question === undefined) return await addArrivalRow(db, { ...row, question: null });
  const arrival_id = await addArrivalRow(db, { ...row, question: JSON.stringify({ ...question, ticket: null }) });
  if (question.ticket !== null) {
    const ticket = JSON.stringify(question.ticket);
    await noteTicket(db, [{ arrival_id, size: ticket.length, hash: ticketHash(ticket), ticket }]);
  }
  return arrival_id;
}

async function leaveBehind(db: Db, { place, stamp, sha256, arrivalId, waits }: LeftBehind): Promise<void> {
  const row = { size: stamp.size, mtime_ms: stamp.mtimeMs, ino: stamp.ino, sha256, arrival_id: arrivalId, waits: flag(waits) };
  await db
    .insertInto('left_behind')
    .values({ place, ...row })
    .onConflict((conflict) => conflict.column('place').doUpdateSet(row))
    .execute();
}

export function arrivalWriter(db: Db, pending: Pending): ArrivalWriter {
  const change = (id: number, columns: Parameters<typeof changeArrival>[2]): Promise<void> => {
    pending.touched.add('arrivals');
    return changeArrival(db, id, columns);
  };
  return {
    addArrival: async (arrival) => {
      pending.touched.add('arrivals');
      return addArrival(db, arrival);
    },
    markArrivalSeen: async (id) => {
      await change(id, { seen: 1 });
      const rows = await db.selectFrom('arrival').selectAll().where('id', '=', id).execute();
      return (await arrivalsFrom(db, rows))[0] ?? null;
    },
    // Somebody has just decided it: nobody needs to take note of it any more.
    settleArrival: (id, { outcome, jobId, path, answer }) =>
      change(id, { outcome, job_id: jobId, path, answer: JSON.stringify(answer), seen: 1 }),
    moveArrival: (id, path) => change(id, { path }),
    noteTicketFolder: async (folder, jobId, order) => {
      if (await isOneOrders(db, folder)) await noteFolder(db, folder, jobId, order);
    },
    leaveBehind: (left) => leaveBehind(db, left),
    forgetLeft: async (place) => void (await forget(db, place)),
  };
}
