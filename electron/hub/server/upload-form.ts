/** A file that comes as a form (multipart/form-data): the field `file`, streamed to its place; other fields do not matter. */

import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import { said } from '../../../shared/words/say.ts';
import { problem } from './problem.ts';

type Form = InstanceType<typeof Busboy>;

/** Throws 400 when the header does not say how the form is divided. */
export function openForm(request: IncomingMessage): Form {
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

/** Saves the field `file` and answers its file name. Rejects with 400 when there is none, or the form breaks off. */
export function receiveForm(request: IncomingMessage, form: Form, save: (part: Readable) => Promise<void>): Promise<string> {
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
      file = { part, saved: save(part).then(() => name) };
      file.saved.catch(fail);
    });
    form.on('finish', () => (file === null ? fail(noFile()) : file.saved.then(resolve, fail)));
    form.on('error', () => fail(brokenForm()));
    request.once('error', fail);
    // Whoever is cut off by us, for his silence say, ends without an error.
    const cut = (): void => {
      if (!request.readableEnded) fail(brokenForm());
    };
    if (request.destroyed) cut();
    else {
      request.once('close', cut);
      request.pipe(form);
    }
  });
}

function brokenForm() {
  return problem('BAD_REQUEST', said('refusals.formBroken'));
}

function noFile() {
  return problem('BAD_REQUEST', said('refusals.formNoFile'));
}
