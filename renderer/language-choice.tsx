/** Which language this screen speaks: that of the shop, or one of its own. Each is named as it calls itself, so that who cannot read the others finds it. */
import { Languages } from 'lucide-react';
import { languageNames, languages } from '../shared/words/form.ts';
import frameCss from './frame.module.css';
import { speak, useChoice, useWords } from './words/words.ts';

export function LanguageChoice() {
  const { t } = useWords();
  const { own, shop } = useChoice();
  return (
    <label className={`${frameCss['item']} ${frameCss['choice']}`} title={t('app.languageHint')}>
      <Languages size={20} aria-hidden />
      <span aria-hidden lang={own ?? shop}>
        {languageNames[own ?? shop]}
      </span>
      <select
        aria-label={t('app.language')}
        value={own ?? ''}
        data-testid="language"
        onChange={({ target }) => speak(languages.find((language) => language === target.value) ?? null)}
      >
        <option value="">{t('app.languageOfShop', { name: languageNames[shop] })}</option>
        {languages.map((language) => (
          <option key={language} value={language} lang={language}>
            {languageNames[language]}
          </option>
        ))}
      </select>
    </label>
  );
}
