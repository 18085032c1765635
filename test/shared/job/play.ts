/** A job played through `decide` alone: what is decided is recorded at once. For property tests over all statuses, movers and states. */
import fc from 'fast-check';
import type { JobEvent, NewEvent } from '../../../shared/event.ts';
import type { Command, Seen, StatusWish } from '../../../shared/job/command.ts';
import { type Decision, decide, looksBack, type OrderFacts, seqToSee } from '../../../shared/job/decide.ts';
import { needsReason } from '../../../shared/job/may-say.ts';
import { engine, type Mover, printer } from '../../../shared/job/mover.ts';
import { applyEvent, deriveState, emptyState } from '../../../shared/job/state.ts';
import { builtInCustomStatuses, type StatusCode, statusCodes, statusEntry } from '../../../shared/status.ts';

export const start = Date.UTC(2026, 10, 24, 12);
export const press: Mover = { kind: 'person', actor: 'station Press 1', station: 'Press 1', isAdmin: false };
export const counter: Mover = { kind: 'person', actor: 'station Counter', station: 'Counter', isAdmin: false };
export const admin: Mover = { kind: 'person', actor: 'admin', station: null, isAdmin: true };
export const rule: Mover = { kind: 'rule', actor: 'rule "Night"', station: null, isAdmin: false };

export function makeJob(startAt: number | null = null) {
  const history: JobEvent[] = [];
  let state = emptyState;
  let now = start;
  const record = (event: NewEvent): void => {
    const { code, actor, at, custom = null, station = null, reason = null, data = {}, undoes = null } = event;
    const seq = history.length + 1;
    const full = {
      seq,
      jobId: 1,
      code,
      track: statusEntry(code).track,
      custom,
      at: new Date(at).toISOString(),
      actor,
      station,
      reason,
      data,
      undoes,
    };
    history.push(full);
    state = undoes === null ? applyEvent(state, full) : deriveState(history);
  };
  const facts = (command: Command, siblings: OrderFacts['siblings']): OrderFacts => {
    const seq = seqToSee(state, command);
    const said = history.find((event) => event.seq === seq) ?? null;
    return { number: '1-1', state, missing: [], startAt, said, history: looksBack(command) ? history : [], siblings };
  };
  const ask = (command: Command, mover: Mover, siblings: OrderFacts['siblings'] = []): Decision =>
    decide(facts(command, siblings), command, { now, mover });
  return {
    history,
    state: () => state,
    now: () => now,
    record,
    ask,
    /** Decides, records, and lets a minute pass. */
    tell(command: Command, mover: Mover): Decision {
      const decision = ask(command, mover);
      if (decision.kind === 'decided') for (const event of decision.events) record(event);
      now += 60_000;
      return decision;
    },
  };
}
export type PlayedJob = ReturnType<typeof makeJob>;

export function wish(code: StatusCode, more: Partial<StatusWish> = {}): StatusWish {
  const reason = needsReason(code) || more.force === true ? { reason: 'because' } : {};
  const custom = code === 'CustomStatus' || code === 'CustomStatusHidden' ? { custom: 'Proofed' } : {};
  return { kind: 'setStatus', jobId: 1, actionId: 'a', code, ...reason, ...custom, ...more };
}

const delivery = { hotFolder: 'press-1', hotFolderId: 1, deliveryId: 1, name: 'a.pdf', size: 1, sha256: 'a', send: 1 };
const sights: readonly Seen[] = (
  [
    { what: 'delivered', tries: 1 },
    { what: 'delivered', tries: 1, foreign: true },
    { what: 'taken' },
    { what: 'printed', left: 0, note: null },
    { what: 'printed', left: 1, note: null },
    { what: 'refused', words: 'no', path: '/hot/failed/a.pdf' },
    { what: 'lying' },
    { what: 'uncertain', reasonCode: 'DeliveryUncertain', raw: null },
    { what: 'nameTaken' },
    { what: 'failed', tries: 3, reasonCode: 'DiskError', raw: 'EIO', errno: 'EIO', path: '/hot' },
  ] as const
).map((sight) => ({ kind: 'seen', jobId: 1, delivery, ...sight }));

export const movers = fc.constantFrom(press, counter, admin, rule);
export const codes = fc.constantFrom(...statusCodes);
export const seen = fc.constantFrom(...sights);
export const wishes = fc.oneof(
  fc.tuple(codes, fc.boolean()).map(([code, force]) => wish(code, { force })),
  fc
    .tuple(fc.constantFrom(...Object.keys(builtInCustomStatuses)), fc.boolean())
    .map(([custom, force]) => wish('CustomStatus', { custom, force })),
);
const ticket = fc.record({ submitted: fc.boolean(), approval: fc.constantFrom('required', 'given', 'none') }).map((said) => ({
  ...({
    kind: 'ticketCame',
    jobId: 1,
    isFirst: false,
    isNew: false,
    numberBefore: null,
    missing: [],
    missedBefore: [],
    files: [],
  } as const),
  ticket: said,
}));
const file = fc.constantFrom(null, 'a.pdf').map((replaces) => ({
  ...({ kind: 'fileCame', jobId: 1, isNew: false, missing: [] } as const),
  file: { name: 'a.pdf', version: 1, size: 1, sha256: 'a' },
  replaces,
}));

export type Step =
  | { readonly kind: 'wish'; readonly wish: StatusWish; readonly mover: Mover }
  | { readonly kind: 'undoNewest'; readonly mover: Mover }
  | { readonly kind: 'told'; readonly command: Command; readonly mover: Mover };

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('wish'), wish: wishes, mover: movers }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('undoNewest'), mover: movers }) },
    { weight: 3, arbitrary: seen.map((command) => ({ kind: 'told', command, mover: printer('press-1') }) as const) },
    { weight: 2, arbitrary: fc.oneof(ticket, file).map((command) => ({ kind: 'told', command, mover: engine }) as const) },
    { weight: 1, arbitrary: fc.constant({ kind: 'told', command: { kind: 'goOn', jobId: 1 }, mover: engine } as const) },
  ),
  { maxLength: 14 },
);

export function take(job: PlayedJob, step: Step): Decision {
  switch (step.kind) {
    case 'wish':
      return job.tell(step.wish, step.mover);
    case 'undoNewest':
      return job.tell({ kind: 'undo', jobId: 1, actionId: 'u', seq: job.history.at(-1)?.seq ?? 0 }, step.mover);
    case 'told':
      return job.tell(step.command, step.mover);
    default:
      return step satisfies never;
  }
}

/** A job that is ordered, with some past. */
export function playedJob(past: readonly Step[]): PlayedJob {
  const job = makeJob();
  job.record({ code: 'Ordered', at: start, actor: engine.actor });
  for (const step of past) take(job, step);
  return job;
}
