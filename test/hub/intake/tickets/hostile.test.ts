/**
 * Hostile tickets. Work is asserted by the limits that stop it, not by the clock: a reader that lost its limit would still pass a
 * slow machine's timeout or fail a fast one's. The runner's own time limit catches what never ends.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestTicket } from '../../../../electron/hub/intake/tickets/limits.ts';
import { parseTicketFile, readTicketFile } from '../../../../electron/hub/intake/tickets/parse.ts';
import { xmlLimits } from '../../../../electron/hub/intake/tickets/xml-tree.ts';
import { readTicket, refusalOf } from './read-ticket.ts';

const mebibyte = 1024 * 1024;
const names = ['a.json', 'a.csv', 'a.xml', 'a.jdf', 'a.xjdf', 'a.txt', 'a', ''] as const;

/** Repeated until just under the limit of this kind of ticket. */
function flood(piece: string, limit = mebibyte): string {
  return piece.repeat(Math.floor((limit - 200) / piece.length));
}

describe('XML bombs and external entities', () => {
  const bombs: Record<string, string> = {
    'ten laughs': `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><Order id="1"><Title>&b;</Title></Order>`,
    'external entity':
      '<?xml version="1.0"?><!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]><Order id="1"><Title>&x;</Title></Order>',
    'external DTD': '<!DOCTYPE o SYSTEM "http://example.com/o.dtd"><Order id="1"/>',
    'lower case': '<!doctype o><Order id="1"/>',
    'in a comment': '<Order id="1"><!-- <!DOCTYPE o> --></Order>',
    'entity alone': '<Order id="1"><!ENTITY a "b"></Order>',
    'behind other markup': '<?x "?><!DOCTYPE o [<!ENTITY a "b">]><?y "?><Order id="1"/>',
  };
  it.each(Object.entries(bombs))('%s', (_, text) => {
    for (const name of ['a.xml', 'a.jdf', 'a.xjdf'])
      expect(refusalOf(name, text)).toBe('HostileTicket: The ticket declares a DOCTYPE or an ENTITY, which is not allowed.');
    expect(refusalOf('a.xml', Buffer.from(`\ufeff${text}`, 'utf16le'))).toMatch(/^HostileTicket/);
  });

  it('an entity nobody declared stays as it is written', () => {
    expect(readTicket('a.xml', '<order id="1"><title>&x; &#0; &#xD800; &#65;</title></order>')).toMatchObject({
      ok: true,
      tickets: [{ title: '&x; &#0; &#xD800; A' }],
    });
  });
});

describe('too deep, too wide, too long', () => {
  const cases: Record<string, [name: string, content: string | Uint8Array, code: string, sentence: string]> = {
    'deep JSON lists': ['a.json', flood('['), 'HostileTicket', 'nested more than 100 levels'],
    'deep JSON objects': ['a.json', flood('{"a":'), 'HostileTicket', 'nested more than 100 levels'],
    'deep XML': ['a.xml', flood('<a>'), 'HostileTicket', `nested more than ${xmlLimits.depth} levels`],
    'wide XML': ['a.xml', `<a>${flood('<b/>')}</a>`, 'HostileTicket', `more than ${xmlLimits.elements} elements`],
    'a long tag': ['a.xml', `<order a${flood(' ')}=/>`, 'HostileTicket', `longer than ${xmlLimits.tagLength} characters`],
    'a thousand and one jobs': [
      'a.xml',
      `<order id="1">${'<item nr="1"/>'.repeat(xmlLimits.jobs + 1)}</order>`,
      'TicketTooLarge',
      `more than ${xmlLimits.jobs} jobs`,
    ],
    'JDF parts': [
      'a.jdf',
      `<JDF JobID="1">${'<JDF JobPartID="1"/>'.repeat(xmlLimits.jobs + 1)}</JDF>`,
      'TicketTooLarge',
      `more than ${xmlLimits.jobs} jobs`,
    ],
    'many attributes': [
      'a.json',
      `{"order":1,"attributes":{${Array.from({ length: 501 }, (_, index) => `"k${index}":1`).join()}}}`,
      'TicketTooLarge',
      '501 attributes',
    ],
    'many files': ['a.json', `{"order":1,"files":[${'"a",'.repeat(500)}"a"]}`, 'BrokenTicket', 'at most 500'],
    'many tickets': ['a.json', `[${'{},'.repeat(20_001)}{}]`, 'TicketTooLarge', 'more than 20000 tickets'],
    'one endless line': ['a.csv', flood('a', 20 * mebibyte), 'TicketTooLarge', 'a row is longer'],
    'endless delimiters': ['a.csv', flood(';', 20 * mebibyte), 'TicketTooLarge', 'a row is longer'],
    'endless blank lines': ['a.csv', `order\n${flood('\n', 20 * mebibyte)}`, 'TicketTooLarge', 'more than 200000 lines'],
    'endless old Mac lines': ['a.csv', `order\r${flood('\r', 20 * mebibyte)}`, 'TicketTooLarge', 'more than 200000 lines'],
    'an open quotation mark': ['a.csv', `order\n"${flood('x\n', 150_000)}`, 'TicketTooLarge', 'a row is longer'],
    'more than a ticket': ['a.json', new Uint8Array(mebibyte + 1), 'TicketTooLarge', 'has at most 1048576'],
    'more than a CSV': ['a.csv', new Uint8Array(20 * mebibyte + 1), 'TicketTooLarge', 'has at most'],
  };
  it.each(Object.entries(cases))('%s', (_, [name, content, code, sentence]) => {
    const refusal = refusalOf(name, content);
    expect(refusal).toMatch(new RegExp(`^${code}: `, 'u'));
    expect(refusal).toContain(sentence);
    expect(refusal.length).toBeLessThan(600);
  });

  it('says how much of a file is worth reading', () => {
    expect([longestTicket('a.JSON'), longestTicket('a.csv'), longestTicket('a.jdf')]).toEqual([mebibyte, 20 * mebibyte, mebibyte]);
  });
});

