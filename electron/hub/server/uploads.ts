/**
 * Takes in a file of a job over HTTP: raw or as a form, of any size, streamed to the work folder and flushed before the flow hears of it.
 * Nothing is left behind when it goes wrong on the way.
 */

import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import type { Job } from '../../../shared/job.ts';
import { isHiddenName } from '../../../shared/safe-name.ts';
import { said } from '../../../shared/words/say.ts';
import { type Caller, Refusal } from '../parts.ts';
import { whileAsked } from '../store/record-trouble.ts';
import { noSuchJob } from './answer-jobs.ts';
import { dispositionName } from './file-name.ts';
import { letBodyCome } from './json-body.ts';
import { problem } from './problem.ts';
import type { Room } from './room.ts';
import { save } from './save.ts';
import type { ServerParts } from './server-parts.ts';

const landingPrefix = 'upload-';
/** A sender silent for this long has gone. */
const silenceMs = 60_000;

/** Answers the job with its new file; for one that is part of another by now, that one. `wishedName` beats the name the body gives. */
export async function takeUpload(
  parts: ServerParts & { readonly room: Room },
  request: IncomingMessage,
  response: ServerResponse,
  jobId: number,
  wishedName: string | null,
  caller: Caller,
): Promise<Job> {
  if ((await parts.store.read.job(jobId)) === null) throw noSuchJob(jobId);
  await parts.room.check(Number(request.headers['content-length'] ?? 0));
  const landingPath = path.join(parts.workPath, `${landingPrefix}${randomUUID()}`);
  request.setTimeout(silenceMs, () => request.destroy());
  const name = await receive(request, response, { landingPath, room: parts.room }, wishedName).catch(async (error: unknown) => {
    await rm(landingPath, { force: true });
    throw error;
  });
  request.setTimeout(0);
  try {
    await whileAsked(() => parts.flow.acceptFile(jobId, name, landingPath, caller));
  } catch (error) {
    // Refused is not taken. After any other error, or when the record's disk failed, the file may be on record already, and the next start goes on with it
    if (error instanceof Refusal && error.code !== 'NOT_RECORDED') await rm(landingPath, { force: true });
    throw error;
  }
  const whole = await parts.store.read.wholeJob(jobId);
  const job = whole === null ? null : await parts.store.read.toldJob(whole.id);
  if (job === null) throw noSuchJob(jobId);
  return job;
}

/** Removes what uploads left when the hub died under them: files that are on no record, of which nobody was told that they arrived. */
export async function sweepUploads({ store, workPath }: Pick<ServerParts, 'store' | 'workPath'>): Promise<void> {
  const [unfiled, left] = [await store.read.unfiledFiles(), await store.read.leftBehindIn(workPath)];
  // What is asked about, or was dealt with and not put away yet, is on record as left behind.
  const recorded = new Set([...unfiled.map(({ sourcePath }) => sourcePath), ...left.map(({ place }) => place)]);
  for (const name of await readdir(workPath)) {
    const leftPath = path.join(workPath, name);
    if (name.startsWith(landingPrefix) && !recorded.has(leftPath)) await rm(leftPath, { force: true });
  }
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  { landingPath, room }: { readonly landingPath: string; readonly room: Room },
  wishedName: string | null,
): Promise<string> {
  if (/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) {
    const { openForm, receiveForm } = await import('./upload-form.ts');
    const form = openForm(request);
    letBodyCome(request, response);
    const nameInForm = await receiveForm(request, form, (part) => save(part, landingPath, room));
    return checkName(wishedName ?? nameInForm);
  }
  const name = checkName(wishedName ?? dispositionName(request.headers['content-disposition']) ?? '');
  letBodyCome(request, response);
  await save(request, landingPath, room);
  return name;
}

/** The plain name of a file; what is in it beyond that, the intake judges. Throws 400. */
function checkName(name: string): string {
  const plain = name.trim();
  const safe = plain !== '' && plain !== '.' && plain !== '..' && !/[/\\\p{Cc}]/u.test(plain) && Buffer.byteLength(plain) <= 255;
  if (!safe) throw problem('BAD_REQUEST', said(plain === '' ? 'refusals.fileUnnamed' : 'refusals.fileNotPlain'));
  if (isHiddenName(plain)) throw problem('BAD_REQUEST', said('refusals.fileHidden'));
  return plain;
}
