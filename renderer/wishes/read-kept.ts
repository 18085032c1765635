/** Reads a wish back from what a browser kept, which may be anything at all, and of any version of the page. Pure. */
import type { Problem } from '../../shared/api.ts';
import { readGiven } from '../../shared/job/counts.ts';
import { isStatusCode } from '../../shared/status.ts';
import { type Call, type KeptWish, type RecordOf, shapeOf, shapeVersions, type Try, type Whose, type WishState, whys } from './wish.ts';

type Fields = Readonly<Record<string, unknown>>;
export type Read =
  | { readonly kind: 'wish'; readonly wish: KeptWish }
  /** Written by a later version of the page: left as it is. */
  | { readonly kind: 'later' }
  /** Nothing anybody could send. */
  | { readonly kind: 'nothing' };

export function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isId = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;
const isIds = (value: unknown): value is readonly number[] => Array.isArray(value) && value.length > 0 && value.every(isId);
const isTime = (value: unknown): value is number => Number.isFinite(value);

/** What stands there and is no list of rules makes it one that insists on none: it is refused rather than done unread. */
function insistsOf({ force, insists }: Fields): { readonly force?: true; readonly insists?: readonly string[] } {
  if (force !== true) return {};
  return { force, ...(insists !== undefined && { insists: Array.isArray(insists) ? insists.filter(isText) : [] }) };
}

function reasonOf({ reason }: Fields): { readonly reason?: string } {
  return isText(reason) ? { reason } : {};
}

function statusCallOf(call: Fields): Call | null {
  const { code, custom } = call;
  const counts = readGiven(call['counts']);
  if (!isText(code) || !isStatusCode(code) || (call['counts'] !== undefined && counts === null)) return null;
  return {
    kind: 'status',
    code,
    ...(isText(custom) && { custom }),
    ...reasonOf(call),
    ...(counts !== null && { counts }),
    ...(isId(call['seenTo']) && { seenTo: call['seenTo'] }),
    ...insistsOf(call),
  };
}

/** Null for what is not whole: without its files or counts, say, it would send others than were meant. */
export function callOf(value: unknown): Call | null {
  const call = fieldsOf(value);
  if (call === null) return null;
  switch (call['kind']) {
    case 'status':
      return statusCallOf(call);
    case 'undo':
      return isId(call['seq']) ? { kind: 'undo', seq: call['seq'], ...reasonOf(call) } : null;
    case 'deliver': {
      const { reason, hotFolderId, fileIds, unsent } = call;
      if (!isText(reason) || (fileIds !== undefined && !isIds(fileIds)) || (hotFolderId !== undefined && !isId(hotFolderId))) return null;
      return {
        kind: 'deliver',
        reason,
        ...(hotFolderId !== undefined && { hotFolderId }),
        ...(fileIds !== undefined && { fileIds }),
        ...(unsent === true && { unsent }),
        ...insistsOf(call),
      };
    }
    case 'reprint': {
      const { quantity, reason } = call;
      return isText(reason) && isId(quantity) ? { kind: 'reprint', quantity, reason, ...insistsOf(call) } : null;
    }
    default:
      return null;
  }
}

/** What any version kept of a wish: which job, and what is wanted of it. */
export function meantOf(value: unknown): Pick<KeptWish, 'actionId' | 'jobId' | 'number' | 'call'> | null {
  const fields = fieldsOf(value);
  const call = callOf(fields?.['call']);
  if (fields === null || call === null) return null;
  const { actionId, jobId, number } = fields;
  return isText(actionId) && isId(jobId) && isText(number) ? { actionId, jobId, number, call } : null;
}

function triedOf(value: unknown): Try | null {
  const fields = fieldsOf(value);
  const why = whys.find((known) => known === fields?.['why']);
  if (fields === null || why === undefined) return null;
  const { count, at, notBefore, mayBeDone } = fields;
  return isId(count) && isTime(at) && isTime(notBefore) ? { count, at, notBefore, why, mayBeDone: mayBeDone !== false } : null;
}

function problemIn(value: unknown): Problem | null {
  const fields = fieldsOf(value);
  if (fields === null || !isText(fields['code']) || typeof fields['message'] !== 'string') return null;
  const whatToDo = typeof fields['whatToDo'] === 'string' ? fields['whatToDo'] : '';
  return { ...fields, code: fields['code'], message: fields['message'], whatToDo };
}

function stateOf(value: unknown): WishState | null {
  const state = fieldsOf(value);
  switch (state?.['kind']) {
    case 'waits': {
      const tried = triedOf(state['tried']);
      return state['tried'] !== null && tried === null ? null : { kind: 'waits', tried, again: state['again'] === true };
    }
    case 'refused': {
      const problem = problemIn(state['problem']);
      return problem === null || !isTime(state['at']) ? null : { kind: 'refused', problem, at: state['at'] };
    }
    case 'otherRecord':
      return { kind: 'otherRecord' };
    default:
      return null;
  }
}

export function recordIn(value: unknown): RecordOf {
  const fields = fieldsOf(value);
  const { hub, seq } = fields ?? {};
  return { hub: isText(hub) ? hub : null, seq: Number.isSafeInteger(seq) ? Number(seq) : 0 };
}

function whoseIn(value: unknown): Whose | null {
  const fields = fieldsOf(value);
  if (fields === null || !isText(fields['key'])) return null;
  return { key: fields['key'], name: isText(fields['name']) ? fields['name'] : '' };
}

export function readKeptWish(kept: unknown): Read {
  const fields = fieldsOf(kept);
  const { version, order, at, hubAt } = fields ?? {};
  if (Number.isSafeInteger(version) && Number(version) > shapeOf(fieldsOf(fields?.['call']) ?? {})) return { kind: 'later' };
  const shape = shapeVersions.find((known) => known === version);
  const meant = meantOf(kept);
  const whose = whoseIn(fields?.['whose']);
  const state = stateOf(fields?.['state']);
  if (shape === undefined || meant === null || whose === null || state === null || !isTime(order) || !isTime(at))
    return { kind: 'nothing' };
  const record = recordIn(fields?.['record']);
  return { kind: 'wish', wish: { version: shape, ...meant, order, whose, record, at, hubAt: isTime(hubAt) ? hubAt : null, state } };
}
