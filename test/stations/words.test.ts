/** Times, numbers, routes and rules as the screens say them. */
import { describe, expect, it } from 'vitest';
import { noFilter } from '../../renderer/floor/filter.ts';
import { parseRoute, type Route, writeRoute } from '../../renderer/route.ts';
import { draftOf, newDraft, settingsOf } from '../../renderer/stations/setup/folder-settings.ts';
import { conditionsOf, draftsOf, faultIn, newCondition } from '../../renderer/stations/setup/rule-words.ts';
import { typedPath } from '../../renderer/stations/setup/typed-path.ts';
import { hubReasonIn } from '../../renderer/words/hub-reason.ts';
import { readyReasons, reasonIn } from '../../renderer/words/ready-reasons.ts';
import { clock, due, exact, numberGroups, showTimesOf, since, size, span } from '../../renderer/words/time.ts';
import type { HotFolder, RuleConditions } from '../../shared/hot-folder.ts';
import { fr } from '../../shared/words/fr.ts';
import { learn, say } from '../../shared/words/say.ts';

const noon = new Date(2026, 2, 4, 12, 0).getTime();
const minute = 60_000;

describe('times', () => {
  it('are relative when fresh, a clock today, a date before', () => {
    expect(since(noon - 20_000, noon, 'en', 'now')).toBe('now');
    expect(since(noon - 12 * minute, noon, 'en', 'now')).toBe('12 min');
    expect(since(noon - 78 * minute, noon, 'de', 'jetzt')).toMatch(/10:42/);
    expect(since(noon - 30 * 60 * minute, noon, 'de', 'jetzt')).toMatch(/3\. März/);
  });

  it('say how late something is', () => {
    expect(due(noon - 125 * minute, noon, 'en')).toEqual({ kind: 'late', text: '2 h' });
    expect(due(noon + 40 * minute, noon, 'de')).toEqual({ kind: 'in', text: '40 Min.' });
    expect(due(noon + 26 * 60 * minute, noon, 'en').kind).toBe('tomorrow');
    expect(span(3 * 24 * 60 * minute, 'de')).toBe('3 Tage');
  });

  it('when something is due say no hour that was rounded: somebody would be late, or early', () => {
    const nine = new Date(2026, 2, 4, 9, 30).getTime();
    const half = new Date(2026, 2, 4, 12, 30).getTime();
    for (const now of [nine, nine + 7 * minute, half - 60 * minute]) expect(due(half, now, 'de')).toEqual({ kind: 'today', text: '12:30' });
    expect(due(half, half - 60 * minute + 1, 'en')).toEqual({ kind: 'in', text: '59 min' });
    expect(due(half + 24 * 60 * minute, nine, 'de')).toEqual({ kind: 'tomorrow', text: '12:30' });
    // Late at night the next hour is tomorrow's.
    const late = new Date(2026, 2, 4, 23, 30).getTime();
    expect(due(late + 75 * minute, late, 'de')).toEqual({ kind: 'tomorrow', text: '0:45' });
    expect(due(late + 40 * minute, late, 'de').kind).toBe('in');
    expect(due(half + 72 * 60 * minute, nine, 'de').text).toMatch(/^7\. März.*12:30$/);
    // What is finished was due when it was.
    expect(due(half, half + 12 * minute, 'de', { finished: true })).toEqual({ kind: 'today', text: '12:30' });
    expect(due(half, half + 12 * minute, 'en')).toEqual({ kind: 'late', text: '12 min' });
  });

  it('are those of the shop, wherever the screen stands, and a day without a time is late only when it is over', () => {
    const at = (iso: string) => Date.parse(iso);
    const endOfFirst = at('2026-12-01T22:59:59.999Z');
    try {
      showTimesOf('Europe/Berlin');
      expect(clock(at('2026-12-01T13:00:00Z'), 'de')).toMatch(/14:00/);
      expect(due(endOfFirst, at('2026-12-01T00:10:00Z'), 'en', { dayOnly: true })).toEqual({ kind: 'anyTimeToday', text: '' });
      expect(due(endOfFirst, at('2026-12-01T22:30:00Z'), 'en', { dayOnly: true }).kind).toBe('anyTimeToday');
      expect(due(endOfFirst, at('2026-11-30T22:30:00Z'), 'en', { dayOnly: true }).kind).toBe('anyTimeTomorrow');
      expect(due(endOfFirst, at('2026-12-01T23:00:00Z'), 'en', { dayOnly: true }).kind).toBe('late');
      expect(due(endOfFirst, at('2026-11-20T12:00:00Z'), 'de', { dayOnly: true })).toMatchObject({ kind: 'later', text: '1. Dez.' });
      for (const other of ['America/New_York', 'Asia/Tokyo', 'UTC', 'Europe/London']) {
        showTimesOf(other);
        expect(due(endOfFirst, at('2026-11-20T12:00:00Z'), 'de', { dayOnly: true })).toMatchObject({ kind: 'later', text: '1. Dez.' });
        expect([exact(endOfFirst, 'en', true), exact(at('2026-11-30T23:00:00Z'), 'en', true)]).toEqual(
          Array.from({ length: 2 }, () => 'Tuesday, December 1, 2026'),
        );
        expect(due(endOfFirst, at('2026-12-01T12:00:00Z'), 'en', { dayOnly: true }).kind).toBe('anyTimeToday');
      }
      showTimesOf('America/New_York');
      expect(clock(at('2026-12-01T13:00:00Z'), 'de')).toMatch(/8:00/);
      showTimesOf('Mars/Olympus');
      expect(clock(at('2026-12-01T13:00:00Z'), 'de')).toMatch(/8:00/);
    } finally {
      showTimesOf(new Intl.DateTimeFormat().resolvedOptions().timeZone);
    }
  });

  it('that are none break nothing', () => {
    expect([
      since(Number.NaN, noon, 'en', 'now'),
      clock(Number.NaN, 'de'),
      exact(Number.NaN, 'en'),
      due(Number.NaN, noon, 'en').text,
    ]).toEqual(['–', '–', '–', '–']);
  });

  it('to come are never said to be now', () => {
    expect(since(noon + 3 * 24 * 60 * minute, noon, 'de', 'jetzt')).toMatch(/7\. März/);
    expect(since(noon + 20_000, noon, 'de', 'jetzt')).toBe('jetzt');
  });

  it('keep job numbers readable aloud', () => {
    expect(numberGroups('PF-000123')).toEqual(['PF', '-', '000', '123']);
    expect(numberGroups('PF000123-1')).toEqual(['PF', '000', '123', '-', '1']);
    expect(numberGroups('1001-2')).toEqual(['1001', '-', '2']);
    expect(numberGroups('1048576-1').join('')).toBe('1048576-1');
    expect(size(48_213, 'en')).toBe('48 kB');
  });
});

