/** Watches the incoming folders that the settings name, and no others, and hands what settles in them to the flow. */
import type { Settings } from '../../shared/api.ts';
import { isHiddenName } from '../../shared/safe-name.ts';
import type { Disks } from './disk/disks.ts';
import type { ArrivalFlow } from './flow.ts';
import type { Readiness } from './intake/watch/settle.ts';
import { type FolderWatch, type WatchOptions, watchFolder } from './intake/watch/watch-folder.ts';
import type { Intake, WatchState } from './parts.ts';
import type { Ports } from './ports/ports.ts';
import { checkWholeness, type Wholeness } from './prepare/check.ts';
import { typeOf } from './prepare/file-types.ts';

export type RunningIntake = Intake & { stop(): Promise<void> };

type IntakeOptions = {
  readonly ports: Ports;
  readonly disks: Disks;
  readonly flow: ArrivalFlow;
  readonly settings: () => Settings;
  readonly log: (line: string) => void;
};

function readinessOf(check: Wholeness): Readiness {
  switch (check.kind) {
    case 'whole':
      return check.mayGrow === true ? 'late' : 'now';
    case 'notWhatItSays':
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

export function makeIntake({ ports, disks, flow, settings, log }: IntakeOptions): RunningIntake {
  const watches = new Map<string, { readonly location: 'local' | 'network'; readonly watch: FolderWatch }>();
  const states = new Map<string, WatchState>();

  const start = ({ path, location }: Settings['incoming'][number]): void => {
    const watch = watchFolder({
      ports,
      path,
      location,
      disk: disks.of({ path, location }),
      times: settings,
      isHidden: isHiddenName,
      judge,
      accept: async (file) => {
        try {
          await flow.arrive(file, location);
        } catch (error) {
          log(`Could not take over ${JSON.stringify(file.name)} yet: ${error instanceof Error ? error.message : String(error)}`);
          throw error;
        }
      },
      onState: (state) => {
        states.set(path, state);
        log(state.state === 'missing' ? `Incoming folder ${path} cannot be read: ${state.reason ?? ''}` : `Watching ${path}`);
      },
    });
    watches.set(path, { location, watch });
  };
  const end = async (path: string): Promise<void> => {
    const known = watches.get(path);
    watches.delete(path);
    states.delete(path);
    await known?.watch.stop();
  };

  return {
    watching: () => [...states.values()],
    watch: async (folders) => {
      for (const [path, { location }] of [...watches])
        if (!folders.some((folder) => folder.path === path && folder.location === location)) await end(path);
      for (const folder of folders) if (!watches.has(folder.path)) start(folder);
    },
    stop: async () => {
      await Promise.all([...watches.keys()].map(end));
    },
  };
}
