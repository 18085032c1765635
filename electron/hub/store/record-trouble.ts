/**
 * When nothing can be recorded: what the record's file or disk says, as one of three states of the hub, and who is told at once. Writes of the hub's own
 * work wait for the state to end, since what was seen must not be lost; whoever waits for an answer is refused in words instead.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { becauseOf } from '../../../shared/reason.ts';
import { Refusal } from '../parts.ts';

/**
 * `RecordFull`, `RecordHeld` and `RecordAway` (the server of the database cannot be reached) end by themselves when their cause does, `RecordUnchecked` when the check has found the file whole; `RecordBroken` with a new
 * start, and `RecordDamaged` with another file.
 */
export type RecordTroubleCode = 'RecordFull' | 'RecordHeld' | 'RecordAway' | 'RecordUnchecked' | 'RecordBroken' | 'RecordDamaged';
/** `since` in epoch ms. */
export type RecordTrouble = { readonly code: RecordTroubleCode; readonly since: number; readonly raw: string };

/** Of the system or of the engine; empty where the error has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

export function rawOf(error: unknown): string {
  const code = codeOf(error);
  return `${code === '' ? '' : `${code}: `}${error instanceof Error ? error.message : String(error)}`;
}

/** A fault of the file itself, by whatever statement it shows, also where a thread has met it. */
export function isDamage(error: unknown): boolean {
  return /^(SQLITE_(CORRUPT|NOTADB)|XX001$|XX002$)/.test(codeOf(error));
}

/** Which state a failed write or flush means; null when the fault is the write's own. */
export function passingTrouble(error: unknown): 'RecordFull' | 'RecordHeld' | 'RecordAway' | null {
  const code = codeOf(error);
  // Of PostgreSQL: disk full; a transaction that met another one, waited for it in a ring, or waited too long.
  if (['SQLITE_FULL', 'ENOSPC', 'EDQUOT', '53100'].includes(code)) return 'RecordFull';
  if (code === 'SERVER_AWAY') return 'RecordAway';
  return /^(SQLITE_(BUSY|LOCKED)|40001$|40P01$|55P03$)/.test(code) ? 'RecordHeld' : null;
}

export function refusalFor({ code, raw }: Pick<RecordTrouble, 'code' | 'raw'>): Refusal {
  return new Refusal('NOT_RECORDED', becauseOf(code, raw));
}

/** Somebody outside who waits for an answer, for as long as he waits. */
export type Asker = { waits: boolean };

const askers = new AsyncLocalStorage<Asker>();

/** Runs work that somebody waits for: what it writes is refused, not held back, while nothing can be recorded. Work it leaves behind is held back again. */
export async function whileAsked<Result>(work: () => Promise<Result>): Promise<Result> {
  const asker: Asker = { waits: true };
  try {
    return await askers.run(asker, work);
  } finally {
    asker.waits = false;
  }
}

export function currentAsker(): Asker | null {
  return askers.getStore() ?? null;
}
