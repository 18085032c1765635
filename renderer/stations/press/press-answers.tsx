/** What became of what was done at this press, whichever job it was: what was refused until somebody has read it, and the latest action with its way back. */
import { useState } from 'react';
import type { Job } from '../../../shared/job.ts';
import { AnswerLine } from '../../actions/answer.tsx';
import { latestAnswer, refusedIn } from '../../actions/latest.ts';
import { useFloor } from '../../floor/floor.ts';
import { useNow } from '../../now.ts';
import { MoreButton } from '../../parts/more-button.tsx';
import { useWords } from '../../words/words.ts';
import pressCss from './press.module.css';

const refusedShown = 2;

/** `jobs`: what this press shows; only there one can insist. */
export function PressAnswers({ jobs }: { readonly jobs: readonly Job[] }) {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  const now = useNow();
  const answers = useFloor((state) => state.answers);
  const wishes = useFloor((state) => state.wishes);
  const refused = refusedIn(wishes);
  const waiting = wishes.filter(({ state }) => state.kind === 'waits');
  const latest = latestAnswer(answers, now);
  const here = (jobId: number): boolean => jobs.some((job) => job.id === jobId);
  const shown = [...new Set([...(all ? refused : refused.slice(0, refusedShown)), ...waiting.slice(-1)].map(({ jobId }) => jobId))];
  return (
    <div className={pressCss['answers']}>
      {shown.map((jobId) => (
        <AnswerLine key={jobId} jobId={jobId} named insist={here(jobId)} />
      ))}
      {refused.length > refusedShown && (
        <MoreButton
          open={all}
          toggle={() => setAll(!all)}
          label={t('action.alsoRefused', { count: refused.length - refusedShown })}
          size={28}
        />
      )}
      {latest !== null && waiting.length === 0 && !shown.includes(latest.jobId) && (
        <div data-latest>
          <AnswerLine key={latest.jobId} jobId={latest.jobId} named insist={false} />
        </div>
      )}
    </div>
  );
}
