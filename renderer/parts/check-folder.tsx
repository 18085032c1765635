/** Probes a hot folder now and says how it went. */
import { FolderSearch, LoaderCircle } from 'lucide-react';
import { useState } from 'react';
import { hub, problemOf } from '../client.ts';
import { useMaySetUp } from '../rights.ts';
import { useWords } from '../words/words.ts';
import buttonCss from './button.module.css';
import textCss from './text.module.css';

export function CheckFolder({ id, main = false, size = 20 }: { readonly id: number; readonly main?: boolean; readonly size?: number }) {
  const { t } = useWords();
  const maySetUp = useMaySetUp();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const check = async (): Promise<void> => {
    setBusy(true);
    setRefused(null);
    try {
      await hub().hotFolders.probe({ id });
    } catch (error) {
      const problem = problemOf(error);
      setRefused(problem.code === 'OFFLINE' ? t('connection.offlineProblem') : `${problem.message} ${problem.whatToDo}`);
    }
    setBusy(false);
  };
  if (!maySetUp) return <p className={textCss['soft']}>{t('app.adminOnly')}</p>;
  return (
    <>
      <button
        type="button"
        className={main ? buttonCss['main'] : buttonCss['button']}
        data-action="checkFolder"
        disabled={busy}
        onClick={() => void check()}
      >
        {busy ? <LoaderCircle className={textCss['spin']} size={size} aria-hidden /> : <FolderSearch size={size} aria-hidden />}
        {t(busy ? 'trouble.checking' : 'trouble.check')}
      </button>
      {refused !== null && <p role="alert">{refused}</p>}
    </>
  );
}
