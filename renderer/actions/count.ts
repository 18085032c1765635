/** Printing is done, or a part of it, and somebody has counted. */
import { Calculator } from 'lucide-react';
import type { Action } from './action.ts';
import { printed } from './printed.ts';

export const count: Action = {
  label: 'count',
  icon: Calculator,
  key: 'n',
  asks: 'count',
  rule: printed.rule,
  perform: (_job, { counts, unfinished = false }) =>
    counts === undefined ? null : { kind: 'status', code: unfinished ? 'InProduction' : 'Printed', counts },
};