describe('addresses', () => {
  it.each<Route>([
    { screen: 'overview', jobId: null, filter: noFilter },
    {
      screen: 'overview',
      jobId: 7,
      filter: {
        ...noFilter,
        q: 'Größe & Co',
        stage: 'queue',
        status: 'InHotFolder',
        hotFolder: 3,
        attention: true,
        order: 'customer',
        reverse: true,
      },
    },
    { screen: 'job', jobId: 12 },
    { screen: 'press', folderId: 2 },
    { screen: 'folders', edit: 'new' },
    { screen: 'folders', edit: 4 },
    { screen: 'statuses', code: null },
    { screen: 'statuses', code: 'Printed' },
    { screen: 'welcome' },
  ])('lead back to the same screen: $screen', (route) => {
    expect(parseRoute(writeRoute(route))).toEqual(route);
  });

  it('lead to the overview when they mean nothing', () => {
    for (const hash of ['', '#/', '#/job/x', '#/job/-1', '#/nowhere/5', '#/overview?stage=moon'])
      expect(parseRoute(hash)).toMatchObject({ screen: 'overview', filter: noFilter });
  });
});

describe('forms', () => {
  it('give back the rule they were made from', () => {
    const conditions: RuleConditions = {
      product: ['Flyer', 'Poster*'],
      attribute: { name: 'paper', values: ['matt'] },
      quantityFrom: 100,
      type: ['pdf'],
    };
    expect(conditionsOf(draftsOf(conditions))).toEqual(conditions);
    expect(conditionsOf(draftsOf({}))).toEqual({});
  });

  it('make no rule of conditions that are not finished: left out, they would send every job there', () => {
    const product = { ...newCondition('product'), values: 'Flyer' };
    const quantity = (from: string, to = '') => ({ ...newCondition('quantity'), from, to });
    expect([[], [product], [quantity('100')], [quantity('', '500'), product]].map(faultIn)).toEqual([null, null, null, null]);
    const unfinished = [
      newCondition('product'),
      { ...newCondition('product'), values: ' , ' },
      { ...newCondition('attribute'), values: 'matt' },
      quantity(''),
      quantity('10.000'),
      quantity('100', 'many'),
      quantity('500', '100'),
    ];
    for (const draft of unfinished) expect(faultIn([product, draft]), JSON.stringify(draft)).toBe('unfinished');
    expect(faultIn([product, product])).toBe('twice');
  });

  it('give back the hot folder they were made from', () => {
    const folder = {
      ...settingsOf(
        {
          ...newDraft,
          name: 'Press 1',
          path: '/hot',
          types: 'PDF, tif',
          outcome: 'named',
          failed: 'bad',
          capacity: '3',
          lyingAfter: '0,5',
        },
        false,
      ),
    };
    expect(folder).toMatchObject({
      types: ['pdf', 'tif'],
      outcome: { kind: 'named', failed: 'bad' },
      capacity: 3,
      takenAfterMs: 2000,
      lyingAfterMs: 30_000,
    });
    expect(settingsOf(draftOf(folder as HotFolder), false)).toEqual(folder);
  });
});

