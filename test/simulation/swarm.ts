/** Which troubles a floor has, drawn from its seed: each seed another few, at other rates, since all at once hide as much as none. */
import type { Random } from '../random.ts';
import type { CallFaults } from './files.ts';
import { isKnownFault } from './known-faults.ts';
import type { MachineFaults } from './machine.ts';
import type { VolumeStyle } from './volume.ts';

export type ShareTrouble = 'off' | 'hung' | 'unmounted' | 'readOnly' | 'full' | 'moved';
export type RipMode = 'delete' | 'atOnce' | 'done' | 'failed' | 'never' | 'renames' | 'tidies';
export type Wish =
  | 'block'
  | 'release'
  | 'reject'
  | 'approve'
  | 'deliver'
  | 'elsewhere'
  | 'undo'
  | 'say'
  | 'path'
  | 'pause'
  | 'settings'
  | 'answer'
  | 'probe';
export type OrderStyle = 'named' | 'ticketFirst' | 'ticketLater' | 'nameless' | 'folder' | 'api';

export type Swarm = {
  readonly machine: MachineFaults;
  readonly crashes: readonly ('kill' | 'power' | 'disk')[];
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

/** Names for what a seed can have, so that each can be left out while its fault is known. */
function some<Item extends string>(random: Random, items: readonly Item[], chance: number): Item[] {
  return items.filter((item) => random.next() < chance && !isKnownFault(item));
}

export function drawSwarm(random: Random): Swarm {
  const maybe = (chance: number, name: string): boolean => random.next() < chance && !isKnownFault(name);
  const errors = errorsPossible.filter(({ call, code }) => maybe(0.15, `${code} of ${call}`));
  const crashes = some(random, ['kill', 'power', 'disk'] as const, 0.35);
  const large = maybe(0.01, 'large');
  const shown = some(random, ['decomposed', 'upperCase'] as const, 0.2)[0] ?? 'asGiven';
  const style = (name: string): VolumeStyle => ({
    links: !maybe(0.3, `no links on ${name}`),
    // Whoever shows other letters than were given finds a file by either.
    foldsCase: maybe(0.3, `folds case on ${name}`) || (name === 'share' && shown === 'upperCase'),
    shows: name === 'own' ? 'asGiven' : shown,
    coarseMs: random.pick([1, 1, 2000]),
    clockAheadMs: name === 'own' ? 0 : random.pick([0, 0, 3_600_000, -3_600_000]),
    reusesIds: maybe(0.3, 'reused ids'),
  });
  const rips = some(random, ['delete', 'atOnce', 'done', 'failed', 'never', 'renames', 'tidies'] as const, 0.3);
  const styles = some(random, ['named', 'ticketFirst', 'ticketLater', 'nameless', 'folder', 'api'] as const, 0.45);
  return {
    machine: {
      slow: { chance: random.pick([0, 0.1, 0.5]), mostMs: random.pick([5, 50, 1500]) },
      errors,
      slowFlush: { chance: random.pick([0, 0.3, 1]), mostMs: random.pick([5, 50, 500]) },
      hintLost: random.pick([0, 0.3, 1]),
    },
    crashes,
    shares: some(random, ['off', 'hung', 'unmounted', 'readOnly', 'full', 'moved'] as const, 0.25),
    clockJumps: maybe(0.2, 'clockJumps'),
    wishes: some(
      random,
      [
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
      ] as const,
      0.4,
    ),
    worstMoment: random.pick([0, 0.1, 0.5]),
    rips: rips.length === 0 ? ['delete'] : rips,
    secondHand: maybe(0.2, 'secondHand'),
    orders: random.between(1, 4),
    styles: styles.length === 0 ? ['named'] : styles,
    // Only where each ticket is sure to be read before the next file comes: else nobody could know whose it is.
    sameNames: maybe(0.2, 'sameNames') && crashes.length === 0 && errors.length === 0,
    halfFiles: maybe(0.2, 'halfFiles'),
    again: { file: maybe(0.3, 'file again'), ticket: maybe(0.3, 'ticket again'), version: maybe(0.3, 'new version') },
    approvals: maybe(0.2, 'approvals'),
    futures: maybe(0.2, 'futures'),
    large,
    slowShare: maybe(large ? 0.5 : 0.1, 'slowShare'),
    share: style('share'),
    own: style('own'),
    outcome: maybe(0.5, 'outcome'),
    temp: random.pick(['auto', 'inside', 'beside']),
    capacity: random.pick([null, null, null, 1, 2]),
  };
}

export const noFaults: MachineFaults = { slow: { chance: 0, mostMs: 0 }, errors: [], slowFlush: { chance: 0, mostMs: 0 }, hintLost: 0 };
