/** Asks once for this screen's key, says where it is, and why the last one opens nothing. */
import { KeyRound, OctagonX } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { loopbackNames } from '../../../shared/loopback.ts';
import { useFloor } from '../../floor/floor.ts';
import frameCss from '../../frame.module.css';
import icon from '../../icon.svg';
import { signIn } from '../../live.ts';
import buttonCss from '../../parts/button.module.css';
import fieldsCss from '../../parts/fields.module.css';
import { takeFocus } from '../../parts/take-focus.ts';
import textCss from '../../parts/text.module.css';
import { useWords } from '../../words/words.ts';
import css from './sign-in.module.css';

/** Only there is the file with the admin's key. */
const onHubComputer = loopbackNames.includes(location.hostname);

export function SignIn() {
  const { t } = useWords();
  const reason = useFloor((state) => (state.connection.kind === 'signedOut' ? state.connection.reason : 'noKey'));
  const [key, setKey] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (key.trim() === '') return;
    signIn(key.trim());
  };
  return (
    <main className={css['page']}>
      <form onSubmit={submit}>
        <p className={`${frameCss['brand']} ${css['brand']}`}>
          <img src={icon} alt="" />
          <span>Printfloor</span>
        </p>
        <h1>{t('signIn.title')}</h1>
        <p>{t('signIn.lead')}</p>
        {(reason !== 'ended' || onHubComputer) && (
          <div className={css['where']}>
            {reason !== 'ended' && <p>{t('signIn.whereStation')}</p>}
            {onHubComputer && (
              <p className={textCss['soft']}>
                {t('signIn.whereAdmin')} <code>admin-token</code>.
              </p>
            )}
          </div>
        )}
        <label className={fieldsCss['field']}>
          <span className={fieldsCss['label']}>{t('signIn.label')}</span>
          <input
            type="password"
            autoComplete="current-password"
            ref={takeFocus}
            value={key}
            onChange={(event) => setKey(event.target.value)}
            aria-describedby="wrong"
          />
        </label>
        {(reason === 'ended' || reason === 'unknown') && (
          <p className={css['wrong']} id="wrong" role="alert">
            <OctagonX size={22} aria-hidden />
            <span>
              <b>{t(`signIn.${reason}`)}</b> {t(`signIn.${reason}Todo`)}
            </span>
          </p>
        )}
        <button type="submit" className={buttonCss['main']} disabled={reason === 'checking' || key.trim() === ''}>
          <KeyRound size={20} aria-hidden />
          {t(reason === 'checking' ? 'signIn.checking' : 'signIn.button')}
        </button>
      </form>
    </main>
  );
}
