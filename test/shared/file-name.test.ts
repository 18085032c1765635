import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkPattern,
  checkTemplate,
  isHiddenName,
  isSafeName,
  keepsContract,
  type NameParts,
  parseJobName,
  renderName,
  safeName,
  splitName,
} from '../../shared/file-name.ts';
import { placesHeldFor, safeFileName } from '../../shared/safe-name.ts';
import { type Said, sentence } from '../../shared/words/say.ts';

const patterns = ['{letter}_{order}_{job}_{rest}', '{order}-{job} {rest}', '{order}-{job}', '{order}_{job}_{rest}', '{order}_{job}'];
const anyText = fc.string({ unit: 'binary', maxLength: 400 });

function inWords(fault: Said | null): string | null {
  return fault === null ? null : sentence('en', fault);
}

describe('what a file name says', () => {
  it.each([
    ['1001-2 Flyer.pdf', '1001', '2', null, 'Flyer'],
    ['1001-02.pdf', '1001', '02', null, ''],
    ['1001_2.pdf', '1001', '2', null, ''],
    ['1001_2_Flyer_A5.pdf', '1001', '2', null, 'Flyer_A5'],
    ['1001-2a Flyer 2026-11-24.pdf', '1001', '2a', null, 'Flyer 2026-11-24'],
    ['P_5012_88_anything.pdf', '5012', '88', 'P', 'anything'],
    ['d_5012_88_x_y.pdf', '5012', '88', 'd', 'x_y'],
    ['P_2026_11_24.pdf', '2026', '11', 'P', '24'],
    ['W2P-778-3 Card.pdf', 'W2P-778', '3', null, 'Card'],
    ['Auftrag-1001-2.PDF', 'Auftrag-1001', '2', null, ''],
  ])('%s', (name, order, job, letter, rest) => {
    expect(parseJobName(name, patterns)).toEqual({ order, job, letter, rest });
  });

  it.each([
    'My-Flyer.pdf',
    'Final_v2.pdf',
    '2026-11-24 scan.pdf',
    '2026_11_24_scan.pdf',
    'Scan_2026-11-24.pdf',
    '24-11-2026.pdf',
    'A5-2 pages.pdf',
    'Poster_A3_2.pdf',
    '1001-2-3.pdf',
    'my_flyer5_2.pdf',
    'my_flyer_5_2_x.pdf',
    'P_Final_2_x.pdf',
    'P_5012_88.pdf',
    '1001.pdf',
    '.pdf',
    '',
  ])('%s says nothing', (name) => {
    expect(parseJobName(name, patterns)).toBeNull();
  });

  it('passes over patterns that are no good, and tells why', () => {
    const bad = ['{order}', '{order}{job}', '{order}-{job}-{job}', '{number}-{order}-{job}', '{order}/{job}', '{{order}-{job}'];
    expect(parseJobName('1001-2.pdf', [...bad, '{order}-{job}'])).toMatchObject({ order: '1001', job: '2' });
    for (const pattern of bad) expect(inWords(checkPattern(pattern)), pattern).toMatch(/\.$/);
    for (const pattern of patterns) expect(checkPattern(pattern)).toBeNull();
  });

  it('takes signs of a pattern for themselves', () => {
    expect(parseJobName('[1001] (2)+x.pdf', ['[{order}] ({job})+{rest}'])).toMatchObject({ order: '1001', job: '2', rest: 'x' });
  });

  it('never fails, whatever the name and the patterns', () => {
    fc.assert(fc.property(anyText, fc.array(anyText), (name, more) => void parseJobName(name, [...more, ...patterns])));
  });
});

