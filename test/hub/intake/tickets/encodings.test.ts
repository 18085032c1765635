/** XML in the encoding it declares, and JDF by the rules of JDF. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refusalOf, ticketsOf } from './read-ticket.ts';

const order = (encoding: string) => `<?xml version="1.0" encoding="${encoding}"?><Order id="1"><Title>Grüße</Title></Order>`;

describe('XML in the encoding it declares', () => {
  it.each([
    ['ISO-8859-1', Buffer.from(order('ISO-8859-1'), 'latin1')],
    ['windows-1252', Buffer.from(order('windows-1252').replace('Grüße', 'Grüße \x80'), 'latin1')],
    ['UTF-8', Buffer.from(order('UTF-8'))],
    ['UTF-8 with its mark, whatever it declares', Buffer.from(`\ufeff${order('ISO-8859-1')}`)],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${order('UTF-16')}`, 'utf16le')],
    ['UTF-16BE with its mark', Buffer.from(`\ufeff${order('UTF-16')}`, 'utf16le').swap16()],
    ['UTF-16 without its mark', Buffer.from(order('UTF-16LE'), 'utf16le')],
    ['UTF-8 that says UTF-16, as .NET writes it', Buffer.from(order('utf-16'))],
    ['none declared', Buffer.from('<Order id="1"><Title>Grüße</Title></Order>')],
  ])('%s', (name, bytes) => {
    expect(ticketsOf('t.xml', bytes)).toMatchObject([{ title: name === 'windows-1252' ? 'Grüße €' : 'Grüße' }]);
    expect(
      ticketsOf(
        't.jdf',
        Buffer.from(
          order('ISO-8859-1').replace('<Order id="1"><Title>Grüße</Title></Order>', '<JDF JobID="1" DescriptiveName="Grüße"/>'),
          'latin1',
        ),
      ),
    ).toMatchObject([{ title: 'Grüße' }]);
  });

  it.each([
    [
      'no encoding anybody knows',
      Buffer.from(order('EBCDIC-XX')),
      'The XML says it is written in "EBCDIC-XX", which is not known here. Save it as UTF-8.',
    ],
    ['UTF-8 that is none', Buffer.from(order('UTF-8'), 'latin1'), 'The XML says it is UTF-8, and is not. Save it as UTF-8.'],
    [
      'nothing, and no UTF-8',
      Buffer.from('<Order id="1"><Title>Gr\xfc\xdfe</Title></Order>', 'latin1'),
      'The XML does not say its encoding, and is not UTF-8. Save it as UTF-8.',
    ],
  ])('%s is refused in words', (_, bytes, sentence) => {
    expect(refusalOf('t.xml', bytes)).toBe(`BrokenTicket: ${sentence}`);
  });
});

const jdf = (amount: string, url = '') =>
  `<JDF JobID="2008" JobPartID="1"><ResourcePool><RunList ID="r"><LayoutElement><FileSpec URL="${url}"/></LayoutElement></RunList></ResourcePool><ResourceLinkPool><RunListLink Usage="Input" rRef="r"/><ComponentLink Usage="Output" rRef="c" Amount="${amount}"/></ResourceLinkPool></JDF>`;

describe('JDF', () => {
  it.each(['500', '500.000', '500.000000', '5.0E2', '+500', '500.'])('an amount is a double: %s is 500', (amount) => {
    expect(ticketsOf('a.jdf', jdf(amount))).toMatchObject([{ quantity: 500 }]);
    expect(ticketsOf('a.xjdf', `<XJDF JobID="1"><ProductList><Product Amount="${amount}"/></ProductList></XJDF>`)).toMatchObject([
      { quantity: 500 },
    ]);
  });

  it.each(['500.5', '1,000', '1.000,00', 'INF', 'NaN', '-500', '0x1F4'])('an amount of %s is refused', (amount) => {
    expect(refusalOf('a.jdf', jdf(amount))).toContain('"quantity" must be a whole number');
  });

  it('any whole amount is read as it is, however it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), fc.nat(6), (amount, decimals) => {
        for (const written of [amount.toFixed(decimals), amount.toExponential()])
          expect(ticketsOf('a.jdf', jdf(written))).toMatchObject([{ quantity: amount }]);
      }),
    );
  });

  it.each([
    ['Content/2010%20My%20Flyer.pdf', '2010 My Flyer.pdf'],
    ['2010%20M%C3%BCller.pdf', '2010 Müller.pdf'],
    ['./Flyer%20%231.pdf#page=2', 'Flyer #1.pdf'],
    ['file:///C:/Jobs/My%20Flyer.pdf', 'My Flyer.pdf'],
    // Never encoded: a name as it is.
    ['My 100%20 Flyer #2.pdf', 'My 100%20 Flyer #2.pdf'],
    ['100%.pdf', '100%.pdf'],
  ])('the URL %s is the file %s', (url, file) => {
    expect(ticketsOf('a.jdf', jdf('1', url))).toMatchObject([{ files: [file] }]);
    const xjdf = `<XJDF JobID="1"><ResourceSet Name="RunList"><Resource><RunList><FileSpec URL="${url}"/></RunList></Resource></ResourceSet></XJDF>`;
    expect(ticketsOf('a.xjdf', xjdf)).toMatchObject([{ files: [file] }]);
  });

  it.each(['..%2f..%2fsecret.pdf', '%2e%2e/x.pdf', 'http://x/y.pdf', '%2Fetc%2Fpasswd', 'C%3A%5Cx.pdf', 'a%00.pdf'])(
    'the URL %s leads nowhere',
    (url) => {
      expect(refusalOf('a.jdf', jdf('1', url))).toMatch(/^HostileTicket: The file/u);
    },
  );

  it('parts of one number are one job with all its files', () => {
    const part = (id: string, file: string) => `<JDF JobPartID="${id}"><RunList><FileSpec URL="${file}"/></RunList></JDF>`;
    expect(ticketsOf('a.jdf', `<JDF JobID="7">${part('1', 'a.pdf')}${part('1', 'b.pdf')}</JDF>`)).toMatchObject([
      { job: '1', files: ['a.pdf', 'b.pdf'] },
    ]);
  });
});

describe('XML of a shop', () => {
  it('items without a number are counted, and do not become one job', () => {
    const text =
      '<Order id="1"><Items><Item><Title>a</Title><File>a.pdf</File></Item><Item><Title>b</Title><File>b.pdf</File></Item></Items></Order>';
    expect(ticketsOf('o.xml', text)).toMatchObject([
      { job: '1', title: 'a', files: ['a.pdf'] },
      { job: '2', title: 'b', files: ['b.pdf'] },
    ]);
  });

  it('tickets of one order in a JSON list must say which job they are', () => {
    expect(refusalOf('t.json', '[{"order":1,"job":1},{"order":2},{"order":1}]')).toBe(
      'BrokenTicket: Ticket 3: ticket 1 is of the same order "1"; "job" must be given in both.',
    );
  });
});
