/** People at the stations and in the office. They say what comes to their mind, often just when a file is on its way; what the hub answers is noted in the model. */
import type { Job } from '../../shared/job.ts';
import type { HubClient } from './machine.ts';
import { hashOf } from './model.ts';
import type { Scene } from './scene.ts';
import type { Wish } from './swarm.ts';

export type People = {
  /** The hub is just about to hand something over. */
  stir(): void;
};

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

  const deliver = async (hub: HubClient, job: Job, hotFolderId: number | undefined): Promise<void> => {
    if (job.tracks.hold?.code !== 'Blocked') model.mayGoOn(job.id, world.monotonic());
    model.maySendAgain(contentsOf(job));
    await hub.jobs.deliver({ ...note, id: job.id, actionId: actionId(), ...(hotFolderId === undefined ? {} : { hotFolderId }) });
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

  const changePath = async (hub: HubClient): Promise<void> => {
    const press = random.pick([scene.presses[0] ?? null, ...scene.presses]);
    // Whoever sees the wrong folder at a path does not make it the right one.
    if (press === null || scene.isMoved) return;
    const path = press.path.endsWith(' new') ? press.path.slice(0, -4) : `${press.path} new`;
    if (disk.mountOf(path)?.state !== 'unmounted') disk.makeFolders(path, true);
    await hub.hotFolders.update({ id: press.id, path });
    press.path = path;
  };

  const say = async (
    hub: HubClient,
    job: Job,
    code: 'Approved' | 'InProduction' | 'Printed' | 'InFinishing' | 'InPacking',
  ): Promise<void> => {
    if (code === 'Approved' && model.stopOf(job.id)?.why === 'Rejected') model.mayGoOn(job.id, world.monotonic());
    const { event } = await hub.jobs.setStatus({ id: job.id, code, actionId: actionId() });
    isTold(hub, event);
  };

  const pause = async (hub: HubClient): Promise<void> => {
    const id = random.between(1, scene.presses.length);
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

  const toFloor: Partial<Record<Wish, (hub: HubClient) => Promise<unknown>>> = {
    path: changePath,
    pause,
    settings: (hub) => hub.settings.update({ settleMs: random.pick([300, 1000, 3000]) }),
    answer: answerAll,
    // Also of the wrong folder at its path, which is then used.
    probe: (hub) => hub.hotFolders.probe({ id: random.between(1, scene.presses.length) }),
  };
  const toJob: Partial<Record<Wish, (hub: HubClient, job: Job) => Promise<unknown>>> = {
    block: (hub, job) => stop(hub, job, 'Blocked'),
    reject: (hub, job) => stop(hub, job, 'Rejected'),
    approve: (hub, job) => say(hub, job, 'Approved'),
    release: undoLast,
    undo: undoLast,
    deliver: (hub, job) => deliver(hub, job, undefined),
    elsewhere: (hub, job) => deliver(hub, job, random.pick([1, 2])),
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
  return {
    stir: () => {
      if (!scene.isCalm && world.happens(swarm.worstMoment)) world.after(random.between(0, 30), speak);
    },
  };
}
