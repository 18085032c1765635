/**
 * The last lines of the log as they may be handed to strangers who help: what we say of ours, numbers and codes; every name, path and text of others only as
 * how long it was. What is kept is already without them.
 */
import { isReasonCode } from '../../shared/reason.ts';
import { isStatusCode } from '../../shared/status.ts';
import { errnoOf } from './disk/fault.ts';
import { type Log, lineWith } from './log.ts';

const mostKept = 500;
const errno = /^E[A-Z0-9]{2,20}$/;

function lengthOf(text: string): string {
  return `<${text.length}>`;
}

function withoutNames(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Error) return `${/^[A-Za-z]{1,40}$/.test(value.name) ? value.name : 'Error'} ${errnoOf(value) ?? ''}`.trim();
  const text = String(value);
  return isReasonCode(text) || isStatusCode(text) || errno.test(text) ? text : lengthOf(text);
}

export type RememberedLog = { readonly log: Log; last(): readonly string[] };

/** Says each line as `log` does, and remembers the last ones. `now`: epoch ms. */
export function rememberLines(log: Log, now: () => number): RememberedLog {
  const lines: string[] = [];
  return {
    log: (words, ...values) => {
      log(words, ...values);
      lines.push(`${new Date(now()).toISOString()} ${lineWith(withoutNames, words, values)}`);
      if (lines.length > mostKept) lines.shift();
    },
    last: () => lines,
  };
}
