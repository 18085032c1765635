/** In the place of a part of the page that could not be loaded: says so, and asks for it again and again, or for the newer page that has taken its place. */
import { MonitorDown, RotateCw } from 'lucide-react';
import { useEffect } from 'react';
import { useFloor } from '../floor/floor.ts';
import { askHealth } from '../health.ts';
import { isNewer, loadNewerPage, loadNewerPageInstead } from '../newer-page.ts';
import { useWords } from '../words/words.ts';
import buttonCss from './button.module.css';
import regionCss from './region.module.css';
import { SignMark } from './sign.tsx';
import troubleCss from './trouble.module.css';

const retryEveryMs = 5_000;

async function tryAgain(retry: () => Promise<boolean>): Promise<void> {
  if (await retry()) return;
  // Which page the hub hands out now: asked at once, since somebody waits for this part.
  await askHealth().catch(() => undefined);
  loadNewerPageInstead();
}

/** `retry` answers whether it is there now. */
export function MissingPart({ retry }: { readonly retry: () => Promise<boolean> }) {
  const { t } = useWords();
  const newer = useFloor(({ health }) => isNewer(health?.page));
  const online = useFloor(({ connection }) => connection.kind === 'online');
  // biome-ignore lint/correctness/useExhaustiveDependencies: a line that is there again is a reason to ask at once.
  useEffect(() => {
    void tryAgain(retry);
    const timer = setInterval(() => void tryAgain(retry), retryEveryMs);
    return () => clearInterval(timer);
  }, [retry, online]);
  return (
    <div className={`${troubleCss['attention']} ${regionCss['broken']}`} data-part="trouble" role="alert" data-testid="missing-part">
      <SignMark sign="attention" size={22} />
      <div>
        <p className={troubleCss['what']}>{t('missing.what')}</p>
        <p>{t(newer ? 'missing.newer' : 'missing.todo')}</p>
      </div>
      <div className={buttonCss['buttons']}>
        {newer ? (
          <button type="button" className={buttonCss['main']} onClick={loadNewerPage}>
            <MonitorDown size={20} aria-hidden />
            {t('newer.load')}
          </button>
        ) : (
          <button type="button" className={buttonCss['main']} onClick={() => void tryAgain(retry)}>
            <RotateCw size={20} aria-hidden />
            {t('broken.retry')}
          </button>
        )}
      </div>
    </div>
  );
}
