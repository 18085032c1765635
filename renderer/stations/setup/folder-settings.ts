/** What the form of a hot folder holds as text, and how it becomes settings and back. Pure. */
import type { HotFolder, HotFolderSettings } from '../../../shared/hot-folder.ts';
import { isNoNumber, numberIn } from '../../parts/fields.tsx';
import { typedPath } from './typed-path.ts';

export type Draft = {
  readonly name: string;
  readonly path: string;
  readonly location: HotFolderSettings['location'];
  readonly types: string;
  readonly template: string;
  readonly contract: boolean;
  readonly outcome: HotFolderSettings['outcome']['kind'];
  readonly done: string;
  readonly failed: string;
  readonly temp: HotFolderSettings['temp']['kind'];
  readonly staging: string;
  readonly capacity: string;
  readonly takenAfter: string;
  readonly lyingAfter: string;
};

/** What suits most printers. */
export const newDraft: Draft = {
  name: '',
  path: '',
  location: 'local',
  types: 'pdf',
  template: '{name}',
  contract: false,
  outcome: 'none',
  done: '',
  failed: '',
  temp: 'auto',
  staging: '',
  capacity: '',
  takenAfter: '2',
  lyingAfter: '5',
};

export function draftOf(folder: HotFolder): Draft {
  return {
    name: folder.name,
    path: folder.path,
    location: folder.location,
    types: folder.types.join(' '),
    template: folder.template,
    contract: folder.contract,
    outcome: folder.outcome.kind,
    done: folder.outcome.kind === 'named' ? (folder.outcome.done ?? '') : '',
    failed: folder.outcome.kind === 'named' ? (folder.outcome.failed ?? '') : '',
    temp: folder.temp.kind,
    staging: folder.temp.kind === 'staging' ? folder.temp.path : '',
    capacity: folder.capacity === null ? '' : String(folder.capacity),
    takenAfter: String(folder.takenAfterMs / 1000),
    lyingAfter: String(folder.lyingAfterMs / 60_000),
  };
}

function outcomeOf(draft: Draft): HotFolderSettings['outcome'] {
  if (draft.outcome !== 'named') return { kind: draft.outcome };
  const [done, failed] = [typedPath(draft.done), typedPath(draft.failed)];
  return { kind: 'named', ...(done !== '' && { done }), ...(failed !== '' && { failed }) };
}

/** Whether all numbers in it are numbers: nothing else is tried or saved. */
export function isWhole({ capacity, takenAfter, lyingAfter }: Draft): boolean {
  return ![capacity, takenAfter, lyingAfter].some(isNoNumber);
}

export function settingsOf(draft: Draft, paused: boolean): HotFolderSettings {
  return {
    name: draft.name.trim(),
    path: typedPath(draft.path),
    location: draft.location,
    types: draft.types
      .toLowerCase()
      .split(/[\s,;.]+/)
      .filter((type) => type !== ''),
    template: draft.template.trim() === '' ? '{name}' : draft.template.trim(),
    contract: draft.contract,
    outcome: outcomeOf(draft),
    temp: draft.temp === 'staging' ? { kind: 'staging', path: typedPath(draft.staging) } : { kind: draft.temp },
    capacity: draft.capacity.trim() === '' ? null : Math.max(1, Math.round(numberIn(draft.capacity) ?? 1)),
    takenAfterMs: Math.round((numberIn(draft.takenAfter) ?? 2) * 1000),
    lyingAfterMs: Math.max(1000, Math.round((numberIn(draft.lyingAfter) ?? 5) * 60_000)),
    paused,
  };
}
