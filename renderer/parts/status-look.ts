/** How a status looks and what it is called. A code only a newer hub knows is shown as it is, neutral, and breaks nothing. */
import { CircleDashed, type LucideIcon } from 'lucide-react';
import { builtInCustomStatuses, isBuiltInCustomStatus, isStatusCode, type Sign, statuses, statusWords } from '../../shared/status.ts';
import type { Language } from '../../shared/words/say.ts';
import { statusIcons } from './status-icons.ts';

/** `code` is any text here: the hub may be newer than this page. */
export type Said = { readonly code: string; readonly custom: string | null };
type Look = { readonly sign: Sign; readonly icon: LucideIcon };

export function lookOf({ code, custom }: Said): Look {
  if (!isStatusCode(code)) return { sign: 'neutral', icon: CircleDashed };
  const { sign, icon } = custom !== null && isBuiltInCustomStatus(custom) ? builtInCustomStatuses[custom] : statuses[code];
  return { sign, icon: statusIcons[icon] };
}

/** A status in the words of the floor. */
export function statusLabel({ code, custom }: Said, language: Language): string {
  return isStatusCode(code) ? statusWords(code, custom, language) : (custom ?? code);
}
