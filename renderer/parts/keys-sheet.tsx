/** The list of keys. */
import { actions } from '../actions/all.ts';
import { useWords } from '../words/words.ts';
import { SheetBox } from './sheet-box.tsx';

function Group({ title, keys }: { readonly title: string; readonly keys: readonly (readonly [string, string])[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>
        {keys.map(([key, what]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

export function Keys() {
  const { t } = useWords();
  return (
    <SheetBox label={t('keys.title')} className="keys-sheet">
      <div className="keys">
        <h2>{t('keys.title')}</h2>
        <Group
          title={t('keys.general')}
          keys={[
            ['Ctrl K', t('keys.palette')],
            ['?', t('keys.help')],
            ['/', t('keys.search')],
            ['1', t('keys.overview')],
            ['2', t('keys.folders')],
            ['Esc', t('keys.close')],
          ]}
        />
        <Group
          title={t('keys.list')}
          keys={[
            ['↑ ↓', t('keys.move')],
            ['Enter', t('keys.open')],
          ]}
        />
        <Group title={t('keys.job')} keys={actions.map((action) => [action.key.toUpperCase(), t(`action.${action.label}`)])} />
      </div>
    </SheetBox>
  );
}
