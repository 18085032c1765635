/**
 * Files on their way from this screen into jobs: one at a time, each told until somebody has seen what became of it. They live in this window alone: leaving the
 * page asks as long as one is not there.
 */
import { create } from 'zustand';
import type { Problem } from '../../shared/api.ts';
import type { Job } from '../../shared/job.ts';
import { uploadFile } from '../client.ts';
import { forget, keep, readKeptJson } from '../kept.ts';
import { meantFor } from './meant.ts';

export type AddingState =
  /** Somebody has to say which of the missing ones it is. */
  | { readonly kind: 'asks'; readonly missing: readonly string[] }
  | { readonly kind: 'waits' }
  /** `part`: how much of it has left, 0 to 1. */
  | { readonly kind: 'goes'; readonly part: number }
  | { readonly kind: 'added' }
  | { readonly kind: 'folder' }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** `as`: the name it is added under. */
export type Adding = { readonly id: number; readonly jobId: number; readonly file: File; readonly as: string; readonly state: AddingState };

/** A file as it was chosen or dropped; a folder can be dropped as well, and is no file. */
export type Chosen = { readonly file: File; readonly isFolder: boolean };

export const useAdding = create<{ readonly all: readonly Adding[] }>(() => ({ all: [] }));

let lastId = 0;
/** What was added stays in sight for so long. */
const seenForMs = 8000;

const set = (all: readonly Adding[]): void => useAdding.setState({ all });
const all = (): readonly Adding[] => useAdding.getState().all;

function change(id: number, state: AddingState, as?: string): void {
  set(all().map((one) => (one.id === id ? { ...one, state, as: as ?? one.as } : one)));
}

/** Does one live in this window alone? */
export function isAdding(): boolean {
  return all().some(({ state }) => state.kind !== 'added' && state.kind !== 'folder');
}

/** `wanted`: the missing file it is chosen for; null: the job. */
export function addFiles(
  { id: jobId, missing }: Pick<Job, 'id' | 'missing'>,
  chosen: readonly Chosen[],
  wanted: string | null = null,
): void {
  const added = chosen.map(({ file, isFolder }): Adding => {
    const entry = { id: ++lastId, jobId, file };
    if (isFolder) return { ...entry, as: file.name, state: { kind: 'folder' } };
    const meant = meantFor(file.name, missing, wanted);
    if ('ask' in meant) return { ...entry, as: file.name, state: { kind: 'asks', missing: meant.ask } };
    return { ...entry, as: meant.as, state: { kind: 'waits' } };
  });
  set([...all().filter(({ state }) => state.kind !== 'added'), ...added]);
  sendNext();
}

/** Which file it is to be, or once more the same. */
export function sendAs({ id }: Adding, as: string): void {
  change(id, { kind: 'waits' }, as);
  sendNext();
}

export function leaveOut({ id }: Adding): void {
  set(all().filter((one) => one.id !== id));
}

/** What is kept of the files that were cut off, until somebody has read it: the files themselves cannot be. */
const cutOffKeptAs = 'printfloor.adding-cut-off';

/** For a page that begins anew: they were chosen under another key, or for another record. Which did not come to their end is told on the new page. */
export function forgetAdding(): void {
  const cutOff = all().flatMap(({ as, state: { kind } }) => (kind === 'added' || kind === 'folder' ? [] : [as]));
  if (cutOff.length > 0) keep('tab', cutOffKeptAs, JSON.stringify(cutOff.slice(0, mostTold)));
  set([]);
}

const mostTold = 20;

/** Names of files that were not added, because the page began anew before they were there. */
export function cutOffFiles(): readonly string[] {
  const kept = readKeptJson('tab', cutOffKeptAs);
  return Array.isArray(kept) ? kept.filter((name): name is string => typeof name === 'string').slice(0, mostTold) : [];
}

export function noteCutOffSeen(): void {
  forget('tab', cutOffKeptAs);
}

function sendNext(): void {
  if (all().some(({ state }) => state.kind === 'goes')) return;
  const next = all().find(({ state }) => state.kind === 'waits');
  if (next !== undefined) void send(next);
}

async function send({ id, jobId, file, as }: Adding): Promise<void> {
  change(id, { kind: 'goes', part: 0 });
  const problem = await uploadFile(jobId, file, as, (part) => change(id, { kind: 'goes', part }));
  change(id, problem === null ? { kind: 'added' } : { kind: 'failed', problem });
  if (problem === null) setTimeout(() => set(all().filter((one) => one.id !== id)), seenForMs);
  sendNext();
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') === true;
}

/** What is dragged over a screen that takes no files, and the names of what was dropped there, until somebody has read where it belongs. */
export const useNowhere = create<{ readonly over: boolean; readonly names: readonly string[] }>(() => ({ over: false, names: [] }));

/** How many places take whatever is dropped on the page. */
let takers = 0;

/** To be called once: a file dropped where nothing takes it must not put its own content in the place of the page, and whoever dropped it is told where it belongs. */
export function startAdding(): void {
  const isOver = (over: boolean): void => {
    if (useNowhere.getState().over !== over) useNowhere.setState({ over });
  };
  /** Something smaller than the page, such as a place to try a file, has said already that it takes it. */
  const isTaken = (event: DragEvent): boolean => event.defaultPrevented || takers > 0;
  addEventListener('dragover', (event) => {
    if (!hasFiles(event) || event.dataTransfer === null) return;
    isOver(!isTaken(event));
    event.preventDefault();
  });
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) isOver(false);
  });
  addEventListener('drop', (event) => {
    isOver(false);
    if (!hasFiles(event)) return;
    if (!isTaken(event)) useNowhere.setState({ names: [...(event.dataTransfer?.files ?? [])].map(({ name }) => name).slice(0, mostTold) });
    event.preventDefault();
  });
  addEventListener('beforeunload', (event) => {
    if (isAdding()) event.preventDefault();
  });
}

/** Files that are dragged over the page; `isOver` hears whether some are. Answers how to stop. */
export function takeDropped(isOver: (over: boolean) => void, dropped: (chosen: readonly Chosen[]) => void): () => void {
  const end = new AbortController();
  const { signal } = end;
  takers += 1;
  const over = (event: DragEvent): void => {
    if (!hasFiles(event) || event.dataTransfer === null) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    isOver(true);
  };
  addEventListener('dragenter', over, { signal });
  addEventListener('dragover', over, { signal });
  addEventListener(
    'dragleave',
    (event) => {
      // Leaving one element for the next is no leaving.
      if (event.relatedTarget === null) isOver(false);
    },
    { signal },
  );
  addEventListener(
    'drop',
    (event) => {
      isOver(false);
      if (!hasFiles(event) || event.dataTransfer === null) return;
      dropped(
        [...event.dataTransfer.items].flatMap((item) => {
          const file = item.getAsFile();
          return file === null ? [] : [{ file, isFolder: item.webkitGetAsEntry()?.isDirectory === true }];
        }),
      );
    },
    { signal },
  );
  return () => {
    takers -= 1;
    end.abort();
  };
}
