/** That nothing needs anybody, and since when: said where there is nothing else to say. */
import { useFloor } from '../../floor/floor.ts';
import { useNow } from '../../now.ts';
import { SignMark } from '../../parts/sign.tsx';
import { clock, exact } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';
import filtersCss from './filters.module.css';

/** The clock as long as it can mean only one day. */
const clockForMs = 12 * 3_600_000;

function WellSince({ at }: { readonly at: number }) {
  const { t, language } = useWords();
  const now = useNow();
  const time = now - at < clockForMs ? clock(at, language) : exact(at, language);
  return t('list.well', { time });
}

export function Well({ shown }: { readonly shown: boolean }) {
  const since = useFloor((state) => state.health?.wellSince ?? null);
  const isWell = useFloor(
    ({ connection, counts, hotFolders, rejected, asked }) =>
      connection.kind === 'online' &&
      counts !== null &&
      counts.all > 0 &&
      counts.attention === 0 &&
      counts.late === 0 &&
      rejected.length === 0 &&
      asked.length === 0 &&
      (hotFolders ?? []).every((folder) => folder.state !== 'trouble'),
  );
  return (
    <p className={filtersCss['well']} role="status" data-testid="well">
      {shown && isWell && since !== null && (
        <>
          <SignMark sign="done" size={24} />
          <span>
            <WellSince at={Date.parse(since)} />
          </span>
        </>
      )}
    </p>
  );
}
