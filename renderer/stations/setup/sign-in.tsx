/** Asks once for this screen's key, says where it is, and why the last one opens nothing. */
import { KeyRound, OctagonX } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { loopbackNames } from '../../../shared/loopback.ts';
import { useFloor } from '../../floor/floor.ts';
import icon from '../../icon.svg';
import { signIn } from '../../live.ts';
import { takeFocus } from '../../parts/take-focus.ts';
import { useWords } from '../../words/words.ts';

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
    <main className="sign-in">
      <form onSubmit={submit}>
        <p className="brand">
          <img src={icon} alt="" />
          <span>Printfloor</span>
        </p>
        <h1>{t('signIn.title')}</h1>
        <p>{t('signIn.lead')}</p>
        {(reason !== 'ended' || onHubComputer) && (
          <div className="where">
            {reason !== 'ended' && <p>{t('signIn.whereStation')}</p>}
            {onHubComputer && (
              <p className="soft">
                {t('signIn.whereAdmin')} <code>admin-token</code>.
              </p>
            )}
          </div>
        )}
        <label className="field">
          <span className="label">{t('signIn.label')}</span>
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
          <p className="wrong" id="wrong" role="alert">
            <OctagonX size={22} aria-hidden />
            <span>
              <b>{t(`signIn.${reason}`)}</b> {t(`signIn.${reason}Todo`)}
            </span>
          </p>
        )}
        <button type="submit" className="button main" disabled={reason === 'checking' || key.trim() === ''}>
          <KeyRound size={20} aria-hidden />
          {t(reason === 'checking' ? 'signIn.checking' : 'signIn.button')}
        </button>
      </form>
    </main>
  );
}
