/** The end of a form that stays open: its button, and that what was changed is saved. */
import { Save } from 'lucide-react';
import buttonCss from '../../parts/button.module.css';
import { SignMark } from '../../parts/sign.tsx';
import { useTold } from '../../told.tsx';
import { useWords } from '../../words/words.ts';

type Props = { readonly changed: boolean; readonly allowed: boolean; readonly saved: boolean };

export function SaveLine({ changed, allowed, saved }: Props) {
  const { t } = useWords();
  const told = useTold<HTMLParagraphElement>();
  return (
    <div className={buttonCss['buttons']}>
      <button type="submit" className={changed ? buttonCss['main'] : buttonCss['button']} disabled={!changed || !allowed}>
        <Save size={20} aria-hidden />
        {t('folders.save')}
      </button>
      {saved && (
        <p ref={told} style={{ alignSelf: 'center' }}>
          <SignMark sign="done" size={18} /> {t('folders.saved')}
        </p>
      )}
    </div>
  );
}
