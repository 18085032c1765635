/** A file name tried against the patterns as they are typed, before anything is saved. */
import { type DragEvent, useId, useState } from 'react';
import fieldsCss from '../../parts/fields.module.css';
import { SignMark } from '../../parts/sign.tsx';
import { useWords } from '../../words/words.ts';
import { useInSight } from './in-sight.ts';
import settingsCss from './settings.module.css';
import { type Reading, readingsOf } from './settings-form.ts';

function Parts({ name }: Pick<Reading, 'name'>) {
  const { t } = useWords();
  const { letter, order, job, rest } = name;
  return (
    <dl className={settingsCss['triedParts']}>
      {(
        [
          ['letter', letter ?? '–'],
          ['order', order],
          ['job', job],
          ['rest', rest === '' ? '–' : rest],
        ] as const
      ).map(([part, value]) => (
        <div key={part}>
          <dt>{t(`settings.part.${part}`)}</dt>
          <dd data-part={part}>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function TryName({ patterns }: { readonly patterns: readonly string[] }) {
  const { t } = useWords();
  const id = useId();
  const [name, setName] = useState('');
  const { first, others } = readingsOf(name.trim(), patterns);
  const told = useInSight<HTMLDivElement>(name);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    const file = event.dataTransfer.files[0];
    if (file !== undefined) setName(file.name);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's way; the field and the buttons are everybody's.
    <div className={settingsCss['tryOut']} data-testid="try-name" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <div className={fieldsCss['field']}>
        <label className={fieldsCss['label']} htmlFor={id}>
          {t('settings.tryName')}
        </label>
        <input
          id={id}
          value={name}
          spellCheck={false}
          maxLength={255}
          placeholder="1001-2 Flyer.pdf"
          aria-describedby={`${id}a`}
          onChange={({ target }) => setName(target.value)}
        />
      </div>
      <div id={`${id}a`} role="status" ref={told}>
        {name.trim() === '' ? (
          <p className={fieldsCss['hint']}>{t('settings.tryNameHint')}</p>
        ) : first === null ? (
          <p>
            <SignMark sign="attention" size={18} /> {t('settings.saysNothing')}
          </p>
        ) : (
          <>
            <Parts name={first.name} />
            <p className={fieldsCss['hint']}>{t('settings.byPattern', { pattern: first.pattern })}</p>
            {others.map(({ pattern, name: other }) => (
              <p key={pattern} data-testid="disagrees">
                <SignMark sign="attention" size={18} /> {t('settings.disagrees', { pattern, order: other.order, job: other.job })}
              </p>
            ))}
          </>
        )}
      </div>
    </div>
  );
}
