/**
 * What somebody types on the settings screen and has not saved: it survives a lost line, a push, and going to another screen and back; leaving the page asks.
 * Knows what stood there when typing began, so that what somebody else has changed since is told and never overwritten in silence.
 */
import { create } from 'zustand';
import type { Problem, Settings } from '../shared/api.ts';
import { hub, problemOf } from './client.ts';
import { askHealth } from './health.ts';
import { type Form, type FormName, formNames, formOf, settingsOf } from './stations/setup/settings-form.ts';

type Kept = {
  /** As the hub said last. */
  readonly current: Settings | null;
  readonly defaults: Settings | null;
  readonly typed: Partial<Form>;
  /** Of what is typed: what stood there when it was begun, or when somebody said that it holds all the same. */
  readonly seen: Partial<Settings>;
  readonly problem: Problem | null;
  readonly saved: boolean;
};

const nothing: Kept = { current: null, defaults: null, typed: {}, seen: {}, problem: null, saved: false };
export const useSettingsDraft = create<Kept>(() => nothing);

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export function hasUnsaved({ typed }: Pick<Kept, 'typed'> = useSettingsDraft.getState()): boolean {
  return Object.keys(typed).length > 0;
}

/** What the screen shows: what is typed over what stands. */
export function shownForm({ current, typed }: Kept): Form | null {
  return current === null ? null : { ...formOf(current), ...typed };
}

/** What is typed here and was changed by somebody else since. */
export function changedMeanwhile({ current, typed, seen }: Kept): readonly FormName[] {
  return formNames.filter((name) => name in typed && current !== null && !isSame(seen[name], current[name]));
}

function without<Part extends object>(part: Part, name: keyof Part): Part {
  const { [name]: _, ...rest } = part;
  return rest as Part;
}

/** As it stands again: what was typed there is let go. */
export function letGo(name: FormName): void {
  const { typed, seen } = useSettingsDraft.getState();
  useSettingsDraft.setState({ typed: without(typed, name), seen: without(seen, name), problem: null });
}

export function letGoAll(): void {
  useSettingsDraft.setState({ typed: {}, seen: {}, problem: null });
}

export function type<Name extends FormName>(name: Name, value: Form[Name]): void {
  const { current, typed, seen } = useSettingsDraft.getState();
  if (current === null) return;
  const next = { ...formOf(current), ...typed, [name]: value };
  const begun = name in seen ? seen : { ...seen, [name]: current[name] };
  useSettingsDraft.setState({ typed: { ...typed, [name]: value }, seen: begun, problem: null, saved: false });
  // Typed back to what stands there: nothing is to be saved.
  if (isSame(next[name], formOf(current)[name]) && isSame(begun[name], current[name])) letGo(name);
}

/** Somebody has read what stands there now, and what is typed here holds. */
export function keepMine(name: FormName): void {
  const { current, seen } = useSettingsDraft.getState();
  if (current !== null) useSettingsDraft.setState({ seen: { ...seen, [name]: current[name] }, problem: null });
}

export async function loadSettings(): Promise<void> {
  try {
    const [current, defaults] = await Promise.all([
      hub().settings.get(),
      useSettingsDraft.getState().defaults ?? hub().settings.defaults(),
    ]);
    useSettingsDraft.setState({ current, defaults });
  } catch (error) {
    const problem = problemOf(error);
    // That the line is lost is said above; it is asked again when it is back.
    if (problem.code !== 'OFFLINE') useSettingsDraft.setState({ problem });
  }
}

export async function saveSettings(): Promise<void> {
  const before = useSettingsDraft.getState();
  const form = shownForm(before);
  if (form === null || !hasUnsaved(before)) return;
  const wished = settingsOf(form);
  const names = formNames.filter((name) => name in before.typed);
  const change: Partial<Settings> = Object.fromEntries(names.map((name) => [name, wished[name]]));
  try {
    const current = await hub().settings.update({ ...change, seen: { ...before.seen } });
    const { typed, seen } = useSettingsDraft.getState();
    // What was typed while it was on its way is still to be saved.
    const done = names.filter((name) => isSame(typed[name], before.typed[name]));
    const left = <Part extends object>(part: Part): Part =>
      Object.fromEntries(Object.entries(part).filter(([name]) => !done.some((one) => one === name))) as Part;
    useSettingsDraft.setState({ current, typed: left(typed), seen: left(seen), problem: null, saved: true });
    await askHealth();
  } catch (error) {
    const problem = problemOf(error);
    useSettingsDraft.setState({ problem, saved: false });
    if (problem.code === 'CONFLICT') await loadSettings();
  }
}

function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/** Starts once, for the life of the page. */
export function startSettingsDraft(): void {
  useSettingsDraft.subscribe((now, before) => {
    if (hasUnsaved(now) === hasUnsaved(before)) return;
    if (hasUnsaved(now)) addEventListener('beforeunload', askBeforeLeaving);
    else removeEventListener('beforeunload', askBeforeLeaving);
  });
}
