/** Form fields: a word above, the field, a hint below. */
import { useId } from 'react';
import { takeFocus } from './take-focus.ts';

type FieldProps = {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly numeric?: boolean;
  readonly focus?: boolean;
  readonly list?: string;
  readonly onChange: (value: string) => void;
};

export function Field({ label, hint, value, numeric = false, focus = false, onChange }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        value={value}
        ref={focus ? takeFocus : null}
        inputMode={numeric ? 'decimal' : 'text'}
        spellCheck={false}
        maxLength={1000}
        aria-describedby={hint === undefined ? undefined : `${id}h`}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint !== undefined && (
        <span className="hint" id={`${id}h`}>
          {hint}
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
    <label className="tick">
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
    <fieldset className="field" style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
      <legend className="label" style={{ padding: 0, marginBottom: 4 }}>
        {label}
      </legend>
      <div className="choice">
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
