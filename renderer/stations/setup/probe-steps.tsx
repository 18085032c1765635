/** What was tried on a folder: what comes of it first, then step by step, each with its tick. */
import { CircleDashed } from 'lucide-react';
import type { ProbeResult } from '../../../shared/hot-folder.ts';
import type { Language } from '../../../shared/words/say.ts';
import { RawError } from '../../parts/raw-error.tsx';
import { SignMark } from '../../parts/sign.tsx';
import textCss from '../../parts/text.module.css';
import { reasonWords } from '../../parts/trouble.tsx';
import { useTold } from '../../told.tsx';
import { size } from '../../words/time.ts';
import { type Say, useWords } from '../../words/words.ts';
import css from './probe-steps.module.css';

type Step = ProbeResult['steps'][number]['step'];
const order: readonly Step[] = ['find', 'marker', 'write', 'readBack', 'rename', 'noReplace', 'delete', 'space', 'clock'];

const ownTodos = ['FolderMissing', 'NotAFolder', 'ShareOff', 'ShareHangs', 'DiskFull', 'NoPermission', 'ReadOnly'] as const;

/** Nothing prints there yet, so nothing goes on by itself: it is tried again. */
function todoOf(code: string | null, t: Say, language: Language): string {
  const own = ownTodos.find((known) => known === code);
  if (own !== undefined) return `${t(`folders.probe.todo.${own}`)} ${t('folders.probe.again')}`;
  return reasonWords(code, language)?.todo ?? t('trouble.unknownTodo');
}

export function ProbeSteps({ probe }: { readonly probe: ProbeResult }) {
  const { t, language } = useWords();
  const told = useTold<HTMLParagraphElement>();
  const tried = new Map(probe.steps.map((step) => [step.step, step]));
  const what = reasonWords(probe.reasonCode, language)?.what ?? t('trouble.unknown');
  const todo = todoOf(probe.reasonCode, t, language);
  return (
    <section data-testid="probe" style={{ gap: 8 }}>
      <h3>{t('folders.probe.title')}</h3>
      <p ref={told}>
        <b>{t(probe.ok ? 'folders.probe.good' : 'folders.probe.bad')}</b> {!probe.ok && `${what} ${todo}`}
      </p>
      <ol className={css['steps']}>
        {order
          .filter((name) => tried.has(name) || !probe.ok)
          .map((name) => {
            const step = tried.get(name);
            return (
              <li key={name} data-step={name} data-ok={step?.ok}>
                {step === undefined ? (
                  <CircleDashed className={textCss['soft']} size={20} aria-hidden />
                ) : (
                  <SignMark sign={!step.ok ? 'stop' : step.raw === null ? 'done' : 'neutral'} />
                )}
                <div>
                  <p className={step === undefined ? textCss['soft'] : undefined}>
                    {t(`folders.probe.${name}`)}
                    {step === undefined && `: ${t('folders.probe.notTried')}`}
                    {step?.ok === false && `: ${t('folders.probe.no')}`}
                    {name === 'noReplace' && step?.ok === true && step.raw !== null && `: ${t('folders.probe.lookedUp')}`}
                    {name === 'space' && probe.freeBytes !== null && ` (${size(probe.freeBytes, language)})`}
                  </p>
                  {step?.ok === false && <RawError raw={step.raw} />}
                </div>
              </li>
            );
          })}
      </ol>
    </section>
  );
}
