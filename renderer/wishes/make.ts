/** A wish is made, taken back, or seen to be refused: what a person does with wishes. Each is kept before it is sent. */
import { isCount } from '../actions/counted-here.ts';
import { floor } from '../floor/floor.ts';
import { hubNow } from '../hub-clock.ts';
import { isPressedAgain } from '../input/same-press.ts';
import { noteRecord } from '../other-record.ts';
import { asKept, changeWish, keepWish, removeIf, showChanged, wishes } from './all.ts';
import { here } from './here.ts';
import { isOurs, isUnsent } from './next.ts';
import { sendDue } from './sender.ts';
import { type Call, isSameCall, shapeOf, type Wish } from './wish.ts';

let lastOrder = 0;
let askedToStay = false;

/** `crypto.randomUUID` is only there on a page served securely or from this machine; a tablet on the LAN has neither. */
export function newActionId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** After all there are, also where the clock was set back. */
function nextOrder(): number {
  lastOrder = Math.max(Date.now(), lastOrder + 1, ...wishes().map(({ order }) => order + 1));
  return lastOrder;
}

/** So that the browser does not clear it away when it is short of room. It may say no, and asks nobody. */
function askToStay(): void {
  if (askedToStay || !('storage' in navigator)) return;
  askedToStay = true;
  void navigator.storage.persist().catch(() => false);
}

/** `inPlaceOf`: what it has in it. First it is kept, so that at no moment neither is. */
async function keepAndSend(wish: Wish, inPlaceOf: Wish | undefined): Promise<void> {
  await keepWish(wish);
  if (inPlaceOf !== undefined) await takeBack(inPlaceOf);
  sendDue();
}

/**
 * Kept, and sent now or as soon as the hub can be reached. The same finger again is no second wish, nor is the same thing once more while it waits: then it is
 * sent at once. `deliberate`: a question was answered first, so it is meant.
 */
export function wish({ id: jobId, number }: { readonly id: number; readonly number: string }, call: Call, deliberate = false): void {
  const { answers, health } = floor.getState();
  const { whose, record } = here();
  if ((!deliberate && isPressedAgain()) || whose === null) return;
  const last = wishes().findLast((one) => one.jobId === jobId && one.state.kind === 'waits' && isOurs(one.whose, whose));
  if (last !== undefined && isSameCall(last.call, call)) {
    void sendNow(last);
    return;
  }
  askToStay();
  const at = Date.now();
  const made = { version: shapeOf(call), actionId: newActionId(), order: nextOrder(), jobId, number, call, whose, record, at } as const;
  const { [jobId]: _, ...others } = answers;
  floor.setState({ answers: others });
  noteRecord();
  const meant: Wish = {
    ...made,
    hubAt: health?.now == null ? null : hubNow(),
    state: { kind: 'waits', tried: null, again: false },
    kept: 'trying',
  };
  // The whole of what was counted has in it what was counted here before.
  void keepAndSend(meant, last !== undefined && isCount(last.call) && isCount(call) && isUnsent(last) ? last : undefined);
}

/** Without waiting for its pause; `again`: although it is old, since somebody was asked. */
export async function sendNow(one: Wish, again = false): Promise<void> {
  try {
    const after = await changeWish(one, 'strict', (kept) => {
      if (kept.state.kind !== 'waits') return null;
      const { tried } = kept.state;
      return {
        ...kept,
        state: { kind: 'waits', again: again || kept.state.again, tried: tried === null ? null : { ...tried, notBefore: 0 } },
      };
    });
    if (after !== null) showChanged(after);
  } catch {
    // It stays as it was, and its pause ends by itself.
  }
  sendDue();
}

/** Takes it back; false when it went out in this moment, or before. `certain`: also where nobody knows whether the hub heard it. */
export async function takeBack(one: Wish, certain = false): Promise<boolean> {
  try {
    return await removeIf(one, (kept) => kept.state.kind !== 'waits' || isUnsent(kept) || certain);
  } catch {
    return false;
  } finally {
    sendDue();
  }
}

/** Somebody has read what became of it. */
export function noteSeen(one: Wish): void {
  void removeIf(one, ({ state }) => state.kind !== 'waits').catch(() => false);
}

/** For what leaves the page: nothing may be lost that lives in this window alone. */
export function livesHereOnly(): boolean {
  return wishes().some((one) => one.kept !== 'yes' && asKept(one).state.kind === 'waits');
}
