/** The top of the press screen: which press it is, whether what it shows is true now, the time, and the way out. */
import { CloudOff, LayoutList, Wifi } from 'lucide-react';
import { staleSince, useFloor } from '../../floor/floor.ts';
import { useNow } from '../../now.ts';
import buttonCss from '../../parts/button.module.css';
import signCss from '../../parts/sign.module.css';
import { SignOut } from '../../parts/sign-out.tsx';
import textCss from '../../parts/text.module.css';
import { overview, type Route, writeRoute } from '../../route.ts';
import { clock } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';
import pressCss from './press.module.css';

export function Top({ name, route }: { readonly name: string; readonly route: Route }) {
  const { t, language } = useWords();
  const connection = useFloor((state) => state.connection.kind);
  const since = useFloor((state) => staleSince(state, route));
  const recording = useFloor((state) => (state.health?.record ?? null) === null);
  const now = useNow();
  return (
    <header className={pressCss['top']}>
      <h1 className={textCss['cut']}>
        <bdi>{name}</bdi>
      </h1>
      <span className={pressCss['state']}>
        {connection === 'online' && since === null ? (
          <Wifi className={recording ? signCss['done'] : signCss['stop']} size={32} aria-hidden />
        ) : (
          <CloudOff className={signCss['attention']} size={32} aria-hidden />
        )}
        {since !== null
          ? t('connection.asOf', { time: clock(since, language) })
          : t(connection === 'online' ? 'connection.online' : 'connection.connecting')}
      </span>
      <time>{clock(now, language)}</time>
      <a className={buttonCss['plain']} href={writeRoute(overview())}>
        <LayoutList size={26} aria-hidden />
        {t('press.leave')}
      </a>
      <SignOut className={buttonCss['plain']} size={26} />
    </header>
  );
}
