/**
 * Opens a record on a PostgreSQL server, brings it to the newest shape, and keeps it for one hub alone. One session writes, one reads for the hub, some read for people.
 * A session that is lost is opened anew by whoever needs it next.
 */
import { reasonWords } from '../../../../shared/reason.ts';
import { said } from '../../../../shared/words/say.ts';
import type { Log } from '../../log.ts';
import { Refusal } from '../../parts.ts';
import type { Ports } from '../../ports/ports.ts';
import { askedOf } from '../beside.ts';
import { bringStatesUpToDate, joinStore } from '../join.ts';
import { patiently } from '../patiently.ts';
import { isDamage, passingTrouble, type RecordTrouble, rawOf, refusalFor } from '../record-trouble.ts';
import type { Store } from '../store.ts';
import { startBeside, type UnlessAway } from './beside.ts';
import { type Connect, DatabaseTaken, isAway, type Session } from './client.ts';
import { type Line, makeLine } from './connect.ts';
import { migrate } from './migrate.ts';
import { questionsOn } from './read.ts';
import { refusedBy } from './refused.ts';
import { writeThrough } from './write.ts';

export type PostgresOptions = {
  readonly connect: Connect;
  readonly ports: Pick<Ports, 'clock' | 'timers'>;
  readonly onTrouble?: (trouble: RecordTrouble | null) => void;
  readonly log?: Log;
  /** No other hub may write there meanwhile. */
  readonly alone?: boolean;
};

/**
 * Who stands still in the middle of a transaction lets the others go on after so long. Nothing of the hub's own is called off for having waited its turn, whatever the server or the account
 * is set to. The server finds out within half a minute that the other end of a session is gone: it has the lock, and nobody comes in before. A commit is on disk when it is
 * answered, whatever the server is set to.
 */
const settings = `set client_min_messages = warning; set idle_in_transaction_session_timeout = '20s'; set statement_timeout = 0; set lock_timeout = 0;
  set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3; set tcp_user_timeout = 25000;
  select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'`;
/** A killed hub's session is known to be over within this. */
const waitForTurnMs = 5000;
/** A server that has not answered a statement by then is told to be away, although its answer may still come. */
const silentAfterMs = 3000;
/** A server that is not there at the start is asked so often, and that is told so often. */
const awayPauseMs = 500;
const awayToldEachMs = 60_000;
/** Any number of ours; the schema is the other half of the lock. */
const lock = 'select pg_try_advisory_lock(20550, hashtext(current_schema())) as mine';

async function takeForItself(session: Session): Promise<void> {
  const [answer] = (await session.say(lock)) as { mine: unknown }[];
  // A truth value, as text from one driver and as one from another.
  if (answer === undefined || ![true, 't', 'true'].includes(answer.mine as string))
    throw new DatabaseTaken('another hub has this database');
}

/** A server that cannot be reached yet is waited for, as later on: the computer may be up before it. What no waiting mends is refused. */
async function openInTime(line: Line, { clock, timers }: PostgresOptions['ports'], tellAway: (raw: string) => void): Promise<void> {
  const from = clock.monotonic();
  let toldAt = Number.NEGATIVE_INFINITY;
  for (;;)
    try {
      await line.open();
      return;
    } catch (error) {
      const now = clock.monotonic();
      if (error instanceof DatabaseTaken) {
        if (now - from > waitForTurnMs) throw new Refusal('CONFLICT', said('refusals.databaseTaken'));
        await timers.pause(100);
        continue;
      }
      const refusal = refusedBy(error);
      if (refusal !== null || !isAway(error)) throw refusal ?? error;
      if (now - toldAt >= awayToldEachMs) {
        toldAt = now;
        tellAway(rawOf(error));
      }
      await timers.pause(awayPauseMs);
    }
}

/**
 * @throws Refusal with a sentence for the admin when another hub has the database, it was made by another version, or its server does not let this one in
 */
export async function openPostgres({ connect, ports, onTrouble = () => undefined, log, alone = true }: PostgresOptions): Promise<Store> {
  let sound = (): void => undefined;
  let foundSilent = (_raw: string): void => undefined;
  const writing = makeLine(
    connect,
    async (session) => {
      await session.say(settings);
      if (alone) await takeForItself(session);
    },
    () => ports.timers.after(silentAfterMs, () => foundSilent('no answer')),
  );
  const reading = makeLine(
    connect,
    async (session) => void (await session.say(settings)),
    () => ports.timers.after(silentAfterMs, () => sound()),
  );
  await openInTime(writing, ports, (raw) => {
    if (log !== undefined) log`RecordAway: ${reasonWords('en', 'RecordAway').what} (${raw})`;
  });
  try {
    const [{ encoding } = { encoding: '' }] = (await writing.say("select current_setting('server_encoding') as encoding")) as {
      encoding: string;
    }[];
    if (encoding !== 'UTF8') throw new Refusal('CONFLICT', said('refusals.databaseEncoding', { encoding }));
    await migrate(writing, ports.clock.now());
    // Of hubs that ended without saying so.
    if (alone) await writing.say('delete from last_flush');
    const [row] = (await writing.say('insert into last_flush (writer, number) values (gen_random_uuid()::text, 0) returning writer')) as {
      writer: string;
    }[];
    const writer = row?.writer ?? '';
    // The moment it was made: no other has it, and a copy of it keeps it.
    const [made] = (await writing.say('select applied_at::text as id from migration where number = 1')) as { id: string }[];
    const engine = writeThrough(writing, writer);
    await bringStatesUpToDate(engine, writing.db);
    /** While the server is known to be away nobody waits for it; and where a question finds it out, the line that writes does too, which tells it and tells the end of it. */
    const unlessAway: UnlessAway = async (read) => {
      const trouble = store.trouble();
      if (trouble?.code === 'RecordAway') throw refusalFor(trouble);
      const { promise: refused, reject } = Promise.withResolvers<never>();
      waiting.add(reject);
      try {
        return await Promise.race([read(), refused]);
      } catch (error) {
        if (isAway(error)) sound();
        throw error;
      } finally {
        waiting.delete(reject);
      }
    };
    /** Questions that have no answer yet. */
    const waiting = new Set<(why: unknown) => void>();
    let isSounding = false;
    sound = () => {
      if (isSounding) return;
      isSounding = true;
      const over = (): void => {
        isSounding = false;
      };
      store.write(async () => undefined).then(over, over);
    };
    const { ask } = questionsOn(reading);
    const beside = startBeside(connect, settings, ports, unlessAway);
    const store: Store = joinStore({
      ports,
      engine,
      ...(made !== undefined && { recordId: made.id }),
      db: writing.db,
      snapshot: (work) => patiently(ports, () => unlessAway(() => ask(work))),
      ask: (read, leaves, watched) => askedOf(read, beside, leaves, watched),
      verdict: null,
      onSilence: (found) => {
        foundSilent = found;
      },
      onTrouble: (trouble) => {
        if (trouble?.code === 'RecordAway') for (const refuse of waiting) refuse(refusalFor(trouble));
        onTrouble(trouble);
      },
      close: async () => {
        await beside.close();
        await reading.drop();
        await writing.say(`delete from last_flush where writer = '${writer}'`).catch(() => undefined);
        await writing.drop();
      },
    });
    return store;
  } catch (error) {
    await writing.drop();
    if (isDamage(error)) throw new Refusal('CONFLICT', said('refusals.damaged', { path: 'PRINTFLOOR_DATABASE_URL', raw: rawOf(error) }));
    throw passingTrouble(error) === 'RecordFull' ? refusalFor({ code: 'RecordFull', raw: rawOf(error) }) : error;
  }
}
