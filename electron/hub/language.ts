/** In which language the hub speaks where nobody asks for one. */
import '../../shared/words/all.ts';
import { type Language, languageIn } from '../../shared/words/say.ts';

/** That of this computer; English where it is none of ours. */
export function languageOfComputer(): Language {
  return languageIn(new Intl.DateTimeFormat().resolvedOptions().locale) ?? 'en';
}
