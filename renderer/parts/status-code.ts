/** Tells a status code from any other text. */
import { type StatusCode, statuses } from '../../shared/status.ts';

export function isStatusCode(text: string): text is StatusCode {
  return Object.hasOwn(statuses, text);
}
