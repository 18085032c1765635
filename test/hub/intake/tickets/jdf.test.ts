import { describe, expect, it } from 'vitest';
import { refusalOf, ticketsOf } from './read-ticket.ts';

const jdf = `<?xml version="1.0" encoding="UTF-8"?>
<JDF xmlns="http://www.CIP4.org/JDFSchema_1_1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ID="n1" Type="Combined" Types="Interpreting Rendering DigitalPrinting" Status="Waiting" Version="1.4" JobID="5012" JobPartID="88" DescriptiveName="Spring flyer">
  <CustomerInfo CustomerID="C7" CustomerJobName="ignored, there is a name">
    <Contact ContactTypes="Delivery"><Person FirstName="Dora" FamilyName="Depot"/></Contact>
    <Contact ContactTypes="Customer">
      <Company OrganizationName="Engine &amp; Co"/>
      <Person FirstName="Ada" FamilyName="Byron"><ComChannel ChannelType="Email" Locator="mailto:ada@example.com"/><ComChannel ChannelType="Phone" Locator="tel:+44-20-1"/></Person>
    </Contact>
  </CustomerInfo>
  <NodeInfo LastEnd="2026-11-24T14:00:00+01:00" FirstStart="2026-11-20T08:00:00+01:00"/>
  <ResourcePool>
    <Media ID="m1" Class="Consumable" DescriptiveName="Gloss 135 g" Weight="135" MediaType="Paper" Dimension="907 1276"/>
    <Component ID="c1" Class="Quantity" ComponentType="FinalProduct" ProductType="Flyer" Dimensions="419.53 595.28 0"/>
    <RunList ID="r1" Class="Parameter"><LayoutElement><FileSpec MimeType="application/pdf" URL="file://server/jobs/5012/Spring%20flyer.pdf"/></LayoutElement></RunList>
    <RunList ID="r2" Class="Parameter"><LayoutElement><FileSpec URL="file:///out/imposed.pdf"/></LayoutElement></RunList>
  </ResourcePool>
  <ResourceLinkPool><MediaLink rRef="m1" Usage="Input"/><RunListLink rRef="r1" Usage="Input"/><RunListLink rRef="r2" Usage="Output"/><ComponentLink rRef="c1" Usage="Output" Amount="1500"/></ResourceLinkPool>
</JDF>`;

const flyer = {
  order: '5012',
  job: '88',
  title: 'Spring flyer',
  quantity: 1500,
  files: ['Spring flyer.pdf'],
  customer: { name: 'Ada Byron', company: 'Engine & Co', email: 'ada@example.com', phone: '+44-20-1' },
  dueAt: '2026-11-24T13:00:00.000Z',
  startAt: '2026-11-20T07:00:00.000Z',
};

