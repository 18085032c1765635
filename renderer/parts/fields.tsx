/** Form fields: a word above, the field, a hint below. What is wrong with it stands there too, and is never replaced in silence. */
import { useId } from 'react';
import { amount } from '../words/time.ts';
import { useWords } from '../words/words.ts';
import css from './fields.module.css';
import { takeFocus } from './take-focus.ts';

/** Not negative, with a decimal point or comma; null where it is none, or where nothing is written. */
export function numberIn(text: string): number | null {
  const written = text.trim().replace(',', '.');
  return /^\d{1,9}(?:\.\d{1,6})?$/.test(written) ? Number(written) : null;
}

/** Something is written, and it is no number. */
export function isNoNumber(text: string): boolean {
  return text.trim() !== '' && numberIn(text) === null;
}

export type Between = { readonly least: number; readonly most: number };

/** It is a number, and none that may be. */
export function isOutside(text: string, { least, most }: Between): boolean {
  const number = numberIn(text);
  return number !== null && (number < least || number > most);
}

type FieldProps = {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly numeric?: boolean;
  /** Of a number: what is under or over it is told as wrong. */
  readonly between?: Between;
  readonly focus?: boolean;
  readonly list?: string;
  readonly onChange: (value: string) => void;
};

export function Field({ label, hint, value, numeric = false, between, focus = false, onChange }: FieldProps) {
  const { t, language } = useWords();
  const id = useId();
  const outside = between !== undefined && isOutside(value, between) ? between : null;
  const wrong = (numeric && isNoNumber(value)) || outside !== null;
  const said = (number: number): string => amount(number, language);
  const fault = outside === null ? t('folders.noNumber') : t('settings.outside', { least: said(outside.least), most: said(outside.most) });
  const below = wrong ? fault : hint;
  return (
    <div className={css['field']}>
      <label className={css['label']} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        value={value}
        ref={focus ? takeFocus : null}
        inputMode={numeric ? 'decimal' : 'text'}
        spellCheck={false}
        maxLength={1000}
        aria-invalid={wrong}
        aria-describedby={below === undefined ? undefined : `${id}h`}
        onChange={(event) => onChange(event.target.value)}
      />
      {below !== undefined && (
        <span className={wrong ? css['wrong'] : css['hint']} id={`${id}h`}>
          {below}
        </span>
      )}
    </div>
  );
}

export function TickField({
  label,
  on,
  onChange,
}: {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  return (
    <label className={css['tick']}>
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}

export function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
}) {
  const id = useId();
  return (
    <fieldset className={css['field']} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
      <legend className={css['label']}>{label}</legend>
      <div className={css['choice']}>
        {options.map(([option, words]) => (
          <label key={option}>
            <input type="radio" name={id} checked={option === value} onChange={() => onChange(option)} />
            {words}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
