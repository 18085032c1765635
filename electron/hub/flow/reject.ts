/** What is not accepted, and why: it goes where it can be found again, with the reason beside it and on record. Told once, also where it cannot be moved. */
import { basename } from 'node:path';
import { cleanLine } from '../../../shared/clean-text.ts';
import { isReasonCode, type ReasonCode } from '../../../shared/reason.ts';
import { hidesSigns, isSafeName } from '../../../shared/safe-name.ts';
import { type Said, said, sentence, whatOf } from '../../../shared/words/say.ts';
import type { Disk } from '../disk/operations.ts';
import { hasLostLetters } from '../disk/raw-name.ts';
import type { Settled } from '../intake/watch/watch-options.ts';
import { Refusal } from '../parts.ts';
import type { Wholeness } from '../prepare/check.ts';
import { isProgramType, isTicketType, typeOf } from '../prepare/file-types.ts';
import type { Rejection } from './file-away.ts';
import type { Floor, FlowParts } from './flow-parts.ts';
import { putAway } from './left-behind.ts';
import { subFolder } from './whose.ts';

type Found = Settled<Wholeness>;

const wholenessReasons: Readonly<Record<Exclude<Wholeness['kind'], 'whole' | 'unknown'>, ReasonCode>> = {
  notWhole: 'NotWhole',
  notWhatItSays: 'NotWhatItSays',
  empty: 'EmptyFile',
  program: 'IsProgram',
};

function hasHostileName({ name, content }: Found): boolean {
  return !isSafeName(name) || (content === null && hasLostLetters(name));
}

const inWords = (why: Said): Pick<Rejection, 'detail' | 'said'> => ({ detail: sentence('en', why), said: why });

/** With all that nobody sees in it. */
function spelledOut(name: string): string {
  return JSON.stringify(name).replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
}

/** Why a file is not accepted, as far as its name, its folder and its two ends tell. */
/** `meantFor`: a person gave it to a job as a file to be printed; else a ticket may come, too. */
export function objectionTo(file: Found, floor: Floor, meantFor: 'job' | 'any' = 'any'): Rejection | null {
  if (file.tooDeep) return { code: 'TooDeep', detail: file.path };
  if (hasHostileName(file)) return { code: 'HostileName', detail: spelledOut(file.name) };
  // The name of a sub-folder is shown and written as the file's is.
  const folder = subFolder(file.folderPath, floor);
  if (folder !== null && hidesSigns(basename(folder)))
    return { code: 'HostileName', ...inWords(said('rejections.folder', { name: spelledOut(basename(folder)) })) };
  const { hotFolders } = floor;
  if (file.fault?.code === 'TooLarge') return { code: 'TooLarge', detail: file.fault.message };
  if (file.fault !== null) return { code: 'Unreadable', detail: file.fault.raw };
  if (file.content === null) return { code: 'NotAPlainFile', detail: null };
  const type = typeOf(file.name);
  if (isProgramType(type)) return { code: 'IsProgram', detail: `.${type}` };
  if (file.content.verdict.kind === 'program') return { code: 'IsProgram', detail: file.content.verdict.raw };
  const accepted =
    type !== '' && (hotFolders.length === 0 || hotFolders.some((folder) => folder.types.length === 0 || folder.types.includes(type)));
  // A ticket is no artwork, but where a printer is said to take such files.
  const isRefused = isTicketType(type) ? meantFor === 'job' && !hotFolders.some(({ types }) => types.includes(type)) : !accepted;
  if (isRefused) return { code: 'TypeUnknown', ...(type === '' ? inWords(said('rejections.noExtension')) : { detail: `.${type}` }) };
  const check = file.content.verdict;
  if (check.kind === 'whole' || check.kind === 'unknown') return null;
  return { code: wholenessReasons[check.kind], detail: check.kind === 'empty' ? null : check.raw };
}

/** Why it is turned away, where the flow refused to put it on record; `code` where the refusal names no reason. Any other error is thrown on. */
export function rejectionOf(error: unknown, code: ReasonCode | null): Rejection {
  if (!(error instanceof Refusal) || error.code === 'NOT_RECORDED') throw error;
  const { reasonCode } = error.more;
  const reason = reasonCode !== undefined && isReasonCode(reasonCode) ? reasonCode : code;
  if (reason === null) throw error;
  return { code: reason, detail: error.message, said: whatOf(error.said) };
}

/** These stay where they are: moving them would be no help, or is not ours to do. */
const staysInPlace: ReadonlySet<ReasonCode> = new Set(['Unreadable', 'TooDeep', 'TooLarge']);

/** On record before it is moved, so that nothing lies among the rejected without a word. @throws DiskFault `SourceChanged` when something else lies there meanwhile: to be offered anew */
export async function rejectFile(parts: FlowParts, disk: Disk, file: Found, rejection: Rejection): Promise<void> {
  const { name, path, folderPath: folder, stamp } = file;
  const sha256 = file.content?.sha256 ?? null;
  const { code: reasonCode, detail, said: details = null } = rejection;
  const waits = staysInPlace.has(reasonCode);
  const arrivalId = await parts.store.write(async (tx) => {
    const arrival = {
      name: cleanLine(name),
      folder,
      at: parts.now(),
      jobId: null,
      reasonCode,
      detail,
      details,
      path,
      sha256,
      outcome: 'rejected' as const,
    };
    const id = await tx.addArrival(arrival);
    await tx.leaveBehind({ place: path, stamp, sha256, arrivalId: id, waits });
    return id;
  });
  if (detail === null) parts.log`Rejected ${name}: ${reasonCode}`;
  else parts.log`Rejected ${name}: ${reasonCode} (${detail})`;
  if (!waits) await putAway(parts, disk, { name, path, stamp, arrivalId });
}
