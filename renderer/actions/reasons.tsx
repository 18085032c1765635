/** Asks why: one touch for a ready-made reason, or own words. Sending again also asks which files. */
import { type FormEvent, useState } from 'react';
import type { Job } from '../../shared/job.ts';
import buttonCss from '../parts/button.module.css';
import { ChoiceMark, choiceKey } from '../parts/choice-key.tsx';
import fieldsCss from '../parts/fields.module.css';
import { takeFocus } from '../parts/take-focus.ts';
import { readyReasons } from '../words/ready-reasons.ts';
import { useWords } from '../words/words.ts';
import type { GivenAnswer } from './action.ts';
import { FilesToSend } from './files-to-send.tsx';
import { likelyFiles, sendableFiles } from './sendable-files.ts';
import { type AskedQuestion, answerQuestion } from './start.ts';

type ReasonsProps = {
  readonly job: Job;
  readonly question: AskedQuestion;
  readonly offered: readonly string[];
  readonly fileIds?: readonly number[] | undefined;
  /** What was answered before. */
  readonly before?: Omit<GivenAnswer, 'reason' | 'fileIds'>;
};

export function Reasons({ job, question, offered, fileIds, before = {} }: ReasonsProps) {
  const { t } = useWords();
  const nothingChosen = fileIds?.length === 0;
  const answer = (reason: string): void => answerQuestion(job, question, { ...before, reason, ...(fileIds !== undefined && { fileIds }) });
  const [own, setOwn] = useState<string | null>(null);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (own !== null && own.trim() !== '') answer(own.trim());
  };
  if (own !== null) {
    return (
      <form className={fieldsCss['withButton']} onSubmit={send} data-careful>
        <input
          ref={takeFocus}
          maxLength={500}
          value={own}
          aria-label={t('action.otherReasonLabel')}
          placeholder={t('action.otherReasonLabel')}
          onChange={(event) => setOwn(event.target.value)}
        />
        <button type="submit" className={buttonCss['main']} disabled={own.trim() === '' || nothingChosen}>
          {t('action.confirm')}
        </button>
      </form>
    );
  }
  return (
    <div className={buttonCss['buttons']}>
      {offered.map((reason, at) => (
        <button
          key={reason}
          type="button"
          className={buttonCss['button']}
          {...choiceKey(at)}
          disabled={nothingChosen}
          onClick={() => answer(reason)}
        >
          <ChoiceMark at={at} />
          {reason}
        </button>
      ))}
      <button type="button" className={buttonCss['button']} {...choiceKey(offered.length)} onClick={() => setOwn('')}>
        <ChoiceMark at={offered.length} />
        {t('action.otherReason')}
      </button>
    </div>
  );
}

/** Why it is sent again, and which of its files. */
export function SendAgain({ job, question }: { readonly job: Job; readonly question: AskedQuestion }) {
  const { language } = useWords();
  const [chosen, setChosen] = useState<readonly number[]>(() => likelyFiles(job).map((file) => file.id));
  // Always named: a file that was replaced or is under way meanwhile is not meant any more, and what came in its place was not seen.
  const fileIds = sendableFiles(job).flatMap((file) => (chosen.includes(file.id) ? [file.id] : []));
  return (
    <>
      <FilesToSend job={job} chosen={chosen} choose={setChosen} />
      <Reasons job={job} question={question} offered={readyReasons[language].sendAgain} fileIds={fileIds} />
    </>
  );
}
