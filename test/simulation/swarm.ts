/** Which troubles a floor has, drawn from its seed: each seed another few, at other rates, since all at once hide as much as none. */
import { makeRandom, type Random } from '../random.ts';
import type { CallFaults } from './files.ts';
import type { MachineFaults } from './life-ports.ts';
import type { VolumeStyle } from './volume.ts';

export const shareTroubles = ['off', 'hung', 'unmounted', 'readOnly', 'full', 'moved'] as const;
export const ripModes = ['delete', 'atOnce', 'done', 'failed', 'never', 'renames', 'tidies'] as const;
export const wishes = [
  'block',
  'release',
  'reject',
  'approve',
  'deliver',
  'elsewhere',
  'undo',
  'say',
  'path',
  'pause',
  'settings',
  'answer',
  'probe',
] as const;
/** Said seldom, each at its own chance. */
const rareWishes = ['two', 'undoAtOnce', 'named', 'answerTwice', 'answerWrong', 'remove'] as const;
const stationKinds = [
  'line lost',
  'line lost for hours',
  'a wish is lost on its way',
  'an answer is lost',
  'the hub dies before it answers',
  'sends again',
  'two tabs send at once',
  'a late wish is asked about',
  'a late wish is sent still',
  'a late wish is taken back',
] as const;
export const ticketFormats = ['json', 'csv', 'xml'] as const;
export const recordTroubles = ['held', 'full'] as const;
export const orderStyles = ['named', 'ticketFirst', 'ticketLater', 'nameless', 'folder', 'api'] as const;
export const crashKinds = ['kill', 'power', 'disk'] as const;

export type ShareTrouble = (typeof shareTroubles)[number];
export type RipMode = (typeof ripModes)[number];
export type Wish = (typeof wishes)[number] | (typeof rareWishes)[number];
export type TicketFormat = (typeof ticketFormats)[number];
export type OrderStyle = (typeof orderStyles)[number];

export type Swarm = {
  readonly machine: MachineFaults;
  readonly crashes: readonly (typeof crashKinds)[number][];
  readonly shares: readonly ShareTrouble[];
  readonly clockJumps: boolean;
  readonly wishes: readonly Wish[];
  /** Chance that a person speaks just when a file is being handed over. */
  readonly worstMoment: number;
  readonly rips: readonly RipMode[];
  readonly secondHand: boolean;
  readonly orders: number;
  readonly styles: readonly OrderStyle[];
  /** Files of several orders under the same bare names. */
  readonly sameNames: boolean;
  readonly halfFiles: boolean;
  readonly again: { readonly file: boolean; readonly ticket: boolean; readonly version: boolean };
  readonly approvals: boolean;
  readonly futures: boolean;
  readonly large: boolean;
  readonly slowShare: boolean;
  readonly share: VolumeStyle;
  readonly own: VolumeStyle;
  readonly outcome: boolean;
  readonly temp: 'auto' | 'inside' | 'beside';
  readonly capacity: number | null;
  /** From this size on a copy is on record while it is made, bytes. */
  readonly slowFrom: number;
  readonly lyingAfterMs: number;
  /** The longest a printer lets a file lie before it takes it, ms. */
  readonly takenWithinMs: number;
  readonly longNames: boolean;
  /** A sender takes a file back just after the hub has read it, and sends it again much later. */
  readonly takesBack: boolean;
  /** Chance that the hub dies while a file is being handed over. */
  readonly diesHandingOver: number;
  readonly tickets: readonly TicketFormat[];
  /** Another program locks the database, or its disk is full. */
  readonly record: readonly (typeof recordTroubles)[number][];
  /** A Printfloor on another computer takes over a hot folder of ours. */
  readonly otherHub: boolean;
  /** What is still asked when all troubles are over is answered then. */
  readonly answersLate: boolean;
  /** Once a hot folder has moved on somebody clears its old folder away, with all that lies there. */
  readonly clearsOld: boolean;
  /** Orders that are still in the basket, and of which another system knows little more than the number. */
  readonly baskets: boolean;
  /** People ask for reprints of what was at a press. */
  readonly reprints: boolean;
  /** Stations whose line is lost, and which send again. */
  readonly stations: boolean;
};

