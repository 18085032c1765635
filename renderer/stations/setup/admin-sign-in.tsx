/** Where only the admin may: says so, and lets the admin sign in at this screen for a while. */
import { KeyRound, OctagonX } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { loopbackNames } from '../../../shared/loopback.ts';
import { adminKeyPath, type KeyTried } from '../../client.ts';
import { signInForSetUp } from '../../live.ts';
import answerCss from '../../parts/answer.module.css';
import buttonCss from '../../parts/button.module.css';
import cardCss from '../../parts/card.module.css';
import fieldsCss from '../../parts/fields.module.css';
import signCss from '../../parts/sign.module.css';
import textCss from '../../parts/text.module.css';
import { untouchedMinutes } from '../../set-up.ts';
import { type Say, useWords } from '../../words/words.ts';

function Where() {
  const { t } = useWords();
  const path = adminKeyPath();
  if (path !== null)
    return (
      <p className={textCss['soft']}>
        {t('setUp.whereFile')} <code dir="ltr">{path}</code>
      </p>
    );
  if (!loopbackNames.includes(location.hostname)) return null;
  return (
    <p className={textCss['soft']}>
      {t('signIn.whereAdmin')} <code>admin-token</code>.
    </p>
  );
}

function sayTried(tried: Exclude<KeyTried, 'admin'>, t: Say): string {
  if (tried === 'station' || tried === 'offline') return t(`setUp.${tried}`);
  return tried === 'ended' ? t('signIn.ended') : t('setUp.unknown');
}

export function AdminSignIn() {
  const { t } = useWords();
  const id = useId();
  const [key, setKey] = useState('');
  const [tried, setTried] = useState<KeyTried | 'trying' | null>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (key.trim() === '') return;
    setTried('trying');
    setTried(await signInForSetUp(key.trim()));
  };
  const isWrong = tried !== null && tried !== 'trying' && tried !== 'admin';
  return (
    <form
      className={`${cardCss['card']} ${fieldsCss['form']}`}
      onSubmit={(event) => void submit(event)}
      aria-label={t('setUp.title')}
      data-testid="admin-sign-in"
    >
      <h2>{t('setUp.title')}</h2>
      <p>{t('setUp.lead', { minutes: untouchedMinutes })}</p>
      <Where />
      <div className={fieldsCss['field']}>
        <label className={fieldsCss['label']} htmlFor={id}>
          {t('setUp.label')}
        </label>
        <input
          id={id}
          type="password"
          autoComplete="off"
          value={key}
          aria-invalid={isWrong}
          aria-describedby={`${id} wrong`}
          onChange={({ target }) => setKey(target.value)}
        />
      </div>
      {isWrong && (
        <p className={answerCss['answer']} id={`${id} wrong`} role="alert">
          <OctagonX className={signCss['stop']} size={22} aria-hidden />
          <span>{sayTried(tried, t)}</span>
        </p>
      )}
      <div className={buttonCss['buttons']}>
        <button type="submit" className={buttonCss['main']} disabled={tried === 'trying' || tried === 'admin' || key.trim() === ''}>
          <KeyRound size={20} aria-hidden />
          {t('setUp.button')}
        </button>
      </div>
    </form>
  );
}

/** Where there is something to look at for everybody: one button, until somebody wants it. */
export function FoldedAdminSignIn() {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  if (open) return <AdminSignIn />;
  return (
    <div className={buttonCss['buttons']}>
      <button type="button" className={buttonCss['button']} onClick={() => setOpen(true)}>
        <KeyRound size={20} aria-hidden />
        {t('setUp.button')}
      </button>
    </div>
  );
}
