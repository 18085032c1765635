/** What a setting says, in words: for its default, and for what somebody else has set it to. Pure. */
import { languageNames } from '../../../shared/words/form.ts';
import type { Say } from '../../words/words.ts';
import { type Form, type FormName, patternsIn } from './settings-form.ts';

export function valueWords(name: FormName, form: Form, t: Say): string {
  switch (name) {
    case 'shopName':
      return form.shopName === '' ? t('settings.none') : form.shopName;
    case 'timeZone':
      return form.timeZone;
    case 'language':
      return languageNames[form.language];
    case 'settleMs':
    case 'incompleteAfterMs':
      return t('settings.seconds', { seconds: form[name] });
    case 'askAfterHours':
      return t('settings.hours', { hours: form[name] });
    case 'namePatterns':
      return patternsIn(form.namePatterns).join(' · ') || t('settings.none');
    case 'xmlMapping':
      return form.xmlMapping.map(({ field, path }) => `${field} = ${path}`).join(' · ') || t('settings.none');
  }
}
