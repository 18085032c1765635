/** Which wishes a person is told of because they do not go out, and why. Pure. */
import { type Now, standings } from './next.ts';
import type { Wish } from './wish.ts';

export type UnsentCause = 'here' | 'asks' | 'others' | 'tooOld' | 'otherRecord' | 'key' | 'right' | 'trouble' | 'line' | 'trying';

/** What comes to its end within this time needs nobody. */
const toldAfterMs = 5000;
/** A disk that takes longer than this to keep something makes somebody wait for it. */
const keptAfterMs = 500;

/** Why it does not go out, where it is on the disk; null where it does, or will in a moment. */
function causeOfKept({ state, at }: Wish, { now, online }: Now): 'key' | 'right' | 'trouble' | 'line' | null {
  const why = state.kind === 'waits' ? state.tried?.why : undefined;
  if (why === 'key' || why === 'right') return why;
  if (!online) return 'line';
  return now - at > toldAfterMs ? 'trouble' : null;
}

/** Every wish that does not go out, with why. */
export function causeOf(wishes: readonly Wish[], now: Now): ReadonlyMap<Wish, UnsentCause> {
  const causes = new Map<Wish, UnsentCause>();
  for (const [wish, standing] of standings(wishes, now)) {
    if (standing === 'refused') continue;
    if (standing === 'others' || standing === 'tooOld' || standing === 'otherRecord' || standing === 'asks') {
      causes.set(wish, standing);
      continue;
    }
    const cause = wish.kept === 'no' ? 'here' : causeOfKept(wish, now);
    if (cause !== null && wish.kept !== 'trying') causes.set(wish, cause);
    // The others say that it is kept: while nobody knows, none of them is said.
    else if (cause !== null && now.now - wish.at > keptAfterMs) causes.set(wish, 'trying');
  }
  return causes;
}

/** By cause, what a person must do something about first. */
export function unsentByCause(
  wishes: readonly Wish[],
  causes: (wishes: readonly Wish[]) => ReadonlyMap<Wish, UnsentCause>,
): ReadonlyMap<UnsentCause, readonly Wish[]> {
  const order: readonly UnsentCause[] = ['here', 'trying', 'asks', 'others', 'tooOld', 'otherRecord', 'key', 'right', 'trouble', 'line'];
  const of = causes(wishes);
  const groups = order.map((cause) => [cause, wishes.filter((wish) => of.get(wish) === cause)] as const);
  return new Map(groups.filter(([, some]) => some.length > 0));
}