describe('JDF 1.x', () => {
  it('job, product, amount, media, customer, dates and the input files', () => {
    expect(ticketsOf('5012.jdf', jdf)).toMatchObject([
      { ...flyer, product: 'Flyer', attributes: { material: 'Gloss 135 g', weight: '135', size: '148x210' } },
    ]);
  });

  it('with prefixes, and under the extension xml', () => {
    const prefixed = jdf.replaceAll(/<(\/?)([A-Z])/gu, '<$1j:$2').replace('xmlns=', 'xmlns:j=');
    expect(ticketsOf('5012.xml', prefixed)).toEqual(ticketsOf('5012.jdf', jdf));
  });

  it('a root that holds parts together is several jobs, each with its own files', () => {
    const text = `<JDF JobID="7" Type="Product" DescriptiveName="Book"><CustomerInfo><Contact><Person FamilyName="Byron"/></Contact></CustomerInfo>
      <ResourcePool><RunList ID="a"><LayoutElement><FileSpec URL="cover.pdf"/></LayoutElement></RunList><RunList ID="b"><LayoutElement><FileSpec URL="body.pdf"/></LayoutElement></RunList></ResourcePool>
      <JDF Type="Product" JobPartID="1" DescriptiveName="Cover"><ResourceLinkPool><RunListLink rRef="a" Usage="Input"/><ComponentLink Usage="Output" Amount="10"/></ResourceLinkPool></JDF>
      <JDF Type="Product" JobPartID="2" DescriptiveName="Body"><ResourceLinkPool><RunListLink rRef="b" Usage="Input"/></ResourceLinkPool></JDF></JDF>`;
    expect(ticketsOf('7.jdf', text)).toMatchObject([
      { order: '7', job: '1', title: 'Cover', quantity: 10, files: ['cover.pdf'], customer: { name: 'Byron' } },
      { order: '7', job: '2', title: 'Body', files: ['body.pdf'], customer: { name: 'Byron' } },
    ]);
  });

  it('refuses what it cannot use', () => {
    expect(refusalOf('x.jdf', '<JDF Type="Product"/>')).toMatch(/^BrokenTicket: "order" is missing/);
    expect(refusalOf('x.jdf', '<Order/>')).toBe('BrokenTicket: The outermost element is "Order", not JDF or XJDF.');
    expect(refusalOf('x.jdf', jdf.replace('file://server/jobs/5012/Spring%20flyer.pdf', 'http://server/flyer.pdf'))).toMatch(
      /^HostileTicket: The file/,
    );
    expect(refusalOf('x.jdf', jdf.replace('Amount="1500"', 'Amount="lots"'))).toContain('"quantity" must be');
  });
});

const xjdf = `<XJDF xmlns="http://www.CIP4.org/JDFSchema_2_0" JobID="5012" JobPartID="88" DescriptiveName="Spring flyer" Version="2.1" Types="Product">
  <ProductList><Product ID="p2" Amount="9" ProductType="Insert"/><Product ID="p1" IsRoot="true" Amount="1500" ProductType="Flyer"><Intent Name="LayoutIntent"><LayoutIntent FinishedDimensions="419.53 595.28 0"/></Intent></Product></ProductList>
  <ResourceSet Name="RunList" Usage="Input"><Resource><RunList><FileSpec URL="file:///jobs/Spring%20flyer.pdf"/></RunList></Resource></ResourceSet>
  <ResourceSet Name="RunList" Usage="Output"><Resource><RunList><FileSpec URL="file:///out/imposed.pdf"/></RunList></Resource></ResourceSet>
  <ResourceSet Name="Media" Usage="Input"><Resource DescriptiveName="Gloss 135 g"><Media MediaType="Paper" Weight="135"/></Resource></ResourceSet>
  <ResourceSet Name="CustomerInfo"><Resource><CustomerInfo CustomerID="C7"/></Resource></ResourceSet>
  <ResourceSet Name="Contact"><Resource><Contact ContactTypes="Customer"><Company OrganizationName="Engine &amp; Co"/><Person FirstName="Ada" FamilyName="Byron"/><ComChannel ChannelType="Email" Locator="ada@example.com"/><ComChannel ChannelType="Phone" Locator="+44-20-1"/></Contact></Resource></ResourceSet>
  <ResourceSet Name="NodeInfo"><Resource><NodeInfo Start="2026-11-20T07:00:00Z" End="2026-11-24T13:00:00Z"/></Resource></ResourceSet>
</XJDF>`;

describe('XJDF 2.x', () => {
  it('says the same as the JDF of the same job', () => {
    expect(ticketsOf('5012.xjdf', xjdf)).toMatchObject([
      { ...flyer, product: 'Flyer', attributes: { material: 'Gloss 135 g', weight: '135', size: '148x210' } },
    ]);
  });

  it('may come as jdf or xml', () => {
    for (const name of ['a.jdf', 'a.xml']) expect(ticketsOf(name, xjdf)).toEqual(ticketsOf('a.xjdf', xjdf));
  });
});
