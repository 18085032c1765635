/** How many more there are, which opens them in place, and closes them again. */
import { ChevronDown, ChevronUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWords } from '../words/words.ts';
import buttonCss from './button.module.css';
import css from './more-button.module.css';

type Props = {
  readonly open: boolean;
  readonly toggle: () => void;
  /** How many of what. */
  readonly label: string;
  /** The first of them, so that what is folded away is known without being opened. */
  readonly first?: ReactNode;
  readonly size?: number;
};

export function MoreButton({ open, toggle, label, first, size = 20 }: Props) {
  const { t } = useWords();
  return (
    <button type="button" className={`${buttonCss['button']} ${css['more']}`} data-part="more" aria-expanded={open} onClick={toggle}>
      {open ? <ChevronUp size={size} aria-hidden /> : <ChevronDown size={size} aria-hidden />}
      {open ? (
        t('trouble.less')
      ) : (
        <span>
          <b>{label}</b>
          {first !== undefined && <>: {first}</>}
        </span>
      )}
    </button>
  );
}
