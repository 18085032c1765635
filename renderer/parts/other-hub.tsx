/** Another hub works in a folder of ours: whose it is, and a way to take it over, which a person confirms. */
import { ArrowRightLeft } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { otherHubIn } from '../../shared/other-hub.ts';
import type { Language } from '../../shared/status.ts';
import { problemOf } from '../client.ts';
import { useMaySetUp } from '../rights.ts';
import { type Say, useWords } from '../words/words.ts';
import { ProblemLine } from './problem-line.tsx';
import { reasonWords, type Trouble, TroubleCard } from './trouble.tsx';

/** Which computer it is, where the hub there said so. */
export function otherHubWords(raw: string | null, t: Say, language: Language): string {
  const computer = otherHubIn(raw)?.computer ?? '';
  return computer === '' ? (reasonWords('OtherHub', language)?.what ?? '') : t('otherHub.what', { computer });
}

type Props = {
  readonly trouble: Omit<Trouble, 'sign' | 'todo'>;
  readonly takeOver: () => Promise<unknown>;
  readonly size?: number;
  /** Offered besides. */
  readonly children?: ReactNode;
};

export function OtherHubCard({ trouble, takeOver, size = 22, children }: Props) {
  const { t, language } = useWords();
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
      <p role="status">{t('otherHub.done')}</p>
    ) : step === 'told' ? (
      problem !== null && <ProblemLine problem={problem} />
    ) : (
      <section className="ask" data-testid="take-over">
        <p>{t('otherHub.sure')}</p>
        <div className="buttons">
          <button type="button" className="button" disabled={step === 'busy'} onClick={() => void act()}>
            {t(step === 'busy' ? 'otherHub.busy' : 'otherHub.yes')}
          </button>
          <button type="button" className="button" disabled={step === 'busy'} onClick={() => setStep('told')}>
            {t('action.leaveIt')}
          </button>
        </div>
      </section>
    );
  return (
    <TroubleCard trouble={{ ...trouble, todo: reasonWords('OtherHub', language)?.todo ?? null, sign: 'stop' }} size={size} below={below}>
      {!maySetUp && <p className="soft">{t('app.adminOnly')}</p>}
      {maySetUp && step === 'told' && (
        <>
          <button type="button" className="button" onClick={() => setStep('asked')}>
            <ArrowRightLeft size={size > 22 ? 28 : 20} aria-hidden />
            {t('otherHub.takeOver')}
          </button>
          {children}
        </>
      )}
    </TroubleCard>
  );
}
