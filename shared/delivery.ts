/**
 * The life of one delivery: its states, what makes each go on, and the steps that may follow. The record refuses every other step. Pure.
 *
 * A state never ends in silence: the hub has something to do for it (`due`), watches what becomes of the file (`watched`), a person is asked
 * (`asks`), or it is over (`over`).
 */
export const deliveryStateNames = [
  'waiting',
  'copying',
  'publishing',
  'delivered',
  'taken',
  'printed',
  'refused',
  'lying',
  'failed',
  'cancelled',
  'uncertain',
  'withdrawing',
] as const;

/**
 * - `publishing`: the copy is verified and is getting its final name
 * - `withdrawing`: cancelled in that moment; whether it went out all the same is still to be found out, and it is handed over no more
 * - `lying`: delivered, but not taken in time
 * - `uncertain`: it may have gone out, or may have been printed: only a person at the printer can tell
 */
export type DeliveryState = (typeof deliveryStateNames)[number];

/** A file from this size on is a big one: it goes out beside few others, and is read from the queue apart from the small ones. Bytes. */
export const bigFrom = 8 * 1024 * 1024;

type Entry = { readonly goesOn: 'due' | 'watched' | 'asks' | 'over'; readonly next: readonly DeliveryState[] };

export const deliveryTable = {
  waiting: { goesOn: 'due', next: ['copying', 'publishing', 'failed', 'cancelled'] },
  copying: { goesOn: 'due', next: ['waiting', 'publishing', 'failed', 'cancelled'] },
  // It may lie there already: only what is found on the disk leads out of here.
  publishing: { goesOn: 'due', next: ['waiting', 'delivered', 'failed', 'uncertain', 'withdrawing'] },
  withdrawing: { goesOn: 'due', next: ['delivered', 'cancelled', 'uncertain'] },
  // What lies in a hot folder cannot be cancelled any more.
  delivered: { goesOn: 'watched', next: ['lying', 'taken', 'printed', 'refused', 'uncertain'] },
  lying: { goesOn: 'watched', next: ['taken', 'printed', 'refused', 'uncertain'] },
  // Over for a printer that shows no more than that; what another shows later is believed.
  taken: { goesOn: 'over', next: ['printed', 'refused'] },
  printed: { goesOn: 'over', next: [] },
  cancelled: { goesOn: 'over', next: [] },
  // The file came again, or a person sends the job again.
  failed: { goesOn: 'asks', next: ['waiting', 'cancelled'] },
  refused: { goesOn: 'asks', next: ['cancelled'] },
  uncertain: { goesOn: 'asks', next: ['printed', 'refused', 'cancelled'] },
} as const satisfies Record<DeliveryState, Entry>;

/**
 * A state that a newer version left: whether the file went out nobody here can tell, so it is neither sent nor followed until a person has looked. On record
 * it stays what it was.
 */
export function knownState(state: string): DeliveryState {
  return deliveryStateNames.find((known) => known === state) ?? 'uncertain';
}

/** How a delivery may begin: planned, planned and impossible, or found lying there already. */
export const firstStates = ['waiting', 'failed', 'delivered'] as const satisfies readonly DeliveryState[];

export function mayBecome(from: DeliveryState, to: DeliveryState): boolean {
  const next: readonly DeliveryState[] = deliveryTable[from].next;
  return next.includes(to);
}

function statesThat(holds: (entry: Entry) => boolean): readonly DeliveryState[] {
  return deliveryStateNames.filter((state) => holds(deliveryTable[state]));
}

/** The hub has something to do: send, hand over, find out. */
export const dueStates = statesThat(({ goesOn }) => goesOn === 'due');

/** Something is still to be done, or to be seen where it lies. */
export const goingOnStates = statesThat(({ goesOn }) => goesOn === 'due' || goesOn === 'watched');

/** Not handed over yet: can still be cancelled without a trace. */
export const plannedStates = ['waiting', 'copying'] as const satisfies readonly DeliveryState[];

/** The printer has, had or may have had the file. A refused or failed one has not been printed. */
export const sentStates = [
  'publishing',
  'withdrawing',
  'delivered',
  'lying',
  'taken',
  'printed',
  'uncertain',
] as const satisfies readonly DeliveryState[];

/** The file may lie under its name, or come there: nobody else may have the name. */
export const namedStates = [
  'waiting',
  'copying',
  'publishing',
  'withdrawing',
  'delivered',
  'lying',
  'uncertain',
] as const satisfies readonly DeliveryState[];