describe('texts that once took quadratic time, or would in a careless reader', () => {
  const traps: Record<string, [string, string | Uint8Array]> = {
    'escaped quotation marks without end': ['a.json', `"${flood('\\"')}`],
    'quotation marks': ['a.json', flood('"')],
    'a bad token at the end': ['a.json', `[${flood('1,')}x]`],
    'blanks before a bad token': ['a.json', `${flood(' ')}x`],
    'blanks in a title': ['a.json', `{"order":1,"title":"${flood(' ')}x"}`],
    'open comments': ['a.xml', flood('<!--')],
    'open sections': ['a.xml', `<a>${flood('<![CDATA[')}</a>`],
    'open attributes': ['a.xml', flood('<a b="')],
    'half characters': ['a.xml', `<order id="1"><title>${flood('&#')}</title></order>`],
    'nested products': [
      'a.xjdf',
      `<XJDF JobID="1">${'<Product>'.repeat(90)}${'<LayoutIntent/>'.repeat(49_000)}${'</Product>'.repeat(90)}</XJDF>`,
    ],
    'nested contacts': [
      'a.xjdf',
      `<XJDF JobID="1">${'<Contact>'.repeat(90)}${'<Person/>'.repeat(49_000)}${'</Contact>'.repeat(90)}</XJDF>`,
    ],
    'nested orders': [
      'a.xml',
      `${'<order>'.repeat(90)}${'<title>x</title>'.repeat(40_000)}${'<item id="1"/>'.repeat(900)}${'</order>'.repeat(90)}`,
    ],
    'lists of one name': ['a.jdf', `<JDF JobID="1">${'<RunListLink rRef="a"/>'.repeat(20_000)}${'<RunList ID="a"/>'.repeat(25_000)}</JDF>`],
    'parts that all take one list': [
      'a.jdf',
      `<JDF JobID="1">${'<RunList ID="x"><FileSpec URL="a"/></RunList>'.repeat(15_000)}${Array.from({ length: 900 }, (_, part) => `<JDF JobPartID="${part}"><RunListLink rRef="x"/></JDF>`).join('')}</JDF>`,
    ],
    'an attribute that is said again and again': [
      'a.xml',
      `<order id="1">${Array.from({ length: 45_000 }, (_, at) => `<C>${at}</C>`).join('')}</order>`,
    ],
    'telephones without end': [
      'a.xml',
      `<order id="1"><phone>${'1, '.repeat(100_000)}</phone>${Array.from({ length: 30_000 }, (_, at) => `<tel>${at}</tel>`).join('')}</order>`,
    ],
    'notes that are added to': [
      'a.csv',
      `order;job;notes\n1;1;"${'a\n'.repeat(45_000)}"\n${Array.from({ length: 19_000 }, (_, at) => `1;1;n${at}\n`).join('')}`,
    ],
    'digits that are no order': ['a.json', JSON.stringify({ order: `${'0'.repeat(900_000)}x` })],
    'letters of an old encoding': ['a.csv', Buffer.from(`\u00e4;order;x\n1;${'a'.repeat(95_000)}\n${'b'.repeat(95_000)}`, 'latin1')],
    'capitals of an old encoding': ['a.csv', Buffer.from(`order;x\n1;${'\u00c4'.repeat(95_000)}\n`, 'latin1')],
    'points and blanks in a number': ['a.csv', `order,quantity,due\n1,${'1.000'.repeat(9000)},${'1 '.repeat(9000)}\n`],
  };
  it.each(Object.entries(traps))('%s', (_, [name, content]) => {
    expect(content.length).toBeLessThanOrEqual(longestTicket(name));
    const before = process.cpuUsage();
    expect(readTicket(name, content)).toHaveProperty('ok');
    // Work, not time: other tests run beside this one. Each takes far below a second; what is quadratic takes ten and more.
    expect(process.cpuUsage(before).user).toBeLessThan(5e6);
  });
});

