/** A path as somebody typed it: may it be the path of a folder at all? Asked where it is saved, before any disk is. */

import { isAbsolute } from 'node:path';
import { said } from '../../shared/words/say.ts';
import { Refusal } from './parts.ts';

/** Control characters and line breaks: nobody sees them, and NUL ends a path in the middle. Halves of characters: no disk keeps them. */
const unseen = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;

/** @throws Refusal when it has a character that cannot be seen */
export function checkTyped(path: string): void {
  const [found] = unseen.exec(path) ?? [];
  if (found === undefined) return;
  const code = `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  throw new Refusal('BAD_REQUEST', said('refusals.pathUnseen', { path: JSON.stringify(path), sign: code }));
}

/** As Windows copies a path. No full path begins like that. */
const quoted = /^["'\u201C\u201E\u00AB]/u;

/** @throws Refusal when it is no full path, or has a character that cannot be seen */
export function checkFullPath(path: string): void {
  checkTyped(path);
  if (quoted.test(path)) throw new Refusal('BAD_REQUEST', said('refusals.pathQuoted', { path }));
  if (!isAbsolute(path)) throw new Refusal('BAD_REQUEST', said('refusals.pathNotFull', { path }));
}
