/** A refusal in plain words: in those of the screen where the hub named its reason, else in its own. */
import type { Problem } from '../../shared/api.ts';
import { useWords } from '../words/words.ts';
import answerCss from './answer.module.css';
import { RawError } from './raw-error.tsx';
import { reasonWords } from './trouble.tsx';

export function ProblemLine({ problem }: { readonly problem: Problem }) {
  const { t, language } = useWords();
  const { code, message, whatToDo, reasonCode = null, raw = null } = problem;
  const words = reasonWords(reasonCode, language) ?? { what: message, todo: whatToDo };
  return (
    <div className={answerCss['refused']} data-part="answer" role="alert">
      {code === 'OFFLINE' ? (
        <p>{`${t('connection.offlineProblem')} ${t('connection.offlineTodo')}`}</p>
      ) : (
        <>
          <p>
            <b>{words.what}</b> {words.todo}
          </p>
          <RawError raw={raw} />
        </>
      )}
    </div>
  );
}
