/** The XML mapping, row by row: which field of a ticket stands where in the file. */
import { Plus, Trash2 } from 'lucide-react';
import { ticketFields } from '../../../shared/ticket.ts';
import buttonCss from '../../parts/button.module.css';
import { IconButton } from '../../parts/icon-button.tsx';
import { useWords } from '../../words/words.ts';
import settingsCss from './settings.module.css';
import type { MappingRow } from './settings-form.ts';

type Props = {
  readonly id: string;
  readonly about: string;
  readonly rows: readonly MappingRow[];
  readonly change: (rows: readonly MappingRow[]) => void;
};

export function MappingRows({ id, about, rows, change }: Props) {
  const { t } = useWords();
  const free = ['order', 'jobs', ...ticketFields].find((field) => rows.every((row) => row.field !== field)) ?? 'attributes.';
  return (
    <div className={settingsCss['mapping']}>
      {rows.length > 0 && (
        <ul>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row being typed has no identity but its place.
            <li key={at}>
              <input
                list={`${id}l`}
                value={row.field}
                maxLength={110}
                spellCheck={false}
                aria-label={t('settings.mapField')}
                aria-describedby={about}
                onChange={({ target }) => change(rows.with(at, { ...row, field: target.value }))}
              />
              <input
                value={row.path}
                maxLength={200}
                spellCheck={false}
                placeholder="Order/Item/@id"
                aria-label={t('settings.mapPath')}
                aria-describedby={about}
                onChange={({ target }) => change(rows.with(at, { ...row, path: target.value }))}
              />
              <IconButton icon={Trash2} label={t('folders.remove')} onClick={() => change(rows.toSpliced(at, 1))} />
            </li>
          ))}
        </ul>
      )}
      <datalist id={`${id}l`}>
        {['jobs', ...ticketFields, 'attributes.'].map((field) => (
          <option key={field}>{field}</option>
        ))}
      </datalist>
      <button id={id} type="button" className={buttonCss['button']} onClick={() => change([...rows, { field: free, path: '' }])}>
        <Plus size={20} aria-hidden />
        {t('settings.addRow')}
      </button>
    </div>
  );
}