describe('safe names', () => {
  it.each([
    'Flyer.pdf',
    'Räksmörgås 动作 Адрес.pdf',
    'CONTACT.pdf',
    'a'.repeat(255),
    '-x.pdf',
    "O'Neill & Co, 50% (final)!.pdf",
    'com10.txt',
  ])('%s', (name) => {
    expect(isSafeName(name)).toBe(true);
  });

  it.each([
    '',
    '.',
    '..',
    '../x.pdf',
    'a/b.pdf',
    'a\\b.pdf',
    'C:foo.pdf',
    'x.pdf:stream',
    'a?.pdf',
    'a*',
    'a"b',
    '<a>',
    'a|b',
    'a\0.pdf',
    'a\n.pdf',
    'a\u0085b',
    'x.pdf.',
    'x.pdf ',
    '.hidden',
    'CON',
    'con.pdf',
    'Nul.tar.gz',
    'COM1.pdf',
    'com¹.pdf',
    'LPT9',
    'aux .txt',
    'CONIN$',
    'fdp.\u202eexe',
    'a\u200bb',
    '\ufeffa',
    'a\ud800',
    'a\u2028b',
    'ä'.repeat(128),
  ])('refuses %j', (name) => {
    expect(isSafeName(name)).toBe(false);
  });

  it('makes any text safe, and leaves what is safe', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 8, max: 255 }), (text, maxBytes) => {
        const name = safeName(text, maxBytes);
        expect(isSafeName(name)).toBe(true);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(maxBytes);
        expect(name.normalize('NFC')).toBe(name);
        expect(safeName(name, maxBytes)).toBe(name);
      }),
    );
    expect(safeName('Flyer  A5 (v1.2).final')).toBe('Flyer  A5 (v1.2).final');
    expect(safeName('a/b:c')).toBe('a_b_c');
    expect(safeName('con.pdf')).toBe('_con.pdf');
    expect(safeName('\0..')).toBe('unnamed');
  });

  it('makes hard texts safe: devices, accents that meet, dots and blanks by the thousand', () => {
    const hard = fc.array(
      fc.constantFrom('con', 'COM1', '.', ' ', '~$', 'e', '\u0301', '\u200b', '<', '\u0338', ';', '\u037e', '/', '😀', '\ud800', '_'),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(hard, fc.integer({ min: 8, max: 40 }), (pieces, maxBytes) => {
        const name = safeName(pieces.join(''), maxBytes);
        expect(isSafeName(name)).toBe(true);
        expect(safeName(name, maxBytes)).toBe(name);
      }),
    );
    expect(safeName(`x${'. '.repeat(50_000)}x`)).toBe('x');
  });

  it('knows the names of unfinished files', () => {
    for (const name of [
      '.x.pdf',
      '~$x.docx',
      'x.pdf.part',
      'x.TMP',
      'x.crdownload',
      'x.filepart',
      'x.partial',
      'x.download',
      'Thumbs.db',
      'desktop.ini',
      '.DS_Store',
      '._x.pdf',
      'x.pdf~',
    ])
      expect(isHiddenName(name), name).toBe(true);
    for (const name of ['x.pdf', 'part.pdf', 'tmp', '~x.pdf', 'download.pdf']) expect(isHiddenName(name), name).toBe(false);
  });

  it('takes what is deleted, or is kept beside a file by the system, for no arrival', () => {
    for (const name of [
      '@Recycle',
      '@Recently-Snapshot',
      '#recycle',
      '#snapshot',
      '$RECYCLE.BIN',
      'RECYCLER',
      'Recycle Bin',
      'trashbox',
      'Network Trash Folder',
      '2013-1 Flyer.pdf~3f1c.ffs_tmp',
      '2014-1 Flyer.pdf.crswap',
      '3130-1 Flyer.pdf.Zone.Identifier.txt',
      'Flyer.pdf:Zone.Identifier',
      'Flyer.pdf:Zone.Identifier:$DATA',
      'Flyer.pdf\uf03aZone.Identifier',
      'Flyer.pdf:AFP_AfpInfo',
      'Flyer.pdf.tmp.drivedownload',
      'Flyer.pdf.!qB',
      'Flyer.pdf.sb-1a2b3c4d-XyZ123',
    ])
      expect(isHiddenName(name), name).toBe(true);
    for (const name of ['Trash the dress.pdf', 'Recycle bin stickers.pdf', 'Snapshot.pdf', 'Zone.pdf', 'uploading.pdf', 'C:Flyer.pdf'])
      expect(isHiddenName(name), name).toBe(false);
  });

  it('knows an empty file that holds the place of one still loaded beside it', () => {
    const beside = [
      'Flyer.pdf',
      'Flyer.pdf.part',
      'Card.pdf',
      'Card.4f-x_1Z9.pdf.part',
      'Poster.pdf',
      'Poster 2.pdf.part',
      'Notes',
      'Notes.part',
    ];
    const held = new Set(beside.flatMap(placesHeldFor));
    const holdsPlace = (name: string): boolean => held.has(name.toLowerCase());
    expect(beside.filter(holdsPlace)).toEqual(['Flyer.pdf', 'Card.pdf', 'Notes']);
    expect(holdsPlace('FLYER.PDF')).toBe(true);
  });

  it('accepts what nobody sees and everybody writes, and takes it out', () => {
    for (const [name, made] of [
      ['2015-1 Poster 👩\u200d🎨.pdf', '2015-1 Poster 👩🎨.pdf'],
      ['2016-1 Bro\u00adschure.pdf', '2016-1 Broschure.pdf'],
      ['\u200emarks\u200f.pdf', 'marks.pdf'],
      ['می\u200cخواهم.pdf', 'میخواهم.pdf'],
    ] as const) {
      expect(isSafeName(name), name).toBe(true);
      expect(safeName(name)).toBe(made);
    }
  });

  it('cuts no letter into halves, and no extension off', () => {
    expect(safeName(`${'a'.repeat(195)}🇩🇪`)).toBe('a'.repeat(195));
    expect(safeName(`${'a'.repeat(198)}q\u0308`)).toBe('a'.repeat(198));
    expect(safeName('é'.normalize('NFD').repeat(200), 9)).toBe('éééé');
    expect(safeFileName('Flyer.pdf')).toBe('Flyer.pdf');
    fc.assert(
      fc.property(anyText, fc.integer({ min: 60, max: 255 }), (text, maxBytes) => {
        const made = safeFileName(`x${text}.pdf`, maxBytes);
        expect(Buffer.byteLength(made)).toBeLessThanOrEqual(maxBytes);
        expect(splitName(made).extension).toBe('pdf');
        expect(isSafeName(made)).toBe(true);
      }),
    );
    const long = 'a'.repeat(240);
    expect(safeFileName(`${long}1.pdf`)).not.toBe(safeFileName(`${long}2.pdf`));
  });

  it('parts stem and extension', () => {
    expect(splitName('Flyer v1.2.PDF')).toEqual({ stem: 'Flyer v1.2', extension: 'PDF' });
    expect(splitName('Flyer')).toEqual({ stem: 'Flyer', extension: '' });
    expect(splitName('.pdf')).toEqual({ stem: '.pdf', extension: '' });
    expect(splitName('Flyer. pdf')).toEqual({ stem: 'Flyer. pdf', extension: '' });
  });
});

