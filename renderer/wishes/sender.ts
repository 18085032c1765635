/**
 * Sends what waits: one window of the browser at a time for each job, in order; jobs beside each other. Whatever becomes of a call stops its own job's line only.
 * Where windows cannot be kept from one another (no Web Locks) two may send the same wish: the hub knows its action id, and does it once.
 */
import { countData } from '../../shared/job/counts.ts';
import { withAnswer } from '../actions/latest.ts';
import { failureOf, hub, problemOf } from '../client.ts';
import { applyJobs, floor } from '../floor/floor.ts';
import { askHealth } from '../health.ts';
import { hubNow } from '../hub-clock.ts';
import { changeWish, endWish, readWishes, showChanged, tell, wishes } from './all.ts';
import { meaningOf, pauseMs } from './answer-means.ts';
import { here } from './here.ts';
import { isOfRecord, lookAgainAt, standings, toSend } from './next.ts';
import { noteOwn } from './own-events.ts';
import type { Done, KeptWish, RecordOf, Try, Wish } from './wish.ts';

const answerWithinMs = 10_000;
/** A window that neither sends nor ends is not waited for longer. */
const turnWithinMs = 30_000;

/** Jobs whose line this window works on; true: there is more to do when it has come to its end. */
const lines = new Map<number, boolean>();
let timer: ReturnType<typeof setTimeout> | null = null;

async function call({ jobId, actionId, call: wanted }: Wish, signal: AbortSignal): Promise<Pick<Done, 'event' | 'job' | 'already'>> {
  const { jobs } = hub();
  switch (wanted.kind) {
    case 'status': {
      const { kind: _, counts, seenTo, ...asked } = wanted;
      const told = { ...(counts && countData(counts)), ...(seenTo !== undefined && { seenTo }) };
      const data = Object.keys(told).length === 0 ? {} : { data: told };
      const { event, job, already = false } = await jobs.setStatus({ id: jobId, ...asked, ...data, actionId }, { signal });
      return { event, job, already };
    }
    case 'undo': {
      const { kind: _, ...asked } = wanted;
      return { ...(await jobs.undo({ id: jobId, ...asked, actionId }, { signal })), already: false };
    }
    case 'deliver': {
      const { kind: _, fileIds, ...asked } = wanted;
      const files = fileIds === undefined ? {} : { fileIds: [...fileIds] };
      return { event: null, job: await jobs.deliver({ id: jobId, ...asked, ...files, actionId }, { signal }), already: false };
    }
    // The job that is answered is the new one.
    case 'reprint': {
      const { kind: _, ...asked } = wanted;
      return { event: null, job: await jobs.reprint({ id: jobId, ...asked, actionId }, { signal }), already: false };
    }
  }
}

/** One window at a time; in turn, and not for ever. */
async function inTurn(jobId: number, work: () => Promise<void>): Promise<void> {
  // A page that was not served securely has none.
  if (!('locks' in navigator)) return work();
  let mine = false;
  try {
    await navigator.locks.request(`printfloor.wishes.${jobId}`, { signal: AbortSignal.timeout(turnWithinMs) }, () => {
      mine = true;
      return work();
    });
  } catch (error) {
    if (mine) throw error;
    await work();
  }
}

function withState(wish: KeptWish, state: KeptWish['state']): KeptWish {
  return { ...wish, state };
}

/** Notes that it goes out now, before it does; null when it has come to its end, or is on its way from another window. */
async function claim(wish: Wish, tried: Try): Promise<Wish | null> {
  if (wish.kept !== 'yes') return wish;
  try {
    return await changeWish(wish, 'relaxed', (kept) =>
      kept.state.kind === 'waits' ? withState(kept, { ...kept.state, tried: { ...tried, mayBeDone: true } }) : null,
    );
  } catch {
    // What cannot be noted any more is sent all the same.
    return wish;
  }
}

function tellDone(wish: Wish, answer: Pick<Done, 'event' | 'job' | 'already'>): void {
  const { event, already } = answer;
  const isOthers = already && event !== null && !floor.getState().ownEvents.includes(event.seq);
  const { number, actionId, call: wanted, jobId } = wish;
  const done: Done = { ...answer, number, actionId, call: wanted, already: isOthers, at: hubNow() };
  if (event !== null && !already) noteOwn(event.seq);
  showDone(jobId, done);
  tell({ kind: 'done', jobId, done });
}

