/** A record, a disk and a clock around the pure step of a hot folder's loop: does what it says when the test lets it, and checks every promise at each step. */
import { expect } from 'vitest';
import {
  beginFolder,
  type Due,
  type FolderEffect,
  type FolderInput,
  type FolderLimits,
  type FolderState,
} from '../../../electron/hub/deliver/folder-state.ts';
import { atOnce, bigAtOnce, restOf, stepFolder } from '../../../electron/hub/deliver/folder-step.ts';
import { DiskFault } from '../../../electron/hub/disk/fault.ts';
import { bigFrom } from '../../../shared/delivery.ts';

const limits: FolderLimits = { location: 'local', capacity: null, paused: false, isLeft: false };
export const small = (id: number, priority = 0): Due => ({ id, size: 1000, priority, copied: false });
export const big = (id: number, priority = 0): Due => ({ id, size: bigFrom, priority, copied: false });
const gone = new DiskFault('ESTALE', 'the share went away');
const full = new DiskFault('ENOSPC', 'no space left on device');

export class World {
  state: FolderState;
  now = 0;
  readonly record = new Map<number, Due>();
  readonly underWay: FolderEffect[] = [];
  readonly delivered: number[] = [];
  /** Sends for which there was no room. */
  readonly refused: number[] = [];
  /** Steps taken. */
  turns = 0;
  freeBytes = Number.MAX_SAFE_INTEGER;
  over = false;
  /** What the clock shows besides measured time. */
  clockSet = 0;

  constructor(given: Partial<FolderLimits> = {}) {
    this.state = beginFolder({ ...limits, ...given });
    this.put({ kind: 'tick' });
  }

  put(input: FolderInput): void {
    this.turns++;
    const before = this.state;
    const stepped = stepFolder(before, input, { now: this.now + this.clockSet, ms: this.now }, 0.5);
    this.state = stepped.state;
    for (const effect of stepped.effects) this.take(effect);
    expect(this.state.flying.size).toBeLessThanOrEqual(atOnce[this.state.limits.location]);
    expect([...this.state.flying.values()].filter((size) => size >= bigFrom).length).toBeLessThanOrEqual(bigAtOnce);
    if (!this.state.stopped && this.underWay.length === 0)
      expect(restOf(this.state, { now: this.now, ms: this.now })).toBeLessThan(Number.POSITIVE_INFINITY);
  }

  private take(effect: FolderEffect): void {
    if (effect.kind === 'over') this.over = true;
    if (effect.kind === 'tell' || effect.kind === 'listen' || effect.kind === 'deafen' || effect.kind === 'over') return;
    if (effect.kind === 'send') {
      const due = this.record.get(effect.id);
      expect(this.state.trouble).toBeNull();
      expect(this.state.limits.paused && due?.copied === false).toBe(false);
      expect(this.underWay.some((other) => other.kind === 'send' && other.id === effect.id)).toBe(false);
    } else expect(this.underWay.some((other) => other.kind === effect.kind)).toBe(false);
    this.underWay.push(effect);
  }

  /** Lets what was begun as number `index` come to its end. */
  end(index: number, well = true): void {
    const [effect] = this.underWay.splice(index, 1);
    if (effect !== undefined) this.put(this.endOf(effect, well));
  }

  /** Lets one of this kind come to its end. */
  endOne(kind: FolderEffect['kind'], well = true): void {
    this.end(
      this.underWay.findIndex((effect) => effect.kind === kind),
      well,
    );
  }

  private endOf(effect: FolderEffect, well: boolean): FolderInput {
    switch (effect.kind) {
      case 'look':
        return well ? { kind: 'looked', lying: 0, busy: false, followed: 0, tookMs: 1 } : { kind: 'lookFailed', fault: gone };
      case 'read':
        return well ? this.read(effect) : { kind: 'recordFailed', work: 'read', id: null };
      case 'try':
        if (well && this.freeBytes >= effect.needBytes) return { kind: 'tried', freeBytes: this.freeBytes };
        return { kind: 'tryFailed', fault: well ? full : gone };
      case 'send':
        if (!well) return { kind: 'ended', id: effect.id, end: { kind: 'folderTrouble', fault: gone, needBytes: 0 } };
        if (this.sizeOf(effect.id) > this.freeBytes) {
          this.refused.push(effect.id);
          return { kind: 'ended', id: effect.id, end: { kind: 'folderTrouble', fault: full, needBytes: this.sizeOf(effect.id) } };
        }
        if (this.record.delete(effect.id)) this.delivered.push(effect.id);
        return { kind: 'ended', id: effect.id, end: { kind: 'delivered' } };
      case 'giveUp':
        return well ? { kind: 'gaveUp', due: this.record.size } : { kind: 'recordFailed', work: 'giveUp', id: null };
      default:
        return { kind: 'tick' };
    }
  }

  private sizeOf(id: number): number {
    return this.record.get(id)?.size ?? 0;
  }

  private read({ copiedOnly, below }: Extract<FolderEffect, { kind: 'read' }>): FolderInput {
    const rows = [...this.record.values()]
      .filter(({ size, copied }) => copied || (!copiedOnly && size < below))
      .sort((a, b) => b.priority - a.priority || a.id - b.id);
    const few = rows.filter(({ size }) => size < bigFrom).slice(0, 8);
    const large = rows.filter(({ size }) => size >= bigFrom).slice(0, 8);
    return { kind: 'read', rows: [...few, ...large], nextDueAt: null, all: few.length + large.length === rows.length };
  }

  /** Everything ends well and time passes, except sends of `held`. */
  settle(ms: number, held: ReadonlySet<number> = new Set()): void {
    const until = this.now + ms;
    for (let turn = 0; turn < 100_000; turn++) {
      const index = this.underWay.findIndex((effect) => !(effect.kind === 'send' && held.has(effect.id)));
      if (index >= 0) this.end(index);
      else {
        const rest = restOf(this.state, { now: this.now, ms: this.now });
        if (this.state.stopped || this.now + rest > until) return;
        this.pass(Math.max(rest, 1));
      }
    }
    throw new Error('it never comes to rest');
  }

  pass(ms: number): void {
    this.now += ms;
    this.put({ kind: 'tick' });
  }

  add(...due: readonly Due[]): void {
    for (const one of due) this.record.set(one.id, one);
    this.put({ kind: 'woken' });
  }
}
