/** What is wrong in one line, with its one button; all of it by one press. A list that is worked from is not pushed off the screen. */
import { ChevronDown, ChevronUp } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Sign } from '../../shared/status.ts';
import { useWords } from '../words/words.ts';
import { Moment } from './job-words.tsx';
import { SignMark } from './sign.tsx';

type Props = {
  readonly sign: Extract<Sign, 'stop' | 'attention'>;
  readonly what: ReactNode;
  readonly since?: string | null;
  readonly happened?: boolean;
  /** The one right button. */
  readonly button?: ReactNode;
  /** What it says to be pressed; left out: that it says more. */
  readonly label?: string;
  readonly children: ReactNode;
};

export function FoldedNotice({ sign, what, since = null, happened = false, button, label, children }: Props) {
  const { t } = useWords();
  const [open, setOpen] = useState(false);
  const toggle = (
    <button
      type="button"
      className={`button${open || button !== undefined ? ' plain' : ''}`}
      aria-expanded={open}
      onClick={() => setOpen(!open)}
    >
      {open ? <ChevronUp size={18} aria-hidden /> : <ChevronDown size={18} aria-hidden />}
      {open ? t('trouble.less') : (label ?? t('trouble.more'))}
    </button>
  );
  if (open)
    return (
      <div className="unfolded">
        {children}
        {toggle}
      </div>
    );
  return (
    <div className={`trouble folded ${sign}`} data-testid="trouble">
      <SignMark sign={sign} size={22} />
      <p>
        <bdi className="what">{what}</bdi>
        {since !== null && (
          <span className="soft">
            {' '}
            <Moment at={since} lasts={!happened} />
          </span>
        )}
      </p>
      <div className="buttons">
        {toggle}
        {button}
      </div>
    </div>
  );
}