describe('names in a hot folder', () => {
  const flyer: NameParts = {
    order: '5012',
    job: '88',
    title: 'Flyer: A/B',
    product: null,
    quantity: 500,
    letter: 'P',
    version: 2,
    name: '5012-88 Flyer',
  };
  const orders = fc.stringMatching(/^[A-Z]{0,3}[0-9]{1,8}$/);
  const jobs = fc.stringMatching(/^[0-9]{1,4}[a-z]?$/);

  const tellingTemplates = ['{order} {job} {version} {name}', '{name} {title} ({order} {job}) v{version}', '{version} {order} {job}'];

  it('fills the template', () => {
    expect(renderName('{name}', flyer, 'pdf')).toBe('5012-88 Flyer.pdf');
    expect(renderName('{letter}_{order}_{job}_{name} v{version}', flyer, 'pdf')).toBe('P_5012_88_5012-88 Flyer v2.pdf');
    expect(renderName('{title} {quantity}x{product}', flyer, 'tif')).toBe('Flyer_ A_B 500x.tif');
    expect(renderName('{title}', { ...flyer, title: '{name}' }, '')).toBe('{name}');
  });

  it('is always safe, at most 200 bytes, and keeps the extension', () => {
    const parts = fc.record({
      order: anyText,
      job: anyText,
      title: fc.option(anyText),
      product: fc.option(anyText),
      quantity: fc.option(fc.nat()),
      letter: fc.option(anyText),
      version: fc.nat(),
      name: anyText,
    });
    fc.assert(
      fc.property(anyText, parts, fc.constantFrom('pdf', 'tif', 'jpeg'), (template, job, extension) => {
        const name = renderName(`${template}{name}{title}`, job, extension);
        expect(isSafeName(name)).toBe(true);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
        expect(splitName(name).extension).toBe(extension);
      }),
    );
    expect(isSafeName(renderName('{name}', { ...flyer, name: 'x' }, '../..'))).toBe(true);
  });

  it('never cuts off what tells two apart, however long the names and however short the limit', () => {
    const ids = fc.stringMatching(/^[A-Za-z0-9äЖ动][A-Za-z0-9äЖ动._-]{0,59}$/u);
    const longText = fc.string({ unit: 'grapheme', minLength: 0, maxLength: 300 });
    const job = fc.record({ order: ids, job: ids, version: fc.nat({ max: 99 }), name: longText, title: longText });
    fc.assert(
      fc.property(job, job, fc.constantFrom(143, 200, 255), fc.constantFrom(...tellingTemplates), (one, other, maxBytes, template) => {
        fc.pre(one.order !== other.order || one.job !== other.job || one.version !== other.version);
        const made = [one, { ...one, ...other, name: one.name, title: one.title }, other].map((parts) =>
          renderName(template, { ...flyer, ...parts }, 'pdf', maxBytes),
        );
        for (const name of made) {
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(maxBytes);
          expect(isSafeName(name)).toBe(true);
        }
        expect(made[0]).not.toBe(made[1]);
        expect(made[0]).not.toBe(made[2]);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps order, job and version readable where the free text is too long', () => {
    const long = { ...flyer, name: 'Süßwasserfischverkäuferin '.repeat(20) };
    const made = renderName('{letter}_{order}_{job}_{name} v{version}', long, 'pdf', 143);
    expect(made).toMatch(/^P_5012_88_Süßwasser.* v2~[0-9a-z]{8}\.pdf$/u);
    expect(Buffer.byteLength(made)).toBeGreaterThan(130);
    expect(renderName('{name} ({order}-{job})', long, 'pdf')).toMatch(/ \(5012-88\)~[0-9a-z]{8}\.pdf$/u);
    const pages = [1, 2, 3].map((page) => renderName('{name}', { ...flyer, name: `${'Brochure '.repeat(30)}page ${page}` }, 'pdf'));
    expect(new Set(pages).size).toBe(3);
  });

  it('the contract form says the same job when it is read again', () => {
    fc.assert(
      fc.property(orders, jobs, fc.constantFrom('P', 'd'), anyText, (order, job, letter, name) => {
        const made = renderName('{letter}_{order}_{job}_{name}', { ...flyer, order, job, letter, name: `x${name}` }, 'pdf');
        expect(keepsContract(made, order, job)).toBe(true);
        expect(parseJobName(made, patterns)).toMatchObject({ order, job, letter });
      }),
    );
  });

  it('the contract is kept for exactly this order and job', () => {
    expect(keepsContract('p_5012_88_x.pdf', '5012', '88')).toBe(true);
    for (const name of [
      '5012_88_x.pdf',
      '_5012_88_x.pdf',
      'PP_5012_88_x.pdf',
      'P_5012_8_x.pdf',
      'P_5012_888_x.pdf',
      'P_5012_88.pdf',
      'P-5012-88-x.pdf',
      '1_5012_88_x.pdf',
    ])
      expect(keepsContract(name, '5012', '88'), name).toBe(false);
  });

  it('says what is wrong with a template', () => {
    for (const good of ['{name}', '{order}-{job} {title}', '{letter}_{order}_{job}_{name}']) expect(checkTemplate(good)).toBeNull();
    for (const bad of ['flyer', '{nam}', '{name', 'a/{name}', '..\\{name}', '{name}:x', '{version}', '{order}\u202e'])
      expect(inWords(checkTemplate(bad)), bad).toMatch(/\.$/);
  });
});
