/** Lists as Excel, MIS and web shops really write them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTicket, refusalOf, ticketsOf } from './read-ticket.ts';

const one = (text: string | Uint8Array) => ticketsOf('t.csv', text)[0];

describe('one list in every shape a spreadsheet gives it', () => {
  const cells = [
    ['Auftragsnr.', 'Pos.', 'Bezeichnung', 'Menge (Stück)', 'Datei'],
    ['00123', '1', 'Faltblatt "Süd"', '500', 'a.pdf'],
    ['00123', '2', 'Karte; groß, bunt', '250', 'b.pdf'],
  ] as const;
  const expected = [
    { order: '00123', job: '1', title: 'Faltblatt "Süd"', quantity: 500, files: ['a.pdf'] },
    { order: '00123', job: '2', title: 'Karte; groß, bunt', quantity: 250, files: ['b.pdf'] },
  ];
  const delimiters = [';', ',', '\t', '|'] as const;
  const ends = ['\r\n', '\n', '\r'] as const;
  const encodings: Readonly<Record<string, (text: string) => Uint8Array>> = {
    'UTF-8': (text) => Buffer.from(text),
    'UTF-8 with its mark': (text) => Buffer.from(`\ufeff${text}`),
    'UTF-16LE with its mark': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
    'UTF-16BE with its mark': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
    'UTF-16LE without': (text) => Buffer.from(text, 'utf16le'),
    'UTF-16BE without': (text) => Buffer.from(text, 'utf16le').swap16(),
    'Windows-1252': (text) => Buffer.from(text, 'latin1'),
  };

  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const needsQuotes = /[;,|\t"\r\n]/u;

  it.each(Object.entries(encodings))('in %s, with any delimiter, line end, quotes, and empty rows and columns behind', (_, encode) => {
    fc.assert(
      fc.property(
        fc.constantFrom(...delimiters),
        fc.constantFrom(...ends),
        fc.record({ sep: fc.boolean(), all: fc.boolean(), columns: fc.nat(3), rows: fc.nat(3), last: fc.boolean() }),
        (delimiter, end, { sep, all, columns, rows, last }) => {
          const row = (line: readonly string[]) =>
            line.map((cell) => (all || needsQuotes.test(cell) ? quoted(cell) : cell)).join(delimiter) + delimiter.repeat(columns);
          const lines = [
            ...(sep ? [`sep=${delimiter}`] : []),
            ...cells.map(row),
            ...Array.from({ length: rows }, () => delimiter.repeat(4 + columns)),
          ];
          const text = lines.join(end) + (last ? end : '');
          fc.pre(text.length > 0);
          expect(ticketsOf('liste.csv', encode(text))).toMatchObject(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('whatever the cells say, they come out as they went in', () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) =>
      text
        .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
        .trim()
        .normalize('NFC'),
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 8 }), fc.constantFrom(...delimiters), (titles, delimiter) => {
        const plain = titles.map((title) => title.replace(/^'(?=[0-9=+\-@])|^="(.*)"$/u, 'x'));
        const text =
          ['order', 'title'].join(delimiter) + plain.map((title, index) => `\r\n${index + 1}${delimiter}${quoted(title)}`).join('');
        expect(ticketsOf('t.csv', text).map(({ title }) => title ?? '')).toEqual(plain);
      }),
    );
  });

  it('is said honestly where the encoding had to be judged, by the words', () => {
    const list = 'Auftrag;Bezeichnung;Stück\n1;Müller – schöne Grüße;5\n';
    const mac = Buffer.from([...list].map((sign) => ({ ü: 0x9f, ö: 0x9a, ß: 0xa7, '–': 0xd0 })[sign] ?? sign.charCodeAt(0)));
    const windows = Buffer.from([...list].map((sign) => (sign === '–' ? 0x96 : sign.charCodeAt(0))));
    const read = { title: 'Müller – schöne Grüße', quantity: 5 };
    expect(readTicket('t.csv', windows)).toMatchObject({ ok: true, readAs: 'Windows-1252', tickets: [read] });
    expect(readTicket('t.csv', mac)).toMatchObject({ ok: true, readAs: 'Mac OS Roman', tickets: [read] });
    expect(readTicket('t.csv', list)).toMatchObject({ ok: true, readAs: null, tickets: [read] });
    expect(refusalOf('t.json', Buffer.from('{"order":"1","title":"St\xfcck"}', 'latin1'))).toBe(
      'BrokenTicket: The text is not UTF-8. Save it as UTF-8.',
    );
  });
});

describe('headings', () => {
  it.each([
    ['Menge (Stück)', { quantity: 7 }],
    ['Auflage [Stk.]', { quantity: 7 }],
    ['Menge in Stück', { quantity: 7 }],
    ['QUANTITY (pcs)', { quantity: 7 }],
    ['Anzahl / Quantity', { quantity: 7 }],
    ['Stückzahl:', { quantity: 7 }],
    // Sheets are no pieces.
    ['Menge (Bogen)', { attributes: { 'Menge (Bogen)': '7' } }],
    ['Kundennummer', { attributes: { Kundennummer: '7' } }],
  ])('%s', (heading, ticket) => {
    expect(one(`Order;${heading}\n1;7\n`)).toMatchObject(ticket);
  });

  it('with the form of a date beside it', () => {
    expect(one('Auftrags-Nr.;Liefertermin (TT.MM.JJJJ)\n1;24.11.2026\n')).toMatchObject({ dueAt: '2026-11-24T23:59:59.999Z' });
  });

  it('doubled: what says the same counts once, what may say more is kept, what contradicts is refused', () => {
    expect(one('Auftrag;Bestellnummer;Titel;Beschreibung;Paper;Paper\n1;1;Flyer;A5, folded;matt;gloss\n')).toMatchObject({
      order: '1',
      title: 'Flyer',
      attributes: { Beschreibung: 'A5, folded', Paper: 'matt', 'Paper (2)': 'gloss' },
    });
    expect(one('Auftrag;Datei;Datei\n1;a.pdf;b.pdf\n')).toMatchObject({ files: ['a.pdf', 'b.pdf'] });
    expect(refusalOf('t.csv', 'Auftrag;Titel;Bestellnummer\n1;x;1\n1;x;77\n')).toBe(
      'BrokenTicket: Line 3: two columns say the order, "1" (column A, "Auftrag") and "77" (column C, "Bestellnummer"). Leave one of them out.',
    );
  });
});

describe('numbers', () => {
  it('of a comma file have decimals behind a point: three of them are no thousands', () => {
    expect(one('order,job,quantity\n3121,1,500.000\n')).toMatchObject({ quantity: 500 });
    expect(one('order,quantity\n1,"1,500.00"\n')).toMatchObject({ quantity: 1500 });
    expect(one('order,quantity\n1,"1.500,00"\n')).toMatchObject({ quantity: 1500 });
    const [thousand, two] = ['1.500', '2.000'];
    expect(refusalOf('t.csv', `order,job,quantity\n1,1,${thousand}\n1,2,${two}\n`)).toMatch(/^BrokenTicket: Line 2: .*two ways/u);
    expect(refusalOf('t.csv', 'order,quantity\n1,1.5\n')).toContain('"quantity" must be a whole number');
  });

  it('that could be read in two ways are refused where nothing tells which, with row and column', () => {
    expect(refusalOf('t.csv', 'order\tMenge\n1\t500\n2\t1.000\n')).toBe(
      'BrokenTicket: Line 3: "quantity" must be a whole number from 1 to 1,000,000,000, not "1.000" (column B, "Menge"). It can be read in two ways: write it without a sign between the digits.',
    );
    // A comma list with German headings: one to one reader, a thousand to the next.
    for (const list of ['Auftrag,Position,Menge\n1,1,"1.000"\n', 'order,Auflage\n1,500.000\n'])
      expect(refusalOf('t.csv', list)).toContain('It can be read in two ways');
    expect(one('Auftrag;Menge\n1;1.000\n')).toMatchObject({ quantity: 1000 });
    expect(one('order|Menge\n1|1.000.000\n')).toMatchObject({ quantity: 1_000_000 });
  });

  it('may have their unit behind them', () => {
    for (const written of ['500 Stk.', '500 Stück', '500 pcs', '500x'])
      expect(one(`order;quantity\n1;${written}\n`)).toMatchObject({ quantity: 500 });
  });

  it('of orders are texts: zeros in front stay, and what keeps a text a text is taken off', () => {
    expect(one('order;job\n00123;01\n')).toMatchObject({ order: '00123', job: '01' });
    expect(one("order;job\n'00123;'01\n")).toMatchObject({ order: '00123', job: '01' });
    expect(one('order,job\n"=""00123""","=""01"""\n')).toMatchObject({ order: '00123', job: '01' });
    expect(one("order;title\n1;'Tis the season\n")).toMatchObject({ title: "'Tis the season" });
  });

  it.each(['1.23457E+11', '1,23E+05', '1E+15', '4,5e-3'])(
    'of orders that a spreadsheet has shortened (%s) are refused, since digits are lost',
    (written) => {
      const text = `"Auftrag";"Titel"\n"1";"a"\n"${written}";"b"\n`;
      expect(refusalOf('t.csv', text)).toMatch(
        /^BrokenTicket: Line 3: The order ".*" \(column A, "Auftrag"\) has been shortened by a spreadsheet/u,
      );
    },
  );

  it('of orders may look like powers and be none', () => {
    expect(one('order\n12E3\n')).toMatchObject({ order: '12E3' });
  });
});

describe('several rows of one job', () => {
  it('one row a file: the job has all its files', () => {
    expect(ticketsOf('rows.csv', 'order;job;files\n2004;1;2004 cover sheet.pdf\n2004;1;2004 inner pages.pdf\n')).toMatchObject([
      { order: '2004', job: '1', files: ['2004 cover sheet.pdf', '2004 inner pages.pdf'] },
    ]);
  });

  it('need not stand together, may say the rest once, and lose nothing', () => {
    const text =
      'order;job;files;quantity;due;notes;Teil\n1;1;a.pdf;500,00;01.12.2026;fold;Umschlag\n2;1;x.pdf;;;;\n1;1;b.pdf;500;;trim;Innenteil\n';
    expect(ticketsOf('rows.csv', text)).toMatchObject([
      {
        order: '1',
        files: ['a.pdf', 'b.pdf'],
        quantity: 500,
        dueDayOnly: true,
        notes: 'fold\ntrim',
        attributes: { Teil: 'Umschlag | Innenteil' },
      },
      { order: '2', files: ['x.pdf'] },
    ]);
  });

  it('that contradict each other are refused, with both rows', () => {
    expect(refusalOf('t.csv', 'order;job;Menge\n1;1;500\n1;2;5\n1;1;300\n')).toBe(
      'BrokenTicket: Line 4: "quantity" of the job "1-1" is "300" (column C, "Menge"), but "500" before (Line 2). Correct one of them, or give the jobs numbers of their own.',
    );
    expect(refusalOf('t.csv', 'order;job;Kunde\n1;1;Ada\n1;1;Bea\n')).toContain('"customer.name" of the job "1-1" is "Bea"');
  });

  it('some with a number and some without are refused; all without are counted', () => {
    expect(refusalOf('t.csv', 'order;Pos.;title\n1;2;a\n1;;b\n')).toBe(
      'BrokenTicket: Line 3: the job has no number (column B, "Pos."), but another of the order "1" has one (Line 2). Give each its number, or none.',
    );
    expect(ticketsOf('t.csv', 'order;job;title\n1;;a\n1;;b\n2;;c\n').map(({ order, job }) => `${order}-${job}`)).toEqual([
      '1-1',
      '1-2',
      '2-1',
    ]);
  });

  it('two names in one ticket are two files, whatever their content; one name is one', () => {
    expect(one('order;job;files\n1;1;cover.pdf|cover back.pdf\n1;1;cover.pdf\n')).toMatchObject({ files: ['cover.pdf', 'cover back.pdf'] });
  });
});

describe('the cell of the files', () => {
  it.each([
    ['front.pdf | back.pdf', ['front.pdf', 'back.pdf']],
    ['front.pdf, back.pdf', ['front.pdf', 'back.pdf']],
    ['"front.pdf\nback.pdf"', ['front.pdf', 'back.pdf']],
    ['Flyer, A5.pdf', ['Flyer, A5.pdf']],
  ])('%j', (cell, files) => {
    expect(one(`order\tfiles\n1\t${cell}\n`)).toMatchObject({ files });
  });

  it('with a name that is none is refused with row and column', () => {
    expect(refusalOf('t.csv', 'order;Datei\n1;a.pdf\n2;..\\b.pdf\n')).toBe(
      'HostileTicket: Line 3: The file "..\\\\b.pdf" (column B, "Datei") leads out of its folder. A ticket names a file by its name alone.',
    );
  });
});

describe('lines are counted as an editor counts them', () => {
  it('with a sep line, empty lines, and cells of several lines before', () => {
    const text = 'sep=;\r\norder;notes;quantity\r\n\r\n1;"two\r\nlines";5\r\n2;;many\r\n';
    expect(refusalOf('t.csv', text)).toContain('Line 6: "quantity" must be');
  });
});
