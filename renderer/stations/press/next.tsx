/** What comes after the job in focus, and what is set aside with its reason. */
import type { MouseEvent } from 'react';
import type { Job } from '../../../shared/job.ts';
import type { Sign } from '../../../shared/status.ts';
import { floor } from '../../floor/floor.ts';
import { DueWords } from '../../parts/due-words.tsx';
import { JobNumber, Moment } from '../../parts/job-words.tsx';
import { Thumbnail } from '../../parts/preview.tsx';
import { SignMark } from '../../parts/sign.tsx';
import { statusLabel } from '../../parts/status-look.ts';
import textCss from '../../parts/text.module.css';
import { troubleOf } from '../../parts/trouble.tsx';
import { reasonIn } from '../../words/ready-reasons.ts';
import { amount } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';
import css from './next.module.css';

const shownNext = 30;

/** The second touch of a double one is for what lay there before: it would bring back another job. */
function choose(event: MouseEvent, { id }: Job): void {
  if (event.detail < 2) floor.setState({ pressFocus: id });
}

/** Its trouble, where it has one; else where it stands and since when. */
function Where({ job }: { readonly job: Job }) {
  const { language } = useWords();
  const [first] = job.attention;
  if (first === undefined)
    return (
      <span className={`${css['where']} ${textCss['soft']}`}>
        <span>{statusLabel({ code: job.status, custom: job.custom }, language)}</span>
        {job.statusAt !== null && <Moment at={job.statusAt} />}
      </span>
    );
  const { hold } = job.tracks;
  const trouble = troubleOf(first, language);
  return (
    <span className={`${css['wrong']} ${css[trouble.sign]}`}>
      <bdi>{first.code === 'Blocked' && hold?.reason != null ? reasonIn(language, hold.reason) : trouble.what}</bdi>
    </span>
  );
}

function signOf(job: Job, language: Parameters<typeof troubleOf>[1]): Sign {
  const [first] = job.attention;
  if (first !== undefined) return troubleOf(first, language).sign;
  return job.stage === 'press' || job.stage === 'queue' ? 'wait' : 'neutral';
}

function Item({ job, current = false }: { readonly job: Job; readonly current?: boolean }) {
  const { t, language } = useWords();
  return (
    <button type="button" className={css['item']} aria-current={current} onClick={(event) => choose(event, job)}>
      <span className={css['line']}>
        <JobNumber number={job.number} />
        <SignMark sign={signOf(job, language)} size={32} />
      </span>
      <Thumbnail job={job} />
      <bdi className={textCss['cut']}>{job.title}</bdi>
      {job.reprintOf !== null && <bdi className={css['againOf']}>{t('job.reprintOf', { number: job.reprintOf.number })}</bdi>}
      <span className={css['due']}>
        <DueWords job={job} />
        {job.quantity !== null && <span>{amount(job.quantity, language)} ×</span>}
      </span>
      <Where job={job} />
    </button>
  );
}

type Props = { readonly ready: readonly Job[]; readonly aside: readonly Job[]; readonly more: boolean; readonly focus: Job | null };

export function Next({ ready, aside, more, focus }: Props) {
  const { t } = useWords();
  const next = ready.filter(({ id }) => id !== focus?.id);
  return (
    <aside className={css['queue']} data-testid="queue" aria-label={t('press.next')}>
      {next.length > 0 && (
        <h2>
          <span>{t('press.next')}</span>
          <span>{t(more ? 'press.queueOver' : 'press.queue', { count: next.length })}</span>
        </h2>
      )}
      {next.slice(0, shownNext).map((job) => (
        <Item key={job.id} job={job} />
      ))}
      {aside.length > 0 && (
        <section className={css['aside']} data-testid="aside">
          <h2>
            <span>{t('press.aside')}</span>
            <span>{aside.length}</span>
          </h2>
          {aside.slice(0, shownNext).map((job) => (
            <Item key={job.id} job={job} current={job.id === focus?.id} />
          ))}
        </section>
      )}
    </aside>
  );
}
