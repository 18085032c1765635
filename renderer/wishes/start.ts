/** Wishes from the moment the page opens: what was kept is taken up again, also what an earlier version kept; other windows are heard. */
import { floor } from '../floor/floor.ts';
import { forget, readKeptJson } from '../kept.ts';
import { keptAs as recordKeptAs } from '../other-record.ts';
import { hearWindows, inTabAs, keepWish, readWishes } from './all.ts';
import { whoIsHere } from './here.ts';
import { livesHereOnly } from './make.ts';
import { restoreOwn } from './own-events.ts';
import { sendDue, showDone } from './sender.ts';
import { earlierWishes, looseWishes } from './take-over.ts';

/** Where the page kept them before there was a database. */
const earlierAs = { waiting: 'printfloor.intentions', unsent: 'printfloor.unsent' } as const;

async function takeOver(): Promise<void> {
  const whose = whoIsHere();
  const [waiting, unsent] = [readKeptJson('tab', earlierAs.waiting), readKeptJson('tab', earlierAs.unsent)];
  const earlier = whose === null ? [] : earlierWishes({ waiting, unsent, record: readKeptJson('tab', recordKeptAs) }, whose, Date.now());
  const loose = looseWishes(readKeptJson('tab', inTabAs));
  // Each stays in the tab until it is kept, or told that it is not.
  await Promise.all([...loose, ...earlier].map((wish) => keepWish({ ...wish, kept: 'trying' })));
  if (whose !== null) for (const name of Object.values(earlierAs)) forget('tab', name);
}

async function takeUp(): Promise<void> {
  await readWishes();
  await takeOver();
  sendDue();
}

/** Starts once, for the life of the page. */
export function startWishes(): void {
  restoreOwn();
  hearWindows(sendDue, (jobId, done) => {
    if (floor.getState().jobs.has(jobId)) showDone(jobId, done);
  });
  addEventListener('visibilitychange', sendDue);
  addEventListener('beforeunload', (event) => {
    if (livesHereOnly()) event.preventDefault();
  });
  void takeUp();
}
