/** The work calendar, row by row: the days of the week with their hours, and the days on which the shop is closed all the same. */
import { Copy, Plus, Trash2 } from 'lucide-react';
import { useId } from 'react';
import { say } from '../../../shared/words/say.ts';
import { mostClosedDays, type Weekday, weekdays } from '../../../shared/work-calendar.ts';
import buttonCss from '../../parts/button.module.css';
import fieldsCss from '../../parts/fields.module.css';
import { IconButton } from '../../parts/icon-button.tsx';
import { useWords } from '../../words/words.ts';
import css from './calendar.module.css';
import {
  type CalendarForm,
  type ClosedForm,
  type DayForm,
  dayFaultWords,
  mondayToFriday,
  openKinds,
  tidyDay,
  tidyTime,
  withKind,
} from './calendar-form.ts';

type Props = {
  readonly id: string;
  readonly about: string;
  readonly form: CalendarForm;
  readonly change: (form: CalendarForm) => void;
};

function DayRow({ weekday, form, about, change }: Omit<Props, 'id'> & { readonly weekday: Weekday }) {
  const { t, language } = useWords();
  const day = form.days[weekday];
  const name = say(language, `calendar.${weekday}`);
  const set = (part: Partial<DayForm>): void => change({ ...form, days: { ...form.days, [weekday]: { ...day, ...part } } });
  const group = useId();
  const fault = dayFaultWords(form, weekday, t, language);
  return (
    <li data-day={weekday}>
      <span id={group}>{name}</span>
      <select
        value={day.kind}
        aria-labelledby={group}
        aria-describedby={about}
        onChange={({ target }) => change(withKind(form, weekday, openKinds.find((kind) => kind === target.value) ?? 'allDay'))}
      >
        {openKinds.map((kind) => (
          <option key={kind} value={kind}>
            {t(`settings.open.${kind}`)}
          </option>
        ))}
      </select>
      {day.kind === 'hours' && (
        <span className={css['hours']}>
          {(['from', 'to'] as const).map((end) => (
            <input
              key={end}
              value={day[end]}
              maxLength={10}
              inputMode="numeric"
              placeholder="08:00"
              aria-invalid={fault !== null}
              aria-label={`${name}, ${t(`settings.open.${end}`)}`}
              aria-describedby={about}
              onChange={({ target }) => set({ [end]: target.value })}
              onBlur={() => day[end] !== tidyTime(day[end]) && set({ [end]: tidyTime(day[end]) })}
            />
          ))}
        </span>
      )}
      {fault !== null && <p className={`${fieldsCss['wrong']} ${css['fault']}`}>{fault}</p>}
    </li>
  );
}

function ClosedDays({ about, form, change, id }: Props) {
  const { t } = useWords();
  const setRows = (closed: readonly ClosedForm[]): void => change({ ...form, closed });
  return (
    <div className={css['closed']} data-testid="closed-days">
      <span className={fieldsCss['label']}>{t('settings.closedDays')}</span>
      {form.closed.length > 0 && (
        <ul>
          {form.closed.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row being typed has no identity but its place.
            <li key={at}>
              <input
                value={row.day}
                maxLength={12}
                placeholder="2026-12-25"
                aria-label={t('settings.closedDay')}
                aria-describedby={about}
                onChange={({ target }) => setRows(form.closed.with(at, { ...row, day: target.value }))}
                onBlur={() => row.day !== tidyDay(row.day) && setRows(form.closed.with(at, { ...row, day: tidyDay(row.day) }))}
              />
              <input
                value={row.name}
                maxLength={60}
                aria-label={t('settings.closedName')}
                placeholder={t('settings.closedName')}
                onChange={({ target }) => setRows(form.closed.with(at, { ...row, name: target.value }))}
              />
              <IconButton
                icon={Trash2}
                label={t('settings.removeDay', { day: row.day === '' ? String(at + 1) : row.day })}
                onClick={() => setRows(form.closed.toSpliced(at, 1))}
              />
            </li>
          ))}
        </ul>
      )}
      <button
        id={id}
        type="button"
        className={buttonCss['button']}
        disabled={form.closed.length >= mostClosedDays}
        onClick={() => setRows([...form.closed, { day: '', name: '' }])}
      >
        <Plus size={20} aria-hidden />
        {t('settings.addDay')}
      </button>
    </div>
  );
}

export function CalendarRows(props: Props) {
  const { t } = useWords();
  const { form, change, about } = props;
  return (
    <div className={css['calendar']}>
      <ul className={css['week']}>
        {weekdays.map((weekday) => (
          <DayRow key={weekday} weekday={weekday} form={form} about={about} change={change} />
        ))}
      </ul>
      <button type="button" className={buttonCss['button']} onClick={() => change(mondayToFriday(form))}>
        <Copy size={20} aria-hidden />
        {t('settings.likeMonday')}
      </button>
      <ClosedDays {...props} />
    </div>
  );
}
