import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DeliveryState,
  deliveryStateNames,
  deliveryTable,
  firstStates,
  mayBecome,
  namedStates,
  sentStates,
} from '../../shared/delivery.ts';

const anyState = fc.constantFrom(...deliveryStateNames);
const nextOf = (state: DeliveryState): readonly DeliveryState[] => deliveryTable[state].next;

/** Every state that steps can lead to from here, itself included. */
function reachableFrom(state: DeliveryState): ReadonlySet<DeliveryState> {
  const found = new Set<DeliveryState>([state]);
  for (const known of found) for (const next of nextOf(known)) found.add(next);
  return found;
}

describe('the life of a delivery', () => {
  it('reaches every state by legal steps from how it can begin', () => {
    const reached = new Set(firstStates.flatMap((state) => [...reachableFrom(state)]));
    expect([...reached].sort()).toEqual([...deliveryStateNames].sort());
  });

  it('never ends where nobody acts: each state has work, is watched, asks a person, or is over', () => {
    for (const state of deliveryStateNames) {
      const ends = [...reachableFrom(state)].filter((one) => deliveryTable[one].goesOn === 'over');
      expect(ends, state).not.toEqual([]);
    }
  });

  it('takes any walk of steps only along the table, and nothing leads out of what is over but what was seen', () => {
    fc.assert(
      fc.property(fc.array(anyState, { maxLength: 30 }), (wishes) => {
        let state: DeliveryState = 'waiting';
        for (const wish of wishes) {
          if (!mayBecome(state, wish)) continue;
          expect(nextOf(state)).toContain(wish);
          if (deliveryTable[state].goesOn === 'over') expect(['printed', 'refused']).toContain(wish);
          state = wish;
        }
      }),
    );
  });

  it('is never handed over again once it was, or may have been, handed over', () => {
    for (const state of ['delivered', 'lying', 'taken', 'printed', 'cancelled', 'withdrawing', 'uncertain', 'refused'] as const)
      for (const sending of ['waiting', 'copying', 'publishing'] as const)
        expect(reachableFrom(state).has(sending), `${state} -> ${sending}`).toBe(false);
  });

  it('is never said to be cancelled while a printer may have it', () => {
    for (const state of deliveryStateNames) {
      if (mayBecome(state, 'cancelled') && sentStates.some((one) => one === state)) expect(['withdrawing', 'uncertain']).toContain(state);
    }
  });

  it('keeps its name for itself as long as the file may lie there or come', () => {
    for (const state of deliveryStateNames)
      expect(
        namedStates.some((one) => one === state),
        state,
      ).toBe(deliveryTable[state].goesOn === 'due' || deliveryTable[state].goesOn === 'watched' || state === 'uncertain');
  });
});
