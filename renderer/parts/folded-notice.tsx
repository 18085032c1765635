/** What is wrong in one line, with its one button; all of it by one press. A list that is worked from is not pushed off the screen. */
import { ChevronDown, ChevronUp } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Sign } from '../../shared/status.ts';
import noticesCss from '../stations/office/notices.module.css';
import { useWords } from '../words/words.ts';
import buttonCss from './button.module.css';
import { Moment } from './job-words.tsx';
import { SignMark } from './sign.tsx';
import { takeFocus } from './take-focus.ts';
import textCss from './text.module.css';
import troubleCss from './trouble.module.css';

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
  // It stands elsewhere then: whoever pressed it goes on there.
  const [pressed, setPressed] = useState(false);
  const toggle = (
    <button
      type="button"
      className={open || button !== undefined ? buttonCss['plain'] : buttonCss['button']}
      aria-expanded={open}
      ref={pressed ? takeFocus : null}
      onClick={() => {
        setPressed(true);
        setOpen(!open);
      }}
    >
      {open ? <ChevronUp size={18} aria-hidden /> : <ChevronDown size={18} aria-hidden />}
      {open ? t('trouble.less') : (label ?? t('trouble.more'))}
    </button>
  );
  if (open)
    return (
      <div className={noticesCss['unfolded']}>
        {children}
        {toggle}
      </div>
    );
  return (
    <div className={`${troubleCss[sign]} ${troubleCss['folded']}`} data-part="trouble" data-testid="trouble">
      <SignMark sign={sign} size={22} />
      <p>
        <bdi className={troubleCss['what']}>{what}</bdi>
        {since !== null && (
          <span className={textCss['soft']}>
            {' '}
            <Moment at={since} telling={happened ? 'ago' : 'lasts'} />
          </span>
        )}
      </p>
      <div className={`${buttonCss['buttons']} ${troubleCss['doing']}`}>
        {toggle}
        {button}
      </div>
    </div>
  );
}
