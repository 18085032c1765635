/** Whether this screen may change how the floor is set up. The hub has the last word; what it refuses is not offered. */
import type { Health } from '../shared/api.ts';
import { useFloor } from './store.ts';

/** The hub names its data folder to the admin only. Before it was heard nothing is taken away. */
function maySetUp(health: Health | null): boolean {
  return health === null || health.data !== '';
}

export function useMaySetUp(): boolean {
  return useFloor((state) => maySetUp(state.health));
}
