/** A folder that is to be watched holds files that nobody was asked about: are they meant to be taken in? Without `leave` it is left by doing nothing. */
import { FolderInput } from 'lucide-react';
import { useState } from 'react';
import { useTold } from '../told.tsx';
import { useWords } from '../words/words.ts';
import askCss from './ask.module.css';
import buttonCss from './button.module.css';

type Props = { readonly path: string; readonly count: number; readonly confirm: () => Promise<unknown>; readonly leave?: () => void };

export function ConfirmQuestion({ path, count, confirm, leave }: Props) {
  const { t } = useWords();
  const told = useTold<HTMLElement>();
  const [busy, setBusy] = useState(false);
  const act = async (): Promise<void> => {
    setBusy(true);
    await confirm();
    setBusy(false);
  };
  return (
    <section ref={told} className={askCss['ask']} data-testid="confirm-question">
      <h4>{t('folders.confirm.title', { count })}</h4>
      <p>
        <bdi>{path}</bdi>
      </p>
      <p>{t('folders.confirm.hint')}</p>
      <div className={askCss['choices']}>
        <button type="button" className={buttonCss['button']} disabled={busy} onClick={() => void act()}>
          <FolderInput size={20} aria-hidden />
          {t('folders.confirm.yes')}
        </button>
        {leave !== undefined && (
          <button type="button" data-escape="leave" className={buttonCss['plain']} disabled={busy} onClick={leave}>
            {t('folders.confirm.no')}
          </button>
        )}
      </div>
    </section>
  );
}
