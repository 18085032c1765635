/** Asks in place for what an action needs: a reason, ready-made or in own words, or a hot folder. */
import { FolderInput, X } from 'lucide-react';
import { useId } from 'react';
import type { RefusalName } from '../../shared/job/refusals.ts';
import type { Standing } from '../../shared/job/state.ts';
import type { Job } from '../../shared/job.ts';
import { useFloor } from '../floor/floor.ts';
import askCss from '../parts/ask.module.css';
import buttonCss from '../parts/button.module.css';
import { ChoiceMark, choiceKey } from '../parts/choice-key.tsx';
import { JobNumber } from '../parts/job-words.tsx';
import { statusLabel } from '../parts/status-look.ts';
import { takeFocus } from '../parts/take-focus.ts';
import { wishes } from '../wishes/all.ts';
import { actorWords } from '../words/actor.ts';
import { readyReasons } from '../words/ready-reasons.ts';
import { clock } from '../words/time.ts';
import { type Say, useWords } from '../words/words.ts';
import { takenBackWords } from './action-words.ts';
import { refusalWords, undoOutcome } from './allowed.ts';
import { CountQuestion } from './count-question.tsx';
import { countedHere } from './counted-here.ts';
import { Reasons, SendAgain } from './reasons.tsx';
import { ReprintQuestion } from './reprint-question.tsx';
import { type AskedQuestion, answerQuestion, ask, insistPrinted, type Question } from './start.ts';

function Folders({ job, question }: { readonly job: Job; readonly question: AskedQuestion }) {
  const { t, language } = useWords();
  const folders = useFloor((floor) => floor.hotFolders) ?? [];
  return (
    <div className={buttonCss['buttons']}>
      {folders.map((folder, at) => (
        <button
          key={folder.id}
          type="button"
          className={buttonCss['button']}
          {...choiceKey(at)}
          onClick={() => answerQuestion(job, question, { reason: readyReasons[language].chooseFolder[0], hotFolderId: folder.id })}
        >
          <ChoiceMark at={at} />
          <FolderInput size={20} aria-hidden />
          <bdi>{t('action.goOnFolder', { name: folder.name })}</bdi>
        </button>
      ))}
    </div>
  );
}

/** Somebody else's step, or one that is not the last thing done, is taken back only by who knows that it is, and what comes of it. */
function StepBack({ job, question, step }: { readonly job: Job; readonly question: AskedQuestion; readonly step: Standing }) {
  const { t, language } = useWords();
  const outcome = undoOutcome(job, step.seq);
  const values = { what: statusLabel(step, language), who: actorWords(step.actor, t), time: clock(Date.parse(step.at), language) };
  return (
    <>
      <p>
        <bdi>{t('action.saidBy', values)}</bdi> {outcome.kind === 'back' && <b>{takenBackWords(outcome, t, language)}</b>}
      </p>
      <div className={buttonCss['buttons']}>
        <button
          type="button"
          className={buttonCss['button']}
          {...choiceKey(0)}
          onClick={() => answerQuestion(job, question, { reason: '' })}
        >
          <ChoiceMark at={0} />
          {t('action.takeBack')}
        </button>
        <button type="button" className={buttonCss['button']} {...choiceKey(1)} onClick={() => ask(null)}>
          <ChoiceMark at={1} />
          {t('action.leaveIt')}
        </button>
      </div>
    </>
  );
}

function Objection({ name }: { readonly name: RefusalName }) {
  const { language } = useWords();
  const words = refusalWords(name, language);
  return (
    <p>
      <b>{words?.why}</b> {words?.whatToDo}
    </p>
  );
}

/** Its file lies untouched: whoever says that it is printed may have touched the wrong thing, or printed it another way. */
function StillLies({ job, question }: { readonly job: Job; readonly question: Extract<Question, { kind: 'lies' }> }) {
  const { t } = useWords();
  return (
    <div className={buttonCss['buttons']}>
      <button type="button" className={buttonCss['button']} {...choiceKey(0)} onClick={() => insistPrinted(job, question)}>
        <ChoiceMark at={0} />
        {t('action.isPrinted')}
      </button>
      <button type="button" className={buttonCss['button']} {...choiceKey(1)} onClick={() => ask(null)}>
        <ChoiceMark at={1} />
        {t('action.notPrinted')}
      </button>
    </div>
  );
}

function questionWords({ asks }: Question, job: Job, t: Say): string {
  if (typeof asks === 'object' && 'lies' in asks) {
    const [{ name, hotFolder }] = asks.lies;
    return t('action.stillLies', { count: asks.lies.length, name, folder: hotFolder });
  }
  if (asks === 'folder') return t('action.reasonFor.chooseFolder');
  if (asks === 'count') return countedHere(job, wishes()) === null ? t('action.reasonFor.count') : t('action.countRest');
  if (asks === 'reprint') return t('action.howManyAgain');
  if ('insist' in asks) return t('action.reasonFor.goOn');
  if ('earlierStep' in asks) return t('action.earlierStep');
  return 'othersStep' in asks ? t('action.reasonFor.undo') : t(`action.reasonFor.${asks.reason}`);
}

function Asked({ job, question }: { readonly job: Job; readonly question: Question }) {
  const { language } = useWords();
  if (question.kind === 'lies') return <StillLies job={job} question={question} />;
  const { asks } = question;
  if (asks === 'folder') return <Folders job={job} question={question} />;
  if (asks === 'count') return <CountQuestion job={job} question={question} />;
  if (asks === 'reprint') return <ReprintQuestion job={job} question={question} />;
  if ('othersStep' in asks) return <StepBack job={job} question={question} step={asks.othersStep} />;
  if ('earlierStep' in asks) return <StepBack job={job} question={question} step={asks.earlierStep} />;
  if ('reason' in asks && asks.reason === 'sendAgain') return <SendAgain job={job} question={question} />;
  return (
    <>
      {'insist' in asks && <Objection name={asks.insist} />}
      <Reasons job={job} question={question} offered={readyReasons[language]['insist' in asks ? 'goOn' : asks.reason]} />
    </>
  );
}

/** A field of it has taken the focus already where there is one. Never a button: what pressed the question open is still down. */
function focusUnlessInside(box: HTMLElement | null): void {
  if (box !== null && !box.contains(document.activeElement)) takeFocus(box);
}

/** `named`: of which job it is, where what is told of it may push its number off the screen. */
type BoxProps = { readonly job: Job; readonly question: Question; readonly named: boolean };

export function QuestionBox({ job, question, named }: BoxProps) {
  const { t } = useWords();
  const id = useId();
  return (
    <section ref={focusUnlessInside} className={askCss['ask']} data-testid="question" tabIndex={-1} aria-labelledby={id}>
      <header>
        <h3 id={id}>
          {named && (
            <>
              <JobNumber number={job.number} />
              {' · '}
            </>
          )}
          <bdi>{questionWords(question, job, t)}</bdi>
        </h3>
        {question.kind !== 'lies' && (
          <button type="button" className={buttonCss['plain']} onClick={() => ask(null)}>
            <X size={20} aria-hidden />
            {t('action.cancel')}
          </button>
        )}
      </header>
      <Asked job={job} question={question} />
    </section>
  );
}
