/** Tells that the connection is lost, since when, and that it heals by itself. */
import { CloudOff } from 'lucide-react';
import { reconnect } from '../client.ts';
import { useFloor } from '../store.ts';
import { clock } from '../words/time.ts';
import { useWords } from '../words/words.ts';

export function LostBar() {
  const { t, language } = useWords();
  const connection = useFloor((floor) => floor.connection);
  const waiting = useFloor((floor) => floor.intentions.length);
  if (connection.kind !== 'lost') return null;
  return (
    <div className="lost-bar" role="status" data-testid="lost">
      <CloudOff className="sign attention" size={22} aria-hidden />
      <p>
        {t('connection.lost', { time: clock(connection.since, language) })}
        {waiting > 0 && ` ${t('connection.waiting', { count: waiting })}.`}
      </p>
      <button type="button" className="button" onClick={reconnect}>
        {t('connection.tryNow')}
      </button>
    </div>
  );
}
