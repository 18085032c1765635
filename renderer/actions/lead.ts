/** Which one button leads where one job is shown, be it on a card that says what is wrong or in the bar below: never two. Pure. */
import type { HotFolder } from '../../shared/hot-folder.ts';
import type { Attention } from '../../shared/job/state.ts';
import { mustStopNow } from '../../shared/job/urgency.ts';
import type { Job } from '../../shared/job.ts';
import type { Told } from '../parts/told.ts';
import type { Action } from './action.ts';
import { leading, mayLead, remedyFor } from './all.ts';

/** `folder`: what says that the folder is in trouble. */
export type Lead =
  | { readonly kind: 'folder' }
  | { readonly kind: 'problem'; readonly problem: Attention }
  | { readonly kind: 'action'; readonly action: Action }
  | null;

/** What ends a problem, as its card offers it. `check`: trying the folder; `file`: the missing one; `look`: at what lies in the folder. */
export type Remedy = 'check' | 'file' | 'look' | { readonly action: Action };

type Its = Pick<HotFolder, 'state' | 'reasonCode'>;

/** Where another computer or another folder is the trouble, trying it again is not what ends it. */
function isOthers({ reasonCode }: Its): boolean {
  return reasonCode === 'OtherHub' || reasonCode === 'OtherFolder';
}

export function remedyOf(job: Job, problem: Attention, folder: Its | undefined): Remedy | null {
  if (folder?.state === 'trouble' && problem.code === 'CopyToHotFolderFailed' && !isOthers(folder)) return 'check';
  if (problem.code === 'AwaitingData' && job.missing.length > 0) return 'file';
  if (problem.code === 'StillLyingThere') return 'look';
  const action = remedyFor(problem);
  return action?.rule(job) === true ? { action } : null;
}

export function waitsForFolder({ stage, deliveries }: Job): boolean {
  return stage === 'prepress' || deliveries.some(({ state }) => state === 'waiting');
}

/** It waits for its folder, which is in trouble, and nothing else on its page says so. */
export function waitsForTrouble(job: Job, folder: Its | undefined): boolean {
  return waitsForFolder(job) && folder?.state === 'trouble' && !job.attention.some(({ code }) => code === 'CopyToHotFolderFailed');
}

type Shown = {
  /** The cards that are not folded away, in their order. */
  readonly told: readonly Told[];
  /** The folder it goes to. */
  readonly folder: Its | undefined;
  /** Whether trying a folder is offered here. */
  readonly mayCheck: boolean;
  /** A question of the job is open: its answer leads. */
  readonly asking: boolean;
};

function ledBy(job: Job, problem: Attention, { folder, mayCheck }: Shown): Lead | 'none' {
  const remedy = remedyOf(job, problem, folder);
  if (remedy === null || (remedy === 'check' && !mayCheck)) return 'none';
  return typeof remedy === 'string' || mayLead(remedy.action, job) ? { kind: 'problem', problem } : null;
}

/** The first card that has a remedy decides; where that goes back or stops, nothing leads. */
export function leadOf(job: Job, shown: Shown): Lead {
  const { told, folder, mayCheck, asking } = shown;
  if (asking || job.attention.some(mustStopNow)) return null;
  const checks = mayCheck && folder !== undefined && !isOthers(folder);
  for (const one of told) {
    if (one.kind === 'folder' && checks) return { kind: 'folder' };
    const led = one.kind === 'problem' ? ledBy(job, one.problem, shown) : 'none';
    if (led !== 'none') return led;
  }
  if (checks && waitsForTrouble(job, folder)) return { kind: 'folder' };
  const action = leading(job);
  return action === null ? null : { kind: 'action', action };
}
