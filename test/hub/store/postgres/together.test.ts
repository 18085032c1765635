/** What only a real server can show: two who write at once, other programs beside them, sessions that are lost, a server that is stopped and started. */
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { realPorts } from '../../../../electron/hub/ports/real.ts';
import { type Connect, connectTo, ServerAway, type Session } from '../../../../electron/hub/store/postgres/client.ts';
import { makeLine } from '../../../../electron/hub/store/postgres/connect.ts';
import { migrate } from '../../../../electron/hub/store/postgres/migrate.ts';
import { openPostgres } from '../../../../electron/hub/store/postgres/open.ts';
import { record } from '../../../../electron/hub/store/record.ts';
import { whileAsked } from '../../../../electron/hub/store/record-trouble.ts';
import type { Store } from '../../../../electron/hub/store/store.ts';
import { until } from '../../../until.ts';
import { addJob, addOrdered, newJob, noon } from '../fresh-store.ts';
import { findPrograms, type Server, startServer } from './server.ts';

const programs = await findPrograms();
const server: Server | null = programs === null ? null : await startServer(programs);
afterAll(() => server?.remove());

function real(): Server {
  if (server === null) throw new Error('PostgreSQL is not installed (/usr/lib/postgresql)');
  return server;
}

let schemas = 0;
async function makeSchema(): Promise<string> {
  const schema = `together_${++schemas}`;
  await real().say(`create schema ${schema}`);
  return schema;
}

/** Sessions of which some is done otherwise. */
const withSession =
  (otherwise: (session: Session) => Partial<Session>) =>
  (connect: Connect): Connect =>
  async () => {
    const session = await connect();
    return { ...session, ...otherwise(session) };
  };

type Opened = { readonly store: Store; readonly told: (string | null)[] };
async function open(schema: string, { alone = false, through = (connect: Connect) => connect } = {}): Promise<Opened> {
  const told: (string | null)[] = [];
  const onTrouble = (trouble: { readonly code: string } | null): number => told.push(trouble?.code ?? null);
  const store = await openPostgres({ connect: through(connectTo(real().url(schema))), ports: realPorts, alone, onTrouble });
  onTestFinished(() => store.close());
  return { store, told };
}

/** Another program, in the middle of something. */
async function sit(schema: string) {
  const session = await connectTo(real().url(schema))();
  onTestFinished(() => session.end());
  return session;
}

/** Somebody waits for a lock that another has. */
async function someoneWaits(): Promise<void> {
  await until(async () => (await real().say("select 1 from pg_stat_activity where wait_event_type = 'Lock'")).length > 0, 'somebody waits');
}

it('is not shown where PostgreSQL is not installed', (context) => {
  if (server === null && process.env['CI'] !== undefined) real();
  if (server === null) context.skip('PostgreSQL is not installed (/usr/lib/postgresql): what a real server does was not tested');
});

describe.skipIf(server === null)('two who write at once', () => {
  it('number the history without a gap, in the order of commits, and each finds what the other has written', async () => {
    const schema = await makeSchema();
    const [one, two] = [await open(schema), await open(schema)];
    const seen: number[] = [];
    let after = 0;
    let isOver = false;
    // "Since N" again and again, as a screen asks it: an event that came to light behind its number would be passed over.
    const watching = (async () => {
      for (let last = false; !last; ) {
        last = isOver;
        const events = await two.store.read.eventsSince(after, 1000);
        seen.push(...events.map(({ seq }) => seq));
        after = seen.at(-1) ?? 0;
      }
    })();
    const writes = [one, two].flatMap(({ store }, who) => Array.from({ length: 60 }, (_, at) => addOrdered(store, `${who}-${at}`)));
    const ids = await Promise.all(writes);
    isOver = true;
    await watching;
    expect(seen).toEqual(Array.from({ length: 120 }, (_, at) => at + 1));
    expect(new Set(ids).size).toBe(120);
    expect(await one.store.read.counts()).toEqual({ all: 120, attention: 0, stages: { intake: 120 }, finished: 0 });
    expect(await two.store.read.counts()).toEqual(await one.store.read.counts());
    expect([one.told, two.told]).toEqual([[], []]);
  });

  it('never give one number twice', async () => {
    const schema = await makeSchema();
    const both = [await open(schema), await open(schema)];
    const numbers = await Promise.all(
      both.flatMap(({ store }) => Array.from({ length: 20 }, () => store.write((tx) => tx.nextOwnNumber()))),
    );
    expect(new Set(numbers).size).toBe(40);
    const taken = await Promise.allSettled(both.map(({ store }) => addJob(store, '77')));
    expect(taken.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(taken.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'CONFLICT' } });
  });
});

