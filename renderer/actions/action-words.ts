/** What an action is called for one job; taking back says what is taken back and what the job comes to then. */
import type { Job } from '../../shared/job.ts';
import type { Language } from '../../shared/words/say.ts';
import { statusLabel } from '../parts/status-look.ts';
import type { Say } from '../words/words.ts';
import type { Action } from './action.ts';
import { undoOffer } from './allowed.ts';
import { undo } from './undo.ts';

/** `comesTo` is null where that is not known, and for what takes nothing back. */
export function actionWords(
  action: Action,
  job: Job,
  t: Say,
  language: Language,
): { readonly label: string; readonly comesTo: string | null } {
  const offer = action === undo ? undoOffer(job) : null;
  if (offer === null) return { label: t(`action.${action.label}`), comesTo: null };
  const { step, comesTo } = offer;
  return {
    label: t('action.undo', { what: statusLabel(step, language) }),
    comesTo: comesTo === null ? null : t('action.backTo', { status: statusLabel(comesTo, language) }),
  };
}
