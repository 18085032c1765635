/**
 * The page could not be loaded whole: the hub went away meanwhile, or has another page by now. It says so with no word and no part of what is missing, and begins
 * anew once the hub answers; never before, since a browser that finds nobody shows a page of its own, and stays there.
 */
import { type Language, languageIn } from '../shared/words/form.ts';
import css from './parts/empty.module.css';

/** Here and not in the tables, which are among what could not be loaded. */
const words: Readonly<Record<Language, readonly [what: string, todo: string]>> = {
  en: ['Printfloor could not be loaded whole.', 'It is tried again by itself as soon as the hub answers. What was recorded stands.'],
  de: [
    'Printfloor ließ sich nicht ganz laden.',
    'Es wird von selbst wieder versucht, sobald der Hub antwortet. Was festgehalten wurde, bleibt.',
  ],
  fr: ["Printfloor n'a pas pu être chargé en entier.", 'Nouvel essai automatique dès que le hub répond. Ce qui est enregistré le reste.'],
  es: [
    'Printfloor no se pudo cargar entero.',
    'Se vuelve a intentar por sí solo en cuanto responda el hub. Lo que quedó registrado sigue ahí.',
  ],
};
const askEveryMs = 5_000;

function told(tag: 'h1' | 'p', text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

export function sayNotLoaded(): void {
  const language = languageIn(navigator.languages.join(',')) ?? 'en';
  const place = document.createElement('main');
  place.className = css['empty'] ?? '';
  place.setAttribute('role', 'alert');
  place.dataset['testid'] = 'not-loaded';
  place.append(...words[language].map((text, at) => told(at === 0 ? 'h1' : 'p', text)));
  document.documentElement.lang = language;
  document.getElementById('root')?.replaceChildren(place);
  setInterval(() => {
    fetch('./', { cache: 'no-store' }).then(
      ({ ok }) => ok && location.reload(),
      () => undefined,
    );
  }, askEveryMs);
}
