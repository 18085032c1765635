/**
 * The tables of what hub and page say: nothing is missing, lost or left in English in any of the languages, and every sentence comes out whole, whatever is put
 * into it.
 */
import '../../../shared/words/all.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { de as pageDe } from '../../../renderer/words/de.ts';
import { en as pageEn } from '../../../renderer/words/en.ts';
import { es as pageEs } from '../../../renderer/words/es.ts';
import { fr as pageFr } from '../../../renderer/words/fr.ts';
import { de } from '../../../shared/words/de.ts';
import { en } from '../../../shared/words/en.ts';
import { es } from '../../../shared/words/es.ts';
import { fill, formAt, type Language, languages, type Said, type SaidValue } from '../../../shared/words/form.ts';
import { fr } from '../../../shared/words/fr.ts';
import { said, sentence } from '../../../shared/words/say.ts';

const tables = {
  hub: { en, de, fr, es },
  page: { en: pageEn, de: pageDe, fr: pageFr, es: pageEs },
} satisfies Record<string, Record<Language, unknown>>;
const all = Object.values(tables).flatMap((table, at) =>
  languages.map((language) => [['hub', 'page'][at] ?? '', language, table] as const),
);

/** Each sentence by its key; of one that counts, both forms. */
function sentencesOf(part: unknown, key = ''): Map<string, string> {
  if (typeof part === 'string') return new Map([[key, part]]);
  return new Map(Object.entries(part as object).flatMap(([name, inner]) => [...sentencesOf(inner, key === '' ? name : `${key}.${name}`)]));
}

/** The values of a sentence with their kinds, each once. */
function valuesIn(text: string): [name: string, kind: string][] {
  const found = [...text.replaceAll(/\{\{\w+\}\}/g, '').matchAll(/\{(\w+)(?::(\w+))?\}/g)];
  return found.map(([, name = '', kind = '']) => [name, kind]);
}
const namesIn = (text: string): string[] => [...new Set(valuesIn(text).map(([name]) => name))].sort();

/** One and many of the same sentence count as one: "1 file" has no number of its own. */
function bySentence(sentences: ReadonlyMap<string, string>): Map<string, string> {
  const joined = new Map<string, string>();
  for (const [key, text] of sentences) {
    const whole = key.replace(/\.(?:one|other)$/, '');
    joined.set(whole, `${joined.get(whole) ?? ''} ${text}`);
  }
  return joined;
}

const inner: Said = said('phrases.checkFolder');
/** What may stand in a sentence, by kind: marked, so that it is found again, and also what would mean something in a pattern or a form. */
const valueOfKind: Readonly<Record<string, fc.Arbitrary<SaidValue>>> = {
  '': fc.oneof(fc.string(), fc.constantFrom('$&', '{count}', '{{x}}', '\\1')).map((text) => `<${text}>`),
  number: fc.integer({ min: 0, max: 2_000_000 }),
  time: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((at) => at.toISOString()),
  said: fc.constant(inner),
  Said: fc.constant(inner),
  stem: fc.constant(inner),
};

describe.each(all)('what the %s says in %s', (_, language, table) => {
  const sentences = sentencesOf(table[language]);
  const english = sentencesOf(table.en);

  it('is all there and says something', () => {
    expect([...sentences.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, text] of sentences) expect(text.trim(), key).not.toBe('');
  });

  it('has the same values in each sentence', () => {
    const own = bySentence(sentences);
    for (const [key, text] of bySentence(english)) expect([key, namesIn(own.get(key) ?? '')]).toEqual([key, namesIn(text)]);
  });

  it('comes out whole, whatever is put in', () => {
    for (const key of bySentence(sentences).keys()) {
      const forms = [key, `${key}.one`, `${key}.other`].flatMap((form) => sentences.get(form) ?? []);
      const given = forms.flatMap(valuesIn).map(([name, kind]) => [name, valueOfKind[kind] ?? fc.constant('')] as const);
      const values = fc.record({ count: fc.integer({ min: 0, max: 2_000_000 }), ...Object.fromEntries(given) });
      const isWhole = (put: Readonly<Record<string, SaidValue>>): void => {
        const form = formAt(language, table[language], key, put) ?? '';
        const words = fill(language, form, put, (one) => sentence(language, one));
        expect(words.trim(), key).not.toBe('');
        const texts = valuesIn(form).flatMap(([name, kind]) => (kind === '' ? [String(put[name])] : []));
        for (const text of texts) expect(words, key).toContain(text);
        // What is written with braces is what a person is to type.
        const typed = form.match(/\{\{\w+\}\}/g)?.map((twice) => twice.slice(1, -1)) ?? [];
        const rest = [...texts.toSorted((a, b) => b.length - a.length), ...typed].reduce(
          (left, known) => left.replaceAll(known, ''),
          words,
        );
        expect(rest, key).not.toMatch(/[{}–]|undefined|\[object/);
      };
      fc.assert(fc.property(values, isWhole), { numRuns: 8 });
    }
  });
});

describe.each(all.filter(([, language]) => language !== 'en'))('what the %s says in %s', (_, language, table) => {
  it('has no English left in it', () => {
    const english = sentencesOf(table.en);
    for (const [key, text] of sentencesOf(table[language])) {
      // What programs read is the same in all languages, and so is what print shops call a hot folder in French.
      const words = text.replaceAll(/`[^`]*`|"[^"]*"|\{[^}]*\}|\/api\/\S*|hot folders?|npm .*|\\\\rip\S*/gi, '');
      expect(words, key).not.toMatch(/\b(?:the|and|is|this|that|with|which|then|from|file|files|folder|job|jobs|printer|again)\b/);
      if (/[a-z]{3}.* .*[a-z]{3}/.test(words)) expect(text, key).not.toBe(english.get(key));
    }
  });
});

/** Where Intl knows more forms than two (French and Spanish for a million), the second is used: it is the one that is right there. */
it.each(languages)('has a form for every count in %s', (language) => {
  for (const count of [0, 1, 2, 5, 1_000_000])
    expect(formAt(language, tables.page[language], 'trouble.waiting', { count }), `${count}`).toMatch(/count:number/);
});
