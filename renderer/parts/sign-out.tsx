/** The way out of what this screen was signed in for: of the set-up first, then, in a browser, of the floor. The window of the desktop stays a station. */
import { LockOpen, LogOut } from 'lucide-react';
import { endSetUp, signOut } from '../live.ts';
import { useSetUp } from '../set-up.ts';
import { clock } from '../words/time.ts';
import { useWords } from '../words/words.ts';
import textCss from './text.module.css';

export function SignOut({ className, size }: { readonly className: string | undefined; readonly size: number }) {
  const { t, language } = useWords();
  const setUp = useSetUp();
  if (setUp !== null)
    return (
      <button
        type="button"
        className={className}
        onClick={endSetUp}
        title={setUp.endsAt === null ? t('setUp.endsAlone') : t('setUp.until', { time: clock(setUp.endsAt, language) })}
      >
        <LockOpen size={size} aria-hidden />
        <span>
          {t('setUp.end')}
          {setUp.endsAt !== null && (
            <span className={textCss['under']}>{t('setUp.untilShort', { time: clock(setUp.endsAt, language) })}</span>
          )}
        </span>
      </button>
    );
  if (window.desktop !== undefined) return null;
  return (
    <button type="button" className={className} onClick={signOut}>
      <LogOut size={size} aria-hidden />
      <span>{t('app.signOut')}</span>
    </button>
  );
}
