/** A person has paused a hot folder: what that holds up, and the way to go on for those who may. */
import { Play } from 'lucide-react';
import { useState } from 'react';
import type { Problem } from '../../shared/api.ts';
import type { HotFolder } from '../../shared/hot-folder.ts';
import { hub, problemOf } from '../client.ts';
import { useMaySetUp } from '../rights.ts';
import { actorWords } from '../words/actor.ts';
import { useWords } from '../words/words.ts';
import answerCss from './answer.module.css';
import buttonCss from './button.module.css';
import { Moment } from './job-words.tsx';
import { ProblemLine } from './problem-line.tsx';
import { SignMark } from './sign.tsx';

/** `named`: where the screen is not about this folder alone. */
type Props = { readonly folder: HotFolder; readonly size?: number; readonly named?: boolean };

export function PausedLine({ folder, size = 22, named = false }: Props) {
  const { t } = useWords();
  const maySetUp = useMaySetUp();
  const [problem, setProblem] = useState<Problem | null>(null);
  const goOn = async (): Promise<void> => {
    setProblem(null);
    try {
      await hub().hotFolders.update({ id: folder.id, paused: false });
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <div className={answerCss['paused']} data-part="answer" data-testid="paused">
      <SignMark sign="attention" size={size} />
      <p>
        <b>
          <bdi>{named ? t('press.pausedNamed', { name: folder.name }) : t('press.paused')}</bdi>
        </b>{' '}
        {folder.pausedBy != null && (
          <>
            <bdi>{t('press.pausedBy', { who: actorWords(folder.pausedBy.actor, t) })}</bdi> <Moment at={folder.pausedBy.at} telling="ago" />
            .{' '}
          </>
        )}
        {t(maySetUp ? 'press.pausedTodo' : 'press.pausedAdmin')}
      </p>
      {maySetUp && (
        <button type="button" className={buttonCss['button']} onClick={() => void goOn()}>
          <Play size={size} aria-hidden />
          {t('folders.resume')}
        </button>
      )}
      {problem !== null && <ProblemLine problem={problem} />}
    </div>
  );
}
