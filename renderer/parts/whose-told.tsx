/** What became of an answer to "whose file is it"; whoever was second reads who was first, when, and what they said. */
import type { Language } from '../../shared/words/say.ts';
import { forgetTold, type Told } from '../whose-file.ts';
import { clock } from '../words/time.ts';
import { type Say, useWords } from '../words/words.ts';
import answerCss from './answer.module.css';
import buttonCss from './button.module.css';
import { SignMark } from './sign.tsx';

function doneWords({ arrival }: Told, t: Say): string {
  const number = arrival.question?.candidates.find((candidate) => candidate.jobId === arrival.jobId)?.number ?? null;
  if (arrival.answer?.what === 'reject') return t('whose.toNobody');
  return number === null ? t('whose.toNew') : t('whose.toJob', { number });
}

function problemWords({ by, at, belongsTo, code, message, whatToDo }: NonNullable<Told['problem']>, t: Say, language: Language): string {
  if (code === 'OFFLINE') return `${t('connection.offlineProblem')} ${t('connection.offlineTodo')}`;
  if (by === undefined || at === undefined || belongsTo === undefined)
    return code === 'NOT_FOUND' || code === 'NOT_NOW' || code === 'CONFLICT' ? t(`whose.refused.${code}`) : `${message} ${whatToDo}`;
  const what = belongsTo === null ? t('whose.toNobody') : t('whose.toJob', { number: belongsTo });
  const who = by === 'system' ? t('job.system') : by;
  return t('whose.first', { who, time: clock(Date.parse(at), language), what });
}

export function ToldLine({ told, size }: { readonly told: Told; readonly size: number }) {
  const { t, language } = useWords();
  const { arrival, problem } = told;
  return (
    <div
      className={problem === null ? answerCss['done'] : answerCss['refused']}
      data-part="answer"
      role={problem === null ? 'status' : 'alert'}
      data-testid="whose-told"
    >
      <SignMark sign={problem === null ? 'done' : 'stop'} size={size} />
      <p>
        <b>
          <bdi>{arrival.name}:</bdi>
        </b>{' '}
        <bdi>{problem === null ? doneWords(told, t) : problemWords(problem, t, language)}</bdi>
      </p>
      <button type="button" className={buttonCss['button']} onClick={() => forgetTold(arrival.id)}>
        {t('action.dismiss')}
      </button>
    </div>
  );
}
