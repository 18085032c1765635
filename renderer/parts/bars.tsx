/** What every screen says above all else, the gravest first. */
import { Clock, MonitorDown } from 'lucide-react';
import { NotTakenBar } from '../adding/nowhere.tsx';
import { staleSince, useFloor } from '../floor/floor.ts';
import { isNewer, loadNewerPage } from '../newer-page.ts';
import type { Route } from '../route.ts';
import { useTold } from '../told.tsx';
import { span } from '../words/time.ts';
import { useWords } from '../words/words.ts';
import css from './bars.module.css';
import buttonCss from './button.module.css';
import { CutOffBar } from './cut-off-bar.tsx';
import { LostBar } from './lost-bar.tsx';
import { RecordBar } from './record-bar.tsx';
import signCss from './sign.module.css';
import { UnsentBar } from './unsent-bar.tsx';

function ClockBar({ size }: { readonly size: number }) {
  const { t, language } = useWords();
  const told = useTold<HTMLParagraphElement>();
  const off = useFloor((state) => state.clockOffMs);
  if (off === 0) return null;
  return (
    <div className={css['bar']} data-testid="clock-off">
      <Clock className={signCss['attention']} size={size} aria-hidden />
      <p ref={told}>
        {t(off > 0 ? 'clockOff.ahead' : 'clockOff.behind', { time: span(off, language) })} {t('clockOff.todo')}
      </p>
    </div>
  );
}

function NewerBar({ size }: { readonly size: number }) {
  const { t } = useWords();
  const told = useTold<HTMLParagraphElement>();
  const page = useFloor((state) => state.health?.page);
  if (!isNewer(page)) return null;
  return (
    <div className={css['bar']} data-testid="newer">
      <MonitorDown className={signCss['attention']} size={size} aria-hidden />
      <p ref={told}>
        {t('newer.what')} {t('newer.todo')}
      </p>
      <button type="button" className={buttonCss['button']} onClick={loadNewerPage}>
        {t('newer.load')}
      </button>
    </div>
  );
}

/** `size` of the signs, px. `isShort`: where a job must be read, a lost line and what waits for it are told in one. */
export function Bars({ route, size, isShort = false }: { readonly route: Route; readonly size: number; readonly isShort?: boolean }) {
  const isLost = useFloor((floor) => staleSince(floor, route) !== null);
  return (
    <>
      <LostBar route={route} size={size} isShort={isShort} />
      <RecordBar size={size} />
      <UnsentBar size={size} besideLost={isShort && isLost} />
      <CutOffBar size={size} />
      <NotTakenBar size={size} />
      <ClockBar size={size} />
      <NewerBar size={size} />
    </>
  );
}
