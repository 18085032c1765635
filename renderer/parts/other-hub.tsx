/** Another hub works in a folder of ours, or another folder lies where one was: what it is, and a way to use it all the same, which a person confirms. */
import { ArrowRightLeft } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { otherHubIn } from '../../shared/other-hub.ts';
import type { Language } from '../../shared/words/say.ts';
import { problemOf } from '../client.ts';
import { useMaySetUp } from '../rights.ts';
import { useTold } from '../told.tsx';
import { type Say, useWords } from '../words/words.ts';
import askCss from './ask.module.css';
import buttonCss from './button.module.css';
import { ProblemLine } from './problem-line.tsx';
import textCss from './text.module.css';
import { reasonWords, type Trouble, TroubleCard } from './trouble.tsx';

/** Which computer it is, where the hub there said so. */
export function otherHubWords(raw: string | null, t: Say, language: Language): string {
  const computer = otherHubIn(raw)?.computer ?? '';
  return computer === '' ? (reasonWords('OtherHub', language)?.what ?? '') : t('otherHub.what', { computer });
}

type Props = {
  readonly trouble: Omit<Trouble, 'sign' | 'todo'>;
  readonly reason?: 'OtherHub' | 'OtherFolder';
  readonly takeOver: () => Promise<unknown>;
  readonly size?: number;
  readonly extra?: ReactNode;
  /** Offered besides. */
  readonly children?: ReactNode;
};

const wordsOf = { OtherHub: 'otherHub', OtherFolder: 'otherFolder' } as const;

export function TakeOverCard({ trouble, reason = 'OtherHub', takeOver, size = 22, extra, children }: Props) {
  const words = wordsOf[reason];
  const { t, language } = useWords();
  const told = useTold<HTMLParagraphElement>();
  const maySetUp = useMaySetUp();
  const [step, setStep] = useState<'told' | 'asked' | 'busy' | 'done'>('told');
  const [problem, setProblem] = useState<ReturnType<typeof problemOf> | null>(null);
  const act = async (): Promise<void> => {
    setStep('busy');
    setProblem(null);
    try {
      await takeOver();
      setStep('done');
    } catch (error) {
      setProblem(problemOf(error));
      setStep('told');
    }
  };
  const below =
    step === 'done' ? (
      <p ref={told}>{t(`${words}.done`)}</p>
    ) : step === 'told' ? (
      problem !== null && <ProblemLine problem={problem} />
    ) : (
      <section className={askCss['ask']} data-testid="take-over">
        <p>{t(`${words}.sure`)}</p>
        <div className={buttonCss['buttons']}>
          <button type="button" className={buttonCss['button']} disabled={step === 'busy'} onClick={() => void act()}>
            {t(step === 'busy' ? `${words}.busy` : `${words}.yes`)}
          </button>
          <button
            type="button"
            data-escape="leave"
            className={buttonCss['button']}
            disabled={step === 'busy'}
            onClick={() => setStep('told')}
          >
            {t('action.leaveIt')}
          </button>
        </div>
      </section>
    );
  return (
    <TroubleCard
      trouble={{ ...trouble, todo: reasonWords(reason, language)?.todo ?? null, sign: 'stop' }}
      size={size}
      extra={extra}
      below={below}
    >
      {!maySetUp && <p className={textCss['soft']}>{t('app.adminOnly')}</p>}
      {maySetUp && step === 'told' && (
        <>
          <button type="button" className={buttonCss['button']} onClick={() => setStep('asked')}>
            <ArrowRightLeft size={size > 22 ? 28 : 20} aria-hidden />
            {t(`${words}.takeOver`)}
          </button>
          {children}
        </>
      )}
    </TroubleCard>
  );
}
