/** The table of tasks: put in, claimed when due, finished or put off. What a kind means is none of its business. */
import type { Pending } from './pending.ts';
import type { TaskRow, Writer } from './store.ts';
import type { Db } from './tables.ts';
import { template } from './template.ts';

export type TaskWriter = Pick<Writer, 'addTask' | 'claimTasks' | 'finishTask' | 'putOffTask' | 'setTaskAside' | 'takeTasksUp'>;

const put = template((db, kind: string, subject: string, job_id: number | null, due_at: number, created_at: number) =>
  db
    .insertInto('task')
    .values({ kind, subject, job_id, due_at, created_at, lease_until: null, tries: 0, raw: null })
    .onConflict((conflict) =>
      conflict
        .columns(['kind', 'subject'])
        .doUpdateSet((eb) => ({ due_at: eb.ref('excluded.due_at'), lease_until: null, tries: 0, raw: null })),
    ),
);
const due = template((db, now: number, limit: number) =>
  db
    .selectFrom('task')
    .selectAll()
    .where('due_at', '<=', now)
    .where((is) => is.or([is('lease_until', 'is', null), is('lease_until', '<=', now)]))
    .orderBy('due_at')
    .limit(limit),
);
const lease = template((db, id: number, lease_until: number) =>
  db
    .updateTable('task')
    .set((eb) => ({ lease_until, tries: eb('tries', '+', 1) }))
    .where('id', '=', id),
);
/** Only the one who holds it: it may have been put in anew meanwhile. */
const finish = template((db, id: number, lease_until: number) =>
  db.deleteFrom('task').where('id', '=', id).where('lease_until', '=', lease_until),
);
const putOff = template((db, id: number, lease_until: number, due_at: number | null, raw: string | null) =>
  db.updateTable('task').set({ due_at, raw, lease_until: null }).where('id', '=', id).where('lease_until', '=', lease_until),
);
const takeUp = template((db, kind: string, now: number) =>
  db.updateTable('task').set({ due_at: now, lease_until: null, tries: 0 }).where('kind', '=', kind).where('due_at', 'is', null),
);
const endLeases = template((db) => db.updateTable('task').set({ lease_until: null }).where('lease_until', 'is not', null));
const earliest = template((db) =>
  db
    .selectFrom('task')
    .select((eb) => eb.fn.min('due_at').as('due_at'))
    .where('due_at', 'is not', null)
    .where('lease_until', 'is', null),
);

/** When the next one that nobody works on is due. */
export async function readNextTaskAt(db: Db): Promise<number | null> {
  return (await earliest(db))[0]?.due_at ?? null;
}

export function taskWriter(db: Db, pending: Pending): TaskWriter {
  return {
    addTask: async ({ kind, subject, jobId, dueAt }, at) => {
      await put(db, kind, subject, jobId, dueAt, at);
      pending.touched.add('tasks');
    },
    claimTasks: async (now, leaseMs, limit) => {
      const claimed: TaskRow[] = [];
      for (const row of await due(db, now, limit)) {
        const leaseUntil = now + leaseMs;
        await lease(db, row.id, leaseUntil);
        claimed.push({ id: row.id, kind: row.kind, subject: row.subject, jobId: row.job_id, tries: row.tries + 1, leaseUntil });
      }
      return claimed;
    },
    finishTask: async ({ id, leaseUntil }) => void (await finish(db, id, leaseUntil)),
    putOffTask: async ({ id, leaseUntil }, dueAt, raw) => void (await putOff(db, id, leaseUntil, dueAt, raw)),
    setTaskAside: async ({ id, leaseUntil }, raw) => void (await putOff(db, id, leaseUntil, null, raw)),
    takeTasksUp: async (kinds, now) => {
      await endLeases(db);
      for (const kind of kinds) await takeUp(db, kind, now);
    },
  };
}
