/** What happens to the computers and shares of a floor while its troubled part lasts; at its end everything is put right. */
import type { Mount } from './disk.ts';
import type { Machine } from './machine.ts';
import { startOtherHub } from './other-hub.ts';
import type { Scene } from './scene.ts';
import { renameAs } from './scene.ts';
import type { ShareTrouble } from './swarm.ts';

export type Weather = { /** Everything works again. */ clear(): void };

export function startWeather(scene: Scene, machine: Machine, share: Mount): Weather {
  const { world, disk, swarm } = scene;
  const { random } = world;
  let moved: (() => void) | null = null;

  const again = (fromMs: number, toMs: number, act: () => void): void => {
    const next = (): void => {
      world.after(random.between(fromMs, toMs), () => {
        if (scene.isCalm) return;
        act();
        next();
      });
    };
    next();
  };

  const putRight = (): void => {
    disk.setState(share, 'on');
    share.volume.free = Number.POSITIVE_INFINITY;
    moved?.();
    moved = null;
    scene.isMoved = false;
  };

  const trouble = (kind: ShareTrouble): void => {
    world.count(`fault: share ${kind}`);
    world.say('share', kind);
    switch (kind) {
      case 'full':
        share.volume.free = random.between(0, 50);
        return;
      case 'moved': {
        const press = scene.presses.find(({ onShare }) => onShare);
        if (press === undefined || disk.at(press.path, true) === undefined || disk.at(`${press.path} old`, true) !== undefined) return;
        const { path } = press;
        renameAs(scene, path, `${path} old`);
        scene.isMoved = true;
        if (world.happens(0.5)) disk.makeFolders(path, true);
        moved = () => {
          if (disk.at(`${path} old`, true) === undefined) return;
          if (disk.at(path, true) !== undefined) renameAs(scene, path, `${path} wrong ${random.between(1, 1e6)}`);
          renameAs(scene, `${path} old`, path);
        };
        return;
      }
      default:
        disk.setState(share, kind);
    }
  };

  again(5000, 5000, () => disk.own.flushAll());
  for (const kind of swarm.shares)
    again(3000, 45_000, () => {
      trouble(kind);
      world.after(random.between(100, 35_000), putRight);
    });
  for (const kind of swarm.crashes)
    again(3000, 35_000, () => {
      if (kind === 'disk') machine.crashDisk();
      else machine.crashIn(random.between(1, 60), kind);
    });
  if (swarm.clockJumps)
    again(5000, 30_000, () => {
      const byMs = random.pick([86_400_000, -86_400_000, 3_600_000, -3_600_000, -2000]);
      world.count('fault: clock jumps');
      world.say('clock', `set by ${byMs} ms`);
      world.setClock(byMs);
    });
  const later = (fromMs: number, toMs: number, act: () => void): void => void world.after(scene.aside.between(fromMs, toMs), act);
  for (const kind of swarm.record)
    later(2000, 50_000, () => {
      if (scene.isCalm) return;
      world.count(`fault: record ${kind}`);
      world.say('record', kind);
      if (kind === 'held') later(100, 15_000, machine.holdRecord());
      else {
        machine.fillRecord(true);
        later(100, 15_000, () => machine.fillRecord(false));
      }
    });
  if (swarm.otherHub) later(2000, 40_000, () => void startOtherHub(scene, machine));
  return {
    clear: () => {
      world.say('weather', 'all troubles end');
      putRight();
    },
  };
}
