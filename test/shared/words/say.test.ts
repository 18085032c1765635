/** What is said has its values as the language writes them, and a sentence nobody knows is none. What the tables say is tested in tables.test.ts. */
import '../../../shared/words/all.ts';
import { describe, expect, it } from 'vitest';
import { languageIn, type languages, said, say, sayPair, sentence } from '../../../shared/words/say.ts';

describe('a sentence', () => {
  it('has its values as the language writes them', () => {
    const at = '2026-11-27T07:05:09.000Z';
    expect(say('en', 'refusals.tooManyRules.what', { count: 12_000 })).toBe('There are 12000 rules already.');
    expect(say('de', 'refusals.tooManyRules.what', { count: 12_000 })).toBe('Es gibt schon 12.000 Regeln.');
    expect(say('de', 'history.startsOn', { startAt: at })).toBe('Beginnt am 27.11.2026, 07:05 UTC.');
    expect(say('en', 'history.startsOn', { startAt: at })).toBe(`To be started on ${at}.`);
  });

  it('counts', () => {
    const files = (language: (typeof languages)[number], count: number) =>
      say(language, 'refusals.filesWaitFor.what', { count, name: 'press-1' });
    expect([files('en', 1), files('en', 2)]).toEqual(['1 file waits for press-1.', '2 files wait for press-1.']);
    expect([files('de', 1), files('de', 0)]).toEqual(['1 Datei wartet auf press-1.', '0 Dateien warten auf press-1.']);
    expect([files('fr', 0), files('fr', 2)]).toEqual(['0 fichier attend press-1.', '2 fichiers attendent press-1.']);
  });

  it('has others inside it, and what they are about', () => {
    const [inner, outer] = [said('phrases.hotFolder', { name: 'press-1' }), said('phrases.incomingFolder')];
    const overlap = said('refusals.liesInFolder', { inner, innerPath: '/in/1', outer, outerPath: '/in' });
    expect(sayPair('en', overlap)?.what).toBe('The hot folder press-1 (/in/1) lies in the incoming folder (/in).');
    expect(sayPair('de', overlap)?.what).toBe('Der Hotfolder press-1 (/in/1) liegt in einem anderen: der Eingangsordner (/in).');
    const taken = said('refusals.ruleBy', {
      why: said('rules.blockedAlready.what'),
      by: 'Ann',
      at: '2026-11-27T07:05:09Z',
      todo: said('rules.blockedAlready.todo'),
    });
    expect(sayPair('en', taken)?.what).toBe('The job is blocked already (Ann, 2026-11-27 07:05 UTC).');
  });

  it('leaves a value as it is, whatever stands in it', () => {
    expect(say('fr', 'history.fileArrived', { name: '{name} $& {{x}}.pdf' })).toBe('{name} $& {{x}}.pdf est arrivé.');
  });

  it('that only a newer version knows is none, and neither is what every object has', () => {
    for (const key of ['history.ofLater', 'constructor.name', 'statuses.Ordered.length', 'reasons.ShareOff', ''])
      expect(sentence('de', { key, values: {} }), key).toBeNull();
    expect(sayPair('de', { key: 'refusals.ofLater', values: {} })).toBeNull();
  });

  it('takes no key or value that is not in the table', () => {
    // @ts-expect-error No such key
    said('refusals.nowhere');
    // @ts-expect-error Its values are missing
    said('refusals.noSuchFile');
    // @ts-expect-error One value is missing
    said('refusals.noSuchFile', { job: 1 });
    // @ts-expect-error A number is no text
    said('history.takenOf', { taken: '1', of: 2, more: 3 });
    // @ts-expect-error No such language
    say('it', 'history.ticketArrived');
  });
});

it.each([
  ['de-CH,de;q=0.9,en;q=0.8', 'de'],
  ['it,fr-CA;q=0.4,es;q=0.7', 'es'],
  ['en;q=0, fr', 'fr'],
  ['*', null],
  ['pt-BR', null],
  ['de;q=much', null],
  [undefined, null],
])('who asks for %s reads %s', (asked, language) => expect(languageIn(asked)).toBe(language));