describe.skipIf(server === null)('another program beside the hub', () => {
  it('waits for an order that somebody is about to decide on', async () => {
    const schema = await makeSchema();
    const { store } = await open(schema);
    const id = await addOrdered(store, '1', '1');
    await addOrdered(store, '1', '2');
    const [locked, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const writing = store.write(async (tx) => {
      await tx.lockOrder(id);
      locked.resolve();
      await goOn.promise;
      return (await tx.jobInFull(id))?.job.title;
    });
    await locked.promise;
    const other = await sit(schema);
    // The other job of the same order.
    const changing = other.ask("update job set title = 'theirs' where job_no = $1", ['2']);
    await someoneWaits();
    goOn.resolve();
    expect(await writing).toBe('Job 1-1');
    expect((await changing).changed).toBe(1);
  });

  it('that changed what a write has read is seen when it is written again', async () => {
    const schema = await makeSchema();
    const { store, told } = await open(schema);
    const id = await addOrdered(store, '1');
    const other = await sit(schema);
    let times = 0;
    const title = await store.write(async (tx) => {
      times += 1;
      const before = (await tx.job(id))?.title;
      if (times === 1) await other.ask("update job set title = 'theirs' where id = $1", [id]);
      await record(tx, id, [{ code: 'Printed', at: noon, actor: 'admin' }]);
      return before;
    });
    expect([times, title]).toEqual([2, 'theirs']);
    expect((await store.read.history(id)).map(({ seq }) => seq)).toEqual([1, 2]);
    expect(told).toEqual([]);
  });

  it('that waits for the hub in a ring with it: one gives way, and the write is done once', async () => {
    const schema = await makeSchema();
    const { store } = await open(schema);
    const [a, b] = [await addOrdered(store, '1'), await addOrdered(store, '2')];
    const other = await sit(schema);
    // So that it is the hub which is made to give way.
    await other.say("set deadlock_timeout = '1min'");
    let times = 0;
    let theirs: Promise<unknown> = Promise.resolve();
    await store.write(async (tx) => {
      times += 1;
      await tx.lockOrder(a);
      if (times === 1) {
        await other.say('begin');
        await other.ask("update job set notes = 'theirs' where id = $1", [b]);
        theirs = other.ask("update job set notes = 'theirs' where id = $1", [a]).then(() => other.say('commit'));
        await someoneWaits();
      }
      await tx.lockOrder(b);
      for (const id of [a, b]) await record(tx, id, [{ code: 'Printed', at: noon, actor: 'admin' }]);
    });
    await theirs;
    expect(times).toBeGreaterThan(1);
    expect(await store.read.lastSeq()).toBe(4);
    expect((await store.read.jobsByIds([a, b])).map(({ status, notes }) => [status, notes])).toEqual([
      ['Printed', 'theirs'],
      ['Printed', 'theirs'],
    ]);
  });
});

describe.skipIf(server === null)('a commit whose answer was lost', () => {
  /** `done`: the server has done it when the line breaks. */
  const breaking = (done: boolean) => {
    let broken = 0;
    const through = withSession((session) => ({
      say: async (sql) => {
        if (!/^update last_flush .*commit$/.test(sql) || broken > 0) return await session.say(sql);
        broken += 1;
        if (done) await session.say(sql);
        await session.end();
        throw new ServerAway('cut off');
      },
    }));
    return { through, broken: () => broken };
  };

  it.each([true, false])('is written once and called done, whether it was done (%s)', async (done) => {
    const { through, broken } = breaking(done);
    const { store, told } = await open(await makeSchema(), { through, alone: true });
    let times = 0;
    const id = await whileAsked(() =>
      store.write(async (tx) => {
        times += 1;
        const added = await tx.addJob(newJob('1'), noon);
        await record(tx, added, [{ code: 'Ordered', at: noon, actor: 'system' }]);
        return added;
      }),
    );
    expect([broken(), times]).toEqual([1, done ? 1 : 2]);
    expect(await store.read.history(id)).toHaveLength(1);
    expect((await store.read.counts()).all).toBe(1);
    expect(told).toEqual([]);
  });
});

describe.skipIf(server === null)('the server', () => {
  it('that is found to be away by a question alone is told as well, and that it is back', async () => {
    const { store, told } = await open(await makeSchema(), { alone: true });
    await real().stop();
    await expect(store.read.counts()).rejects.toMatchObject({ code: 'NOT_RECORDED' });
    expect(told).toEqual(['RecordAway']);
    await real().start();
    await until(() => store.trouble() === null, 'it is back');
    expect((await store.ask().jobs({ limit: 5 })).items).toEqual([]);
  });

  it('has as long as it needs to be brought to a newer shape, though any other statement is given up', async () => {
    const line = makeLine(connectTo(real().url(await makeSchema()), 200));
    await line.open();
    onTestFinished(() => line.drop());
    await migrate(line, noon, [{ number: 1, name: 'slow', statements: ['select pg_sleep(0.5)'] }]);
    expect(await line.say('select name from migration')).toEqual([{ name: 'slow' }]);
    await expect(line.say('select pg_sleep(0.5)')).rejects.toThrow(ServerAway);
  });

  it('that ends the session of a hub which stood still in the middle of a write is met with a new one, and the write is done once', async () => {
    const through = withSession((session) => ({
      say: (sql) => session.say(sql.replace("idle_in_transaction_session_timeout = '20s'", "idle_in_transaction_session_timeout = '1s'")),
    }));
    const schema = await makeSchema();
    const { store, told } = await open(schema, { through, alone: true });
    const mine = async (): Promise<number> =>
      (await real().say("select 1 from pg_stat_activity where application_name = 'printfloor' and state = 'idle in transaction'")).length;
    let times = 0;
    const id = await store.write(async (tx) => {
      times += 1;
      const added = await tx.addJob(newJob('1'), noon);
      if (times === 1) await until(async () => (await mine()) === 0, 'the server has ended the session');
      return added;
    });
    expect(times).toBe(2);
    expect((await store.read.jobs({ limit: 5 })).items.map((job) => job.id)).toEqual([id]);
    await addJob(store, '2');
    expect(told).toEqual([]);
  });

  it('that calls off what takes long, as an account may be set to, calls off nothing of a hub that waits its turn', async () => {
    const schema = await makeSchema();
    const impatient = `${real().url(schema)}%20-c%20statement_timeout=100%20-c%20lock_timeout=100`;
    const { store, told } = await open(schema, { through: () => connectTo(impatient) });
    const other = await sit(schema);
    await other.say('begin; lock table turn_to_write in exclusive mode');
    const writing = addJob(store, '1');
    await someoneWaits();
    // Longer than the server would let it wait.
    await other.say('select pg_sleep(0.3)');
    await other.say('commit');
    await writing;
    expect(told).toEqual([]);
  });

  it('asks soon whether the other end of a session is still there, which has the database for itself', async () => {
    const sessions: Session[] = [];
    const through = withSession((session) => {
      sessions.push(session);
      return {};
    });
    await open(await makeSchema(), { through, alone: true });
    const [idle, interval, count] = ['idle', 'interval', 'count'].map((what) => `current_setting('tcp_keepalives_${what}')::int`);
    expect(await sessions[0]?.say(`select ${idle} + ${interval} * ${count} as seconds`)).toEqual([{ seconds: 25 }]);
  });

  it('is not asked any more for whom has left meanwhile', async () => {
    const schema = await makeSchema();
    const asked: unknown[] = [];
    const through = withSession((session) => ({
      ask: (sql, values) => {
        asked.push(...values);
        return session.ask(sql, values);
      },
    }));
    const { store } = await open(schema, { through });
    // Whatever opening it asked with the same numbers.
    asked.length = 0;
    const other = await sit(schema);
    await other.say('begin; lock table job in access exclusive mode');
    const inHand = Array.from({ length: 3 }, () => store.ask().jobs({ limit: 5 }));
    await until(() => asked.filter((value) => value === 6).length === 3, 'all who read for people are busy');
    const leaves = new AbortController();
    const left = store.ask(leaves.signal).jobs({ limit: 7 });
    const waits = store.ask().jobs({ limit: 9 });
    leaves.abort();
    await expect(left).rejects.toMatchObject({ code: 'NOT_NOW' });
    await other.say('commit');
    await Promise.all([...inHand, waits]);
    // One after another on each session: what comes after it was answered, so it is over.
    await Promise.all(Array.from({ length: 3 }, () => store.ask().jobs({ limit: 5 })));
    expect(asked).not.toContain(8);
  });

  it('has one hub for each database; a second one is refused with a sentence, and comes in when the first has ended', async () => {
    const schema = await makeSchema();
    const { store } = await open(schema, { alone: true });
    await expect(open(schema, { alone: true })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('Another Printfloor'),
    });
    await addJob(store, '1');
    await store.close();
    const { store: next } = await open(schema, { alone: true });
    expect((await next.read.counts()).all).toBe(1);
  });

  it('refuses what a newer program has made, and whoever would change or remove a line of history', async () => {
    const schema = await makeSchema();
    const { store } = await open(schema);
    await addOrdered(store, '1');
    const other = await sit(schema);
    for (const sql of ["update event set actor = 'nobody'", 'delete from event', 'truncate event cascade'])
      await expect(other.say(sql)).rejects.toThrow('history is append-only');
    await other.say("insert into migration values (999, 'later', 'x', 0)");
    await expect(open(schema)).rejects.toThrow('newer Printfloor');
  });

  it.each(['SIGINT', 'SIGQUIT'] as const)(
    'is stopped (%s) and started while many write: what was answered is there, once, and nothing else',
    async (how) => {
      const { store, told } = await open(await makeSchema(), { alone: true });
      const answered = new Map<string, number>();
      let isOver = false;
      const writers = Array.from({ length: 4 }, async (_, who) => {
        for (let at = 0; !isOver || at < 5; at++) answered.set(`${who}-${at}`, await addOrdered(store, `${who}-${at}`));
      });
      await until(() => answered.size > 20, 'some are written');
      await real().stop(how);
      await real().start();
      const before = answered.size;
      await until(() => answered.size > before + 20, 'it goes on');
      isOver = true;
      await Promise.all(writers);
      const jobs = (await store.read.jobs({ limit: 5000 })).items;
      expect(jobs.map(({ order, id }) => [order, id]).toSorted()).toEqual([...answered].toSorted());
      expect((await store.read.eventsSince(0, 10_000)).map(({ seq }) => seq)).toEqual(jobs.map((_, at) => at + 1));
      expect(store.trouble()).toBeNull();
      // A restart within three seconds is nobody's trouble; a longer one was told, and told to be over.
      expect(told.filter((_, at) => at % 2 === 1).every((code) => code === null)).toBe(true);
    },
  );

  it('that does not answer is told, whoever comes then or has asked is refused in words, and what was under way is done when it answers', async () => {
    let answers = Promise.withResolvers<void>();
    answers.resolve();
    let asked = 0;
    const { store, told } = await open(await makeSchema(), {
      alone: true,
      through: withSession((session) => {
        const late = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
          asked += 1;
          await answers.promise;
          return await ask();
        };
        return { ask: (sql, values) => late(() => session.ask(sql, values)), say: (sql) => late(() => session.say(sql)) };
      }),
    });
    await addJob(store, '1');
    answers = Promise.withResolvers();
    asked = 0;
    const reading = expect(store.read.counts()).rejects.toMatchObject({ code: 'NOT_RECORDED' });
    const underWay = whileAsked(() => addJob(store, '2'));
    await until(() => asked >= 2, 'both are asked');
    const behind = expect(whileAsked(() => addJob(store, '3'))).rejects.toMatchObject({ code: 'NOT_RECORDED' });
    await Promise.all([reading, behind]);
    expect(store.trouble()?.code).toBe('RecordAway');
    await expect(whileAsked(() => addJob(store, '4'))).rejects.toMatchObject({ code: 'NOT_RECORDED' });
    answers.resolve();
    await underWay;
    await until(() => told.length === 2, 'it is told to be over');
    expect(told).toEqual(['RecordAway', null]);
    expect((await store.read.counts()).all).toBe(2);
  });

  it('that stays away is told, whoever waits for an answer is refused in words, and it goes on by itself', async () => {
    const { store, told } = await open(await makeSchema(), { alone: true });
    await addJob(store, '1');
    await real().stop();
    const own = addJob(store, '2');
    await expect(whileAsked(() => addJob(store, '3'))).rejects.toMatchObject({
      code: 'NOT_RECORDED',
      message: expect.stringContaining('cannot be reached'),
    });
    expect(store.trouble()?.code).toBe('RecordAway');
    await expect(store.read.counts()).rejects.toMatchObject({ code: 'NOT_RECORDED' });
    await real().start();
    await own;
    expect(told).toEqual(['RecordAway', null]);
    expect((await store.read.counts()).all).toBe(2);
  });
});
