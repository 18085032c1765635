/** Watches the incoming folders that the settings name, and no others, and hands what settles in them to the flow. */

import type { Settings } from '../../shared/api.ts';
import { filesLieThereIn } from '../../shared/files-lie-there.ts';
import { isHiddenName } from '../../shared/safe-name.ts';
import type { Disks } from './disk/disks.ts';
import type { ArrivalFlow } from './flow.ts';
import { type Incoming, makeIncomingFolders } from './incoming-folders.ts';
import type { Readiness } from './intake/watch/settle.ts';
import { type FolderWatch, watchFolder } from './intake/watch/watch-folder.ts';
import type { WatchOptions } from './intake/watch/watch-options.ts';
import type { Layout } from './layout.ts';
import type { Log } from './log.ts';
import type { Intake, WatchState } from './parts.ts';
import type { Ports } from './ports/ports.ts';
import { checkWholeness, type Wholeness } from './prepare/check.ts';
import { isTicketType, typeOf } from './prepare/file-types.ts';
import type { Store } from './store/store.ts';
import { makeTurns } from './turns.ts';

export type RunningIntake = Intake & { stop(): Promise<void> };

type IntakeOptions = {
  readonly ports: Ports;
  readonly disks: Disks;
  readonly flow: ArrivalFlow;
  readonly settings: () => Settings;
  readonly log: Log;
  readonly layout: Layout;
  readonly store: Pick<Store, 'read' | 'write'>;
};

function readinessOf(check: Wholeness): Readiness {
  switch (check.kind) {
    case 'whole':
      return check.mayGrow === true ? 'late' : 'now';
    case 'notWhatItSays':
    case 'program':
      return 'now';
    case 'unknown':
      return check.zeroTail ? 'late' : 'later';
    case 'notWhole':
    case 'empty':
      return 'notYet';
    default:
      return check satisfies never;
  }
}

const judge: WatchOptions<Wholeness>['judge'] = async (name, inspection, read) => {
  const verdict = await checkWholeness(typeOf(name), inspection, read);
  return { readiness: readinessOf(verdict), verdict };
};

export function makeIntake({ ports, disks, flow, settings, log, layout, store }: IntakeOptions): RunningIntake {
  const watches = new Map<string, { readonly location: 'local' | 'network'; readonly watch: FolderWatch }>();
  const states = new Map<string, WatchState>();
  let stopped = false;
  const incoming = makeIncomingFolders({ ports, disks, known: () => settings().incoming, log, store, layout });

  const start = (folder: Incoming): void => {
    const { path, location } = folder;
    disks.name([path]);
    const watch = watchFolder({
      ports,
      path,
      location,
      disk: incoming.diskOf(folder),
      times: settings,
      isHidden: isHiddenName,
      goesFirst: (name) => isTicketType(typeOf(name)),
      isNumbered: flow.isNumbered,
      isExpected: flow.isExpected,
      judge,
      accept: async (file) => {
        try {
          await flow.arrive(file, location);
        } catch (error) {
          log`Could not take over ${file.name} yet: ${error}`;
          throw error;
        }
      },
      leftThere: () => flow.leftIn({ path, location }),
      onGone: (gone) => void flow.gone(gone).catch((error: unknown) => log`Not forgotten: ${gone} (${error})`),
      onState: (state) => {
        states.set(path, state);
        if (filesLieThereIn(state.reason) !== null)
          log`Incoming folder ${path} waits until somebody says what its files are: ${state.reason ?? ''}`;
        else if (state.state === 'missing') log`Incoming folder ${path} cannot be read: ${state.reason ?? ''}`;
        else log`Watching ${path}`;
      },
    });
    watches.set(path, { location, watch });
  };
  /** Not watched as it lies; told like one that cannot be read. */
  const refuse = async (path: string, reason: string): Promise<void> => {
    await end(path);
    states.set(path, { path, state: 'missing', reason });
    log`Incoming folder ${path} is not watched: ${reason}`;
  };
  const end = async (path: string): Promise<void> => {
    const known = watches.get(path);
    watches.delete(path);
    states.delete(path);
    incoming.forget(path);
    await known?.watch.stop();
  };

  /** Watched anew: what was asked of it is answered, and a folder in trouble is looked at ever more seldom. */
  const lookAtOnce = async (path: string): Promise<void> => {
    const known = watches.get(path);
    watches.delete(path);
    await known?.watch.stop();
  };

  const endAll = async (): Promise<void> => void (await Promise.all([...watches.keys()].map(end)));
  const watchOnly = async (folders: Settings['incoming']): Promise<void> => {
    for (const [path, { location }] of [...watches])
      if (!folders.some((folder) => folder.path === path && folder.location === location)) await end(path);
    incoming.keepOnly(folders);
    for (const path of [...states.keys()]) if (!folders.some((folder) => folder.path === path)) states.delete(path);
    await incoming.load();
    await Promise.all(incoming.takeAnswered().map(lookAtOnce));
    await layout.review();
    for (const folder of folders) {
      const offence = layout.offending().incoming.get(folder.path);
      if (offence !== undefined) await refuse(folder.path, offence.raw);
      else if (!(stopped || watches.has(folder.path))) start(folder);
    }
  };
  /** One change of the watched folders at a time: what one begins, the next must see to end it. */
  const turns = makeTurns();

  return {
    watching: () => [...states.values()],
    inTurn: layout.inTurn,
    watch: (folders) => turns(0, () => watchOnly(folders)),
    check: async (folders, takeOver, confirm, by) => {
      const fitting = await layout.fitIncoming(folders);
      disks.name(fitting.map(({ path }) => path));
      await incoming.check(fitting, { takeOver, confirm, by });
      return fitting;
    },
    stop: async () => {
      stopped = true;
      await endAll();
      // A change under way may have begun one more.
      await turns(0, endAll);
    },
  };
}
