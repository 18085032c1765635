/** The actions of one job as buttons, the question one of them asks, and what became of the last. */
import { Hourglass } from 'lucide-react';
import { type RefObject, useEffect, useRef } from 'react';
import type { Job } from '../../shared/job.ts';
import { useFloor } from '../floor/floor.ts';
import { chordShortcut, chordWords } from '../input/key-words.ts';
import buttonCss from '../parts/button.module.css';
import { takeFocus } from '../parts/take-focus.ts';
import textCss from '../parts/text.module.css';
import { useWords } from '../words/words.ts';
import type { Action } from './action.ts';
import css from './action-bar.module.css';
import { actionWords } from './action-words.ts';
import { actions, inPlaces } from './all.ts';
import { AnswerLine } from './answer.tsx';
import type { Lead } from './lead.ts';
import { useMoved } from './moved.ts';
import { QuestionBox } from './question.tsx';
import { startAction, useQuestion } from './start.ts';
import { useKept } from './use-kept.ts';

export function ActionButton({
  action,
  job,
  main,
  size = 20,
  place,
}: {
  readonly action: Action;
  readonly job: Job;
  readonly main: boolean;
  readonly size?: number;
  readonly place?: number;
}) {
  const { t, language } = useWords();
  // What was done here last is part of what taking back comes to.
  useFloor(({ answers }) => answers[job.id]);
  const words = actionWords(action, job, t, language);
  const kept = useKept(action, job);
  const moved = useMoved(({ jobId }) => jobId === job.id);
  const { label } = words;
  const under = kept ? t('action.kept') : words.under;
  // What is read from afar is short: what it comes to stands below it.
  const shown = under !== null && size > 28 ? t(`action.${action.label}`) : label;
  const Sign = kept ? Hourglass : action.icon;
  return (
    <button
      type="button"
      className={main && !kept ? buttonCss['main'] : buttonCss['button']}
      data-action={action.label}
      data-place={place}
      title={`${label} (${chordWords(action.key)})`}
      aria-keyshortcuts={chordShortcut(action.key)}
      aria-disabled={moved || undefined}
      onClick={() => startAction(action, job)}
    >
      <Sign size={size} aria-hidden />
      <bdi>
        {shown}
        {under !== null && <small className={textCss['under']}>{under}</small>}
      </bdi>
    </button>
  );
}

/** `placed`: each action has its place, as at a press; else they stand one behind the other. `except`: offered elsewhere. */
type Props = {
  readonly job: Job;
  readonly placed?: boolean;
  readonly size?: number;
  /** What became of the last action is shown elsewhere. */
  readonly answersElsewhere?: boolean;
  readonly except?: Action | null;
  /** The one button that leads on this screen. */
  readonly lead: Lead;
};

/**
 * Whoever had the focus in a question goes on in the bar it stood in, with Tab to its first button; on none, since the key that answered may still be down.
 */
function useFocusAfter(asked: boolean): RefObject<HTMLElement | null> {
  const bar = useRef<HTMLElement>(null);
  const before = useRef(asked);
  useEffect(() => {
    const isClosed = before.current && !asked;
    before.current = asked;
    if (isClosed && document.activeElement === document.body) takeFocus(bar.current);
  }, [asked]);
  return bar;
}

export function ActionBar({ job, placed = false, size = 20, answersElsewhere = false, except = null, lead }: Props) {
  const { t } = useWords();
  const { question } = useQuestion();
  const asked = question?.jobId === job.id ? question : null;
  const bar = useFocusAfter(asked !== null);
  const possible = actions.filter((action) => action !== except && action.rule(job));
  const shown = placed ? inPlaces(possible) : possible.map((action) => ({ action }));
  const main = lead?.kind === 'action' ? lead.action : null;
  return (
    <section ref={bar} className={css['actions']} data-testid="actions" tabIndex={-1} aria-label={t('action.bar')}>
      {!answersElsewhere && <AnswerLine jobId={job.id} />}
      {asked !== null ? (
        <QuestionBox key={asked.kind === 'action' ? asked.action.label : asked.kind} job={job} question={asked} named={placed} />
      ) : shown.length === 0 ? (
        except === null && <p className={textCss['soft']}>{t('action.none')}</p>
      ) : (
        <div className={placed ? `${buttonCss['buttons']} ${css['placed']}` : buttonCss['buttons']}>
          {shown.map(({ action, ...its }) => (
            <ActionButton key={action.label} action={action} job={job} main={action === main} size={size} {...its} />
          ))}
        </div>
      )}
    </section>
  );
}
