/**
 * How many were printed: good ones and waste, by big keys or the keyboard. Nothing has to be typed. Of a job that was counted before it is what came out now. Where
 * the whole is not what was ordered that is said, and what it means is asked: done all the same, or the rest follows.
 */
import { Check } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { addUp, type CountedBefore, type Counts, type GivenCounts, shortBy } from '../../shared/job/counts.ts';
import type { Job } from '../../shared/job.ts';
import buttonCss from '../parts/button.module.css';
import { doneWords } from '../parts/count-words.ts';
import { takeFocus } from '../parts/take-focus.ts';
import { wishes } from '../wishes/all.ts';
import { useWords } from '../words/words.ts';
import { maySay } from './allowed.ts';
import countCss from './count.module.css';
import { CountPad } from './count-pad.tsx';
import { countedHere } from './counted-here.ts';
import { Differs } from './differs.tsx';
import { type AskedQuestion, answerQuestion } from './start.ts';

const fields = ['good', 'waste'] as const;
type Field = (typeof fields)[number];
/** `fresh`: the next digit begins anew, as with a text that is marked. */
type Typed = { readonly text: string; readonly fresh: boolean };
const mostDigits = 9;

type Props = { readonly job: Job; readonly question: AskedQuestion };

/** `now`: what was typed; `counts`: the whole. */
type Other = { readonly now: Counts; readonly counts: GivenCounts; readonly isFirst: boolean; readonly change: () => void };

function OtherCount({ job, question, now, counts, isFirst, change }: Props & Other) {
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
  const differs = short > 0 ? t('action.short', { n: short, ordered }) : t('action.over', { n: -short, ordered });
  const all = isFirst ? [t('action.counted', counts)] : [t('action.countedNow', now), t('action.countedInAll', counts)];
  return <Differs words={[...all, differs].join('. ')} choices={choices} />;
}

/** What is still to come, as if it had come: then nothing has to be typed. */
function atFirst({ quantity }: Job, before: CountedBefore | null): Readonly<Record<Field, Typed>> {
  const left = quantity === null ? '' : String(Math.max(0, quantity - (before?.good ?? 0)));
  return { good: { text: left, fresh: true }, waste: { text: '', fresh: true } };
}

export function CountQuestion({ job, question }: Props) {
  const { t } = useWords();
  const [at, setAt] = useState<Field>('good');
  // What the page showed when it was opened: what others count meanwhile is no part of what is typed here.
  const [before, setBefore] = useState(() => countedHere(job, wishes()));
  const [typed, setTyped] = useState(() => atFirst(job, before));
  const [asked, setAsked] = useState(false);
  const [overtaken, setOvertaken] = useState(false);
  const write = (field: Field, text: string): void =>
    setTyped({ ...typed, [field]: { text: text.replace(/\D/gu, '').slice(0, mostDigits), fresh: false } });
  const { text, fresh } = typed[at];
  const now: Counts | null =
    typed.good.text === '' ? null : { good: Number(typed.good.text), waste: Number(typed.waste.text), ordered: job.quantity };
  const counts = now === null ? null : addUp(before, now);
  const confirm = (event: FormEvent): void => {
    event.preventDefault();
    if (counts === null) return;
    const stands = countedHere(job, wishes());
    if (stands?.seq !== before?.seq) {
      setBefore(stands);
      setTyped(atFirst(job, stands));
      setOvertaken(true);
    } else if (shortBy(counts) === 0) answerQuestion(job, question, { reason: '', counts });
    else setAsked(true);
  };
  if (asked && now !== null && counts !== null)
    return <OtherCount job={job} question={question} now={now} counts={counts} isFirst={before === null} change={() => setAsked(false)} />;
  const done = doneWords(job, t, before);
  return (
    <form className={countCss['count']} onSubmit={confirm} data-careful>
      {done !== null && (
        <p className={countCss['before']} role={overtaken ? 'alert' : undefined}>
          {overtaken && <b>{t('action.countedMeanwhile')} </b>}
          {done}.
        </p>
      )}
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
              setTyped({ ...typed, [field]: { ...typed[field], fresh: true } });
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
