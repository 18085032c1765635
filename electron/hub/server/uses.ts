/**
 * Which keys open the door, and from where: on record once a day for each key and address, so that a key in strange hands is seen and a shop's own cost nothing.
 * After a restart it is told anew.
 */
import type { NewSecurity } from '../store/store.ts';

/** `key`: by which it is told apart, never the token itself; `about`: its name. */
export type Use = Pick<NewSecurity, 'actor' | 'address' | 'about'> & { readonly key: string };

const dayMs = 24 * 60 * 60_000;
/** A key that comes from more addresses than a shop has is told of as from many. */
const mostKept = 1000;

/** `tell` writes it down; where that fails it is told at the next use. */
export function noteUses(tell: (entry: NewSecurity) => Promise<unknown>, now: () => number): (use: Use) => void {
  const told = new Map<string, number>();
  const isTold = (name: string): boolean => {
    const at = told.get(name);
    return at !== undefined && Math.abs(now() - at) < dayMs;
  };
  return ({ key, actor, address, about }) => {
    const own = JSON.stringify([key, address]);
    if (isTold(own)) return;
    for (const name of told.keys()) if (!isTold(name)) told.delete(name);
    const fits = told.size < mostKept;
    const name = fits ? own : key;
    if (isTold(name)) return;
    told.set(name, now());
    tell({ kind: 'tokenUsed', actor, address: fits ? address : null, about, changes: [] }).catch(() => told.delete(name));
  };
}
