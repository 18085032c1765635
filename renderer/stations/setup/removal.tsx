/** Asks before a hot folder is removed, and says first what that comes to: for what waits, for what lies there, for the rules. */
import { useEffect, useState } from 'react';
import type { HotFolder } from '../../../shared/hot-folder.ts';
import { hub, problemOf } from '../../client.ts';
import askCss from '../../parts/ask.module.css';
import buttonCss from '../../parts/button.module.css';
import { useWords } from '../../words/words.ts';
import css from './removal.module.css';

type Props = { readonly folder: HotFolder; readonly done: (said: string | null) => void };

/** How many rules lead there; null until that is known. */
function useRulesTo(id: number): number | null {
  const [count, setCount] = useState<number | null>(null);
  useEffect(() => {
    hub()
      .rules.list()
      .then(
        ({ items }) => setCount(items.filter((rule) => rule.hotFolderId === id).length),
        () => undefined,
      );
  }, [id]);
  return count;
}

export function Removal({ folder, done }: Props) {
  const { t } = useWords();
  const rules = useRulesTo(folder.id);
  const { queued, lying } = folder;
  const remove = async (): Promise<void> => {
    try {
      await hub().hotFolders.remove({ id: folder.id });
      done(null);
    } catch (error) {
      const problem = problemOf(error);
      done(problem.code === 'OFFLINE' ? t('connection.offlineProblem') : `${problem.message} ${problem.whatToDo}`);
    }
  };
  return (
    <section className={askCss['ask']} data-testid="removal">
      <h4>
        <bdi>{t('folders.removeSure', { name: folder.name })}</bdi>
      </h4>
      <ul className={css['list']}>
        {queued > 0 && <li>{t('folders.removal.waits', { count: queued })}</li>}
        {lying > 0 && <li>{t(folder.state === 'trouble' ? 'folders.removal.unseen' : 'folders.removal.lies', { count: lying })}</li>}
        {rules !== null && rules > 0 && <li>{t('folders.removal.rules', { count: rules })}</li>}
        {queued + lying === 0 && rules === 0 && <li>{t('folders.removal.nothing')}</li>}
        <li>{t('folders.removal.stays')}</li>
      </ul>
      <div className={buttonCss['buttons']}>
        <button type="button" className={buttonCss['button']} onClick={() => void remove()}>
          {t('folders.removeYes')}
        </button>
        <button type="button" data-escape="leave" className={buttonCss['button']} onClick={() => done(null)}>
          {t('folders.keep')}
        </button>
      </div>
    </section>
  );
}
