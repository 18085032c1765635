// biome-ignore-all lint/a11y/useSemanticElements: rows are laid out by the list itself, which no table allows
// biome-ignore-all lint/a11y/useFocusableInteractive: the list has the focus, and names the row it is about
/** One job as a row of the overview. */

import { CopyPlus } from 'lucide-react';
import { type CSSProperties, memo } from 'react';
import { shownCustomer } from '../../../shared/job/board.ts';
import { askedForMissing } from '../../asked-for.ts';
import { type Filter, fileThatHit, matches } from '../../floor/filter.ts';
import { useFloor, useJob } from '../../floor/floor.ts';
import { DueWords } from '../../parts/due-words.tsx';
import { JobNumber, StatusBadge } from '../../parts/job-words.tsx';
import signCss from '../../parts/sign.module.css';
import { SignMark } from '../../parts/sign.tsx';
import textCss from '../../parts/text.module.css';
import { troubleOf } from '../../parts/trouble.tsx';
import { amount } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';
import jobListCss from './job-list.module.css';

type Props = {
  readonly id: number;
  readonly index: number;
  readonly top: number;
  readonly href: string;
  readonly current: boolean;
  /** The keys speak of it. */
  readonly active: boolean;
  readonly filter: Filter;
  readonly fresh: boolean;
};

export function rowId(jobId: number): string {
  return `row-${jobId}`;
}

/** It shrinks where it would not fit. */
function Quantity({ count }: { readonly count: number | null }) {
  const { language } = useWords();
  const text = count === null ? '' : amount(count, language);
  return <bdi style={{ '--signs': text.length } as CSSProperties}>{text}</bdi>;
}

/** What is read of it; `q`: what was searched for. A row that only moves, since another came above it, makes none of it anew. */
const Cells = memo(function Cells({ id, q }: { readonly id: number; readonly q: string }) {
  const { t, language } = useWords();
  const job = useJob(id);
  const waits = useFloor(({ asked }) => (job === null ? null : askedForMissing(asked, job)));
  if (job === null) return null;
  const [first] = job.attention;
  const again = job.reprintOf === null ? null : t('job.reprintOf', { number: job.reprintOf.number });
  const trouble = first === undefined ? null : troubleOf(first, language);
  const hit = fileThatHit(job, q);
  // What it misses has come: the job shows the question, and who opens it can answer.
  const why = waits !== null && first?.code === 'AwaitingData' ? t('whose.waits', { name: waits.name }) : trouble?.what;
  return (
    <>
      <span
        role="gridcell"
        className={jobListCss['mark']}
        title={trouble === null ? undefined : t('list.attentionMark', { why: trouble.what })}
      >
        {trouble !== null && <SignMark sign={trouble.sign} />}
      </span>
      <span role="gridcell" className={jobListCss['fits']}>
        <JobNumber number={job.number} />
      </span>
      <span role="gridcell" className={jobListCss['titles']}>
        <bdi className={textCss['cut']}>
          {again !== null && <CopyPlus className={jobListCss['again']} size={16} aria-label={again} />}
          {job.title}
        </bdi>
        {hit !== null ? (
          <bdi className={textCss['cut']}>{t('list.byFile', { name: hit })}</bdi>
        ) : trouble === null ? (
          <bdi className={`${textCss['cut']} ${textCss['soft']}`}>
            {again !== null && <b>{again} · </b>}
            {job.product ?? t('job.noProduct')}
          </bdi>
        ) : (
          <bdi className={`${textCss['cut']} ${jobListCss['why']} ${signCss[trouble.sign]}`}>{why}</bdi>
        )}
      </span>
      <span role="gridcell" className={`${jobListCss['customer']} ${textCss['cut']}`}>
        <bdi>{shownCustomer(job.customer) ?? ''}</bdi>
      </span>
      <span role="gridcell" className={`${jobListCss['quantity']} ${jobListCss['toEnd']} ${jobListCss['fits']}`}>
        <Quantity count={job.quantity} />
      </span>
      <span role="gridcell" className={jobListCss['due']}>
        <DueWords job={job} />
      </span>
      <span role="gridcell" className={`${jobListCss['state']} ${textCss['cut']}`}>
        <StatusBadge said={{ code: job.status, custom: job.custom }} at={job.statusAt} plain />
      </span>
      <span role="gridcell" className={`${jobListCss['folder']} ${textCss['cut']}`}>
        <bdi>{job.hotFolder ?? ''}</bdi>
      </span>
    </>
  );
});

export function ListRow({ id, index, top, href, current, active, filter, fresh }: Props) {
  const { t } = useWords();
  const job = useJob(id);
  if (job === null) return null;
  const fits = matches(job, filter);
  return (
    <a
      role="row"
      id={rowId(id)}
      className={`${jobListCss['row']} ${fits ? '' : jobListCss['moved']} ${fresh ? jobListCss['new'] : ''} ${active ? jobListCss['active'] : ''}`}
      style={{ transform: `translateY(${top}px)` }}
      href={href}
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={active}
      aria-current={current}
      data-job={job.id}
      title={fits ? undefined : t('list.movedOn')}
    >
      <Cells id={id} q={filter.q} />
    </a>
  );
}
