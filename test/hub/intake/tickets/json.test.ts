import { describe, expect, it } from 'vitest';
import { refusalOf, ticketsOf } from './read-ticket.ts';

const full = {
  order: 1001,
  job: '02',
  title: 'Spring flyer',
  product: 'Flyer A5',
  quantity: 500,
  customer: { name: 'Ada Byron', email: 'ada@example.com', phone: '+44 20 1', company: 'Engine & Co' },
  files: ['flyer.pdf', 'art/back.pdf', 'file:///C:/Users/Ada/My%20Jobs/front.pdf'],
  dueAt: '2026-11-24T14:00:00+01:00',
  startAt: '2026-11-20',
  submitted: true,
  approval: 'required',
  fulfilment: 'collection',
  priority: 5,
  notes: 'Call before delivery',
  attributes: { size: 'A5', sides: 2, folded: false },
};

describe('our JSON ticket', () => {
  it('is read with ids as numbers, dates in UTC and files by their name', () => {
    expect(ticketsOf('t.json', JSON.stringify(full))).toEqual([
      {
        ...full,
        order: '1001',
        files: ['flyer.pdf', 'back.pdf', 'front.pdf'],
        dueAt: '2026-11-24T13:00:00.000Z',
        dueAtWritten: '2026-11-24T14:00:00+01:00',
        dueDayOnly: false,
        startAt: '2026-11-20T00:00:00.000Z',
        startAtWritten: '2026-11-20',
        startDayOnly: true,
        attributes: { size: 'A5', sides: '2', folded: 'false' },
      },
    ]);
  });

  it('needs no more than an order', () => {
    expect(ticketsOf('t.JSON', '{"order":"W2P-778"}')).toEqual([{ order: 'W2P-778', job: '1', files: [], attributes: {} }]);
  });

  it('may be a list, may have a byte order mark, may be UTF-16', () => {
    expect(ticketsOf('t.json', '[{"order":1,"job":1},{"order":1,"job":2}]').map(({ job }) => job)).toEqual(['1', '2']);
    expect(ticketsOf('t.json', '\ufeff{"order":"1"}')).toHaveLength(1);
    expect(ticketsOf('t.json', Buffer.from('\ufeff{"order":"Ä1"}', 'utf16le'))).toMatchObject([{ order: 'Ä1' }]);
    expect(ticketsOf('t.json', Buffer.from('\ufeff{"order":"Ä1"}', 'utf16le').swap16())).toMatchObject([{ order: 'Ä1' }]);
  });

  it.each([
    ['{}', '"order" is missing; it must be a number, or letters'],
    ['{"order":"1","quantity":"many"}', '"quantity" must be a whole number from 1 to 1,000,000,000, not "many".'],
    ['{"order":"1","quantity":0}', 'not "0".'],
    ['{"order":"1/2"}', '"order" must be'],
    ['{"order":"1","colour":"red"}', '"colour" is not a field of a ticket; own fields go into "attributes".'],
    ['{"order":"1","dueAt":"tomorrow"}', '"dueAt" must be a date such as 2026-11-24'],
    ['{"order":"1","dueAt":"2026-02-30"}', '"dueAt" must be a date'],
    ['{"order":"1","fulfilment":"drone"}', '"fulfilment" must be "collection" or "delivery", not "drone".'],
    ['{"order":"1","customer":{"email":7}}', '"customer.email"'],
    ['[{"order":"1"},{"job":"1"}]', 'Ticket 2: "order" is missing'],
    ['[]', 'no ticket in the file'],
    ['7', 'A ticket must be an object'],
    ['null', 'A ticket must be an object'],
  ])('%s: says what is wrong', (text, sentence) => {
    expect(refusalOf('t.json', text)).toMatch(/^BrokenTicket: /);
    expect(refusalOf('t.json', text)).toContain(sentence);
  });

  it.each([
    ['{\n  "order": "1",\n}', 'line 3, column 1: unexpected "}"'],
    ['{"order": hello}', 'line 1, column 11: unexpected "hello}"'],
    ['{\n"order": [1,\n ]}', 'line 3, column 2: unexpected "]}"'],
    ['{"order": "1"', 'line 1, column 14: the text ends too early'],
    ['{"order": ', 'the text ends too early'],
    ['order=1', 'line 1, column 1: unexpected "order=1"'],
    ["{'order': 1}", 'line 1, column 2'],
  ])('%j: says where', (text, place) => {
    expect(refusalOf('t.json', text)).toContain(`BrokenTicket: This is not JSON at `);
    expect(refusalOf('t.json', text)).toContain(place);
  });
});

describe('the files a ticket names', () => {
  it.each([
    '../secret.pdf',
    'a/../../b.pdf',
    '/etc/passwd',
    'C:\\Windows\\x.pdf',
    'C:foo.pdf',
    '\\\\server\\share\\x.pdf',
    '//server/x.pdf',
    'http://example.com/x.pdf',
    'data:text/plain,x',
    'flyer.pdf:stream',
    'file:///a/%2e%2e/b.pdf',
    'file:///a/..%2f..%2fb.pdf',
    'file:///x%00.pdf',
    'file:///%zz.pdf',
    'CON.pdf',
    'x.pdf.',
    'a\u202efdp.exe',
    '..',
    '.',
    'a/',
    '.htaccess',
    'x\u0000.pdf',
  ])('%j is refused', (file) => {
    expect(refusalOf('t.json', JSON.stringify({ order: '1', files: [file] }))).toMatch(
      /^HostileTicket: The file ".*A ticket names a file by its name alone\.$/,
    );
  });

  it('are counted once', () => {
    expect(ticketsOf('t.json', '{"order":1,"files":["a.pdf","b/a.pdf","A.pdf"]}')).toMatchObject([{ files: ['a.pdf', 'A.pdf'] }]);
  });
});

describe('a key that is said twice', () => {
  it.each([
    ['{"order":"4001","order":"4002"}', '"order"'],
    ['{"order":"1","files":["a.pdf"],\n "fil\\u0065s" : ["b.pdf"]}', '"files" is said twice, the second time at line 2, column 2'],
    ['[{"order":"1","job":"1"},{"order":"1","job":"2","customer":{"name":"Ada","name":"Bob"}}]', '"name"'],
  ])('is refused in %s', (text, says) => {
    expect(refusalOf('t.json', text)).toContain(says);
  });

  it('is told from keys of other objects, and from what only looks like one', () => {
    const ticket = { order: '1', title: '"order": \\', attributes: { order: 'x', 'a"b': '{"order":1,' } };
    expect(
      ticketsOf(
        't.json',
        JSON.stringify([
          { ...ticket, job: '1' },
          { ...ticket, job: '2' },
        ]),
      ),
    ).toHaveLength(2);
  });
});
