/** A text that somebody needs elsewhere, with a button that copies it. */
import { Check, Copy } from 'lucide-react';
import { useRef, useState } from 'react';
import welcomeCss from '../stations/setup/welcome.module.css';
import { useWords } from '../words/words.ts';
import buttonCss from './button.module.css';

/** `whole`: not only the last name of it, which leads nowhere. */
export function CopyBox({ path, whole = true }: { readonly path: string; readonly whole?: boolean }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const text = useRef<HTMLElement>(null);
  // A page over plain HTTP, or with the permission denied, may not use the clipboard: then the path is marked for Ctrl C.
  const mark = (): void => {
    if (text.current !== null) getSelection()?.selectAllChildren(text.current);
  };
  const copy = (): void => {
    if (!isSecureContext) mark();
    else void navigator.clipboard.writeText(path).then(() => setCopied(true), mark);
  };
  return (
    <div className={welcomeCss['pathBox']}>
      <code dir="ltr" ref={text}>
        {path}
      </code>
      {whole && (
        <button type="button" className={buttonCss['button']} onClick={copy}>
          {copied ? <Check size={20} aria-hidden /> : <Copy size={20} aria-hidden />}
          {t(copied ? 'welcome.copied' : 'welcome.copy')}
        </button>
      )}
    </div>
  );
}
