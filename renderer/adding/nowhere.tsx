/** Where files belong that somebody drags over, or drops on, a screen that takes none. */
import { FileX } from 'lucide-react';
import { useFloor } from '../floor/floor.ts';
import barsCss from '../parts/bars.module.css';
import buttonCss from '../parts/button.module.css';
import { SignMark } from '../parts/sign.tsx';
import { useWords } from '../words/words.ts';
import css from './add-file.module.css';
import { useNowhere } from './adding.ts';

function useWhere(): string {
  const { t } = useWords();
  const path = useFloor((state) => state.health?.watching.find((watched) => watched.state !== 'missing')?.path);
  return path === undefined ? `${t('adding.where')}.` : `${t('adding.where')}: ${path}`;
}

/** While they are dragged. */
export function NoDropPlace() {
  const { t } = useWords();
  const where = useWhere();
  const over = useNowhere((state) => state.over);
  if (!over) return null;
  return (
    <div className={`${css['dropPlace']} ${css['none']}`} data-testid="no-drop-place">
      <FileX size={56} aria-hidden />
      <p>{t('adding.nowhere')}</p>
      <p>
        <bdi>{where}</bdi>
      </p>
    </div>
  );
}

/** After they were dropped. */
export function NotTakenBar({ size }: { readonly size: number }) {
  const { t } = useWords();
  const where = useWhere();
  const names = useNowhere((state) => state.names);
  if (names.length === 0) return null;
  return (
    <div className={barsCss['bar']} role="alert" data-testid="not-taken">
      <SignMark sign="attention" size={size} />
      <p>
        <bdi>
          {t('adding.notTaken', { names: names.join(', ') })} {where}
        </bdi>
      </p>
      <button type="button" className={buttonCss['button']} onClick={() => useNowhere.setState({ names: [] })}>
        {t('action.dismiss')}
      </button>
    </div>
  );
}
