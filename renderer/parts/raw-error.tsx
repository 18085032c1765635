/** What was found, in the words of this screen where they are ours, else in those of the machine; folded away. */
import { ChevronRight } from 'lucide-react';
import { foundIn } from '../../shared/words/recall.ts';
import { useWords } from '../words/words.ts';
import css from './raw-error.module.css';

export function RawError({ raw }: { readonly raw: string | null }) {
  const { t, language } = useWords();
  if (raw === null || raw === '') return null;
  return (
    <details className={css['raw']}>
      <summary>
        <ChevronRight size={16} aria-hidden />
        {t('trouble.raw')}
      </summary>
      <pre dir="ltr">{foundIn(language, raw)}</pre>
    </details>
  );
}
