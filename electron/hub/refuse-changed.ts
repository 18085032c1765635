/** Settings, folders and rules that two people change at once: what somebody else has changed since is overwritten by nobody who has not seen it. */
import { isDeepStrictEqual } from 'node:util';
import { said } from '../../shared/words/say.ts';
import { Refusal } from './parts.ts';

/** `seen`: what these fields were when they were read; left out, nobody asks. */
export function refuseChanged<Now extends object>(now: Now, seen: { readonly [Name in keyof Now]?: Now[Name] | undefined } = {}): void {
  const names = Object.keys(seen) as (keyof Now & string)[];
  const fields = names.filter((name) => seen[name] !== undefined && !isDeepStrictEqual(seen[name], now[name]));
  if (fields.length > 0) throw new Refusal('CONFLICT', said('refusals.settingsChanged'), { fields });
}
