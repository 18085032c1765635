/**
 * Takes in a file of a job over HTTP: raw or as a form, of any size, streamed to the work folder and flushed before the flow hears of it.
 * Nothing is left behind when it goes wrong on the way.
 */
import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import type { Job } from '../../../shared/job.ts';
import type { Caller } from '../parts.ts';
import { noSuchJob } from './answer-jobs.ts';
import { dispositionName } from './file-name.ts';
import { letBodyCome } from './json-body.ts';
import { problem } from './problem.ts';
import type { ServerParts } from './server-parts.ts';

type Form = InstanceType<typeof Busboy>;

/** A sender silent for this long has gone. */
const silenceMs = 60_000;

/** Answers the job with its new file. `wishedName` beats the name the body gives. */
export async function takeUpload(
  parts: ServerParts,
  request: IncomingMessage,
  response: ServerResponse,
  jobId: number,
  wishedName: string | null,
  caller: Caller,
): Promise<Job> {
  if ((await parts.store.read.job(jobId)) === null) throw noSuchJob(jobId);
  const landingPath = path.join(parts.workPath, `upload-${randomUUID()}`);
  request.setTimeout(silenceMs, () => request.destroy());
  try {
    const name = await receive(request, response, landingPath, wishedName);
    await parts.flow.acceptFile(jobId, name, landingPath, caller);
  } catch (error) {
    await rm(landingPath, { force: true });
    throw error;
  } finally {
    request.setTimeout(0);
  }
  const job = await parts.store.read.job(jobId);
  if (job === null) throw noSuchJob(jobId);
  return job;
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  landingPath: string,
  wishedName: string | null,
): Promise<string> {
  if (/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) {
    const form = openForm(request);
    letBodyCome(request, response);
    const nameInForm = await receiveForm(request, form, landingPath);
    return checkName(wishedName ?? nameInForm);
  }
  const name = checkName(wishedName ?? dispositionName(request.headers['content-disposition']) ?? '');
  letBodyCome(request, response);
  await save(request, landingPath);
  return name;
}

/** Written whole and flushed, or an error. Leaves `source` open, so that the sender can still be answered. */
async function save(source: Readable, landingPath: string): Promise<void> {
  const file = await open(landingPath, 'wx', 0o600);
  try {
    await file.writeFile(source.iterator({ destroyOnReturn: false }));
    await file.sync();
  } finally {
    await file.close();
  }
}

function openForm(request: IncomingMessage): Form {
  try {
    const type = request.headers['content-type'] ?? '';
    return new Busboy({
      headers: { ...request.headers, 'content-type': type },
      limits: { files: 2, fields: 20, fieldSize: 10_000, parts: 22 },
    });
  } catch {
    throw brokenForm();
  }
}

/** Saves the field `file` and answers its file name. */
function receiveForm(request: IncomingMessage, form: Form, landingPath: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let file: { readonly part: Readable; readonly saved: Promise<string> } | null = null;
    const fail = (error: unknown): void => {
      request.unpipe(form);
      file?.part.destroy(new Error('The form broke off'));
      void Promise.allSettled([file?.saved]).then(() => reject(error));
    };
    form.on('file', (field, part, name) => {
      // Whoever reads the part hears of its errors; without a listener one that comes before would end the hub
      part.on('error', () => undefined);
      if (field !== 'file' || file !== null) {
        part.resume();
        return;
      }
      file = { part, saved: save(part, landingPath).then(() => name) };
      file.saved.catch(fail);
    });
    form.on('finish', () => (file === null ? fail(noFile()) : file.saved.then(resolve, fail)));
    form.on('error', () => fail(brokenForm()));
    request.once('error', fail);
    request.pipe(form);
  });
}

/** The plain name of a file; what is in it beyond that, the intake judges. Throws 400. */
function checkName(name: string): string {
  const plain = name.trim();
  const safe = plain !== '' && plain !== '.' && plain !== '..' && !/[/\\\p{Cc}]/u.test(plain) && Buffer.byteLength(plain) <= 255;
  if (!safe)
    throw problem(
      'BAD_REQUEST',
      plain === '' ? 'The file has no name.' : 'The file name is not a plain name.',
      'Send a name without folders: ?name=flyer.pdf, a Content-Disposition header, or the file name of the form.',
    );
  return plain;
}

function brokenForm() {
  return problem('BAD_REQUEST', 'The form cannot be read to its end.', 'Send the file again, as a form with the field "file", or raw.');
}

function noFile() {
  return problem('BAD_REQUEST', 'The form has no file in it.', 'Put the file into a field named "file".');
}
