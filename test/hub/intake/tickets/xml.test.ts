import { describe, expect, it } from 'vitest';
import { readTicketFile } from '../../../../electron/hub/intake/tickets/parse.ts';
import { checkXmlMapping } from '../../../../electron/hub/intake/tickets/xml-mapping.ts';
import { said } from '../../../../shared/words/say.ts';
import { refusalOf, ticketsOf } from './read-ticket.ts';

const shop = `<?xml version="1.0" encoding="UTF-8"?>
<!-- made by the shop's MIS -->
<m:Bestellkopf xmlns:m="urn:mis" nr="5012">
  <m:Kopf><m:Name>Ada &amp; Söhne</m:Name><m:Termin>2026-11-24T14:00:00+01:00</m:Termin></m:Kopf>
  <m:Zeilen>
    <m:Zeile nr="1"><m:Text><![CDATA[Flyer <A5> &amp;]]></m:Text><m:Menge>1.000</m:Menge><m:Pdf>a.pdf</m:Pdf><m:Pdf>b.pdf</m:Pdf><m:Papier>Bilderdruck</m:Papier></m:Zeile>
    <m:Zeile nr="2"><m:Text>Karte &#252;&#xE4;</m:Text><m:Menge>50</m:Menge></m:Zeile>
  </m:Zeilen>
</m:Bestellkopf>`;

const mapping = {
  jobs: 'Bestellkopf/Zeilen/Zeile',
  order: 'Bestellkopf/@nr',
  job: '@nr',
  title: 'Text',
  quantity: 'Menge',
  files: 'Pdf',
  'customer.company': 'Bestellkopf/m:Kopf/m:Name',
  dueAt: '/Bestellkopf/Kopf/Termin',
  'attributes.material': 'Papier',
};

describe('XML with a mapping', () => {
  it('is read exactly as the mapping says, one job an element', () => {
    const both = { order: '5012', customer: { company: 'Ada & Söhne' }, dueAt: '2026-11-24T13:00:00.000Z' };
    expect(ticketsOf('o.xml', shop, mapping)).toMatchObject([
      { ...both, job: '1', title: 'Flyer <A5> &amp;', quantity: 1000, files: ['a.pdf', 'b.pdf'], attributes: { material: 'Bilderdruck' } },
      { ...both, job: '2', title: 'Karte üä', quantity: 50, files: [], attributes: {} },
    ]);
  });

  it('without "jobs" makes one job', () => {
    expect(ticketsOf('o.xml', '<Order><Head id="7"/><Art>Flyer</Art></Order>', { order: 'Order/Head/@id', title: 'Art' })).toMatchObject([
      { order: '7', job: '1', title: 'Flyer' },
    ]);
  });

  it('says what does not fit', () => {
    expect(refusalOf('o.xml', shop, { ...mapping, jobs: 'Bestellkopf/Line' })).toBe(
      'BrokenTicket: There is no element at "Bestellkopf/Line".',
    );
    // Which place is not there, and which there are: "order is missing" told nobody what to map instead.
    const refused = refusalOf('o.xml', shop, { ...mapping, order: 'Nummer' });
    expect(refused).toContain(
      'Nothing stands at "Nummer", where "order" is mapped. The ticket has "Bestellkopf/@nr", "Bestellkopf/Kopf/Name", ',
    );
    const empty = shop.replace('nr="5012"', 'nr=""');
    expect(refusalOf('o.xml', empty, mapping)).toContain('Job 1: "order" is missing');
    expect(refusalOf('o.xml', shop, { colour: 'x' })).toContain('The XML mapping in the settings is wrong. "colour" is no field');
  });

  it('tells what it and the ticket do not have in common: a second position was gone without a word', () => {
    const two = '<Order><Head><No>1001</No></Head><Item><T>A</T></Item><Item><T>B</T></Item><Note/></Order>';
    const gaps = (mapping: Record<string, string>) =>
      readTicketFile('o.xml', Buffer.from(two), { xmlMapping: mapping, timeZone: 'UTC' }).gaps;
    expect(gaps({ order: 'Order/Head/No', dueAt: 'Head/Due' })).toEqual({
      notFound: [{ field: 'dueAt', path: 'Head/Due' }],
      unread: [{ path: 'Order/Item/T', count: 2 }],
      places: ['Order/Head/No', 'Order/Item/T'],
    });
    expect(gaps({ order: 'Head/No', jobs: 'Item', title: 'T' })).toMatchObject({ notFound: [], unread: [] });
    expect(gaps({ order: 'Order/Number' })).toMatchObject({ notFound: [{ field: 'order', path: 'Order/Number' }] });
    expect(gaps({})).toBeUndefined();
  });

  it('checks a mapping before it is saved', () => {
    expect(checkXmlMapping(mapping)).toBeNull();
    expect(checkXmlMapping({})).toBeNull();
    expect(checkXmlMapping({ title: 'Text' })).toEqual(said('phrases.mappingOrder'));
    for (const path of ['', '/', 'a//b', 'a/@b/c', 'a b', '@'])
      expect(checkXmlMapping({ order: path }), path).toEqual(said('phrases.mappingPath', { path: JSON.stringify(path) }));
  });
});

