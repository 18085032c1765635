/** What may come next of a job in a status: read from the table of what ends it and from the way through the shop, so that it says what the door would do. Pure. */
import { type BuiltInCustomStatus, isBuiltInCustomStatus, isStatusCode, type StatusCode, statusCodes } from '../status.ts';
import { ruleOf } from './may-say.ts';
import { rankOf } from './rank.ts';
import { customRules } from './table.ts';

export type Follower = { readonly code: StatusCode; readonly custom: BuiltInCustomStatus | null };

/** It lies at a printer: as far as an order, or what is still worked on, leads by itself. */
const begun = 5;

const every: readonly Follower[] = [
  ...statusCodes.map((code) => ({ code, custom: null })),
  ...Object.keys(customRules)
    .filter((name) => isBuiltInCustomStatus(name))
    .map((custom) => ({ code: 'CustomStatus' as const, custom })),
];

const isSame = (one: Follower, other: Follower): boolean => one.code === other.code && one.custom === other.custom;

/** In the order of the way, what says nothing about it behind. Empty: it stays as it is. */
export function whatFollows(code: StatusCode): readonly Follower[] {
  const rank = rankOf(code, null);
  const rule = ruleOf(code, null);
  const ends = every.filter((one) => rule.endedBy.some((end) => end === (one.custom ?? one.code)));
  const leadsOn = ends.some((end) => (rankOf(end.code, end.custom) ?? 0) > (rank ?? 0));
  // The table says what ends a word; an order is ended by none of what is done for it.
  const onTheWay =
    rank === null || leadsOn || rank >= begun
      ? []
      : every.filter((one) => {
          const comes = rankOf(one.code, one.custom);
          return one.custom === null && comes !== null && comes > rank && comes <= begun;
        });
  const all = [...ends, ...onTheWay.filter((one) => !ends.some((end) => isSame(end, one)))].filter(({ code: next }) => isStatusCode(next));
  return all.toSorted((a, b) => (rankOf(a.code, a.custom) ?? 99) - (rankOf(b.code, b.custom) ?? 99));
}
