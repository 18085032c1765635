/** What every screen says above all else, the gravest first. */
import { Clock, MonitorDown } from 'lucide-react';
import { useFloor } from '../floor/floor.ts';
import { isNewer, loadNewerPage } from '../newer-page.ts';
import type { Route } from '../route.ts';
import { span } from '../words/time.ts';
import { useWords } from '../words/words.ts';
import { LostBar } from './lost-bar.tsx';
import { RecordBar } from './record-bar.tsx';
import { UnsentBar } from './unsent-bar.tsx';

function ClockBar({ size }: { readonly size: number }) {
  const { t, language } = useWords();
  const off = useFloor((state) => state.clockOffMs);
  if (off === 0) return null;
  return (
    <div className="lost-bar" role="status" data-testid="clock-off">
      <Clock className="sign attention" size={size} aria-hidden />
      <p>
        {t(off > 0 ? 'clockOff.ahead' : 'clockOff.behind', { time: span(off, language) })} {t('clockOff.todo')}
      </p>
    </div>
  );
}

function NewerBar({ size }: { readonly size: number }) {
  const { t } = useWords();
  const page = useFloor((state) => state.health?.page);
  if (!isNewer(page)) return null;
  return (
    <div className="lost-bar" role="status" data-testid="newer">
      <MonitorDown className="sign attention" size={size} aria-hidden />
      <p>
        {t('newer.what')} {t('newer.todo')}
      </p>
      <button type="button" className="button" onClick={loadNewerPage}>
        {t('newer.load')}
      </button>
    </div>
  );
}

/** `size` of the signs, px. */
export function Bars({ route, size }: { readonly route: Route; readonly size: number }) {
  return (
    <>
      <LostBar route={route} />
      <RecordBar size={size} />
      <UnsentBar size={size} />
      <ClockBar size={size} />
      <NewerBar size={size} />
    </>
  );
}