describe('a ticket the reader stumbles over is refused, since it would stumble again', () => {
  it('very many fields nobody knows are named as far as somebody reads', () => {
    const fields = Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [`k${at}`, 1]));
    expect(refusalOf('a.json', JSON.stringify({ order: '1', ...fields }))).toMatch(/^BrokenTicket: "k0", "k1",.*"k7" is not a field/u);
  });

  it('a fault of the reader itself is an answer', () => {
    const bytes = new TextEncoder().encode('{"order":"1","dueAt":"2026-11-27"}');
    expect(readTicketFile('a.json', bytes, { xmlMapping: {}, timeZone: 'no/zone' })).toMatchObject({
      ok: false,
      code: 'BrokenTicket',
      detail: expect.stringContaining('fault of its own'),
    });
  });

  it('what a JDF calls its part is quoted in a refusal like any other text', () => {
    const parts = ['a\u202eb', 'ada@example.com'].map((id) => `<JDF JobPartID="${id}"><NodeInfo LastEnd="soon"/></JDF>`);
    expect(refusalOf('a.jdf', `<JDF JobID="1">${parts.join('')}</JDF>`)).toMatch(/^BrokenTicket: JobPartID "a\\u\{202e\}b": /u);
    expect(refusalOf('a.jdf', `<JDF JobID="1">${parts.toReversed().join('')}</JDF>`)).not.toContain('ada@example.com');
  });
});

describe('names that reach the machinery of JavaScript', () => {
  it.each(['__proto__', 'constructor', 'prototype'])('%s', (name) => {
    expect(refusalOf('a.json', `{"order":"1","${name}":{"polluted":true}}`)).toMatch(/^HostileTicket: The name/);
    expect(refusalOf('a.json', `{"order":"1","attributes":{"${name}":"x"}}`)).toMatch(/^HostileTicket/);
    expect(refusalOf('a.json', `{"order":"1","attributes":{"\\u00${name.charCodeAt(0).toString(16)}${name.slice(1)}":"x"}}`)).toMatch(
      /^HostileTicket/,
    );
    expect(refusalOf('a.csv', `order,${name}\n1,x\n`)).toMatch(/^HostileTicket/);
    expect(refusalOf('a.xml', `<order id="1"><${name}>x</${name}></order>`)).toMatch(/^HostileTicket/);
    expect(refusalOf('a.xml', `<order id="1" ${name}="x"/>`)).toMatch(/^HostileTicket/);
    expect(refusalOf('a.xml', `<order id="1"><attribute name="${name}" value="x"/></order>`)).toMatch(/^HostileTicket/);
    expect('polluted' in {}).toBe(false);
  });

  it('harmless names of the same kind are names', () => {
    expect(readTicket('a.xml', '<order id="1"><toString>x</toString><valueOf>y</valueOf></order>')).toMatchObject({ ok: true });
    expect(readTicket('a.csv', 'order,toString\n1,x\n')).toMatchObject({ ok: true, tickets: [{ attributes: { toString: 'x' } }] });
  });
});

