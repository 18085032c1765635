/** Which job is in focus at the press. It stays while it is there; one that is set aside here makes room for the next. */
import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Job } from '../../../shared/job.ts';
import { letGoOfOthers } from '../../actions/start.ts';
import { floor, useFloor } from '../../floor/floor.ts';
import { focusOf, isAside, type PressQueue } from './queue-order.ts';

export function useFocus(queue: PressQueue): Job | null {
  const chosen = useFloor((state) => state.pressFocus);
  const focus = focusOf(queue, chosen);
  const id = focus?.id ?? null;
  const aside = focus !== null && isAside(focus);
  const before = useRef<{ readonly id: number | null; readonly aside: boolean }>({ id: null, aside: false });
  useLayoutEffect(() => {
    const steppedAside = aside && before.current.id === id && !before.current.aside;
    before.current = { id, aside };
    if (steppedAside) floor.setState({ pressFocus: null });
  }, [id, aside]);
  useEffect(() => {
    floor.setState({ pressFocus: id });
    letGoOfOthers(id);
  }, [id]);
  return focus;
}