const errorsPossible: CallFaults['errors'] = [
  { call: 'write', code: 'EIO', chance: 0.02, on: 'any' },
  { call: 'write', code: 'ENOSPC', chance: 0.02, on: 'any' },
  { call: 'fsync', code: 'EIO', chance: 0.02, on: 'any' },
  { call: 'fsync', code: 'ENOSPC', chance: 0.02, on: 'any' },
  { call: 'link', code: 'EIO', chance: 0.05, on: 'share' },
  { call: 'link', code: 'ENAMETOOLONG', chance: 0.1, on: 'share' },
  { call: 'link', code: 'EISDIR', chance: 0.1, on: 'share' },
  { call: 'rename', code: 'EACCES', chance: 0.05, on: 'any' },
  { call: 'unlink', code: 'EBUSY', chance: 0.05, on: 'any' },
  { call: 'open', code: 'EACCES', chance: 0.02, on: 'any' },
  { call: 'open', code: 'EBUSY', chance: 0.02, on: 'any' },
  { call: 'lstat', code: 'EPERM', chance: 0.02, on: 'any' },
  { call: 'readdir', code: 'EIO', chance: 0.01, on: 'share' },
  { call: 'stat', code: 'ESTALE', chance: 0.01, on: 'share' },
];

/** Every kind of fault, person, sender and printer that a seed can draw, by the name it is counted under. */
export function allKinds(): string[] {
  return [
    ...crashKinds.map((kind) => (kind === 'disk' ? 'fault: disk process killed' : `fault: ${kind}`)),
    ...shareTroubles.map((kind) => `fault: share ${kind}`),
    ...errorsPossible.map(({ call, code }) => `fault: ${code} of ${call}`),
    'fault: clock jumps',
    'fault: name too long',
    'fault: no links',
    'fault: a hint lost',
    'fault: a flipped byte',
    'person: says it once more',
    'fault: a slow call',
    'fault: a slow flush',
    'fault: old folder cleared away',
    ...[...wishes, ...rareWishes].map((wish) => `person: ${wish}`),
    'person insists: liesThere',
    'person insists: liesElsewhere',
    'person: answers late',
    'person: reprint',
    'person: reprint once more',
    ...stationKinds.map((kind) => `station: ${kind}`),
    'person: at the worst moment',
    ...ripModes.map((mode) => `printer: ${mode}`),
    'second hand: puts a file',
    ...recordTroubles.map((kind) => `fault: record ${kind}`),
    'fault: other hub',
    ...['RecordHeld', 'RecordFull', 'OtherHub'].map((code) => `told: ${code}`),
    ...ticketFormats.map((format) => `sender: ticket as ${format}`),
    'sender: approval and a later start',
    ...orderStyles.map((style) => `sender: ${style}`),
    ...['ticket', 'ticket again', 'file again', 'new version', 'half file', 'takes a file back', 'ticket that says little'].map(
      (what) => `sender: ${what}`,
    ),
  ];
}

function some<Item extends string>(random: Random, items: readonly Item[], chance: number): Item[] {
  return items.filter(() => random.next() < chance);
}