describe('bytes that are no text', () => {
  const broken: Record<string, Uint8Array> = {
    'cut UTF-8': Buffer.from([0x7b, 0xc3]),
    'overlong slash': Buffer.from([0x7b, 0xc0, 0xaf]),
    'a surrogate in UTF-8': Buffer.from([0xed, 0xa0, 0x80]),
    'half a UTF-16 character': Buffer.from([0xff, 0xfe, 0x7b]),
    'a lone surrogate in UTF-16': Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x7b, 0x00]),
    zeros: new Uint8Array(4096),
    nothing: new Uint8Array(0),
    blanks: Buffer.from(' \r\n\t'),
    'a PDF': Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3', 'latin1'),
    'a ZIP': Buffer.from('PK\x03\x04\x14\0', 'latin1'),
  };
  it.each(Object.entries(broken))('%s', (_, bytes) => {
    for (const name of names) expect(readTicket(name, bytes)).toMatchObject({ ok: false });
  });
});

describe('anything at all', () => {
  const valid: Record<string, string> = {
    'a.json': '{"order":"1001","job":"2","customer":{"name":"Ada"},"files":["a.pdf"],"dueAt":"2026-11-24","attributes":{"size":"A5"}}',
    'a.csv': 'order;job;quantity;files;due;paper\n1001;1;1.000;a.pdf|b.pdf;24.11.2026;Gloss\n1001;2;"5";;;\n',
    'a.xml':
      '<?xml version="1.0"?><Order id="1001"><!-- c --><Customer><Name>Ada &amp; Co</Name></Customer><Items><Item nr="1"><Title><![CDATA[x]]></Title></Item></Items></Order>',
    'a.jdf':
      '<j:JDF xmlns:j="u" JobID="1" JobPartID="2"><j:NodeInfo LastEnd="2026-11-24T14:00:00+01:00"/><j:RunList><j:FileSpec URL="file:///a.pdf"/></j:RunList></j:JDF>',
    'a.xjdf':
      '<XJDF JobID="1"><ProductList><Product Amount="5"/></ProductList><ResourceSet Name="RunList"><Resource><FileSpec URL="a.pdf"/></Resource></ResourceSet></XJDF>',
  };

  function mustAnswer(name: string, bytes: Uint8Array): void {
    const result = parseTicketFile(name, bytes, { xmlMapping: {}, timeZone: 'Europe/Berlin' });
    if (!result.ok) {
      expect(result.detail.length).toBeLessThanOrEqual(500);
      expect(['BrokenTicket', 'HostileTicket', 'TicketTooLarge']).toContain(result.code);
      return;
    }
    for (const { order, files, dueAt } of result.tickets) {
      expect(order).toMatch(/^[\p{L}\p{N}]/u);
      for (const file of files) expect(file).not.toMatch(/[/\\:\0]|^\./u);
      if (dueAt !== undefined) expect(dueAt).toMatch(/^[0-9]{4}-.*Z$/);
    }
  }

  it('is answered: any bytes under any name', () => {
    fc.assert(fc.property(fc.constantFrom(...names), fc.uint8Array({ maxLength: 300 }), mustAnswer), { numRuns: 500 });
  });

  it('is answered: any text under any name', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string({ unit: 'binary', maxLength: 300 }), (name, text) =>
        mustAnswer(name, new TextEncoder().encode(text)),
      ),
      { numRuns: 500 },
    );
  });

  it('is answered: good tickets with pieces cut out, doubled, and replaced by what hurts', () => {
    const hurting = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      ';',
      '{',
      '}',
      '[',
      ']',
      '\\',
      '\0',
      '../',
      '\ufeff',
      '=',
      '__proto__',
      '<![CDATA[',
      ']]>',
      '-->',
      '<?',
      '\n',
      '\ud800',
      '1e999',
      '-',
      '<!ENTITY',
    );
    const change = fc.record({ at: fc.nat(300), cut: fc.nat(20), put: fc.oneof(hurting, fc.string({ maxLength: 5 })) });
    fc.assert(
      fc.property(fc.constantFrom(...Object.entries(valid)), fc.array(change, { minLength: 1, maxLength: 6 }), ([name, text], changes) => {
        const changed = changes.reduce(
          (before, { at, cut, put }) => before.slice(0, at % before.length) + put + before.slice((at % before.length) + cut),
          text,
        );
        mustAnswer(name, new TextEncoder().encode(changed));
      }),
      { numRuns: 2000 },
    );
  });

  it.each(Object.entries(valid))('%s is a good ticket before it is changed', (name, text) => {
    expect(readTicket(name, text)).toMatchObject({ ok: true });
  });
});
