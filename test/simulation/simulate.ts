/**
 * One floor from one seed: a shop is drawn, everything that can go wrong does for a while, then all is put right and the floor has some time to come to
 * rest. Answers every promise that was broken on the way or in the end.
 */
import { makeRandom } from '../random.ts';
import { makeDisk } from './disk.ts';
import { atRest, judge } from './judge.ts';
import type { MachineFaults } from './life-ports.ts';
import { type HubClient, makeMachine, places } from './machine.ts';
import { makeModel, type Violation } from './model.ts';
import { settingsOf, startPeople } from './people.ts';
import { startRip } from './rips.ts';
import type { Press, Scene } from './scene.ts';
import { isVisible } from './scene.ts';
import { lookAt } from './seen.ts';
import { startSenders } from './senders.ts';
import { type Stations, startStations } from './stations.ts';
import { drawSwarm, noFaults } from './swarm.ts';
import { startWeather } from './weather.ts';
import { makeWorld, type World } from './world.ts';

export type Outcome = {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly counts: ReadonlyMap<string, number>;
  readonly trace: readonly string[];
};

const setUpMs = 20_000;
const troubleMs = 65_000;
/** Longer than the longest pause between two tries, several times over. */
const calmMs = 900_000;
const askEveryMs = 15_000;

async function setUpFloor(hub: HubClient, presses: Press[], swarm: Scene['swarm']): Promise<void> {
  for (const press of presses) await hub.hotFolders.create(settingsOf(press, swarm));
  const [first, second] = await Promise.all(presses.map(async ({ id }) => id));
  await hub.rules.create({
    name: 'Scans',
    conditions: { type: ['pdf'], attribute: { name: 'press', values: ['2'] } },
    hotFolderId: second ?? 2,
  });
  await hub.rules.create({ name: 'All', conditions: {}, hotFolderId: first ?? 1 });
  await hub.settings.update({ incoming: [{ path: places.incoming, location: 'local' }], settleMs: 1000, incompleteAfterMs: 10_000 });
}

async function isAtRest(scene: Scene, hub: HubClient): Promise<boolean> {
  const seen = await lookAt(hub);
  // Somebody took the wrong folder for the right one before: now the right one lies there.
  for (const { id, reasonCode } of seen.folders)
    if (reasonCode === 'OtherFolder') void hub.hotFolders.probe({ id, takeOver: true }).catch(() => undefined);
  return atRest(scene, seen);
}

/** The second is on the share; the first there or on the computer's own disk. */
function drawPresses(world: World): Press[] {
  const first = world.happens(0.5) ? '/hot/press-1' : '/net/nas/press-1';
  return [
    { id: 1, ruleId: 2, path: first },
    { id: 2, ruleId: 1, path: '/net/nas/press-2' },
  ].map((press) => ({ ...press, onShare: press.path.startsWith('/net'), left: new Set<string>() }));
}

export async function simulate(seed: number, verbose = false): Promise<Outcome> {
  const world = makeWorld(seed, verbose);
  const swarm = drawSwarm(world.random, seed);
  world.say('swarm', JSON.stringify(swarm));
  const disk = makeDisk(world, swarm.own);
  const share = disk.mount('/net/nas', swarm.share);
  if (swarm.slowShare) share.bytesPerMs = 500;
  const model = makeModel();
  let faults: MachineFaults = noFaults;
  const presses = drawPresses(world);
  for (const path of [...Object.values(places), '/hot', ...presses.map((press) => press.path)]) disk.makeFolders(path, true);

  const isPress = (path: string): boolean =>
    /^\/(hot|net\/nas)\/press-\d( new| old)?\/[^/]+$/.test(path) && isVisible(path.slice(path.lastIndexOf('/') + 1));
  const readers = new Map<string, () => void>();
  const machine = await makeMachine({
    world,
    disk,
    faults: () => faults,
    onNamed: (path, inode, sentAt) => {
      if (!isPress(path)) return;
      world.say('hub', `hands over ${path}`);
      model.appeared(path, inode.data, sentAt);
    },
    onReplaced: (path, inode) => {
      if (isVisible(path.slice(path.lastIndexOf('/') + 1)) && inode.data.toString('latin1', 0, 5) === '%PDF-')
        model.breaks('nothing is replaced', path);
    },
    onHandOver: () => {
      people?.stir();
      if (!scene.isCalm && world.happens(swarm.diesHandingOver)) machine.crashIn(world.random.between(1, 12), 'kill');
    },
    onRead: (path) => {
      const tell = readers.get(path);
      readers.delete(path);
      tell?.();
    },
    slowFrom: swarm.slowFrom,
    onBug: (error) => {
      world.say('hub', `bug: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      model.breaks('no bug is met', error instanceof Error ? error.message : String(error));
    },
    restartMs: () => world.random.between(500, 10_000),
  });
  const scene: Scene = {
    aside: makeRandom(seed * 104_729),
    world,
    disk,
    swarm,
    model,
    hub: machine.hub,
    presses,
    readers,
    sending: 0,
    isCalm: false,
    isMoved: false,
  };
  let people: ReturnType<typeof startPeople> | null = null;
  const onRejection = (error: unknown): void => {
    // A ghost asks its closed record.
    if (!/database connection is not open|store is closed/.test(String(error)))
      model.breaks('no bug is met', `unhandled: ${String(error)}`);
  };
  process.on('unhandledRejection', onRejection);
  try {
    void machine.start();
    await world.live(1000, () => machine.hub() !== null);
    const hub = machine.hub();
    if (hub === null) throw new Error(`seed ${seed}: the hub does not start`);
    let isSetUp = false;
    void setUpFloor(hub, presses, swarm)
      .then(() => {
        isSetUp = true;
      })
      .catch((error: unknown) => model.breaks('a good folder is accepted', String(error)));
    await world.live(setUpMs, () => isSetUp || model.violations.length > 0);

    faults = swarm.machine;
    for (const press of presses) startRip(scene, press);
    startSenders(scene);
    people = startPeople(scene);
    const stations: Stations | null = swarm.stations ? startStations(scene, seed) : null;
    const weather = startWeather(scene, machine, share);
    const from = world.monotonic();
    await world.live(from + troubleMs, () => model.violations.length > 0);

    scene.isCalm = true;
    faults = noFaults;
    weather.clear();
    machine.calm();
    // Twice at rest: what was just about to happen has happened.
    let rests = 0;
    while (rests < 2 && world.monotonic() < from + troubleMs + calmMs && model.violations.length === 0) {
      await world.live(world.monotonic() + (rests === 0 ? askEveryMs : 5000), () => model.violations.length > 0);
      const running = machine.hub();
      rests = running !== null && (await isAtRest(scene, running)) ? rests + 1 : 0;
    }
    const running = machine.hub();
    if (running === null) model.breaks('the hub runs', 'it did not come back');
    else if (machine.faultInRecord() !== null) model.breaks('the record is whole', machine.faultInRecord() ?? '');
    else if (model.violations.length === 0) {
      await stations?.hearAll(running);
      const seen = await lookAt(running);
      judge(scene, seen, (world.counts.get('fault: power') ?? 0) > 0);
      stations?.judge(seen);
    }
  } finally {
    await machine.clean();
    process.off('unhandledRejection', onRejection);
  }
  for (const { promise, what } of model.violations) world.say('BROKEN', `${promise}: ${what}`);
  return { seed, violations: model.violations, counts: world.counts, trace: world.trace };
}
