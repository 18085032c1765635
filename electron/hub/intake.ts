/** Watches the incoming folders that the settings name, and no others, and hands what settles in them to the flow. */

import { join } from 'node:path';
import type { Settings } from '../../shared/api.ts';
import { reasonEntry } from '../../shared/reason.ts';
import { isHiddenName } from '../../shared/safe-name.ts';
import type { Disks } from './disk/disks.ts';
import { asDiskFault } from './disk/fault.ts';
import type { Disk } from './disk/operations.ts';
import type { ArrivalFlow } from './flow.ts';
import type { Readiness } from './intake/watch/settle.ts';
import { type FolderWatch, watchFolder } from './intake/watch/watch-folder.ts';
import type { WatchOptions } from './intake/watch/watch-options.ts';
import type { Layout } from './layout.ts';
import type { Log } from './log.ts';
import { type Intake, Refusal, type WatchState } from './parts.ts';
import type { Ports } from './ports/ports.ts';
import { checkWholeness, type Wholeness } from './prepare/check.ts';
import { isTicketType, typeOf } from './prepare/file-types.ts';
import { makeTurns } from './turns.ts';

export type RunningIntake = Intake & { stop(): Promise<void> };

type IntakeOptions = {
  readonly ports: Ports;
  readonly disks: Disks;
  readonly flow: ArrivalFlow;
  readonly settings: () => Settings;
  readonly log: Log;
  readonly layout: Layout;
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

/** How often a folder is asked whose it is: another hub may have taken it over. */
const askWhoseEveryMs = 10_000;

/** The disk as a watch sees it: each look begins with a look at the folder itself, and now and then with whose it is. */
function askWhose(disk: Disk, folderPath: string, { monotonic }: Ports['clock']): Disk {
  let askedAt = Number.NEGATIVE_INFINITY;
  return {
    ...disk,
    peek: async (path) => {
      if (path === folderPath && monotonic() - askedAt > askWhoseEveryMs) {
        await disk.takeIncoming(folderPath, false);
        askedAt = monotonic();
      }
      return await disk.peek(path);
    },
  };
}

function otherHub(path: string, who: string): Refusal {
  const { what, todo } = reasonEntry('OtherHub');
  const told = `${path}: ${who}`;
  return new Refusal('CONFLICT', `${what.en} (${told})`, `${todo.en} To take it over, save it again with takeOver: true.`, {
    reasonCode: 'OtherHub',
    raw: told,
    path,
  });
}

function isSaid(of: boolean | readonly string[], path: string): boolean {
  return typeof of === 'boolean' ? of : of.includes(path);
}

/** What a watch would take: files, also those one level down. A folder that cannot be seen now is asked about by nobody. */
async function countFiles(disk: Disk, path: string): Promise<number> {
  const visible = async (folderPath: string) => (await disk.names(folderPath).catch(() => [])).filter(({ name }) => !isHiddenName(name));
  const top = await visible(path);
  let count = top.filter(({ kind }) => kind !== 'folder').length;
  for (const { name, kind } of top)
    if (kind === 'folder') count += (await visible(join(path, name))).filter((below) => below.kind !== 'folder').length;
  return count;
}

function filesLieThere(path: string, count: number): Refusal {
  const { todo } = reasonEntry('FilesLieThere');
  return new Refusal(
    'CONFLICT',
    `${count === 1 ? '1 file lies' : `${count} files lie`} in ${path} already: all would be taken in and moved away.`,
    `${todo.en} Then save it again with confirm: true.`,
    { reasonCode: 'FilesLieThere', path, files: count },
  );
}

export function makeIntake({ ports, disks, flow, settings, log, layout }: IntakeOptions): RunningIntake {
  const watches = new Map<string, { readonly location: 'local' | 'network'; readonly watch: FolderWatch }>();
  const states = new Map<string, WatchState>();
  let stopped = false;

  const start = ({ path, location }: Settings['incoming'][number]): void => {
    disks.name([path]);
    const watch = watchFolder({
      ports,
      path,
      location,
      disk: askWhose(disks.of({ path, location }), path, ports.clock),
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
        if (state.state === 'missing') log`Incoming folder ${path} cannot be read: ${state.reason ?? ''}`;
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
    await known?.watch.stop();
  };

  const endAll = async (): Promise<void> => void (await Promise.all([...watches.keys()].map(end)));
  const watchOnly = async (folders: Settings['incoming']): Promise<void> => {
    for (const [path, { location }] of [...watches])
      if (!folders.some((folder) => folder.path === path && folder.location === location)) await end(path);
    for (const path of [...states.keys()]) if (!folders.some((folder) => folder.path === path)) states.delete(path);
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
    watch: (folders) => turns(0, () => watchOnly(folders)),
    check: async (folders, takeOver, confirm) => {
      const fitting = await layout.fitIncoming(folders);
      disks.name(fitting.map(({ path }) => path));
      const known = new Set(settings().incoming.map(({ path }) => path));
      for (const folder of fitting) {
        if (known.has(folder.path) || isSaid(confirm, folder.path)) continue;
        const count = await countFiles(disks.of(folder), folder.path);
        if (count > 0) throw filesLieThere(folder.path, count);
      }
      for (const folder of fitting) {
        // What cannot be asked now is asked by the watch before it takes anything.
        const fault = await disks
          .of(folder)
          .takeIncoming(folder.path, isSaid(takeOver, folder.path))
          .then(() => null, asDiskFault);
        if (fault?.code === 'OtherHub') throw otherHub(folder.path, fault.message);
      }
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
