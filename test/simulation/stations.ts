/**
 * Stations whose line is lost: between a wish and its answer, for a moment or for hours, also while the hub is killed. What they send, and when, is decided by the
 * page's own rules (renderer/wishes), with the same action id until they are answered; some have two tabs that both send. I9: when all is put right each
 * shows what the hub knows, and what it was told of its wishes is what the history says.
 */
import { ORPCError } from '@orpc/client';
import { meaningOf, pauseMs } from '../../renderer/wishes/answer-means.ts';
import { ageOf, isUnsent, type Now, standings, toSend } from '../../renderer/wishes/next.ts';
import type { Try, Wish } from '../../renderer/wishes/wish.ts';
import { makeRandom, type Random } from '../random.ts';
import type { HubClient } from './machine.ts';
import type { Scene } from './scene.ts';
import type { Seen } from './seen.ts';

export type Stations = {
  /** Everything has come to rest, and each screen asks once more: what was recorded a moment ago it hears with its next look. */
  hearAll(hub: HubClient): Promise<void>;
  /** Asked then. */
  judge(seen: Seen): void;
};

const askAfterMs = 8 * 60 * 60_000;
const answerWithinMs = 10_000;
const codes = ['InProduction', 'Printed', 'InFinishing', 'InPacking'] as const;
const whose = { key: 'station', name: 'admin' };

/** What became of a wish, as its station was told. */
type End = { readonly kind: 'done'; readonly seq: number; readonly already: boolean } | { readonly kind: 'refused' | 'takenBack' };

type Answer =
  | { readonly kind: 'done'; readonly seq: number; readonly already: boolean; readonly code: string }
  | { readonly kind: 'failed'; readonly error: unknown };

type Screen = {
  readonly name: string;
  readonly random: Random;
  readonly tabs: readonly number[];
  readonly wishes: Map<string, Wish>;
  readonly ends: Map<string, End>;
  /** On their way from a tab. */
  readonly onTheWay: Set<string>;
  /** What it shows of each job. */
  readonly shown: Map<number, string>;
  seq: number;
  isUp: boolean;
  onlineSince: number;
};

const wordOf = (actionId: string): string => `wish ${actionId}`;

