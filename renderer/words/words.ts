/** The translation layer: which language is spoken, remembered for this screen, and how words are looked up. */
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Language } from '../../shared/words/say.ts';
import { keep, readKept } from '../kept.ts';
import { de } from './de.ts';
import { en, type Words } from './en.ts';

declare module 'i18next' {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface can be added to.
  interface CustomTypeOptions {
    resources: { translation: Words };
    returnNull: false;
  }
}

const keptAs = 'printfloor.language';

function firstLanguage(): Language {
  const kept = readKept('browser', keptAs);
  if (kept === 'en' || kept === 'de') return kept;
  return navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en';
}

export function startWords(): void {
  const language = firstLanguage();
  document.documentElement.lang = language;
  // React escapes what it shows; escaping here too would show "&amp;" in file names.
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, de: { translation: de } },
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
    // A word for something only a newer hub knows: its own name is shown.
    parseMissingKeyHandler: (key) => key.slice(key.lastIndexOf('.') + 1),
  });
}

export function speak(language: Language): void {
  keep('browser', keptAs, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}

/** The words and the language they are in. */
export function useWords() {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.language === 'de' ? 'de' : 'en';
  return { t, language };
}
export type Say = ReturnType<typeof useWords>['t'];
