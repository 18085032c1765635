/** The table of tasks: put in, claimed when due, finished or put off. What a kind means is none of its business. */

import { sql } from 'kysely';
import type { Pending } from './pending.ts';
import type { TaskChoice, Writer } from './store.ts';
import type { Db } from './tables.ts';
import { template } from './template.ts';

export type TaskWriter = Pick<Writer, 'addTask' | 'claimTask' | 'finishTask' | 'putOffTask' | 'setTaskAside' | 'takeTasksUp' | 'moveTasks'>;

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
/** Tasks of a kind, or of all but some kinds. */
function ofKinds(choice: TaskChoice) {
  if ('of' in choice) return sql<boolean>`kind = ${choice.of}`;
  return choice.notOf.length === 0 ? sql<boolean>`true` : sql<boolean>`kind not in (${sql.join(choice.notOf)})`;
}

async function nextDue(db: Db, choice: TaskChoice, now: number) {
  return await db
    .selectFrom('task')
    .selectAll()
    .where(ofKinds(choice))
    .where('due_at', '<=', now)
    .where((is) => is.or([is('lease_until', 'is', null), is('lease_until', '<=', now)]))
    .orderBy('due_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

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
const move = template((db, kind: string, from: number, job_id: number) =>
  db.updateTable('task').set({ job_id }).where('kind', '=', kind).where('job_id', '=', from),
);
const anyOf = template((db, jobId: number) => db.selectFrom('task').select('id').where('job_id', '=', jobId).limit(1));

/** When the next one is due. One that somebody holds is due again when his lease ends. */
export async function readNextTaskAt(db: Db, choice: TaskChoice = { notOf: [] }): Promise<number | null> {
  const { at } = await db
    .selectFrom('task')
    .select(sql<number | null>`min(case when lease_until > due_at then lease_until else due_at end)`.as('at'))
    .where('due_at', 'is not', null)
    .where(ofKinds(choice))
    .executeTakeFirstOrThrow();
  return at;
}

export async function readHasTask(db: Db, jobId: number): Promise<boolean> {
  return (await anyOf(db, jobId)).length > 0;
}

export function taskWriter(db: Db, pending: Pending): TaskWriter {
  return {
    addTask: async ({ kind, subject, jobId, dueAt }, at) => {
      await put(db, kind, subject, jobId, dueAt, at);
      pending.touched.add('tasks');
    },
    claimTask: async (choice, now, leaseMs) => {
      const row = await nextDue(db, choice, now);
      if (row === undefined) return null;
      const leaseUntil = now + leaseMs;
      await lease(db, row.id, leaseUntil);
      return { id: row.id, kind: row.kind, subject: row.subject, jobId: row.job_id, tries: row.tries + 1, leaseUntil };
    },
    finishTask: async ({ id, leaseUntil }) => void (await finish(db, id, leaseUntil)),
    putOffTask: async ({ id, leaseUntil }, dueAt, raw) => void (await putOff(db, id, leaseUntil, dueAt, raw)),
    setTaskAside: async ({ id, leaseUntil }, raw) => void (await putOff(db, id, leaseUntil, null, raw)),
    moveTasks: async (kind, from, to) => void (await move(db, kind, from, to)),
    takeTasksUp: async (kinds, now) => {
      await endLeases(db);
      for (const kind of kinds) await takeUp(db, kind, now);
    },
  };
}
