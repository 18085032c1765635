/** People at the stations and in the office. They say what comes to their mind, often just when a file is on its way; what the hub answers is noted in the model. */
import { ORPCError } from '@orpc/client';
import { hotFolderSettingsSchema } from '../../shared/hot-folder.ts';
import type { Job } from '../../shared/job.ts';
import type { HubClient } from './machine.ts';
import { hashOf } from './model.ts';
import { type Press, renameAs, type Scene } from './scene.ts';
import type { Wish } from './swarm.ts';

export type People = {
  /** The hub is just about to hand something over. */
  stir(): void;
};

export function settingsOf(press: Press, { outcome, temp, capacity, lyingAfterMs }: Scene['swarm']) {
  return hotFolderSettingsSchema.parse({
    name: `press-${press.ruleId === 2 ? 1 : 2}`,
    path: press.path,
    location: press.onShare ? 'network' : 'local',
    temp: { kind: temp },
    capacity,
    takenAfterMs: 1000,
    lyingAfterMs,
    outcome: outcome ? { kind: 'named', done: 'done', failed: 'failed' } : { kind: 'none' },
  });
}

export function startPeople(scene: Scene): People {
  const { world, swarm, model, disk } = scene;
  const { random } = world;
  let words = 0;
  const actionId = (): string => `said ${++words}`;
  const note = { actionId: '', reason: 'The customer called.' };

  /** Notes what the hub said yes to. A hub that died meanwhile has told nobody anything. */
  const isTold = (hub: HubClient, { seq, code }: { readonly seq: number; readonly code: string }): boolean => {
    if (scene.hub() !== hub) return false;
    model.promised.set(seq, code);
    return true;
  };

  const contentsOf = (job: Job): string[] => job.files.map((file) => file.sha256);

  const stop = async (hub: HubClient, job: Job, code: 'Blocked' | 'Rejected'): Promise<void> => {
    const asked = world.monotonic();
    const { event } = await hub.jobs.setStatus({ ...note, id: job.id, code, actionId: actionId() });
    if (!isTold(hub, event)) return;
    model.stopped(job.id, { why: code, seq: event.seq, contents: contentsOf(job) }, asked, world.monotonic());
  };

  type Send = Parameters<HubClient['jobs']['deliver']>[0];

  /** Whoever is asked because a copy lies at a printer still may want it to come out twice. */
  const send = async (hub: HubClient, wish: Pick<Send, 'id' | 'hotFolderId' | 'fileIds'>): Promise<void> => {
    try {
      await hub.jobs.deliver({ ...note, ...wish, actionId: actionId() });
    } catch (error) {
      const rule: unknown = error instanceof ORPCError ? error.data?.rule : null;
      if (!(rule === 'liesThere' || rule === 'liesElsewhere') || scene.hub() !== hub || scene.aside.next() < 0.3) throw error;
      world.count(`person insists: ${rule}`);
      await hub.jobs.deliver({ ...note, ...wish, force: true, actionId: actionId() });
    }
  };

  const deliver = async (hub: HubClient, job: Job, hotFolderId: number | undefined): Promise<void> => {
    if (job.tracks.hold?.code !== 'Blocked') model.mayGoOn(job.id, world.monotonic());
    model.maySendAgain(contentsOf(job));
    await send(hub, { id: job.id, ...(hotFolderId === undefined ? {} : { hotFolderId }) });
  };

  const undoLast = async (hub: HubClient, job: Job): Promise<void> => {
    const { items } = await hub.jobs.history({ id: job.id });
    const undone = new Set(items.map((event) => event.undoes));
    const last = items.findLast((event) => event.actor === 'admin' && event.undoes === null && !undone.has(event.seq));
    if (last === undefined) return;
    model.mayGoOn(job.id, world.monotonic());
    const { event } = await hub.jobs.undo({ id: job.id, seq: last.seq, actionId: actionId() });
    isTold(hub, event);
  };

  /** The one who knows whose file it is says so. */
  const answerAll = async (hub: HubClient): Promise<void> => {
    const { items } = await hub.arrivals.list({ outcome: 'asked' });
    for (const { id, path, answer } of items) {
      const content = answer !== null || path === null ? undefined : disk.at(path)?.data;
      if (content === undefined) continue;
      const meant = model.meant.get(hashOf(content));
      const right = (await hub.jobs.list({})).items.find((job) => job.number === meant?.job);
      await hub.arrivals.answer({ id, jobId: right?.id ?? 'new', actionId: actionId() });
    }
  };

  /** Where a press is, or was told to go: told but not yet answered it may be in use already. */
  const wishedFor = new Set<string>();

  const changePath = async (hub: HubClient): Promise<void> => {
    const press = random.pick([scene.presses[0] ?? null, ...scene.presses]);
    // Whoever sees the wrong folder at a path does not make it the right one.
    if (press === null || scene.isMoved) return;
    const path = press.path.endsWith(' new') ? press.path.slice(0, -4) : `${press.path} new`;
    if (disk.mountOf(path)?.state !== 'unmounted') disk.makeFolders(path, true);
    const old = press.path;
    wishedFor.add(path);
    const waiting = random.pick(swarm.capacity === null ? (['move', 'stay', null] as const) : (['move', null] as const));
    await hub.hotFolders.update({ id: press.id, path, ...(waiting === null ? {} : { waiting }) });
    press.path = path;
    wishedFor.delete(old);
    press.left.delete(path);
    if (waiting === 'stay') press.left.add(old);
    // Where something may still be sent to nobody clears away.
    if (!swarm.clearsOld || waiting === 'stay') return;
    const clearAway = async (): Promise<void> => {
      // A change whose answer was lost may stand, or may not: the list tells.
      const used = await scene
        .hub()
        ?.hotFolders.list()
        .then(
          ({ items }) => items.map((one) => one.path),
          () => null,
        );
      if (used == null || used.includes(old) || wishedFor.has(old) || disk.at(old, true) === undefined) return;
      world.count('fault: old folder cleared away');
      renameAs(scene, old, `${old} gone ${random.between(1, 1e6)}`);
    };
    world.after(random.between(0, 20_000), () => void clearAway());
  };

  type Word = Parameters<HubClient['jobs']['setStatus']>[0];

  /** A station that did not hear the answer sends the same wish again, also to a hub that has started anew. */
  const sayAgain = async (word: Word, seq: number): Promise<void> => {
    world.count('person: says it once more');
    const answer = await scene
      .hub()
      ?.jobs.setStatus(word)
      .catch(() => undefined);
    if (answer !== undefined && answer.event.seq !== seq)
      model.breaks('one wish is done once', `${word.code} was event ${seq}, and is ${answer.event.seq} when it is sent again`);
  };

  const say = async (
    hub: HubClient,
    job: Job,
    code: 'Approved' | 'InProduction' | 'Printed' | 'InFinishing' | 'InPacking',
  ): Promise<void> => {
    if (code === 'Approved' && model.stopOf(job.id)?.why === 'Rejected') model.mayGoOn(job.id, world.monotonic());
    const wish = { id: job.id, code, actionId: actionId() };
    const { event } = await hub.jobs.setStatus(wish);
    if (isTold(hub, event) && scene.aside.next() < 0.3) world.after(scene.aside.between(0, 20_000), () => void sayAgain(wish, event.seq));
  };

  const pause = async (hub: HubClient): Promise<void> => {
    const id = scene.presses[random.between(1, scene.presses.length) - 1]?.id ?? 1;
    await hub.hotFolders.update({ id, paused: true });
    const goOn = async (): Promise<void> => {
      const now = scene.hub();
      const isPaused = await now?.hotFolders.update({ id, paused: false }).then(
        () => false,
        () => true,
      );
      if (isPaused !== false) world.after(5000, () => void goOn());
    };
    world.after(random.between(1000, 20_000), () => void goOn());
  };

  /** Two stations at the same moment: one wins, the other is told. */
  const sayTwice = async (hub: HubClient, job: Job): Promise<void> => {
    const code = scene.aside.pick(['InProduction', 'Printed', 'InFinishing', 'InPacking'] as const);
    const answers = await Promise.allSettled([1, 2].map(() => hub.jobs.setStatus({ id: job.id, code, actionId: actionId() })));
    const given = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
    const [first, second] = given.filter(({ event, already }) => isTold(hub, event) && already !== true).map(({ event }) => event.seq);
    if (first === undefined || second === undefined) return;
    const { items } = await hub.jobs.history({ id: job.id });
    if (!items.some(({ undoes, seq }) => undoes === first && seq < second))
      model.breaks('of two people one wins', `${code} of ${job.number} was said twice`);
  };

  const undoAtOnce = async (hub: HubClient, job: Job): Promise<void> => {
    const { event, already } = await hub.jobs.setStatus({ id: job.id, code: 'InProduction', actionId: actionId() });
    if (already === true || !isTold(hub, event)) return;
    model.mayGoOn(job.id, world.monotonic());
    isTold(hub, (await hub.jobs.undo({ id: job.id, seq: event.seq, actionId: actionId() })).event);
  };

  const deliverNamed = async (hub: HubClient, job: Job): Promise<void> => {
    const current = job.files.filter((file) => file.current);
    const file = current[scene.aside.between(0, Math.max(0, current.length - 1))];
    if (file === undefined) return;
    if (job.tracks.hold?.code !== 'Blocked') model.mayGoOn(job.id, world.monotonic());
    model.maySendAgain([file.sha256]);
    await send(hub, { id: job.id, fileIds: [file.id] });
  };

  /** Two people answer one question; or one answers it wrongly: then it is that job's. */
  const answerOne = async (hub: HubClient, isWrong: boolean): Promise<void> => {
    const { items } = await hub.arrivals.list({ outcome: 'asked' });
    const open = items.find(({ answer }) => answer === null);
    const content = open?.path == null ? undefined : disk.at(open.path)?.data;
    const meant = content === undefined ? undefined : model.meant.get(hashOf(content));
    if (open === undefined || content === undefined || meant === undefined) return;
    const jobs = (await hub.jobs.list({})).items;
    const right = jobs.find((job) => job.number === meant.job);
    const wrong = jobs.find((job) => job.number !== meant.job && [...model.meant.values()].some((one) => one.job === job.number));
    if (isWrong && wrong === undefined) return;
    const says = isWrong ? [wrong?.id ?? 'new'] : [right?.id ?? 'new', 'new' as const];
    // Whoever dies before he answers may have taken it all the same.
    if (isWrong) model.givenAway.add(hashOf(content));
    const answers = await Promise.allSettled(says.map((jobId) => hub.arrivals.answer({ id: open.id, jobId, actionId: actionId() })));
    const won = answers.filter(({ status }) => status === 'fulfilled').length;
    if (won > 1) model.breaks('of two people one wins', `both answers about ${open.name} were taken`);
  };

  /** A hot folder is taken off the list, and put on it again later. */
  const removeFolder = async (hub: HubClient): Promise<void> => {
    const press = scene.aside.pick([scene.presses[0] ?? null, ...scene.presses]);
    if (press === null || scene.isMoved) return;
    // Put on the list again on another share, it would be that one's.
    if (press.onShare && swarm.shares.includes('moved')) return;
    await hub.hotFolders.remove({ id: press.id });
    world.count('person: removes a folder');
    scene.sending++;
    let isMade = false;
    const make = async (now: HubClient): Promise<void> => {
      const known = (await now.hotFolders.list()).items.find(({ path }) => path === press.path);
      press.id = (known ?? (await now.hotFolders.create(settingsOf(press, swarm)))).id;
      await now.rules.update({ id: press.ruleId, hotFolderId: press.id });
      isMade = true;
    };
    // A hub that dies meanwhile answers nothing.
    const makeAgain = (): void => {
      if (isMade) {
        scene.sending--;
        return;
      }
      const now = scene.hub();
      if (now !== null) void make(now).catch(() => undefined);
      world.after(7000, makeAgain);
    };
    world.after(scene.aside.between(1000, 20_000), makeAgain);
  };

  /** Pieces are to be printed again: once for each action id, however often it is sent, also to a hub that has started anew. */
  const reprint = async (hub: HubClient): Promise<void> => {
    const { items } = await hub.jobs.list({});
    const job = items[scene.aside.between(0, Math.max(0, items.length - 1))];
    if (job === undefined) return;
    world.count('person: reprint');
    const wish = { ...note, id: job.id, quantity: scene.aside.between(1, 3), actionId: actionId() };
    // Whoever dies before he answers may have taken it all the same.
    model.reprintsAsked.add(wish.actionId);
    model.maySendAgain(contentsOf(job));
    for (const sha256 of contentsOf(job)) model.reprinted.add(sha256);
    const made = await hub.jobs.reprint(wish);
    if (scene.hub() !== hub) return;
    world.count('person: reprint is made');
    model.reprints.set(wish.actionId, { jobId: made.id, of: job.id, number: made.number });
    world.after(scene.aside.between(0, 20_000), () => {
      world.count('person: reprint once more');
      void scene
        .hub()
        ?.jobs.reprint(wish)
        .then(({ id }) => {
          if (id !== made.id)
            model.breaks('one wish is done once', `reprint ${made.number} was job ${made.id}, and is ${id} when it is sent again`);
        })
        .catch(() => undefined);
    });
  };

  const toFloor: Partial<Record<Wish, (hub: HubClient) => Promise<unknown>>> = {
    path: changePath,
    pause,
    settings: (hub) => hub.settings.update({ settleMs: random.pick([300, 1000, 3000]) }),
    answer: answerAll,
    // Also of the wrong folder at its path, which is then used.
    probe: (hub) =>
      hub.hotFolders.probe({
        id: scene.presses[random.between(1, scene.presses.length) - 1]?.id ?? 1,
        takeOver: !scene.swarm.otherHub,
      }),
    answerTwice: (hub) => answerOne(hub, false),
    answerWrong: (hub) => answerOne(hub, true),
    remove: removeFolder,
  };
  const toJob: Partial<Record<Wish, (hub: HubClient, job: Job) => Promise<unknown>>> = {
    block: (hub, job) => stop(hub, job, 'Blocked'),
    reject: (hub, job) => stop(hub, job, 'Rejected'),
    approve: (hub, job) => say(hub, job, 'Approved'),
    release: undoLast,
    undo: undoLast,
    two: sayTwice,
    undoAtOnce,
    named: deliverNamed,
    deliver: (hub, job) => deliver(hub, job, undefined),
    elsewhere: (hub, job) => deliver(hub, job, random.pick([scene.presses[0]?.id ?? 1, scene.presses[1]?.id ?? 2])),
    say: (hub, job) => say(hub, job, random.pick(['InProduction', 'Printed', 'InFinishing', 'InPacking'])),
  };

  const act = async (wish: Wish, hub: HubClient): Promise<void> => {
    const { items } = await hub.jobs.list({});
    const job = items[random.between(0, Math.max(0, items.length - 1))];
    world.say('person', `${wish}${job === undefined ? '' : ` ${job.number}`}`);
    await toFloor[wish]?.(hub);
    if (job !== undefined) await toJob[wish]?.(hub, job);
  };

  const speak = (): void => {
    const hub = scene.hub();
    const [first, ...others] = swarm.wishes;
    if (hub === null || first === undefined) return;
    const wish = random.pick([first, ...others]);
    world.count(`person: ${wish}`);
    void act(wish, hub).catch((error: unknown) => {
      world.count(`person refused: ${wish}`);
      world.say('person', `${wish} is refused: ${error instanceof Error ? error.message : String(error)}`);
    });
  };
  const next = (): void => {
    world.after(random.between(500, 9000), () => {
      if (scene.isCalm) return;
      speak();
      next();
    });
  };
  if (swarm.wishes.length > 0) next();
  const askForReprints = (): void => {
    world.after(scene.aside.between(3000, 20_000), () => {
      const hub = scene.hub();
      if (scene.isCalm) return;
      if (hub !== null)
        void reprint(hub).catch((error: unknown) => {
          world.say('person', `reprint is refused: ${error instanceof Error ? error.message : String(error)}`);
        });
      askForReprints();
    });
  };
  if (swarm.reprints) askForReprints();
  if (swarm.answersLate) {
    scene.sending++;
    const answerLate = (): void => {
      if (!scene.isCalm || scene.hub() === null) {
        world.after(5000, answerLate);
        return;
      }
      world.count('person: answers late');
      const hub = scene.hub();
      void (hub === null ? Promise.resolve() : answerAll(hub))
        .catch(() => undefined)
        .finally(() => {
          scene.sending--;
        });
    };
    world.after(70_000, answerLate);
  }
  return {
    stir: () => {
      if (scene.isCalm || !world.happens(swarm.worstMoment)) return;
      world.count('person: at the worst moment');
      world.after(random.between(0, 30), speak);
    },
  };
}
