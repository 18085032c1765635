/** How many jobs are in each status, as new as the screen: asked again when something was pushed, at most every two seconds. */
import { useEffect, useRef, useState } from 'react';
import type { StatusCode } from '../../../shared/status.ts';
import { hub } from '../../client.ts';
import { useFloor } from '../../floor/floor.ts';

const pauseMs = 2000;

/** Null before the first answer. */
export function useStatusCounts(): ReadonlyMap<StatusCode, number> | null {
  const [counts, setCounts] = useState<ReadonlyMap<StatusCode, number> | null>(null);
  const seq = useFloor((state) => state.seq);
  const online = useFloor((state) => state.connection.kind === 'online');
  const askedAt = useRef(Number.NEGATIVE_INFINITY);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was pushed may have moved any job.
  useEffect(() => {
    if (!online) return;
    let late = false;
    const timer = setTimeout(
      () => {
        askedAt.current = performance.now();
        hub()
          .statuses.list()
          .then(
            ({ items }) => !late && setCounts(new Map(items.map(({ code, jobs }) => [code, jobs]))),
            // The lost connection is shown already; the next push asks again.
            () => undefined,
          );
      },
      Math.max(0, askedAt.current + pauseMs - performance.now()),
    );
    return () => {
      late = true;
      clearTimeout(timer);
    };
  }, [online, seq]);
  return counts;
}
