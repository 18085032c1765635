/** Big keys for a number, for gloves: they write into whichever field has the keyboard. */
import { Delete } from 'lucide-react';
import type { PointerEvent } from 'react';
import buttonCss from '../parts/button.module.css';
import { useWords } from '../words/words.ts';
import countCss from './count.module.css';

/** A finger on a key does not take the keyboard from the field. */
function stay(event: PointerEvent): void {
  event.preventDefault();
}

type Props = { readonly press: (digit: string) => void; readonly erase: () => void };

export function CountPad({ press, erase }: Props) {
  const { t } = useWords();
  const digit = (one: string) => (
    <button key={one} type="button" className={buttonCss['button']} data-digit={one} onPointerDown={stay} onClick={() => press(one)}>
      {one}
    </button>
  );
  return (
    <div className={countCss['numberPad']}>
      {['1', '2', '3', '4', '5'].map(digit)}
      <button
        type="button"
        className={buttonCss['button']}
        data-digit="erase"
        aria-label={t('action.erase')}
        onPointerDown={stay}
        onClick={erase}
      >
        <Delete size={28} aria-hidden />
      </button>
      {['6', '7', '8', '9', '0'].map(digit)}
    </div>
  );
}
