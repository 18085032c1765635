/** One job as a row of the overview. */
import { memo } from 'react';
import { type Filter, matches } from '../../floor/feed.ts';
import { useJob } from '../../floor/floor.ts';
import { DueWords, JobNumber, StatusBadge } from '../../parts/job-words.tsx';
import { SignMark } from '../../parts/sign.tsx';
import { troubleOf } from '../../parts/trouble.tsx';
import { amount } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';

type Props = {
  readonly id: number;
  readonly top: number;
  readonly href: string;
  readonly current: boolean;
  readonly filter: Filter;
  readonly fresh: boolean;
};

export const ListRow = memo(function ListRow({ id, top, href, current, filter, fresh }: Props) {
  const { t, language } = useWords();
  const job = useJob(id);
  if (job === null) return null;
  const fits = matches(job, filter);
  const first = job.attention[0];
  const trouble = first === undefined ? null : troubleOf(first, language);
  return (
    <a
      className={`row${fits ? '' : ' moved'}${fresh ? ' new' : ''}`}
      style={{ transform: `translateY(${top}px)` }}
      href={href}
      aria-current={current}
      data-job={job.id}
      title={fits ? undefined : t('list.movedOn')}
    >
      <span className="mark" title={trouble === null ? undefined : t('list.attentionMark', { why: trouble.what })}>
        {trouble !== null && <SignMark sign={trouble.sign} />}
      </span>
      <span className="cut">
        <JobNumber number={job.number} />
      </span>
      <span className="titles">
        <bdi className="cut">{job.title}</bdi>
        <bdi className="cut soft">{job.product ?? t('job.noProduct')}</bdi>
      </span>
      <span className="quantity to-end">{job.quantity === null ? '' : amount(job.quantity, language)}</span>
      <span className="due cut">
        <DueWords job={job} />
      </span>
      <span className="state cut">
        <StatusBadge said={{ code: job.status, custom: job.custom }} at={job.statusAt} plain />
      </span>
      <bdi className="folder cut">{job.hotFolder ?? ''}</bdi>
    </a>
  );
});