export function drawSwarm(random: Random, seed: number): Swarm {
  // Drawn apart: what is added here later leaves all else of a seed as it is.
  const rare = makeRandom(seed * 7919);
  const rarely = (chance: number): boolean => rare.next() < chance;
  const maybe = (chance: number): boolean => random.next() < chance;
  const errors = errorsPossible.filter(() => maybe(0.15));
  const crashes = some(random, crashKinds, 0.35);
  const large = maybe(0.01);
  const shown = some(random, ['decomposed', 'upperCase'] as const, 0.2)[0] ?? 'asGiven';
  const style = (name: string): VolumeStyle => ({
    links: !maybe(0.3),
    // Whoever shows other letters than were given finds a file by either.
    foldsCase: maybe(0.3) || (name === 'share' && shown === 'upperCase'),
    shows: name === 'own' ? 'asGiven' : shown,
    coarseMs: random.pick([1, 1, 2000]),
    clockAheadMs: name === 'own' ? 0 : random.pick([0, 0, 3_600_000, -3_600_000]),
    reusesIds: maybe(0.3),
    longestName: name === 'share' && rarely(0.2) ? 143 : 255,
  });
  const rips = some(random, ripModes, 0.3);
  const styles = some(random, orderStyles, 0.45);
  const drawn: Swarm = {
    machine: {
      flips: rare.pick([0, 0, 0, 0, 0.3]),
      slow: { chance: random.pick([0, 0.1, 0.5]), mostMs: random.pick([5, 50, 1500]) },
      errors,
      slowFlush: { chance: random.pick([0, 0.3, 1]), mostMs: random.pick([5, 50, 500]) },
      hintLost: random.pick([0, 0.3, 1]),
    },
    crashes,
    shares: some(random, shareTroubles, 0.25),
    clockJumps: maybe(0.2),
    wishes: [...some(random, wishes, 0.4), ...some(rare, rareWishes, 0.15)],
    worstMoment: random.pick([0, 0.1, 0.5]),
    rips: rips.length === 0 ? ['delete'] : rips,
    secondHand: maybe(0.2),
    orders: random.between(1, 4),
    styles: styles.length === 0 ? ['named'] : styles,
    // Only where each ticket is sure to be read before the next file comes: else nobody could know whose it is.
    sameNames: maybe(0.2) && crashes.length === 0 && errors.length === 0,
    halfFiles: maybe(0.2),
    again: { file: maybe(0.3), ticket: maybe(0.3), version: maybe(0.3) },
    approvals: maybe(0.2),
    futures: maybe(0.2),
    large,
    slowShare: maybe(large ? 0.5 : 0.1),
    share: style('share'),
    own: style('own'),
    outcome: maybe(0.5),
    temp: random.pick(['auto', 'inside', 'beside']),
    capacity: random.pick([null, null, null, 1, 2]),
    slowFrom: rarely(0.3) ? 1 : 50 * 1024 * 1024,
    lyingAfterMs: rare.pick([30_000, 3000, 3000]),
    takenWithinMs: rare.pick([8000, 8000, 60_000]),
    longNames: rarely(0.3),
    takesBack: rarely(0.1),
    diesHandingOver: rare.pick([0, 0, 0, 0.3]),
    tickets: some(rare, ticketFormats, 0.5),
    record: some(rare, recordTroubles, 0.15),
    otherHub: rarely(0.2),
    answersLate: rarely(0.5),
    clearsOld: rarely(0.3),
    baskets: rarely(0.2),
    reprints: makeRandom(seed * 15_485_863).next() < 0.3,
    stations: makeRandom(seed * 86_028_121).next() < 0.3,
  };
  const swarm: Swarm = {
    ...drawn,
    // A folder that moves away from the other hub is taken back by nobody.
    otherHub:
      drawn.otherHub && !(['path', 'remove'] as const).some((wish) => drawn.wishes.includes(wish)) && !drawn.shares.includes('moved'),
    // Its tickets are to be read before the next file comes.
    sameNames: drawn.sameNames && drawn.diesHandingOver === 0,
    record: drawn.sameNames ? [] : drawn.record,
  };
  // What is rare meets in these.
  if (seed % 20 === 0) return { ...swarm, ...lastSteps, ...inDoubt(rare) };
  return seed % 20 === 10 ? { ...swarm, ...lastSteps, ...calledOff(swarm, rare) } : swarm;
}

/** A hub that dies in its last steps. */
const lastSteps = { crashes: [], shares: [], diesHandingOver: 0.5, orders: 4, sameNames: false } as const satisfies Partial<Swarm>;

/** Printers that leave it in doubt what became of a file, and clear the doubt up. */
function inDoubt(random: Random): Partial<Swarm> {
  return {
    wishes: [],
    rips: random.pick<readonly RipMode[]>([
      ['atOnce', 'tidies', 'done'],
      ['atOnce', 'tidies', 'failed'],
    ]),
    outcome: true,
    temp: random.pick(['inside', 'inside', 'beside']),
  };
}

/** People who call off just what is being sent. */
function calledOff({ machine }: Swarm, random: Random): Partial<Swarm> {
  return {
    machine: { ...machine, slow: { chance: 0.5, mostMs: 1500 } },
    wishes: random.pick<readonly Wish[]>([['elsewhere'], ['reject', 'approve'], ['elsewhere', 'reject', 'undo']]),
    worstMoment: 0.7,
    rips: ['atOnce', 'tidies'],
    temp: 'inside',
  };
}

export const noFaults: MachineFaults = {
  flips: 0,
  slow: { chance: 0, mostMs: 0 },
  errors: [],
  slowFlush: { chance: 0, mostMs: 0 },
  hintLost: 0,
};
