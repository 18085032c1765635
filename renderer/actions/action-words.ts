/** What an action is called for one job; taking back says what is taken back and what the job comes to then. */
import type { Job } from '../../shared/job.ts';
import type { Language } from '../../shared/words/say.ts';
import { statusLabel } from '../parts/status-look.ts';
import type { Say } from '../words/words.ts';
import type { Action } from './action.ts';
import { type TakenBack, takenBack, undoOffer } from './allowed.ts';
import { isBehind, undo } from './undo.ts';

/** What taking back comes to: the count that goes, or where the job is then; null where that is not known. */
export function takenBackWords({ to, count }: TakenBack, t: Say, language: Language): string | null {
  if (count !== null) return t('action.counted', count);
  return to === null ? null : t('action.backTo', { status: statusLabel(to, language) });
}

/** `under`: what it comes to, read below its word; null where that is not known, and for what takes nothing back. */
type ActionWords = { readonly label: string; readonly under: string | null };

export function actionWords(action: Action, job: Job, t: Say, language: Language): ActionWords {
  const offer = action === undo ? undoOffer(job) : null;
  if (offer === null) return { label: t(`action.${action.label}`), under: null };
  const what = statusLabel(offer.step, language);
  const under = isBehind(job, offer.step) ? what : takenBackWords(takenBack(offer), t, language);
  return { label: t('action.undo', { what }), under };
}
