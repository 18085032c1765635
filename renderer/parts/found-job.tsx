/** A job as it was found: enough to know whether it is the right one, and why it was found. */
import { CopyPlus } from 'lucide-react';
import { shownCustomer } from '../../shared/job/board.ts';
import type { Job } from '../../shared/job.ts';
import { fileThatHit } from '../floor/filter.ts';
import { useFloor } from '../floor/floor.ts';
import { piecesOf } from '../floor/hits.ts';
import { useWords } from '../words/words.ts';
import { DueWords } from './due-words.tsx';
import css from './found-job.module.css';
import { JobNumber, StatusBadge } from './job-words.tsx';
import markedCss from './marked.module.css';
import { Marked } from './marked.tsx';
import textCss from './text.module.css';

const isHit = (text: string, q: string): boolean => piecesOf(text, q).some(({ hit }) => hit);

/** Besides the title: what was hit that is not shown else, which a line that is too long must not hide, and whose it is. */
function besides({ customer, product, title }: Job, file: string | null, q: string): readonly string[] {
  const name = customer?.name ?? '';
  const known = shownCustomer(customer) ?? '';
  const hits = [file ?? '', ...[product ?? '', name].filter((text) => isHit(text, q) && !isHit(known, q))];
  return [...new Set([...hits, known])].filter((text) => text !== '' && text !== title);
}

export function FoundJob({ job: found, q }: { readonly job: Job; readonly q: string }) {
  const { t } = useWords();
  const job = useFloor((state) => state.jobs.get(found.id)) ?? found;
  const hit = fileThatHit(job, q);
  const again = job.reprintOf === null ? null : t('job.reprintOf', { number: job.reprintOf.number });
  let at = 0;
  return (
    <span className={css['job']}>
      <span className={`${css['number']} ${isHit(job.number, q) ? markedCss['mark'] : ''}`}>
        <JobNumber number={job.number} />
      </span>
      <span className={css['titles']}>
        <bdi className={textCss['cut']}>
          {again !== null && <CopyPlus className={css['again']} size={16} aria-label={again} />}
          <Marked text={job.title} q={q} />
        </bdi>
        <bdi className={`${textCss['cut']} ${textCss['soft']}`}>
          {besides(job, hit === null ? null : t('list.byFile', { name: hit }), q).map((text) => (
            <span key={text}>
              {at++ > 0 && ' · '}
              <Marked text={text} q={q} />
            </span>
          ))}
        </bdi>
      </span>
      <span className={css['state']}>
        <StatusBadge said={{ code: job.status, custom: job.custom }} at={null} plain />
      </span>
      <span className={css['due']}>
        <DueWords job={job} />
      </span>
    </span>
  );
}
