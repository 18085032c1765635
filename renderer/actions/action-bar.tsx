/** The actions of one job as buttons, the question one of them asks, and what became of the last. */
import type { Job } from '../../shared/job.ts';
import { chordShortcut, chordWords } from '../input/key-words.ts';
import buttonCss from '../parts/button.module.css';
import textCss from '../parts/text.module.css';
import { useWords } from '../words/words.ts';
import type { Action } from './action.ts';
import css from './action-bar.module.css';
import { actionWords } from './action-words.ts';
import { actionsFor, mayLead } from './all.ts';
import { AnswerLine } from './answer.tsx';
import { QuestionBox } from './question.tsx';
import { startAction, useQuestion } from './start.ts';

export function ActionButton({
  action,
  job,
  main,
  size = 20,
}: {
  readonly action: Action;
  readonly job: Job;
  readonly main: boolean;
  readonly size?: number;
}) {
  const { t, language } = useWords();
  const Icon = action.icon;
  const { label, comesTo } = actionWords(action, job, t, language);
  // What is read from afar is short: what it comes to stands below it.
  const shown = comesTo !== null && size > 28 ? t(`action.${action.label}`) : label;
  return (
    <button
      type="button"
      className={main ? buttonCss['main'] : buttonCss['button']}
      data-action={action.label}
      title={`${label} (${chordWords(action.key)})`}
      aria-keyshortcuts={chordShortcut(action.key)}
      onClick={() => startAction(action, job)}
    >
      <Icon size={size} aria-hidden />
      <bdi>
        {shown}
        {comesTo !== null && <small className={textCss['under']}>{comesTo}</small>}
      </bdi>
    </button>
  );
}

/** `most`: how many buttons at once; the likeliest come first and lead. `except`: offered elsewhere, and leads there. */
type Props = {
  readonly job: Job;
  readonly most?: number;
  readonly size?: number;
  /** What became of the last action is shown elsewhere. */
  readonly answersElsewhere?: boolean;
  readonly except?: Action | null;
};

export function ActionBar({ job, most = 99, size = 20, answersElsewhere = false, except = null }: Props) {
  const { t } = useWords();
  const { question } = useQuestion();
  const possible = actionsFor(job)
    .filter((action) => action !== except)
    .slice(0, most);
  return (
    <div className={css['actions']} data-testid="actions">
      {!answersElsewhere && <AnswerLine jobId={job.id} />}
      {question?.jobId === job.id ? (
        <QuestionBox key={question.kind === 'action' ? question.action.label : question.kind} job={job} question={question} />
      ) : possible.length === 0 ? (
        except === null && <p className={textCss['soft']}>{t('action.none')}</p>
      ) : (
        <div className={buttonCss['buttons']}>
          {possible.map((action, at) => (
            <ActionButton
              key={action.label}
              action={action}
              job={job}
              main={at === 0 && except === null && mayLead(action, job)}
              size={size}
            />
          ))}
        </div>
      )}
    </div>
  );
}
