/**
 * Answers whose a file is. One touch, one answer: the same wish keeps its action id until the hub has answered, and whoever comes second learns who
 * was first.
 */
import { create } from 'zustand';
import type { Arrival, Problem } from '../shared/api.ts';
import { hub, problemOf, wasAnswered } from './client.ts';
import { floor } from './floor/floor.ts';
import { loadAsked } from './floor/load.ts';
import { forget, keep, readKeptJson } from './kept.ts';
import { noteRecord } from './other-record.ts';
import { newActionId } from './wishes/make.ts';

/** Whether the question about an arrival may be about this job. */
export function concernsJob({ question }: Arrival, jobId: number): boolean {
  return question?.candidates.some((candidate) => candidate.jobId === jobId) === true;
}

export type Whose = number | 'new' | 'reject';
/** What became of an answer given here. `problem`: somebody else was first, or it could not be done. */
export type Told = { readonly arrival: Arrival; readonly problem: Problem | null };

type State = {
  /** Ids of arrivals whose answer is under way. */
  readonly busy: readonly number[];
  readonly told: Readonly<Record<number, Told>>;
};

export const useWhoseFile = create<State>()(() => ({ busy: [], told: {} }));

/** What was said and not yet answered is kept in the tab, and said again by the next page: with the same action id it is done once. */
export const whoseKeptAs = 'printfloor.whose-file';

type Meant = { readonly whose: Whose; readonly actionId: string };

function readMeant(entry: unknown): readonly [number, Meant][] {
  if (!Array.isArray(entry)) return [];
  const [id, meant]: readonly unknown[] = entry;
  const { whose, actionId }: Readonly<Record<string, unknown>> = typeof meant === 'object' && meant !== null ? { ...meant } : {};
  const isWhose = typeof whose === 'number' || whose === 'new' || whose === 'reject';
  return typeof id === 'number' && isWhose && typeof actionId === 'string' ? [[id, { whose, actionId }]] : [];
}

const kept = readKeptJson('tab', whoseKeptAs);
const wishes = new Map<number, Meant>(Array.isArray(kept) ? kept.flatMap(readMeant) : []);

function keepMeant(): void {
  if (wishes.size === 0) forget('tab', whoseKeptAs);
  else {
    keep('tab', whoseKeptAs, JSON.stringify([...wishes]));
    noteRecord();
  }
}

/** Its question is asked no more, here or by anybody: the hub says what became of it, and then it is said no more. */
async function sayToTheEnd(id: number, { whose, actionId }: Meant): Promise<void> {
  try {
    await hub().arrivals.answer({ id, jobId: whose, actionId });
  } catch (error) {
    if (!wasAnswered(error)) return;
  }
  wishes.delete(id);
  keepMeant();
}

/** What an earlier page, or a line that was lost, left without an answer. To be called when the questions are known. */
export function sayWhoseAgain(): void {
  const { asked } = floor.getState();
  const { told } = useWhoseFile.getState();
  for (const [id, meant] of wishes) {
    const arrival = asked.find((one) => one.id === id) ?? told[id]?.arrival;
    void (arrival === undefined ? sayToTheEnd(id, meant) : answerWhose(arrival, meant.whose));
  }
}

export function forgetTold(id: number): void {
  useWhoseFile.setState(({ told: { [id]: _, ...told } }) => ({ told }));
}

export async function answerWhose(arrival: Arrival, whose: Whose): Promise<void> {
  const { id } = arrival;
  if (useWhoseFile.getState().busy.includes(id)) return;
  useWhoseFile.setState(({ busy }) => ({ busy: [...busy, id] }));
  const before = wishes.get(id);
  const actionId = before?.whose === whose ? before.actionId : newActionId();
  wishes.set(id, { whose, actionId });
  keepMeant();
  let told: Told;
  try {
    told = { arrival: await hub().arrivals.answer({ id, jobId: whose, actionId }), problem: null };
    wishes.delete(id);
  } catch (error) {
    if (wasAnswered(error)) wishes.delete(id);
    told = { arrival, problem: problemOf(error) };
  }
  keepMeant();
  useWhoseFile.setState((state) => ({ busy: state.busy.filter((other) => other !== id), told: { ...state.told, [id]: told } }));
  await loadAsked();
}
