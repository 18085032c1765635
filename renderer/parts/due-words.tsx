/** When a job is due, and by when it must be ready where the shop is closed then. Late is said in words, and by what must be ready. */
import type { Job } from '../../shared/job.ts';
import { useShopHours } from '../hours.ts';
import { useNow } from '../now.ts';
import { dayAndClock, due, exact, isSameDayWritten, soonOrDay } from '../words/time.ts';
import { useWords } from '../words/words.ts';
import textCss from './text.module.css';

/** Nothing is late once it is out of production. */
const over: ReadonlySet<Job['stage']> = new Set(['collection', 'shipped', 'done']);

type DueJob = Pick<Job, 'dueAt' | 'dueDayOnly' | 'stage'>;

/** Epoch ms; `isClosed`: on another day or at another hour than it is due. A day without a time is due when that day's work ends. */
function useDue({ dueAt, dueDayOnly, stage }: DueJob) {
  const { readyBy } = useShopHours();
  if (dueAt === null) return null;
  const at = Date.parse(dueAt);
  const finished = over.has(stage);
  const ready = finished ? at : readyBy(at);
  return { at, ready, finished, isClosed: ready !== at && !(dueDayOnly && isSameDayWritten(at, ready)) };
}

/** `whole`: with the day it is due and that the shop is closed then; else what must be ready by, which is short. */
export function DueWords({ job, whole = false }: { readonly job: DueJob; readonly whole?: boolean }) {
  const { t, language } = useWords();
  const now = useNow();
  const found = useDue(job);
  if (job.dueAt === null || found === null) return <span className={textCss['soft']}>{t('job.noDue')}</span>;
  const { at, ready, finished, isClosed } = found;
  const { kind, text } = due(ready, now, language, { dayOnly: job.dueDayOnly && ready === at, finished });
  const told = kind === 'later' ? text : t(`due.${kind}`, { time: text });
  const isLate = ready < now;
  const closed = (): string => {
    if (!whole) return isLate ? told : t('due.by', { time: soonOrDay(ready, now, language) });
    const days = { due: dayAndClock(at, language, job.dueDayOnly), ready: dayAndClock(ready, language) };
    return isLate ? t('due.closedLate', { late: told, ...days }) : t('due.closed', days);
  };
  const title = exact(at, language, job.dueDayOnly);
  return (
    <time
      dateTime={job.dueAt}
      title={ready === at ? title : t('due.exactly', { due: title, ready: exact(ready, language) })}
      className={kind === 'late' ? textCss['late'] : undefined}
    >
      {isClosed ? closed() : told}
    </time>
  );
}

/** Below what must be ready by: when it is due, where the shop is closed then. */
export function ClosedWords({ job }: { readonly job: DueJob }) {
  const { t, language } = useWords();
  const found = useDue(job);
  if (found?.isClosed !== true) return null;
  return <small className={textCss['under']}>{t('due.dueClosed', { due: dayAndClock(found.at, language, job.dueDayOnly) })}</small>;
}
