/** What taking back an event comes to, told from the job's history by the rule the hub goes by. Pure. */
import type { JobEvent } from '../../shared/event.ts';
import { mayUndo } from '../../shared/job/may-undo.ts';
import type { Mover } from '../../shared/job/mover.ts';
import { isStatusCode } from '../../shared/status.ts';
import type { Said } from '../parts/status-look.ts';

export type UndoOutcome =
  /** The job is in this status again. */
  | { readonly kind: 'back'; readonly to: Said }
  /** Somebody has said something since, and that comes first: it stays. */
  | { readonly kind: 'passed'; readonly by: JobEvent }
  /** It cannot be taken back (any more). */
  | { readonly kind: 'over' };

/** Who asks; whether it is an admin only the hub knows, and it has the last word. */
const somebody: Mover = { kind: 'person', actor: '', station: null, isAdmin: true };

export function undoOutcome(history: readonly JobEvent[], seq: number, now: number): UndoOutcome {
  const known = history.filter((event) => isStatusCode(event.code));
  const answer = mayUndo(known, seq, somebody, now);
  if (answer.ok) return { kind: 'back', to: { code: answer.after.status, custom: answer.after.custom } };
  const last = known.findLast((event) => event.undoes === null);
  return answer.why === 'undoOutOfTurn' && last !== undefined && last.seq > seq ? { kind: 'passed', by: last } : { kind: 'over' };
}
