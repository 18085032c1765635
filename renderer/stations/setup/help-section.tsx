/** One button for whoever asks others for help: the help file, with the job that was looked at last. */
import { LifeBuoy } from 'lucide-react';
import { useState } from 'react';
import { useFloor } from '../../floor/floor.ts';
import { saveHelpFile } from '../../help-file.ts';
import answerCss from '../../parts/answer.module.css';
import buttonCss from '../../parts/button.module.css';
import { SignMark } from '../../parts/sign.tsx';
import { useTold } from '../../told.tsx';
import { useWords } from '../../words/words.ts';
import { SetupSection } from './setup-section.tsx';

type Stand = 'idle' | 'making' | 'saved' | 'failed';

export function HelpSection() {
  const { t } = useWords();
  const told = useTold<HTMLParagraphElement>();
  const [stand, setStand] = useState<Stand>('idle');
  const jobId = useFloor((state) => state.open?.id ?? null);
  const number = useFloor((state) => (state.open === null ? null : (state.jobs.get(state.open.id)?.number ?? null)));
  const make = (): void => {
    setStand('making');
    saveHelpFile(jobId).then(
      () => setStand('saved'),
      () => setStand('failed'),
    );
  };
  return (
    <SetupSection
      title={t('helpFile.name')}
      lead={`${t('helpFile.lead')} ${number === null ? t('helpFile.noJob') : t('helpFile.withJob', { number })}`}
      end={
        <button type="button" className={buttonCss['button']} onClick={make} disabled={stand === 'making'}>
          <LifeBuoy size={20} aria-hidden />
          {t('helpFile.save')}
        </button>
      }
    >
      {(stand === 'saved' || stand === 'failed') && (
        <p ref={told} className={answerCss['answer']} data-testid="help-file">
          <SignMark sign={stand === 'saved' ? 'done' : 'attention'} /> {t(stand === 'saved' ? 'helpFile.saved' : 'helpFile.failed')}
        </p>
      )}
    </SetupSection>
  );
}