/** What was done, by this window or another one of this browser. */
export function showDone(jobId: number, done: Done): void {
  const state = applyJobs(floor.getState(), done.job === null ? [] : [done.job]);
  floor.setState({ ...state, answers: withAnswer(state.answers, jobId, done) });
}

async function settle(wish: Wish, state: KeptWish['state'], durability: IDBTransactionDurability): Promise<void> {
  const to = (kept: KeptWish): KeptWish | null => (kept.state.kind === 'waits' ? withState(kept, state) : null);
  try {
    const after = await changeWish(wish, durability, to);
    if (after === null) await readWishes();
    else showChanged(after);
  } catch {
    // It is still kept as it was, and is asked once more when the page is opened again.
    showChanged({ ...wish, state });
  }
}

/** Sends it once; false when the line of its job stops here for now. */
async function sendOne(wish: Wish): Promise<boolean> {
  if (wish.state.kind !== 'waits') return true;
  const before = wish.state.tried;
  const [count, at] = [(before?.count ?? 0) + 1, Date.now()];
  const tried: Try = {
    count,
    at,
    notBefore: at + pauseMs(count, Math.random(), null),
    why: 'silence',
    mayBeDone: before?.mayBeDone ?? false,
  };
  const mine = await claim(wish, tried);
  if (mine === null) {
    await readWishes();
    return true;
  }
  // Meanwhile the line may be gone, or the key another.
  if (
    standings([{ ...mine, state: wish.state }], here())
      .values()
      .next().value !== 'send'
  ) {
    await settle(mine, wish.state, 'relaxed');
    return false;
  }
  const signal = AbortSignal.timeout(answerWithinMs);
  try {
    const answer = await call(mine, signal);
    await endWish(mine);
    tellDone(mine, answer);
    return true;
  } catch (error) {
    const failure = failureOf(error, signal);
    const meaning = meaningOf(failure);
    if (meaning.kind === 'refused') {
      await settle(mine, { kind: 'refused', problem: problemOf(error), at: Date.now() }, 'strict');
      return true;
    }
    if (meaning.why === 'notRecorded') void askHealth().catch(() => undefined);
    const notBefore = Date.now() + pauseMs(count, Math.random(), failure.retryAfterMs);
    const mayBeDone = tried.mayBeDone || meaning.mayBeDone;
    await settle(mine, { ...wish.state, tried: { ...tried, notBefore, why: meaning.why, mayBeDone } }, 'relaxed');
    return false;
  }
}

async function workOn(jobId: number): Promise<void> {
  if (lines.has(jobId)) {
    lines.set(jobId, true);
    return;
  }
  try {
    do {
      lines.set(jobId, false);
      await inTurn(jobId, async () => {
        // Another window may have sent some of them.
        await readWishes();
        for (let goesOn = true; goesOn; ) {
          const next = toSend(wishes(), here()).find((wish) => wish.jobId === jobId && wish.kept !== 'trying');
          goesOn = next !== undefined && (await sendOne(next));
        }
      });
    } while (lines.get(jobId) === true);
  } finally {
    lines.delete(jobId);
  }
  lookAgain();
}

/** In case nothing else happens: the next one that is due. */
function lookAgain(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  const at = lookAgainAt(wishes(), here());
  if (at !== null) timer = setTimeout(sendDue, Math.max(50, at - Date.now()));
}

/** Sends everything that is due now. To be called whenever something may have become so; more often does no harm. */
export function sendDue(): void {
  if (here().online) void noteOtherRecord(here().record);
  for (const { jobId } of toSend(wishes(), here())) void workOn(jobId);
  lookAgain();
}

/** What was meant for a record that the hub has no more is known at the first sight of the new one, whose events may catch up with the old one's. */
export async function noteOtherRecord(record: RecordOf): Promise<void> {
  const of = wishes().filter((wish) => wish.state.kind === 'waits' && !isOfRecord(wish.record, record));
  await Promise.all(of.map((wish) => settle(wish, { kind: 'otherRecord' }, 'strict')));
}
