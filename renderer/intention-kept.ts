/** Reads an intention back from what a browser kept. Pure; null for anything that is not whole. */

import { countsSchema } from '../shared/job/counts.ts';
import { isStatusCode } from '../shared/status.ts';
import type { Call, Intention } from './intention.ts';

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null ? { ...value } : null;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isId = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;

const isIds = (value: unknown): value is readonly number[] => Array.isArray(value) && value.length > 0 && value.every(isId);

function reasonOf({ reason }: Fields): { readonly reason?: string } {
  return isText(reason) ? { reason } : {};
}

function callOf(call: Fields): Call | null {
  switch (call['kind']) {
    case 'status': {
      const { code, custom, force } = call;
      const counts = call['counts'] === undefined ? undefined : countsSchema.safeParse(call['counts']).data;
      // Without its counts it would say something else than was meant.
      if (!isText(code) || !isStatusCode(code) || (call['counts'] !== undefined && counts === undefined)) return null;
      return {
        kind: 'status',
        code,
        ...(isText(custom) && { custom }),
        ...reasonOf(call),
        ...(counts !== undefined && { counts }),
        ...(force === true && { force }),
      };
    }
    case 'undo':
      return isId(call['seq']) ? { kind: 'undo', seq: call['seq'], ...reasonOf(call) } : null;
    case 'deliver': {
      const { reason, hotFolderId, fileIds, force } = call;
      // Without its files it would send others than were meant.
      if (!isText(reason) || (fileIds !== undefined && !isIds(fileIds))) return null;
      return {
        kind: 'deliver',
        reason,
        ...(isId(hotFolderId) && { hotFolderId }),
        ...(fileIds !== undefined && { fileIds }),
        ...(force === true && { force }),
      };
    }
    default:
      return null;
  }
}

/** More waiting entries than any person made; more is garbage. */
const mostKept = 500;

export function intentionsOf(kept: unknown): readonly Intention[] {
  return Array.isArray(kept) ? kept.slice(0, mostKept).flatMap((item: unknown) => intentionOf(item) ?? []) : [];
}

function intentionOf(kept: unknown): Intention | null {
  const fields = fieldsOf(kept);
  const call = fieldsOf(fields?.['call']);
  if (fields === null || call === null) return null;
  const { actionId, jobId, number } = fields;
  const meant = callOf(call);
  return meant !== null && isText(actionId) && isId(jobId) && isText(number) ? { actionId, jobId, number, call: meant } : null;
}
