/** The messages between the hub and a disk process; they travel in lists (in-one-go.ts). */
import type { Hub } from './live.ts';
import type { OperationName } from './operations.ts';

export type DiskRequest = {
  readonly id: number;
  readonly call: OperationName;
  readonly args: readonly unknown[];
  readonly hub?: Hub | null;
};
export type DiskAnswer =
  | { readonly id: number; readonly kind: 'progress'; readonly bytes: number; readonly flushing: number }
  | { readonly id: number; readonly kind: 'done'; readonly result: unknown }
  | { readonly id: number; readonly kind: 'failed'; readonly code: string; readonly message: string; readonly path: string | null };
