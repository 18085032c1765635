/** Which wishes a person is told of because they do not go out, and why. Pure. */
import { type Now, standings } from './next.ts';
import type { Wish } from './wish.ts';

export type UnsentCause = 'here' | 'asks' | 'others' | 'tooOld' | 'otherRecord' | 'key' | 'right' | 'trouble' | 'line';

/** What comes to its end within this time needs nobody. */
const toldAfterMs = 5000;

/** Every wish that does not go out, with why. */
export function causeOf(wishes: readonly Wish[], now: Now): ReadonlyMap<Wish, UnsentCause> {
  const causes = new Map<Wish, UnsentCause>();
  for (const [wish, standing] of standings(wishes, now)) {
    const why = wish.state.kind === 'waits' ? wish.state.tried?.why : undefined;
    if (standing === 'refused') continue;
    if (standing === 'others' || standing === 'tooOld' || standing === 'otherRecord' || standing === 'asks') causes.set(wish, standing);
    else if (wish.kept === 'no') causes.set(wish, 'here');
    else if (why === 'key' || why === 'right') causes.set(wish, why);
    else if (!now.online) causes.set(wish, 'line');
    else if (now.now - wish.at > toldAfterMs) causes.set(wish, 'trouble');
  }
  return causes;
}

/** By cause, what a person must do something about first. */
export function unsentByCause(
  wishes: readonly Wish[],
  causes: (wishes: readonly Wish[]) => ReadonlyMap<Wish, UnsentCause>,
): ReadonlyMap<UnsentCause, readonly Wish[]> {
  const order: readonly UnsentCause[] = ['here', 'asks', 'others', 'tooOld', 'otherRecord', 'key', 'right', 'trouble', 'line'];
  const of = causes(wishes);
  const groups = order.map((cause) => [cause, wishes.filter((wish) => of.get(wish) === cause)] as const);
  return new Map(groups.filter(([, some]) => some.length > 0));
}
