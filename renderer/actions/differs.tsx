/** A number that is another than was ordered is said before anything is done, with what may be done: by touch or by the number beside it. */
import buttonCss from '../parts/button.module.css';
import { ChoiceMark, choiceKey } from '../parts/choice-key.tsx';
import { SignMark } from '../parts/sign.tsx';
import css from './differs.module.css';

type Choice = { readonly label: string; readonly choose: () => void };

export function Differs({ words, choices }: { readonly words: string; readonly choices: readonly Choice[] }) {
  return (
    <>
      <p className={css['differs']} role="alert">
        <SignMark sign="attention" size={32} />
        <b>{words}</b>
      </p>
      <div className={`${buttonCss['buttons']} ${css['four']}`}>
        {choices.map(({ label, choose }, at) => (
          <button key={label} type="button" className={buttonCss['button']} {...choiceKey(at)} onClick={choose}>
            <ChoiceMark at={at} />
            {label}
          </button>
        ))}
      </div>
    </>
  );
}
