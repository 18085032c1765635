/** How many pieces are printed again, by big keys or the keyboard, and why. More than were ordered is said before it is asked for. */
import { ArrowRight } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { mostReprinted } from '../../shared/job/decide-reprint.ts';
import type { Job } from '../../shared/job.ts';
import buttonCss from '../parts/button.module.css';
import { takeFocus } from '../parts/take-focus.ts';
import { readyReasons } from '../words/ready-reasons.ts';
import { useWords } from '../words/words.ts';
import countCss from './count.module.css';
import { CountPad } from './count-pad.tsx';
import { Differs } from './differs.tsx';
import { Reasons } from './reasons.tsx';
import type { AskedQuestion } from './start.ts';

const mostDigits = String(mostReprinted).length;

type Props = { readonly job: Job; readonly question: AskedQuestion };

export function ReprintQuestion({ job, question }: Props) {
  const { t, language } = useWords();
  const [text, setText] = useState('');
  const [step, setStep] = useState<'count' | 'more' | 'why'>('count');
  const quantity = Number(text);
  const isOver = job.quantity !== null && quantity > job.quantity;
  const write = (typed: string): void => setText(typed.replace(/\D/gu, '').slice(0, mostDigits));
  const confirm = (event: FormEvent): void => {
    event.preventDefault();
    if (quantity > 0) setStep(isOver ? 'more' : 'why');
  };
  if (step === 'more' && job.quantity !== null)
    return (
      <Differs
        words={t('action.over', { n: quantity - job.quantity, ordered: job.quantity })}
        choices={[
          { label: t('action.reprintMany', { n: quantity }), choose: () => setStep('why') },
          { label: t('action.changeCount'), choose: () => setStep('count') },
        ]}
      />
    );
  if (step === 'why')
    return (
      <>
        <p>
          <b>{t('job.pieces', { count: quantity })}.</b> {t('action.reasonFor.reprint')}
        </p>
        <Reasons
          job={job}
          question={question}
          offered={readyReasons[language].reprint}
          before={{ quantity, ...(isOver && { force: true }) }}
        />
      </>
    );
  return (
    <form className={`${countCss['count']} ${countCss['again']}`} onSubmit={confirm} data-careful>
      <label className={countCss['counted']}>
        <span>{t('action.pieces')}</span>
        <input
          ref={takeFocus}
          name="quantity"
          inputMode="none"
          autoComplete="off"
          placeholder="0"
          aria-current
          value={text}
          onChange={(event) => write(event.target.value)}
        />
      </label>
      <CountPad press={(digit) => write(text + digit)} erase={() => write(text.slice(0, -1))} />
      <button type="submit" className={buttonCss['main']} disabled={quantity < 1 || quantity > mostReprinted}>
        <ArrowRight size={28} aria-hidden />
        {t('action.goOnWhy')}
      </button>
    </form>
  );
}
