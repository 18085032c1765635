/** Tells which files were not added, because this screen was signed out, or its page began anew, before they were there. */
import { useState } from 'react';
import { cutOffFiles, noteCutOffSeen } from '../adding/adding.ts';
import { useWords } from '../words/words.ts';
import barsCss from './bars.module.css';
import buttonCss from './button.module.css';
import { SignMark } from './sign.tsx';

export function CutOffBar({ size }: { readonly size: number }) {
  const { t } = useWords();
  const [names, setNames] = useState(cutOffFiles);
  if (names.length === 0) return null;
  const seen = (): void => {
    noteCutOffSeen();
    setNames([]);
  };
  return (
    <div className={barsCss['bar']} role="alert" data-testid="cut-off">
      <SignMark sign="stop" size={size} />
      <p>
        <bdi>{t('adding.cutOff', { names: names.join(', ') })}</bdi>
      </p>
      <button type="button" className={buttonCss['button']} onClick={seen}>
        {t('action.dismiss')}
      </button>
    </div>
  );
}
