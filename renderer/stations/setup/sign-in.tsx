/** Asks once for this floor's key and says where it is. */
import { KeyRound, OctagonX } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import icon from '../../icon.svg';
import { signIn } from '../../live.ts';
import { takeFocus } from '../../parts/take-focus.ts';
import { useFloor } from '../../store.ts';
import { useWords } from '../../words/words.ts';

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
        <div className="where">
          <p>
            {t('signIn.where')} <code>admin-token</code>.
          </p>
          <p className="soft">{t('signIn.whereStation')}</p>
        </div>
        <label className="field">
          <span className="label">{t('signIn.label')}</span>
          <input
            type="password"
            autoComplete="off"
            ref={takeFocus}
            value={key}
            onChange={(event) => setKey(event.target.value)}
            aria-describedby="wrong"
          />
        </label>
        {reason === 'refused' && (
          <p className="wrong" id="wrong" role="alert">
            <OctagonX size={22} aria-hidden />
            <span>
              <b>{t('signIn.wrong')}</b> {t('signIn.wrongTodo')}
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
