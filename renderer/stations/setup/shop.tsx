/** The shop itself: whose clock all times are read and shown by, and what it speaks. */
import { type FormEvent, useEffect, useId, useState } from 'react';
import type { Problem, Settings } from '../../../shared/api.ts';
import { languageNames, languages } from '../../../shared/words/form.ts';
import { hub, problemOf } from '../../client.ts';
import { useFloor } from '../../floor/floor.ts';
import { askHealth } from '../../health.ts';
import { useNow } from '../../now.ts';
import { ProblemLine } from '../../parts/problem-line.tsx';
import { clockIn } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';
import { SaveLine } from './save-line.tsx';
import { SetupSection } from './setup-section.tsx';

/** All this browser knows, and the ones in use, which the hub may know alone. */
function zonesWith(...used: readonly string[]): readonly string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', ...used])].sort();
}

type Wish = Partial<Pick<Settings, 'timeZone' | 'language'>>;

export function Shop() {
  const { t, language } = useWords();
  const id = useId();
  const now = useNow();
  const online = useFloor((state) => state.connection.kind === 'online');
  const health = useFloor((state) => state.health);
  const [wish, setWish] = useState<Wish>({});
  const [said, setSaid] = useState<Problem | 'saved' | null>(null);
  // Somebody else changed it: what was chosen here before is not what is meant any more.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was chosen falls with what it was chosen against.
  useEffect(() => setWish({}), [health?.timeZone, health?.language]);
  const save = async (): Promise<void> => {
    try {
      await hub().settings.update(wish);
      await askHealth();
      setWish({});
      setSaid('saved');
    } catch (error) {
      setSaid(problemOf(error));
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (changed) void save();
  };
  const choose = (more: Wish): void => {
    setWish({ ...wish, ...more });
    setSaid(null);
  };
  const zone = wish.timeZone ?? health?.timeZone;
  const spoken = wish.language ?? health?.language;
  const changed = zone !== health?.timeZone || spoken !== health?.language;
  return (
    <SetupSection title={t('shop.title')} lead={t('shop.lead')}>
      <form className="card form" onSubmit={submit} data-testid="shop">
        {health === null || zone === undefined ? (
          <span className="shape" style={{ height: 56 }} role="status" aria-label={t('app.loading')} />
        ) : (
          <>
            <div className="field">
              <label className="label" htmlFor={id}>
                {t('shop.timeZone')}
              </label>
              <select id={id} value={zone} aria-describedby={`${id}h`} onChange={({ target }) => choose({ timeZone: target.value })}>
                {zonesWith(zone, health.timeZone).map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
              <span className="hint" id={`${id}h`}>
                {t('shop.timeThere', { time: clockIn(zone, now, language) })}
              </span>
            </div>
            <div className="field">
              <label className="label" htmlFor={`${id}l`}>
                {t('shop.language')}
              </label>
              <select
                id={`${id}l`}
                value={spoken}
                aria-describedby={`${id}lh`}
                onChange={({ target }) => choose({ language: languages.find((one) => one === target.value) ?? 'en' })}
              >
                {languages.map((one) => (
                  <option key={one} value={one} lang={one}>
                    {languageNames[one]}
                  </option>
                ))}
              </select>
              <span className="hint" id={`${id}lh`}>
                {t('shop.languageHint')}
              </span>
            </div>
          </>
        )}
        {said !== null && said !== 'saved' && <ProblemLine problem={said} />}
        <SaveLine changed={changed} allowed={online} saved={said === 'saved'} />
      </form>
    </SetupSection>
  );
}
