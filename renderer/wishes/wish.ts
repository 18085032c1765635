/**
 * What a person wants done to a job, and what has become of it. Each wish has one action id from the moment it is meant and keeps it until the hub has answered,
 * so that it is done once, however often it is sent. It ends exactly once: done, refused and seen to be, or taken back.
 */
import type { Problem } from '../../shared/api.ts';
import type { JobEvent } from '../../shared/event.ts';
import type { GivenCounts } from '../../shared/job/counts.ts';
import type { Job } from '../../shared/job.ts';
import type { StatusCode } from '../../shared/status.ts';

/** `insists`: with `force`, on just these rules, which were read; on whatever stands against it where it is left out. */
export type Call =
  | {
      readonly kind: 'status';
      readonly code: StatusCode;
      readonly custom?: string;
      readonly reason?: string;
      readonly counts?: GivenCounts;
      /** Seq of what was told and is seen to. */
      readonly seenTo?: number;
      readonly force?: boolean;
      readonly insists?: readonly string[];
    }
  | { readonly kind: 'undo'; readonly seq: number; readonly reason?: string }
  | {
      readonly kind: 'deliver';
      readonly reason: string;
      readonly hotFolderId?: number;
      readonly fileIds?: readonly number[];
      /** Only what no printer has had: where one got a file meanwhile nothing is sent. */
      readonly unsent?: boolean;
      readonly force?: boolean;
      readonly insists?: readonly string[];
    }
  | {
      readonly kind: 'reprint';
      readonly quantity: number;
      readonly reason: string;
      readonly force?: boolean;
      readonly insists?: readonly string[];
    };

/** Whose a wish is: a sign of the key of the screen, and what the record calls who has it; empty where the hub has not said. */
export type Whose = { readonly key: string; readonly name: string };
/** The record it was meant for: of which hub, and an event that was in it. */
export type RecordOf = { readonly hub: string | null; readonly seq: number };

/** Why it was not answered. `line`: no connection; `silence`: sent, and no answer in time; `key`, `right`: the hub does not let this key. */
export const whys = ['line', 'silence', 'fault', 'busy', 'notRecorded', 'key', 'right'] as const;
export type Why = (typeof whys)[number];

/** `at`, `notBefore`: by the clock of this screen. `mayBeDone`: nobody knows whether the hub heard it. */
export type Try = {
  readonly count: number;
  readonly at: number;
  readonly notBefore: number;
  readonly why: Why;
  readonly mayBeDone: boolean;
};

export type WishState =
  /** `tried` is null until it is sent; `again`: somebody was asked, and wants it although it is old. */
  | { readonly kind: 'waits'; readonly tried: Try | null; readonly again: boolean }
  /** Stays until somebody has seen it. */
  | { readonly kind: 'refused'; readonly problem: Problem; readonly at: number }
  /** Meant for a record the hub has no more: never sent, and told until somebody has seen it. */
  | { readonly kind: 'otherRecord' };

/** The versions of the shape in which a wish is kept: one more for each change an older page could not read. The second knows reprints; the third, what is sent only if it was not sent before, and what is insisted on. */
export const shapeVersions = [1, 2, 3] as const;
export type ShapeVersion = (typeof shapeVersions)[number];
/** What an older page can read it may send. */
export function shapeOf({
  kind,
  unsent,
  insists,
}: {
  readonly kind?: unknown;
  readonly unsent?: unknown;
  readonly insists?: unknown;
}): ShapeVersion {
  if (unsent !== undefined || insists !== undefined) return 3;
  return kind === 'reprint' ? 2 : 1;
}

/** As it is kept. */
export type KeptWish = {
  readonly version: ShapeVersion;
  readonly actionId: string;
  /** Wishes of one job are sent in this order. */
  readonly order: number;
  readonly jobId: number;
  readonly number: string;
  readonly call: Call;
  readonly whose: Whose;
  readonly record: RecordOf;
  /** When it was meant, by the clock of this screen, and by that of the hub where it was known; epoch ms. */
  readonly at: number;
  readonly hubAt: number | null;
  readonly state: WishState;
};

/** `yes`: it is on the disk, and a power cut does not lose it. `no`: it lives as long as this window. */
export type Kept = 'yes' | 'trying' | 'no';
export type Wish = KeptWish & { readonly kept: Kept };

/** What the hub recorded, as it was answered. */
export type Done = {
  readonly number: string;
  readonly actionId: string;
  readonly call: Call;
  /** The event of this action; null where the hub names none. */
  readonly event: JobEvent | null;
  /** The job as it stood then. */
  readonly job: Job | null;
  /** Somebody else had said it before; `event` is theirs. */
  readonly already: boolean;
  readonly at: number;
};

/** Whether both ask the same: pressed again while it waits, it is one wish. */
export function isSameCall(one: Call, other: Call): boolean {
  const plain = (call: Call): string => JSON.stringify(Object.entries(call).sort(([a], [b]) => (a < b ? -1 : 1)));
  return plain(one) === plain(other);
}
