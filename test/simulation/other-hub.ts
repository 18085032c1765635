/** A Printfloor on another computer takes over one of our hot folders, as its marker says; some time later somebody takes it back here. */
import type { Machine } from './machine.ts';
import type { Scene } from './scene.ts';
import { writeAs } from './scene.ts';

export async function startOtherHub(scene: Scene, machine: Machine): Promise<void> {
  const { world, disk, model, presses, aside } = scene;
  const press = presses[aside.between(0, presses.length - 1)];
  const markerPath = press === undefined ? null : await machine.markerOf(press.id);
  const marker = markerPath === null ? undefined : disk.at(markerPath, true)?.data.toString();
  if (press === undefined || markerPath === null || marker === undefined || scene.isCalm || scene.isMoved) return;
  const { path } = press;
  world.count('fault: other hub');
  world.say('other hub', `takes over ${path}`);
  writeAs(scene, markerPath, Buffer.from(`${marker.split('\n')[0] ?? ''}\nhub theirs PC-2`));
  disk.own.flushAll();
  model.isOthers.set(path, world.monotonic());
  scene.sending++;
  const takeBack = async (): Promise<void> => {
    const hub = scene.hub();
    const told = (await hub?.hotFolders.list())?.items.find(({ id }) => id === press.id)?.reasonCode;
    if (told === 'OtherHub') world.count('told: OtherHub');
    model.isOthers.delete(path);
    await hub?.hotFolders.probe({ id: press.id, takeOver: true });
  };
  const tryToTakeBack = (): void => {
    if (disk.at(markerPath, true)?.data.includes('theirs') !== true) {
      scene.sending--;
      return;
    }
    void takeBack().catch(() => undefined);
    world.after(7000, tryToTakeBack);
  };
  world.after(aside.between(3000, 30_000), tryToTakeBack);
}
