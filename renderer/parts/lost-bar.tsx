/** Tells that the connection is lost, since when, and that it heals by itself. */
import { CloudOff } from 'lucide-react';
import { useState } from 'react';
import { reconnect } from '../client.ts';
import { staleSince, useFloor } from '../floor/floor.ts';
import type { Route } from '../route.ts';
import { useTold } from '../told.tsx';
import { clock } from '../words/time.ts';
import { useWords } from '../words/words.ts';
import barsCss from './bars.module.css';
import buttonCss from './button.module.css';
import signCss from './sign.module.css';
import { UnsentRows } from './unsent-bar.tsx';

type Props = { readonly route: Route; readonly size: number; readonly isShort: boolean };

export function LostBar({ route, size, isShort }: Props) {
  const { t, language } = useWords();
  const [open, setOpen] = useState(false);
  const told = useTold<HTMLParagraphElement>();
  const lost = useFloor((floor) => floor.connection.kind === 'lost');
  const since = useFloor((floor) => staleSince(floor, route));
  const all = useFloor((floor) => floor.wishes);
  const waiting = all.filter(({ state }) => state.kind === 'waits');
  if (since === null) return null;
  const time = clock(since, language);
  return (
    <div className={barsCss['bar']} data-testid={lost ? 'lost' : 'catching-up'}>
      <CloudOff className={signCss['attention']} size={size} aria-hidden />
      <p ref={told}>
        {t(lost ? (isShort ? 'connection.lostShort' : 'connection.lost') : 'connection.catchingUp', { time })}
        {waiting.length > 0 && ` ${t('connection.waiting', { count: waiting.length })}.`}
      </p>
      {isShort && waiting.length > 0 && (
        <button type="button" className={buttonCss['button']} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('wishes.single')}
        </button>
      )}
      {lost && (
        <button type="button" className={buttonCss['button']} onClick={reconnect}>
          {t('connection.tryNow')}
        </button>
      )}
      {isShort && open && waiting.length > 0 && <UnsentRows wishes={waiting} />}
    </div>
  );
}
