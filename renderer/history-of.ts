/** The history of one job for a part of a screen, asked again when the job changes; null until it is known. */
import { useEffect, useState } from 'react';
import type { JobEvent } from '../shared/event.ts';
import { askHistory } from './load.ts';
import { useFloor } from './store.ts';

type Known = { readonly jobId: number; readonly events: readonly JobEvent[] };

export function useHistoryOf(jobId: number | null): readonly JobEvent[] | null {
  const lastSeq = useFloor((floor) => floor.pushed.findLast((job) => job.id === jobId)?.lastSeq ?? 0);
  const online = useFloor((floor) => floor.connection.kind === 'online');
  const resyncs = useFloor((floor) => floor.resyncs);
  const [known, setKnown] = useState<Known | null>(null);
  useEffect(() => {
    if (jobId === null || !online || resyncs < 0 || lastSeq < 0) return;
    let current = true;
    askHistory(jobId).then(
      (events) => current && setKnown({ jobId, events }),
      // Without it the button still says what it takes back; the answer says what it came to.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [jobId, lastSeq, online, resyncs]);
  return known !== null && known.jobId === jobId ? known.events : null;
}
