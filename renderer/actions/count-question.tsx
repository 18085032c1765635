/**
 * How many were printed: good ones and waste, by big keys or the keyboard. Nothing has to be typed. Where it is not what was ordered that is said, and what
 * it means is asked: done all the same, or the rest follows.
 */
import { Check } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { type Counts, shortBy } from '../../shared/job/counts.ts';
import type { Job } from '../../shared/job.ts';
import buttonCss from '../parts/button.module.css';
import { takeFocus } from '../parts/take-focus.ts';
import { useWords } from '../words/words.ts';
import { maySay } from './allowed.ts';
import countCss from './count.module.css';
import { CountPad } from './count-pad.tsx';
import { Differs } from './differs.tsx';
import { type AskedQuestion, answerQuestion } from './start.ts';

const fields = ['good', 'waste'] as const;
type Field = (typeof fields)[number];
/** `fresh`: the next digit begins anew, as with a text that is marked. */
type Typed = { readonly text: string; readonly fresh: boolean };
const mostDigits = 9;

type Props = { readonly job: Job; readonly question: AskedQuestion };

function OtherCount({ job, question, counts, change }: Props & { readonly counts: Counts; readonly change: () => void }) {
  const { t } = useWords();
  const short = shortBy(counts);
  const ordered = counts.ordered ?? 0;
  const choices = [
    ...(counts.good > 0
      ? [{ label: t('action.printedWith', { good: counts.good }), choose: () => answerQuestion(job, question, { reason: '', counts }) }]
      : []),
    ...(short > 0 && maySay(job, 'InProduction')
      ? [{ label: t('action.restFollows'), choose: () => answerQuestion(job, question, { reason: '', counts, unfinished: true }) }]
      : []),
    { label: t('action.changeCount'), choose: change },
  ];
  const words = short > 0 ? t('action.short', { n: short, ordered }) : t('action.over', { n: -short, ordered });
  return <Differs words={words} choices={choices} />;
}

export function CountQuestion({ job, question }: Props) {
  const { t } = useWords();
  const [at, setAt] = useState<Field>('good');
  const [typed, setTyped] = useState<Readonly<Record<Field, Typed>>>({
    good: { text: job.quantity === null ? '' : String(job.quantity), fresh: true },
    waste: { text: '', fresh: true },
  });
  const [asked, setAsked] = useState(false);
  const write = (field: Field, text: string): void =>
    setTyped({ ...typed, [field]: { text: text.replace(/\D/gu, '').slice(0, mostDigits), fresh: false } });
  const { text, fresh } = typed[at];
  const counts: Counts | null =
    typed.good.text === '' ? null : { good: Number(typed.good.text), waste: Number(typed.waste.text), ordered: job.quantity };
  const confirm = (event: FormEvent): void => {
    event.preventDefault();
    if (counts === null) return;
    if (shortBy(counts) === 0) answerQuestion(job, question, { reason: '', counts });
    else setAsked(true);
  };
  if (asked && counts !== null) return <OtherCount job={job} question={question} counts={counts} change={() => setAsked(false)} />;
  return (
    <form className={countCss['count']} onSubmit={confirm} data-careful>
      {fields.map((field) => (
        <label key={field} className={countCss['counted']}>
          <span>{t(`action.${field}`)}</span>
          <input
            ref={field === 'good' ? takeFocus : undefined}
            name={field}
            inputMode="none"
            autoComplete="off"
            placeholder="0"
            aria-current={field === at}
            value={typed[field].text}
            onFocus={(event) => {
              setAt(field);
              event.target.select();
            }}
            onChange={(event) => write(field, event.target.value)}
          />
        </label>
      ))}
      <CountPad press={(digit) => write(at, fresh ? digit : text + digit)} erase={() => write(at, fresh ? '' : text.slice(0, -1))} />
      <button type="submit" className={buttonCss['main']} disabled={counts === null}>
        <Check size={28} aria-hidden />
        {t('action.printed')}
      </button>
    </form>
  );
}
