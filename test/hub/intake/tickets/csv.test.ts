import { describe, expect, it } from 'vitest';
import { csvLimits } from '../../../../electron/hub/intake/tickets/csv.ts';
import { refusalOf, ticketsOf } from './read-ticket.ts';

describe('CSV as a shop sends it', () => {
  it('English, with commas, columns in any order, unknown columns as attributes', () => {
    const text =
      'Quantity,Order,Job,Title,Customer,Email,Files,Due date,Paper,Size\r\n"1,000",1001,1,"Flyer, A5",Ada Byron,ada@example.com,front.pdf|back.pdf,2026-11-24,Gloss 135 g,A5\r\n250,1001,2,Card,,,,,,\r\n';
    expect(ticketsOf('jobs.csv', text)).toMatchObject([
      {
        order: '1001',
        job: '1',
        title: 'Flyer, A5',
        quantity: 1000,
        customer: { name: 'Ada Byron', email: 'ada@example.com' },
        files: ['front.pdf', 'back.pdf'],
        dueAt: '2026-11-24T23:59:59.999Z',
        attributes: { Paper: 'Gloss 135 g', Size: 'A5' },
      },
      { order: '1001', job: '2', title: 'Card', quantity: 250, files: [], attributes: {} },
    ]);
  });

  it('German, with semicolons, umlauts and a byte order mark', () => {
    const text =
      '\ufeffAuftragsnummer;Pos.;Bezeichnung;Stück;Kunde;Firma;Datei;Fällig am;Versandart;Freigabe\n5012;88;Faltblatt;1.000;Ada Byron;Engine & Söhne;flyer.pdf;24.11.2026 14:00;Abholung;erforderlich\n';
    expect(ticketsOf('auftraege.csv', text)).toMatchObject([
      {
        order: '5012',
        job: '88',
        title: 'Faltblatt',
        quantity: 1000,
        customer: { name: 'Ada Byron', company: 'Engine & Söhne' },
        files: ['flyer.pdf'],
        dueAt: '2026-11-24T14:00:00.000Z',
        fulfilment: 'collection',
        approval: 'required',
      },
    ]);
  });

  it('with tabs; empty lines and rows count for nothing', () => {
    expect(ticketsOf('t.csv', 'order\tjob\n\n1\t1\n\t\n2\t1\n').map(({ order }) => order)).toEqual(['1', '2']);
  });

  it('without a column for the job the rows of an order are counted', () => {
    expect(ticketsOf('t.csv', 'order,title\n1,a\n2,b\n1,c\n').map(({ order, job }) => `${order}-${job}`)).toEqual(['1-1', '2-1', '1-2']);
  });

  it.each([
    ['500', 500],
    ['1.000', 1000],
    ['1,000', 1000],
    ["1'000", 1000],
    ['1 000', 1000],
    ['1.000.000', 1_000_000],
    ['1.000,00', 1000],
    ['500,0', 500],
    ['500.00', 500],
  ])('a quantity of %s is %d', (written, quantity) => {
    expect(ticketsOf('t.csv', `order;quantity\n1;${written}\n`)).toMatchObject([{ quantity }]);
  });

  it.each(['1.5', '1,50', '12,34,5', '1.000,000', 'viele', '-3', '1e9', '0x10'])('a quantity of %s is refused', (written) => {
    expect(refusalOf('t.csv', `order;quantity\n1;${written}\n`)).toMatch(/^BrokenTicket: Line 2: "quantity" must be a whole number/);
  });

  it('formulas stay text, and never make an order', () => {
    expect(ticketsOf('t.csv', `order,title,cell\n1,"=HYPERLINK(""http://x"")",@SUM(A1)\n`)).toMatchObject([
      { title: '=HYPERLINK("http://x")', attributes: { cell: '@SUM(A1)' } },
    ]);
    for (const id of ['=1+1', '+1', '-1', '@x']) {
      expect(refusalOf('t.csv', `order,job\n${id},1\n`)).toMatch(/^HostileTicket: Line 2: The order .* begins like a formula\.$/);
      expect(refusalOf('t.csv', `order,job\n1,${id}\n`)).toMatch(/^HostileTicket: Line 2: The job/);
    }
  });

  it.each([
    ['a,b\n1,2\n', 'No column is headed "order" or "Auftrag"; found were "a", "b".'],
    ['order,job\n', 'no row below the headings'],
    ['order,job\n1,2,3\n', 'Line 2: 3 cells, but only 2 headings.'],
    ['order,job\n1,1\n1/2,1\n', 'Line 3: "order" must be'],
    ['order,dueAt\n1,11/24/2026\n', '"dueAt" must be a date such as 2026-11-24'],
    ['order,title\n1,"open\n2,b\n', 'a quotation mark is opened and never closed'],
  ])('%j: says what is wrong', (text, sentence) => {
    expect(refusalOf('t.csv', text)).toMatch(/^BrokenTicket: /);
    expect(refusalOf('t.csv', text)).toContain(sentence);
  });

  it("cut off in the middle of a row: the order it begins like is nobody's", () => {
    const whole = 'order;job;title;file\r\n1001;1;Cards;a.pdf\r\n1002;1;Flyer;b.pdf';
    const [rowFrom, lastCellFrom] = [whole.indexOf('1002'), whole.lastIndexOf(';')];
    for (let at = rowFrom + 1; at <= lastCellFrom; at++)
      expect(refusalOf('t.csv', whole.slice(0, at))).toMatch(
        /^BrokenTicket: Line 3: it ends after [123] of 4 cells and without a line break/,
      );
    expect(ticketsOf('t.csv', whole)).toMatchObject([{ order: '1001' }, { order: '1002' }]);
    expect(ticketsOf('t.csv', whole.slice(0, rowFrom))).toMatchObject([{ order: '1001' }]);
    // Who writes short rows ends them.
    expect(ticketsOf('t.csv', 'order;job;title;file\n1002;1\n')).toMatchObject([{ order: '1002' }]);
  });

  it('is bounded in rows, columns and the length of a row', () => {
    expect(refusalOf('t.csv', `order\n${'1\n'.repeat(csvLimits.rows + 1)}`)).toMatch(/^TicketTooLarge: .*split it/);
    expect(refusalOf('t.csv', `order${','.repeat(csvLimits.columns)}\n1\n`)).toMatch(/^TicketTooLarge: .*columns/);
    expect(refusalOf('t.csv', `order,title\n1,"${'a'.repeat(csvLimits.recordLength + 1)}"\n`)).toMatch(/^TicketTooLarge: .*longer/);
    expect(refusalOf('t.csv', 'order,__proto__\n1,x\n')).toMatch(/^HostileTicket/);
  });
});
