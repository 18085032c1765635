/** What whoever prints a job must know of it, one line each, the most needed first. */
import { Fragment, type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { countedBefore } from '../../../shared/job/counts.ts';
import type { Job } from '../../../shared/job.ts';
import { countWords, doneWords } from '../../parts/count-words.ts';
import { ClosedWords, DueWords } from '../../parts/due-words.tsx';
import { MoreButton } from '../../parts/more-button.tsx';
import { type PrintFiles, printWords } from '../../parts/print-files.tsx';
import textCss from '../../parts/text.module.css';
import { amount } from '../../words/time.ts';
import { type Say, useWords } from '../../words/words.ts';
import focusCss from './focus.module.css';
import { type Paper, paperOf } from './paper.ts';

/** From here on it is smaller rather than cut. */
const longLine = 36;

function sidesWords(sides: Paper['sides'], t: Say): string | null {
  if (sides === null) return null;
  switch (sides.kind) {
    case 'one':
      return t('press.oneSided');
    case 'two':
      return t('press.twoSided');
    case 'said':
      return sides.words;
  }
}

/** As much of them as there is room for, and all of it at a touch. */
function Notes({ text }: { readonly text: string }) {
  const { t } = useWords();
  const words = useRef<HTMLElement>(null);
  const [open, setOpen] = useState(false);
  const [isCut, setIsCut] = useState(false);
  useLayoutEffect(() => {
    const shown = words.current;
    if (shown === null || open) return;
    const look = (): void => setIsCut(shown.scrollHeight > shown.clientHeight + 1);
    look();
    const watcher = new ResizeObserver(look);
    watcher.observe(shown);
    return () => watcher.disconnect();
  }, [open]);
  return (
    <div className={focusCss['notes']}>
      <dt>
        {t('job.notes')}
        {isCut && <MoreButton open={open} toggle={() => setOpen(!open)} label={t('press.allNotes')} size={28} />}
      </dt>
      <dd className={text.length > longLine ? focusCss['long'] : undefined}>
        <bdi ref={words} className={open ? undefined : focusCss['folded']} data-part="notes">
          {text}
        </bdi>
      </dd>
    </div>
  );
}

/** `files`: which of them is looked at, and what is known of its pages once it is drawn. */
export function JobFacts({ job, files: { shown, pdf } }: { readonly job: Job; readonly files: PrintFiles }) {
  const { t, language } = useWords();
  const { size, material, sides } = paperOf(job.attributes);
  const mm = (length: number): string => amount(Math.round(length), language);
  const which = shown === null ? { file: null, version: null } : printWords(shown, t);
  const pages = pdf === null ? null : `${t('whose.pages', { count: pdf.pages })}, ${mm(pdf.widthMm)} × ${mm(pdf.heightMm)} mm`;
  const counted = countedBefore(job);
  const done = doneWords(job, t);
  const facts: readonly (readonly [name: string, value: ReactNode])[] = [
    [t('job.counted'), counted === null ? null : countWords(counted, t)],
    [
      t('job.due'),
      <Fragment key="due">
        <DueWords job={job} />
        <ClosedWords job={job} />
      </Fragment>,
    ],
    [t('press.material'), material],
    [t('press.size'), size],
    [t('press.sides'), sidesWords(sides, t)],
    [t('job.customer'), job.customer?.company ?? job.customer?.name ?? null],
    [
      which.file ?? t('press.file'),
      [which.version, pages, which.file === null ? null : shown?.file.name].filter(Boolean).join(' · ') || null,
    ],
  ];
  return (
    <dl className={focusCss['facts']}>
      <div className={focusCss['amount']}>
        <dt>{t('job.quantity')}</dt>
        <dd>
          {job.quantity === null ? '–' : amount(job.quantity, language)}
          {done !== null && <small className={textCss['under']}>{done}</small>}
        </dd>
      </div>
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={typeof value === 'string' && value.length > longLine ? focusCss['long'] : undefined}>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ),
      )}
      {job.notes !== null && <Notes text={job.notes} />}
    </dl>
  );
}
