/** A due day tried against the calendar as it is typed, before anything is saved: by when a job must be ready that is due then. */
import { type ReactNode, useId, useState } from 'react';
import { endOfDay, instantOf, isTimeZone, isWallTime } from '../../../shared/shop-time.ts';
import { readDay, shopHours, type WorkCalendar } from '../../../shared/work-calendar.ts';
import fieldsCss from '../../parts/fields.module.css';
import { SignMark } from '../../parts/sign.tsx';
import { exact } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';
import css from './calendar.module.css';
import { tidyDay, tidyTime } from './calendar-form.ts';
import { useInSight } from './in-sight.ts';
import settingsCss from './settings.module.css';

/** Epoch ms; without a time the end of that day, as a ticket means it. What is typed, where it is no date or no time. */
function momentOf(day: string, time: string, timeZone: string): number | { readonly none: 'day' | 'time' } {
  const date = readDay(tidyDay(day));
  if (date === null) return { none: 'day' };
  if (time.trim() === '') return endOfDay(date, timeZone);
  const [hour = Number.NaN, minute = Number.NaN] = tidyTime(time).split(':').map(Number);
  const wall = { ...date, hour, minute, second: 0, ms: 0 };
  return isWallTime(wall) ? instantOf(wall, timeZone) : { none: 'time' };
}

type Props = { readonly calendar: WorkCalendar; readonly timeZone: string; readonly isFaulty: boolean };

export function TryDue({ calendar, timeZone, isFaulty }: Props) {
  const { t, language } = useWords();
  const id = useId();
  const [day, setDay] = useState('');
  const [time, setTime] = useState('');
  const told = useInSight<HTMLDivElement>(`${day} ${time}`);
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  const due = momentOf(day, time, zone);
  const hint = isFaulty ? t('settings.correctFirst') : day.trim() === '' ? t('settings.tryDueHint') : null;
  const outcome = (): ReactNode => {
    if (hint !== null) return <p className={fieldsCss['hint']}>{hint}</p>;
    if (typeof due !== 'number')
      return <p className={fieldsCss['wrong']}>{t(due.none === 'day' ? 'settings.noDay' : 'settings.noTime')}</p>;
    const ready = shopHours(calendar, zone).readyBy(due);
    return (
      <p data-part="ready">
        <SignMark sign={ready === due ? 'done' : 'wait'} size={18} />{' '}
        {ready === due ? t('settings.openThen') : t('settings.readyBy', { ready: exact(ready, language, ready % 60_000 === 59_999, zone) })}
      </p>
    );
  };
  return (
    <div className={settingsCss['tryOut']} data-testid="try-due">
      <div className={css['tried']}>
        <div className={fieldsCss['field']}>
          <label className={fieldsCss['label']} htmlFor={id}>
            {t('settings.tryDue')}
          </label>
          <input
            id={id}
            value={day}
            maxLength={12}
            spellCheck={false}
            placeholder="2026-12-25"
            aria-describedby={`${id}a`}
            onChange={({ target }) => setDay(target.value)}
          />
        </div>
        <div className={fieldsCss['field']}>
          <label className={fieldsCss['label']} htmlFor={`${id}t`}>
            {t('settings.tryDueTime')}
          </label>
          <input
            id={`${id}t`}
            value={time}
            maxLength={10}
            inputMode="numeric"
            placeholder="18:00"
            aria-describedby={`${id}a`}
            onChange={({ target }) => setTime(target.value)}
          />
        </div>
      </div>
      <div id={`${id}a`} role="status" ref={told}>
        {outcome()}
      </div>
    </div>
  );
}
