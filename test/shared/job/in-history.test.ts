/** Sentences of the history in the language of whoever reads them: what is on record from before and what people wrote stays as it is. */
import '../../../shared/words/all.ts';
import { describe, expect, it } from 'vitest';
import { decideQuestion } from '../../../shared/job/decide-arrival.ts';
import { historyWords, inHistory } from '../../../shared/job/in-history.ts';
import { engine } from '../../../shared/job/mover.ts';
import { languages, said } from '../../../shared/words/say.ts';

describe('a sentence of the history', () => {
  it('is English on record, and read in every language', () => {
    const event = inHistory(said('history.takenOf', { taken: 2, of: 3 }), { hotFolder: 'press-1', missing: ['a.pdf'] });
    expect(event).toEqual({
      reason: 'The printer took 2 of 3 files out of the hot folder.',
      data: { hotFolder: 'press-1', missing: ['a.pdf'], taken: 2, of: 3, said: 'history.takenOf' },
    });
    const read = languages.map((language) => historyWords(language, { ...event, reason: event.reason ?? '' }));
    expect(read).toEqual([
      event.reason,
      'Der Drucker hat 2 von 3 Dateien aus dem Hotfolder abgeholt.',
      "L'imprimante a pris 2 fichiers sur 3 dans le hot folder.",
      'La impresora tomó 2 de 3 archivos de la carpeta activa.',
    ]);
  });

  it('follows the reader in the sentences inside it too', () => {
    const files = said('tickets.list', { first: 'a.pdf', other: said('tickets.column', { letter: 'C', name: 'b.pdf' }) });
    const event = inHistory({ key: 'history.missing', values: { files } });
    expect(event.reason).toBe('Missing: a.pdf, column C, b.pdf');
    expect(historyWords('de', { ...event, reason: event.reason ?? '' })).toBe('Es fehlt: a.pdf, Spalte C, b.pdf');
    const broken = { ...event.data, files: { key: 'tickets.list', values: { first: null } } };
    expect(historyWords('de', { reason: event.reason ?? '', data: broken })).toBe(event.reason);
  });

  it('for a failed copy is that of its reason', () => {
    const event = { reason: 'The share is off.', data: { reasonCode: 'ShareOff' } };
    expect(historyWords('es', event)).toBe('El recurso compartido está apagado.');
  });

  it('for a trouble is that of the trouble', () => {
    const event = { reason: 'The printer refused the file.', data: { problem: 'PrinterRefused' } };
    expect(historyWords('de', event)).toBe('Der Drucker hat die Datei abgelehnt.');
  });

  it('for a file about which somebody is asked is that of the question, also as an earlier version wrote it', () => {
    const [asked] = decideQuestion({ kind: 'questionAsked', jobId: 1, arrivalId: 3, name: 'a.pdf' }, { now: 0, mover: engine });
    const german = 'a.pdf: Eine Datei kam, und es ist nicht klar, ob sie zu diesem Auftrag gehört.';
    expect(historyWords('de', { reason: asked?.reason ?? '', data: asked?.data ?? {} })).toBe(german);
    expect(historyWords('de', { reason: asked?.reason ?? '', data: { problem: 'WhoseFile', name: 'a.pdf' } })).toBe(german);
  });

  it.each([
    { what: 'none', reason: null, data: {} },
    { what: 'one of an earlier version', reason: 'The printer took the file out of the hot folder.', data: {} },
    { what: 'one of a later version', reason: 'It flew away.', data: { said: 'history.flewAway' } },
    { what: "a person's own", reason: 'Customer called', data: { problem: 'PrinterRefused' } },
    { what: "a person's own that came with a key", reason: 'Do not print', data: { said: 'history.wasApproved' } },
    { what: "a person's own that came with other values", reason: 'a.pdf arrived.', data: { said: 'history.fileArrived', name: 'b.pdf' } },
  ])('stays as it is: $what', ({ reason, data }) => expect(historyWords('de', { reason, data })).toBe(reason));
});
