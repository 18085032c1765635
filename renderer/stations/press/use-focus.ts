/** Which job is in focus at the press. It stays while it is there; one that is set aside here makes room for the next. */
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Job } from '../../../shared/job.ts';
import { noteMoved } from '../../actions/moved.ts';
import { letGoOfOthers } from '../../actions/start.ts';
import { floor, useFloor } from '../../floor/floor.ts';
import { hubNow } from '../../hub-clock.ts';
import { focusOf, isAside, type PressQueue } from './queue-order.ts';

/** What this screen did to a job lets it go: it is on its way, or was answered just now. */
const ownWithinMs = 1000;

function isMovedHere(jobId: number): boolean {
  const { answers, wishes } = floor.getState();
  const answer = answers[jobId];
  const waits = wishes.some((one) => one.jobId === jobId && one.state.kind === 'waits');
  return waits || (answer !== undefined && Math.abs(hubNow() - answer.at) < ownWithinMs);
}

export function useFocus(queue: PressQueue): Job | null {
  const chosen = useFloor((state) => state.pressFocus);
  const focus = focusOf(queue, chosen);
  const id = focus?.id ?? null;
  const aside = focus !== null && isAside(focus);
  const before = useRef<{ readonly id: number | null; readonly aside: boolean }>({ id: null, aside: false });
  useLayoutEffect(() => {
    const last = before.current.id;
    // Neither chosen nor let go here: whoever is about to tap means the one that stood there.
    if (id !== null && last !== null && last !== id && floor.getState().pressFocus !== id && !isMovedHere(last)) noteMoved(id);
    const steppedAside = aside && before.current.id === id && !before.current.aside;
    // The last one, also where nothing was left for a moment
    before.current = { id: id ?? last, aside };
    if (steppedAside) floor.setState({ pressFocus: null });
  }, [id, aside]);
  useEffect(() => {
    floor.setState({ pressFocus: id });
    letGoOfOthers(id);
  }, [id]);
  return focus;
}
