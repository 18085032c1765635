/** The list of keys. */
import { actions } from '../actions/all.ts';
import { chordWords } from '../input/key-words.ts';
import { useWords } from '../words/words.ts';
import css from './keys-sheet.module.css';
import { SheetBox } from './sheet-box.tsx';
import textCss from './text.module.css';

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
    <SheetBox label={t('keys.title')} className={css['sheet']}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and who has no mouse must reach its end. */}
      <div className={css['keys']} tabIndex={0}>
        <h2>{t('keys.title')}</h2>
        <Group
          title={t('keys.general')}
          keys={[
            [`${t('keys.control')} K`, t('keys.palette')],
            ['F1', t('keys.help')],
            [chordWords('s'), t('keys.search')],
            [chordWords('1'), t('keys.overview')],
            [chordWords('2'), t('keys.folders')],
            [chordWords('3'), t('guide.title')],
            ['Esc', t('keys.close')],
          ]}
        />
        <Group
          title={t('keys.list')}
          keys={[
            ['↑ ↓', t('keys.move')],
            [t('keys.enter'), t('keys.open')],
          ]}
        />
        <Group title={t('keys.job')} keys={actions.map((action) => [chordWords(action.key), t(`action.${action.label}`)])} />
        <Group title={t('keys.question')} keys={[['1 – 9', t('keys.choose')]]} />
        <p className={textCss['soft']}>{t('keys.scan')}</p>
      </div>
    </SheetBox>
  );
}
