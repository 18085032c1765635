/** What a form sends of what it holds: only what was changed in it, with what stood there, so that nothing is overwritten that somebody else changed and nobody here has seen. Pure. */
import type { Rule } from '../../../shared/hot-folder.ts';

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** `begun`: what the form held when it was opened; `stands`: what the hub said of the same then, or when it was last read. */
export function changedIn<Settings extends object>(
  wished: Settings,
  begun: Settings,
  stands: Settings,
): Partial<Settings> & { readonly seen: Partial<Settings> } {
  const names = (Object.keys(wished) as (keyof Settings)[]).filter((name) => !isSame(wished[name], begun[name]));
  const of = (settings: Settings): Partial<Settings> =>
    Object.fromEntries(names.map((name) => [name, settings[name]])) as Partial<Settings>;
  return { ...of(wished), seen: of(stands) };
}

export function ruleSettingsIn({ name, conditions, hotFolderId }: Rule): Pick<Rule, 'name' | 'conditions' | 'hotFolderId'> {
  return { name, conditions, hotFolderId };
}
