/** Files wait for a hot folder whose path is changed: do they stay with the old one or move to the new one? */
import { FolderInput, FolderOutput } from 'lucide-react';
import askCss from '../../parts/ask.module.css';
import buttonCss from '../../parts/button.module.css';
import textCss from '../../parts/text.module.css';
import { useWords } from '../../words/words.ts';

export type Waiting = 'stay' | 'move';

type Props = { readonly count: number; readonly busy: boolean; readonly answer: (waiting: Waiting) => void; readonly keep: () => void };

export function WaitingQuestion({ count, busy, answer, keep }: Props) {
  const { t } = useWords();
  return (
    <section className={askCss['ask']} data-testid="waiting-question">
      <h4>{t('folders.waiting.title', { count })}</h4>
      <div className={askCss['choices']}>
        <button type="button" className={buttonCss['button']} disabled={busy} onClick={() => answer('stay')}>
          <FolderOutput size={20} aria-hidden />
          <span>
            {t('folders.waiting.stay')}
            <small className={textCss['under']}>{t('folders.waiting.stayHint')}</small>
          </span>
        </button>
        <button type="button" className={buttonCss['button']} disabled={busy} onClick={() => answer('move')}>
          <FolderInput size={20} aria-hidden />
          <span>
            {t('folders.waiting.move')}
            <small className={textCss['under']}>{t('folders.waiting.moveHint')}</small>
          </span>
        </button>
        <button type="button" data-escape="leave" className={buttonCss['plain']} disabled={busy} onClick={keep}>
          {t('folders.waiting.keep')}
        </button>
      </div>
    </section>
  );
}
