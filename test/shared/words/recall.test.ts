/** What is kept in English is known again by its form and told in every language; what a system, a printer or a person said stays as it is. */
import '../../../shared/words/all.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiskFault } from '../../../electron/hub/disk/fault.ts';
import { sayFilesLieThere } from '../../../shared/files-lie-there.ts';
import { attentionIn, toldAttention } from '../../../shared/job/say-attention.ts';
import { sayOtherHub } from '../../../shared/other-hub.ts';
import { reasonCodes, reasonWords } from '../../../shared/reason.ts';
import { statusCodes } from '../../../shared/status.ts';
import { en } from '../../../shared/words/en.ts';
import { type Language, languages, type SaidValue, type SaidValues } from '../../../shared/words/form.ts';
import { foundIn, recallFault, recallFound } from '../../../shared/words/recall.ts';
import { said, sentence } from '../../../shared/words/say.ts';

const english = /\b(?:the|and|is|this|that|with|which|then|from|file|files|folder|job|jobs|printer|again|not|were)\b/;
const others: readonly Language[] = languages.filter((language) => language !== 'en');

/** Each key of a section, with something for each of its values. */
function samples(section: 'found' | 'faults'): [key: string, values: SaidValues][] {
  return Object.entries(en[section]).flatMap(([name, form]) =>
    (typeof form === 'string' ? [form] : [form.one, form.other]).map((text, at): [string, SaidValues] => {
      const slots = [...text.matchAll(/\{(\w+)(?::(\w+))?\}/g)].map(([, slot = '', kind]): [string, SaidValue] => [
        slot,
        kind === undefined
          ? slot === 'raw'
            ? 'EIO-7'
            : /bytes|at|of|most|count|says|expected|seconds/.test(slot)
              ? 70_005
              : `<${slot}>`
          : said('found.noFolder'),
      ]);
      return [`${section}.${name}`, { ...(typeof form !== 'string' && { count: at === 0 ? 1 : 12 }), ...Object.fromEntries(slots) }];
    }),
  );
}

it.each(samples('found'))('%s is known again, also with its code and the name of a file before it', (key, values) => {
  const text = sentence('en', { key, values }) ?? '';
  expect(recallFound(text)).toEqual({ key, values });
  const raw = new DiskFault('CopyDiffers', text, '/hot/a.pdf').raw;
  for (const language of others) {
    const told = sentence(language, { key, values }) ?? '';
    expect(told).not.toMatch(english);
    expect(foundIn(language, raw)).toContain(told);
    expect(foundIn(language, `a flyer.pdf: ${raw}`)).toContain(told);
  }
  expect(foundIn('en', raw)).toBe(raw);
});

it.each(samples('faults').filter(([key]) => !/\.(?:field|request|both|more|unlike)$/.test(key)))('%s is known again', (key, values) => {
  const text = sentence('en', { key, values }) ?? '';
  expect(recallFault(text)).toEqual({ key, values });
  expect(sentence('de', { key, values })).not.toMatch(english);
});

it('knows the sentences in which a screen looks for more', () => {
  expect(recallFound(`OtherHub: ${sayOtherHub({ id: 'b7', computer: 'PC (2)' })}`)).not.toBeNull();
  expect(recallFound(`/in: ${sayOtherHub({ id: 'b7', computer: '' })}`)).not.toBeNull();
  expect(foundIn('de', `FilesLieThere: ${sayFilesLieThere(1200)}`)).toBe('FilesLieThere: dort liegen schon 1.200 Dateien');
});

it('knows what is said within another sentence', () => {
  const overlap = said('refusals.liesInFolder', {
    inner: said('phrases.hotFolder', { name: 'press-1' }),
    innerPath: '/in/1',
    outer: said('phrases.incomingFolder'),
    outerPath: '/in',
  });
  const { key, values } = overlap;
  const text = sentence('en', { key: `${key}.what`, values }) ?? '';
  expect(foundIn('de', text)).toBe(sentence('de', { key: `${key}.what`, values }));
  expect(foundIn('de', 'OneFileFailed: b.pdf needs 12 free bytes (ENOSPC: no space left on device, write)')).toBe(
    'OneFileFailed: b.pdf braucht 12 freie Bytes (ENOSPC: no space left on device, write)',
  );
});

it('leaves alone what a system, a printer or a person said', () => {
  for (const text of [
    "ENOENT: no such file or directory, open '/hot/a.pdf'",
    'paper jam: tray 2 is empty',
    'Please print again',
    '',
    'a: b: c: d: e: f',
  ])
    expect(foundIn('de', text)).toBe(text);
});

describe('of any text', () => {
  it('is quick, and what it knows says the same in English', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 400 }),
      fc.constantFrom(...samples('found').map(([key, values]) => sentence('en', { key, values }) ?? '')),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (parts) => {
        const whole = parts.join(': ');
        const known = recallFound(whole);
        if (known !== null) expect(sentence('en', known)).toBe(whole);
      }),
    );
    const begun = performance.now();
    for (const sign of [': ', ' bytes of ', 'the ', '{', '(', 'needs 1 free bytes (']) recallFound(sign.repeat(50_000));
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});

describe('what somebody must act on', () => {
  const at = { who: 'press operator', since: '2026-11-27T07:05:09.000Z', seq: 1, raw: null };

  it('has its key and its sentence in each language, for every reason and status', () => {
    for (const code of reasonCodes) {
      const told = toldAttention({ ...at, code, reason: reasonWords('en', code).what, reasonCode: code });
      expect(told).toMatchObject({ key: `reasons.${code}.what`, values: {}, reason: reasonWords('en', code).what });
      for (const language of others) expect(attentionIn(language, told).words).toBe(reasonWords(language, code).what);
    }
    for (const code of statusCodes) {
      const words = attentionIn('de', toldAttention({ ...at, code, reason: null, reasonCode: null })).words;
      expect(words).toBe(sentence('de', { key: `statuses.${code}`, values: {} }));
    }
  });

  it('says what the history says, and leaves the words of a person alone', () => {
    const early = sentence('en', said('history.thereNotApproved', { hotFolder: 'press-1' })) ?? '';
    const told = toldAttention({ ...at, code: 'SentBeforeTicket', reason: early, reasonCode: 'SentBeforeTicket' });
    expect(attentionIn('de', told).words).toBe(sentence('de', said('history.thereNotApproved', { hotFolder: 'press-1' })));
    const mine = toldAttention({ ...at, code: 'Blocked', reason: 'Approved before it came here.', reasonCode: null });
    expect(mine.key).toBeNull();
    expect(attentionIn('de', mine).words).toBe('Approved before it came here.');
    const missing = toldAttention({ ...at, code: 'AwaitingData', reason: 'Missing: back.pdf', reasonCode: null });
    expect(attentionIn('de', missing)).toMatchObject({
      reason: 'Missing: back.pdf',
      key: 'history.missing',
      values: { files: 'back.pdf' },
    });
  });

  it('tells what was found with it', () => {
    const raw = 'CopyDiffers: what was read back is not what was written';
    const told = toldAttention({
      ...at,
      raw,
      code: 'CopyToHotFolderFailed',
      reason: reasonWords('en', 'CopyDiffers').what,
      reasonCode: 'CopyDiffers',
    });
    expect(told.found === null || told.found === undefined ? null : sentence('fr', told.found)).toBe(foundIn('fr', raw));
  });
});
