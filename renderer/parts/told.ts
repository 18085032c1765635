/** In which order a screen tells what is wrong with a job and with the folder it goes to: written once, for the press and the page of a job. Pure. */
import type { Attention } from '../../shared/job/state.ts';
import { mustStopNow } from '../../shared/job/urgency.ts';

/** `folder`: its fault; `asked`: whose a file is. */
export type Told =
  | { readonly kind: 'problem'; readonly problem: Attention }
  | { readonly kind: 'folder' }
  | { readonly kind: 'asked'; readonly problem: Attention | null };

type Floor = { readonly folderFault: boolean; readonly isAsked: boolean };

/**
 * What somebody has to stop at the machine comes before everything; then the fault of the folder, which may be the cause of all the rest; then the problems
 * in their order. `attention`: the most urgent first. A question stands where the attention stands that points to it, and says more.
 */
export function inTellingOrder(attention: readonly Attention[], { folderFault, isAsked }: Floor): readonly Told[] {
  const told = attention.map((problem): Told => ({ kind: problem.code === 'WhoseFile' && isAsked ? 'asked' : 'problem', problem }));
  const all: readonly Told[] = isAsked && !told.some(({ kind }) => kind === 'asked') ? [...told, { kind: 'asked', problem: null }] : told;
  const isNow = (one: Told): boolean => one.kind === 'problem' && mustStopNow(one.problem);
  return [...all.filter(isNow), ...(folderFault ? [{ kind: 'folder' } as const] : []), ...all.filter((one) => !isNow(one))];
}
