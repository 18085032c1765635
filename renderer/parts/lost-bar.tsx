/** Tells that the connection is lost, since when, and that it heals by itself. */
import { CloudOff } from 'lucide-react';
import { reconnect } from '../client.ts';
import { staleSince, useFloor } from '../floor/floor.ts';
import type { Route } from '../route.ts';
import { clock } from '../words/time.ts';
import { useWords } from '../words/words.ts';

export function LostBar({ route }: { readonly route: Route }) {
  const { t, language } = useWords();
  const lost = useFloor((floor) => floor.connection.kind === 'lost');
  const since = useFloor((floor) => staleSince(floor, route));
  const waiting = useFloor(({ wishes }) => wishes.filter(({ state }) => state.kind === 'waits').length);
  if (since === null) return null;
  const time = clock(since, language);
  return (
    <div className="lost-bar" role="status" data-testid={lost ? 'lost' : 'catching-up'}>
      <CloudOff className="sign attention" size={22} aria-hidden />
      <p>
        {t(lost ? 'connection.lost' : 'connection.catchingUp', { time })}
        {waiting > 0 && ` ${t('connection.waiting', { count: waiting })}.`}
      </p>
      {lost && (
        <button type="button" className="button" onClick={reconnect}>
          {t('connection.tryNow')}
        </button>
      )}
    </div>
  );
}
