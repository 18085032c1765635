/** What this screen may do: change how the floor is set up, and say what only the admin says. The hub has the last word; what it refuses is not offered. */
import type { Health } from '../shared/api.ts';
import type { Mover } from '../shared/job/mover.ts';
import { floor, useFloor } from './floor/floor.ts';

/** The hub names its data folder to the admin only. Before it was heard nothing is taken away. */
function maySetUp(health: Health | null): boolean {
  return health === null || health.data !== '';
}

/** Who stands before the screen, as far as the rules of the shop ask. */
export function whoIsHere(): Mover {
  return { kind: 'person', actor: '', station: null, isAdmin: maySetUp(floor.getState().health) };
}

export function useMaySetUp(): boolean {
  return useFloor((state) => maySetUp(state.health));
}
