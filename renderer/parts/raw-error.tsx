/** The machine's own words, folded away. */
import { ChevronRight } from 'lucide-react';
import { useWords } from '../words/words.ts';

export function RawError({ raw }: { readonly raw: string | null }) {
  const { t } = useWords();
  if (raw === null || raw === '') return null;
  return (
    <details className="raw">
      <summary>
        <ChevronRight size={16} aria-hidden />
        {t('trouble.raw')}
      </summary>
      <pre dir="ltr">{raw}</pre>
    </details>
  );
}