describe('a ready-made reason', () => {
  it('is said in the language of the screen, whichever it was picked in; own words stay', () => {
    expect(reasonIn('de', 'Wrong paper')).toBe('Falsches Papier');
    expect(reasonIn('en', 'Falsches Papier')).toBe('Wrong paper');
    expect(reasonIn('de', 'Choose printer')).toBe('Drucker wählen');
    expect(reasonIn('de', 'wrong paper, says Ada')).toBe('wrong paper, says Ada');
  });

  it('stands in every language at the same place', () => {
    for (const ready of Object.values(readyReasons)) {
      expect(Object.keys(ready)).toEqual(Object.keys(readyReasons.en));
      for (const [kind, reasons] of Object.entries(readyReasons.en))
        expect(ready[kind as keyof typeof ready], kind).toHaveLength(reasons.length);
      const all = Object.values(ready).flat();
      expect(new Set(all).size).toBe(all.length);
    }
  });
});

describe('a path', () => {
  it('is taken as it was meant, also when Windows put quotes around it', () => {
    expect(settingsOf({ ...newDraft, name: 'x', path: ' "C:\\hot\\press 1" ' }, false).path).toBe('C:\\hot\\press 1');
    expect(['\u201E/hot\u201C', "'/hot'", '/hot "1"', '"'].map(typedPath)).toEqual(['/hot', '/hot', '/hot "1"', '"']);
  });
});

describe('what the hub says of the files of a job', () => {
  learn('fr', fr);

  it('is said in the language of the screen, with the names as they are; own words are not touched', () => {
    const files = 'back.pdf, Still missing: {files}.pdf';
    for (const key of ['history.missing', 'history.stillMissing', 'history.moreFiles'] as const)
      expect(hubReasonIn('fr', say('en', key, { files }))).toBe(say('fr', key, { files }));
    expect(hubReasonIn('fr', 'Still missing: back.pdf')).toBe('Manque encore : back.pdf'.replace(' :', '\u00a0:'));
    expect(hubReasonIn('fr', 'The back is missing')).toBeNull();
  });
});
