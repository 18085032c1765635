/** The printers' programs: they look into their folder by final names, now and then, and do with a file what their mode says. They sit on the share's own computer. */
import { hashOf } from './model.ts';
import type { Press, Scene } from './scene.ts';
import { isVisible, removeAs, renameAs, writeAs } from './scene.ts';
import type { RipMode } from './swarm.ts';
import type { Inode } from './volume.ts';

type Plan = { readonly mode: RipMode; readonly from: number };

export function startRip(scene: Scene, press: Press): void {
  const { world, disk, swarm, model } = scene;
  const { random } = world;
  const isQuick = swarm.rips.includes('atOnce');
  const everyMs = random.between(300, 3000);
  /** What is decided for a file once seen. */
  const plans = new Map<string, Plan>();
  const folderPaths = (): string[] => [press.path, ...press.left];
  const moveInto = (folder: string, folderPath: string, name: string): void => {
    disk.makeFolders(`${folderPath}/${folder}`, true);
    renameAs(scene, `${folderPath}/${name}`, `${folderPath}/${folder}/${name}`);
  };

  const take = (folderPath: string, name: string, mode: RipMode): void => {
    const path = `${folderPath}/${name}`;
    const inode = disk.at(path, true);
    if (inode === undefined) return;
    model.took.add(hashOf(inode.data));
    world.count(`printer: ${mode}`);
    world.say('printer', `${mode}: ${path}`);
    switch (mode) {
      case 'done':
        moveInto('done', folderPath, name);
        break;
      case 'failed':
        moveInto('failed', folderPath, name);
        writeAs(scene, `${folderPath}/failed/${name}.txt`, Buffer.from('Font missing.'));
        break;
      case 'renames':
        renameAs(scene, path, `${path}.working`);
        world.after(random.between(500, 5000), () => {
          if (disk.at(`${path}.working`, true) !== undefined) removeAs(scene, `${path}.working`);
        });
        break;
      case 'delete':
      case 'atOnce':
      case 'tidies':
        removeAs(scene, path);
        break;
      case 'never':
        break;
      default:
        mode satisfies never;
    }
  };

  const tidy = (folderPath: string, folder: Inode): void => {
    for (const { name, inode } of [...folder.names.values()])
      if (inode.kind === 'file' && !isVisible(name) && !name.includes('marker') && world.happens(0.2)) {
        world.count('printer: tidies');
        removeAs(scene, `${folderPath}/${name}`);
      }
  };

  const planFor = (path: string): Plan => {
    const [first = 'delete', ...others] = swarm.rips;
    const plan = plans.get(path) ?? {
      mode: random.pick([first, ...others]),
      from: world.monotonic() + (isQuick ? 0 : random.between(0, swarm.takenWithinMs)),
    };
    if (!plans.has(path) && plan.mode === 'never') world.count('printer: never');
    plans.set(path, plan);
    return plan;
  };

  const lookInto = (folderPath: string): void => {
    const folder = disk.at(folderPath, true);
    if (folder?.kind !== 'folder') return;
    for (const { name, inode } of [...folder.names.values()]) {
      if (inode.kind !== 'file' || !isVisible(name) || name.endsWith('.working')) continue;
      const { mode, from } = planFor(`${folderPath}/${name}`);
      if (mode !== 'never' && world.monotonic() >= from) take(folderPath, name, mode);
    }
    if (swarm.rips.includes('tidies') && !scene.isCalm) tidy(folderPath, folder);
  };
  const look = (): void => {
    for (const known of plans.keys()) if (disk.at(known, true) === undefined) plans.delete(known);
    for (const path of folderPaths()) lookInto(path);
  };
  const lookOn = (): void => {
    world.after(everyMs, lookOn);
    look();
  };
  lookOn();
  if (isQuick)
    disk.onChange((folder, name) => {
      if (isVisible(name) && folderPaths().some((path) => disk.at(path, true) === folder)) world.after(random.between(1, 50), look);
    });
}