export function startStations(scene: Scene, seed: number): Stations {
  const { world, model } = scene;
  const chance = makeRandom(seed * 32_452_843);
  const screens = [1, 2].map((number): Screen => {
    const hasTwoTabs = chance.next() < 0.5;
    return {
      name: `station ${number}`,
      random: makeRandom(seed * 49_979_687 + number),
      tabs: hasTwoTabs ? [1, 2] : [1],
      wishes: new Map(),
      ends: new Map(),
      onTheWay: new Set(),
      shown: new Map(),
      seq: 0,
      isUp: true,
      onlineSince: world.now(),
    };
  });
  let made = 0;

  const here = (screen: Screen): Now => ({
    online: screen.isUp && scene.hub() !== null,
    onlineSince: screen.onlineSince,
    now: world.now(),
    aheadMs: 0,
    record: { hub: 'ours', seq: screen.seq },
    whose,
    askAfterMs,
  });

  /** What it missed, and how the jobs stand that it is about. */
  const hear = async (screen: Screen, hub: HubClient): Promise<void> => {
    const { items, seq } = await hub.events.list({ since: screen.seq, limit: 5000 });
    const { items: jobs } = items.length === 0 ? { items: [] } : await hub.jobs.list({ limit: 500 });
    if (scene.hub() !== hub || !screen.isUp) return;
    if (seq < screen.seq) model.breaks('no history goes back', `${screen.name} knows event ${screen.seq}, and the hub has ${seq}`);
    screen.seq = seq;
    for (const { id, status } of jobs) screen.shown.set(id, status);
  };

  const wish = (screen: Screen): void => {
    const ids = [...screen.shown.keys()];
    const jobId = ids[screen.random.between(0, Math.max(0, ids.length - 1))];
    if (jobId === undefined) return;
    const actionId = `${screen.name} ${++made}`;
    const call = { kind: 'status', code: screen.random.pick(codes), reason: wordOf(actionId) } as const;
    const now = world.now();
    const of = { version: 1, actionId, order: made, jobId, number: '', call, whose, record: { hub: 'ours', seq: screen.seq } } as const;
    screen.wishes.set(actionId, { ...of, at: now, hubAt: now, state: { kind: 'waits', tried: null, again: false }, kept: 'yes' });
  };

  const end = (screen: Screen, { actionId }: Wish, how: End): void => {
    // Of two tabs the first is told; the second is told the same.
    const before = screen.ends.get(actionId);
    if (before?.kind === 'done' && (how.kind !== 'done' || how.seq !== before.seq))
      model.breaks('one wish is done once', `${actionId} was event ${before.seq}, and is ${JSON.stringify(how)} when it is sent again`);
    screen.wishes.delete(actionId);
    if (before === undefined) screen.ends.set(actionId, how);
  };

  /** Null: no answer in time, or by a hub that is no more. */
  const ask = async (hub: HubClient, { jobId, actionId, call }: Wish): Promise<Answer | null> => {
    if (call.kind !== 'status') return null;
    const { code, reason = '' } = call;
    const answer = await Promise.race([
      hub.jobs.setStatus({ id: jobId, code, reason, actionId }).then(
        ({ event, already = false }): Answer => ({ kind: 'done', seq: event.seq, already, code }),
        (error: unknown): Answer => ({ kind: 'failed', error }),
      ),
      world.pause(answerWithinMs).then(() => null),
    ]);
    return scene.hub() === hub ? answer : null;
  };

  /** Notes that it was tried, unless it has come to its end meanwhile. */
  const noteTry = (screen: Screen, meant: Wish, why: Try['why'], mayBeDone: boolean): void => {
    if (meant.state.kind !== 'waits' || !screen.wishes.has(meant.actionId)) return;
    const { tried: before, again } = meant.state;
    const [count, at] = [(before?.count ?? 0) + 1, world.now()];
    const notBefore = at + pauseMs(count, screen.random.next(), null);
    const tried = { count, at, notBefore, why, mayBeDone: mayBeDone || before?.mayBeDone === true };
    screen.wishes.set(meant.actionId, { ...meant, state: { kind: 'waits', tried, again } });
  };

  const hearFailure = (screen: Screen, meant: Wish, error: unknown): void => {
    const failure = error instanceof ORPCError ? error : null;
    const isRule = typeof (failure?.data as { readonly rule?: unknown } | undefined)?.rule === 'string';
    const answered = { status: failure?.status ?? null, code: failure?.code ?? '' };
    const meaning = meaningOf({ ...answered, isLate: false, isRule, retryAfterMs: null });
    if (meaning.kind === 'refused') end(screen, meant, { kind: 'refused' });
    else noteTry(screen, meant, meaning.why, meaning.mayBeDone);
  };

  const noteSending = (screen: Screen, { actionId, state, at, hubAt }: Wish): void => {
    if (state.kind !== 'waits') return;
    if (!state.again && ageOf({ at, hubAt }, here(screen)) > askAfterMs)
      model.breaks('what is old is asked about first', `${actionId} is sent`);
    if (state.tried?.mayBeDone === true) world.count('station: sends again');
    if (screen.onTheWay.has(actionId)) world.count('station: two tabs send at once');
    screen.onTheWay.add(actionId);
  };

  const send = async (screen: Screen, meant: Wish): Promise<void> => {
    const hub = scene.hub();
    if (hub === null) return;
    const fate = scene.isCalm ? 'whole' : screen.random.pick(['whole', 'whole', 'whole', 'wish lost', 'answer lost', 'answer lost']);
    noteSending(screen, meant);
    noteTry(screen, meant, 'silence', true);
    const answer = fate === 'wish lost' ? await world.pause(answerWithinMs).then(() => null) : await ask(hub, meant);
    screen.onTheWay.delete(meant.actionId);
    if (fate === 'wish lost') world.count('station: a wish is lost on its way');
    else if (answer === null) world.count('station: the hub dies before it answers');
    else if (fate === 'answer lost') {
      world.count('station: an answer is lost');
      // What it said all the same is one with what it says when it is asked again.
      if (answer.kind === 'done' && !answer.already) model.promised.set(answer.seq, answer.code);
    } else if (answer.kind === 'done') end(screen, meant, answer);
    else hearFailure(screen, meant, answer.error);
  };

  /** Whoever is asked whether what is old is still meant. */
  const answerAsked = (screen: Screen): void => {
    for (const [old, standing] of standings([...screen.wishes.values()], here(screen))) {
      if (standing !== 'asks' || old.state.kind !== 'waits' || screen.onTheWay.has(old.actionId)) continue;
      world.count('station: a late wish is asked about');
      if (screen.random.next() < 0.5) {
        world.count('station: a late wish is sent still');
        screen.wishes.set(old.actionId, { ...old, state: { ...old.state, again: true } });
      } else {
        world.count('station: a late wish is taken back');
        // What may be done is given up: nobody was told whether it was.
        if (isUnsent(old)) end(screen, old, { kind: 'takenBack' });
        else screen.wishes.delete(old.actionId);
      }
    }
  };

  const loseLine = (screen: Screen): void => {
    world.count('station: line lost');
    screen.isUp = false;
    const forHours = screen.random.next() < 0.3 ? screen.random.between(2, 20) : 0;
    world.after(screen.random.between(1000, 20_000), () => {
      if (forHours > 0) {
        world.count('station: line lost for hours');
        const byMs = forHours * 60 * 60_000;
        // No floor lives for hours: what was meant before is as much older.
        for (const [id, one] of screen.wishes) screen.wishes.set(id, { ...one, at: one.at - byMs, hubAt: (one.hubAt ?? one.at) - byMs });
      }
      screen.isUp = true;
      screen.onlineSince = world.now();
    });
  };

  const step = (screen: Screen): void => {
    if (!scene.isCalm && screen.isUp && screen.random.next() < 0.12) loseLine(screen);
    // With and without a line.
    if (!scene.isCalm && screen.random.next() < 0.35) wish(screen);
    const hub = scene.hub();
    if (hub === null || !screen.isUp) return;
    void hear(screen, hub).catch(() => undefined);
    answerAsked(screen);
    const due = toSend([...screen.wishes.values()], here(screen));
    // Two tabs that are not kept from one another, in the same moment.
    for (const _ of screen.tabs) for (const one of due) void send(screen, one);
  };

  for (const screen of screens) {
    scene.sending++;
    let restsFor = 0;
    const live = (): void => {
      step(screen);
      // Some looks more, in which nothing is left to do: then it is as calm as the floor.
      restsFor = scene.isCalm && screen.isUp && screen.wishes.size === 0 && screen.onTheWay.size === 0 ? restsFor + 1 : 0;
      if (restsFor === 3) scene.sending--;
      // It goes on listening, like any screen.
      world.after(restsFor > 3 ? 5000 : screen.random.between(400, 3000), live);
    };
    live();
  }

  const judgeShown = ({ name, wishes, shown, seq }: Screen, { jobs, events }: Seen): void => {
    const last = events.at(-1)?.seq ?? 0;
    if (seq !== last) model.breaks('a screen shows what the hub knows', `${name} has heard ${seq} of ${last} events`);
    for (const { id, number, status } of jobs)
      if (shown.get(id) !== status)
        model.breaks('a screen shows what the hub knows', `${number} is ${status}, ${name} says ${shown.get(id)}`);
    for (const { actionId } of wishes.values()) model.breaks('every wish comes to its end', `${actionId} still waits`);
  };

  const judgeTold = ({ ends }: Screen, { events }: Seen): void => {
    const numbers = new Set(events.map(({ seq }) => seq));
    for (const [actionId, told] of ends) {
      const own = events.filter(({ reason }) => reason === wordOf(actionId)).length;
      const wanted = told.kind === 'done' && !told.already ? 1 : 0;
      const stands = told.kind !== 'done' || numbers.has(told.seq);
      if (own !== wanted || !stands)
        model.breaks('what was told stays', `${actionId} was told as ${JSON.stringify(told)}, and has ${own} events`);
    }
  };
  return {
    hearAll: async (hub) => {
      for (const screen of screens) await hear(screen, hub);
    },
    judge: (seen) => {
      for (const screen of screens) {
        judgeShown(screen, seen);
        judgeTold(screen, seen);
      }
      const words = Map.groupBy(
        seen.events.filter(({ reason }) => reason?.startsWith('wish ') === true),
        ({ reason }) => reason,
      );
      for (const [word, events] of words)
        if (events.length > 1) model.breaks('one wish is done once', `${word} is on record ${events.length} times`);
    },
  };
}
