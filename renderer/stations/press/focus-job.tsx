/** The job in focus at a press: what it is in letters readable from three metres, and what comes next. */

import { isHeld } from '../../../shared/job/may-say.ts';
import type { Job } from '../../../shared/job.ts';
import { DueWords, JobNumber, StatusBadge } from '../../parts/job-words.tsx';
import { Preview } from '../../parts/preview.tsx';
import { amount } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';
import { Troubles } from '../office/job.tsx';

/** A held job stands still, unless a printer has its file or may take it. */
const atPrinter: ReadonlySet<string> = new Set(['LiesThoughStopped', 'GoneThoughStopped', 'WentOutAnyway', 'OtherContent']);

function stepOf(job: Job): 'held' | 'failed' | 'prints' | 'lies' | 'waits' {
  if (isHeld(job) && !job.attention.some(({ code }) => atPrinter.has(code))) return 'held';
  if (job.attention.length > 0) return 'failed';
  if (job.stage === 'press') return 'prints';
  return job.status === 'InHotFolder' ? 'lies' : 'waits';
}

/** `quiet`: an older cause is shown already, so this job's own problems are only counted. */
export function FocusJob({ job, quiet }: { readonly job: Job; readonly quiet: boolean }) {
  const { t, language } = useWords();
  return (
    <>
      {quiet ? (
        job.attention.length > 0 && <p>{t('press.also', { count: job.attention.length })}</p>
      ) : (
        <Troubles job={job} size={36} most={1} />
      )}
      <div className="focus-main">
        <Preview job={job} />
        <div className="focus-words" data-testid="focus">
          <h2>
            <JobNumber number={job.number} />
          </h2>
          <p className="title">
            <bdi>{job.title}</bdi>
          </p>
          <StatusBadge said={{ code: job.status, custom: job.custom }} at={job.statusAt} size={28} />
          <dl className="big-facts">
            <div>
              <dt>{t('job.quantity')}</dt>
              <dd>{job.quantity === null ? '–' : amount(job.quantity, language)}</dd>
            </div>
            <div>
              <dt>{t('job.due')}</dt>
              <dd>
                <DueWords job={job} />
              </dd>
            </div>
            <div className="whole">
              <dt>{t('job.product')}</dt>
              <dd>
                <bdi>{job.product ?? '–'}</bdi>
              </dd>
            </div>
            <div className="whole step">
              <dt>{t('press.nextStep')}</dt>
              <dd className="step-words">{t(`press.step.${stepOf(job)}`)}</dd>
            </div>
          </dl>
        </div>
      </div>
    </>
  );
}
