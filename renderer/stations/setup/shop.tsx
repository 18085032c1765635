/** The shop itself: whose clock all times are read and shown by. */
import { type FormEvent, useEffect, useId, useState } from 'react';
import type { Problem } from '../../../shared/api.ts';
import { hub, problemOf } from '../../client.ts';
import { askHealth } from '../../health.ts';
import { useNow } from '../../now.ts';
import { ProblemLine } from '../../parts/problem-line.tsx';
import { useFloor } from '../../store.ts';
import { clockIn } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';
import { SaveLine } from './save-line.tsx';
import { SetupSection } from './setup-section.tsx';

/** All this browser knows, and the ones in use, which the hub may know alone. */
function zonesWith(...used: readonly string[]): readonly string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', ...used])].sort();
}

export function Shop() {
  const { t, language } = useWords();
  const id = useId();
  const now = useNow();
  const online = useFloor((state) => state.connection.kind === 'online');
  const saved = useFloor((state) => state.health?.timeZone ?? null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [said, setSaid] = useState<Problem | 'saved' | null>(null);
  // Somebody else changed it: what was chosen here before is not what is meant any more.
  useEffect(() => {
    if (saved !== null) setChosen(null);
  }, [saved]);
  const zone = chosen ?? saved;
  const save = async (timeZone: string): Promise<void> => {
    try {
      await hub().settings.update({ timeZone });
      await askHealth();
      setChosen(null);
      setSaid('saved');
    } catch (error) {
      setSaid(problemOf(error));
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (chosen !== null) void save(chosen);
  };
  return (
    <SetupSection title={t('shop.title')} lead={t('shop.lead')}>
      <form className="card form" onSubmit={submit} data-testid="shop">
        {zone === null ? (
          <span className="shape" style={{ height: 56 }} role="status" aria-label={t('app.loading')} />
        ) : (
          <div className="field">
            <label className="label" htmlFor={id}>
              {t('shop.timeZone')}
            </label>
            <select
              id={id}
              value={zone}
              aria-describedby={`${id}h`}
              onChange={(event) => {
                setChosen(event.target.value);
                setSaid(null);
              }}
            >
              {zonesWith(zone, ...(saved === null ? [] : [saved])).map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
            <span className="hint" id={`${id}h`}>
              {t('shop.timeThere', { time: clockIn(zone, now, language) })}
            </span>
          </div>
        )}
        {said !== null && said !== 'saved' && <ProblemLine problem={said} />}
        <SaveLine changed={chosen !== null && chosen !== saved} allowed={online} saved={said === 'saved'} />
      </form>
    </SetupSection>
  );
}