describe('XML without a mapping', () => {
  it('an order of several items', () => {
    const text = `<Order id="1001" dueDate="2026-11-24">
      <Customer><Name>Ada Byron</Name><Email>ada@example.com</Email><Company>Engine</Company><Address><City>Ely</City></Address></Customer>
      <Items>
        <Item number="1"><Product><Name>Flyer A5</Name></Product><Quantity>500</Quantity><Files><File>front.pdf</File><File name="back.pdf"/></Files><Size>A5</Size></Item>
        <Item number="2"><Product>Card</Product><Quantity>100</Quantity><File>card.pdf</File><Attributes><Attribute name="material" value="Gloss"/></Attributes></Item>
      </Items></Order>`;
    const both = {
      order: '1001',
      customer: { name: 'Ada Byron', email: 'ada@example.com', company: 'Engine' },
      dueAt: '2026-11-24T23:59:59.999Z',
    };
    expect(ticketsOf('o.xml', text)).toMatchObject([
      { ...both, job: '1', product: 'Flyer A5', quantity: 500, files: ['front.pdf', 'back.pdf'], attributes: { Size: 'A5' } },
      { ...both, job: '2', product: 'Card', quantity: 100, files: ['card.pdf'], attributes: { material: 'Gloss' } },
    ]);
  });

  it('several orders in one file, in German', () => {
    const text =
      '<Aufträge><Auftrag><Nummer>1</Nummer><Titel>a</Titel><Auflage>10</Auflage></Auftrag><Auftrag><Nummer>2</Nummer><Titel>b</Titel></Auftrag></Aufträge>';
    expect(ticketsOf('o.xml', text)).toMatchObject([
      { order: '1', title: 'a', quantity: 10 },
      { order: '2', title: 'b' },
    ]);
  });

  it('any root whose children have the usual names', () => {
    expect(ticketsOf('o.xml', '<ticket><order>1001</order><job>2</job><title>Flyer</title></ticket>')).toMatchObject([
      { order: '1001', job: '2', title: 'Flyer' },
    ]);
  });

  it('as web shops write it: with bare ampersands, names of letters, and an empty line before the declaration', () => {
    const title = 'Smith & Sons &uuml; &amp; <![CDATA[A & B &amp;]]>';
    expect(ticketsOf('o.xml', `\n<?xml version="1.0"?><order id="1" notes="a&b"><title>${title}</title></order>`)).toMatchObject([
      { order: '1', title: 'Smith & Sons &uuml; & A & B &amp;', notes: 'a&b' },
    ]);
    const open = '<!-- <![CDATA[ --><title>Smith & Sons</title>';
    expect(ticketsOf('o.xml', `<order id="1">${open}</order>`)).toMatchObject([{ title: 'Smith & Sons' }]);
  });

  it.each([
    ['<Order>', 'The element "Order" is never closed.'],
    ['<Order><Job></Order></Job>', 'The closing tag "Order" at line 1, column 13 does not fit.'],
    ['<a/><b/>', 'more than one outermost element'],
    ['just text', 'has no element'],
    ['<Order id="1', 'has no end'],
    ['<Order a<b>1</Order>', 'has no end'],
    ['<1/>', 'no proper tag at line 1, column 1'],
    ['<Order id="1" id="2"/>', 'duplicate attribute'],
    ['<Order id=1/>', 'unquoted attribute value'],
    ['<Order><Title>x</Title></Order>', '"order" is missing'],
  ])('%s: says what is wrong', (text, sentence) => {
    expect(refusalOf('o.xml', text)).toMatch(/^BrokenTicket: /);
    expect(refusalOf('o.xml', text)).toContain(sentence);
  });
});

describe('XML that says one thing in two ways', () => {
  it('is refused, since nobody knows which is meant', () => {
    expect(refusalOf('o.xml', '<order><number>4205</number><number>4206</number></order>')).toMatch(
      /order is said twice, as "4205" and as "4206"/u,
    );
    expect(refusalOf('o.xml', '<order nr="1"><job nr="1"><quantity>5</quantity><quantity>500</quantity></job></order>')).toContain(
      'quantity is said',
    );
    expect(
      refusalOf('o.xml', '<Bestellkopf nr="1"><Menge>5</Menge><Menge>6</Menge></Bestellkopf>', { order: '@nr', quantity: 'Menge' }),
    ).toContain('Leave one');
  });

  it('is read where it is the same, or one more text', () => {
    const text =
      '<order nr="1"><number>1</number><job nr="1"><title>Flyer</title><title>A5</title><finish>cut</finish><finish>fold</finish></job></order>';
    expect(ticketsOf('o.xml', text)).toMatchObject([{ order: '1', title: 'Flyer', attributes: { title: 'A5', finish: 'cut, fold' } }]);
  });
});
