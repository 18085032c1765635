/** The hub itself: its health, its settings, and the stations that may talk to it. */

import type { Health, Settings } from '../../../shared/api.ts';
import { reasonWords } from '../../../shared/reason.ts';
import { changesOf, type SecurityChange, type SecurityKind } from '../../../shared/security.ts';
import { type Language, said } from '../../../shared/words/say.ts';
import { withoutNames } from '../../../shared/work-calendar.ts';
import { type By, Refusal } from '../parts.ts';
import { refuseChanged } from '../refuse-changed.ts';
import { defaultSettings } from '../store/read-floor.ts';
import type { RecordTrouble } from '../store/record-trouble.ts';
import type { Writer } from '../store/store.ts';
import { hashToken, makeToken } from '../tokens.ts';
import { checkSettings } from './check-settings.ts';
import { countNow } from './count-now.ts';
import { given } from './given.ts';
import { guarded } from './procedures.ts';
import type { RouterParts } from './router.ts';
import { tryTicket } from './try-ticket.ts';
import { makeWell } from './well.ts';

/** For an answer on its way. */
const farewellMs = 200;

export function answerHub(parts: RouterParts) {
  const { store, hotFolders, intake } = parts;
  const { health, settings, stations, security } = guarded;
  const note = (tx: Writer, kind: SecurityKind, about: string, changes: SecurityChange[], { actor, address }: By): Promise<void> =>
    tx.noteSecurity({ kind, actor, address, about, changes }, parts.now());

  const lookNow = () =>
    Promise.all([hotFolders.list(), countNow(store.read, parts.hours, parts.now()), store.read.lastSeq(), store.read.settings()]);
  /** What a damaged page keeps back leaves nothing well, and health is to be told all the same. */
  const waitsForSomebody = async (): Promise<boolean> => {
    try {
      const [asked, rejected] = await Promise.all([
        store.read.openQuestionSums(),
        store.read.arrivals({ outcome: 'rejected', unseen: true, limit: 1 }),
      ]);
      return asked.count > 0 || rejected.items.length > 0;
    } catch (error) {
      if (store.trouble() === null) throw error;
      return true;
    }
  };
  const wellSince = makeWell();
  let lastSeen: Awaited<ReturnType<typeof lookNow>> | null = null;
  /** What is asked while the server of the record is away is answered by what was seen last: that it is away must be told. */
  const look = async (): ReturnType<typeof lookNow> => {
    try {
      lastSeen = await lookNow();
      return lastSeen;
    } catch (error) {
      if (lastSeen === null || store.trouble()?.code !== 'RecordAway') throw error;
      return lastSeen;
    }
  };

  return {
    health: health.handler(async ({ context }) => {
      const [folders, counts, seq, { timeZone, calendar, language, askAfterHours }] = await look();
      const isWaiting = await waitsForSomebody();
      const troubledFolders = folders.filter((folder) => folder.state === 'trouble').length;
      const record = tellTrouble(store.trouble(), context.language);
      const watching = intake.watching().map((folder) => ({ ...folder }));
      const ok = record === null && troubledFolders === 0 && watching.every((folder) => folder.state !== 'missing');
      const isWell = ok && counts.attention === 0 && counts.late === 0 && !isWaiting;
      const since = wellSince(isWell, parts.now());
      return {
        ok,
        version: parts.version,
        engine: parts.store.engine,
        hub: parts.hubId,
        startedAt: new Date(parts.startedAt).toISOString(),
        now: new Date(parts.now()).toISOString(),
        page: parts.page,
        you: context.caller.actor,
        seq,
        demo: parts.demo,
        timeZone,
        calendar: withoutNames(calendar),
        language,
        askAfterHours,
        data: context.caller.role === 'admin' ? parts.dataPath : '',
        jobs: counts.all,
        troubledFolders,
        wellSince: since === null ? null : new Date(since).toISOString(),
        record,
        watching,
      };
    }),
    settings: {
      get: settings.get.handler(() => store.read.settings()),
      update: settings.update.handler(async ({ input, context }) => {
        const { takeOver = false, confirm = false, seen = {}, ...wish } = given(input);
        checkSettings(wish);
        refuseChanged(await store.read.settings(), seen);
        const save = async (): Promise<Settings> => {
          const incoming =
            wish.incoming === undefined ? {} : { incoming: await intake.check(wish.incoming, takeOver, confirm, context.caller) };
          return await store.write(async (tx) => {
            const change = { ...wish, ...incoming };
            const before = await tx.settings();
            refuseChanged(before, seen);
            const changes = changesOf(before, { ...change, ...(isSaid(confirm) && { confirm }) });
            if (changes.length > 0) await note(tx, 'settingsChanged', '', changes, context.caller);
            return tx.changeSettings(change);
          });
        };
        const saved = await (wish.incoming === undefined ? save() : intake.inTurn(save));
        await Promise.all([parts.speech.current(), parts.hours.current()]);
        if (input.incoming !== undefined) await intake.watch(saved.incoming);
        return saved;
      }),
      defaults: settings.defaults.handler(() => defaultSettings),
      tryTicket: settings.tryTicket.handler(({ input, context }) => tryTicket(parts, input, context.language)),
    },
    security: {
      list: security.list.handler(({ input, signal }) =>
        store.ask(signal).security({ limit: Math.min(input.limit, 500), cursor: input.cursor }),
      ),
    },
    stations: {
      list: stations.list.handler(async () => ({ items: await store.read.stations() })),
      create: stations.create.handler(async ({ input, context }) => {
        const token = makeToken();
        const endsAt = input.endsAt == null ? null : Date.parse(input.endsAt);
        if (endsAt !== null && endsAt <= parts.now()) throw new Refusal('BAD_REQUEST', said('refusals.tokenEndsBefore'));
        const station = await store.write(async (tx) => {
          const taken = (await tx.stations()).some((one) => one.name.toLowerCase() === input.name.toLowerCase());
          if (taken) throw new Refusal('CONFLICT', said('refusals.stationNamed', { name: input.name }));
          const { role } = input;
          const ends = endsAt === null ? {} : { endsAt: new Date(endsAt).toISOString() };
          await note(tx, 'tokenMade', input.name, changesOf(null, { role, ...ends }), context.caller);
          return tx.addStation(input.name, input.role, hashToken(token), parts.now(), endsAt);
        });
        return { ...station, token };
      }),
      remove: stations.remove.handler(async ({ input, context }) => {
        const removed = await store.write(async (tx) => {
          const station = await tx.removeStation(input.id, parts.now());
          if (station !== null) await note(tx, 'tokenRevoked', station.name, [], context.caller);
          return station;
        });
        if (removed === null) throw new Refusal('NOT_FOUND', said('refusals.noSuchStation', { id: input.id }));
        // Whoever revokes his own token is still told that it is done.
        if (context.caller.stationId === input.id) setTimeout(() => parts.sendAway(input.id), farewellMs);
        else parts.sendAway(input.id);
        return { ok: true as const };
      }),
    },
  };
}

function isSaid(of: boolean | readonly string[]): boolean {
  return typeof of === 'boolean' ? of : of.length > 0;
}

function tellTrouble(trouble: RecordTrouble | null, language: Language): Health['record'] {
  if (trouble === null) return null;
  const { what, todo } = reasonWords(language, trouble.code);
  return { code: trouble.code, since: new Date(trouble.since).toISOString(), message: what, whatToDo: todo, raw: trouble.raw };
}
