/** A list has a second column for telephone or e-mail, or an XML ticket puts them among its attributes: they never come where stations, rules and history see them. */
import { expect, test } from 'vitest';
import { ticketsOf } from '../hub/intake/tickets/read-ticket.ts';

test.each([
  ['t.csv', 'order;Telefon;Mobil;E-Mail;mail;paper\n1;030 1;0170 2;ada@x.de;count@x.de;matt'],
  ['t.csv', 'order;Telefon;Telefon 2;E-Mail;E-Mail 2;paper\n1;030 1;0170 2;ada@x.de;count@x.de;matt'],
  [
    't.xml',
    '<order><id>1</id><phone>030 1</phone><email>ada@x.de</email><attributes><mobil>0170 2</mobil><email>count@x.de</email><paper>matt</paper></attributes></order>',
  ],
])('%s: %s', (name, content) => {
  const [ticket] = ticketsOf(name, content);
  expect([ticket?.attributes, ticket?.customer]).toEqual([{ paper: 'matt' }, { phone: '030 1, 0170 2', email: 'ada@x.de, count@x.de' }]);
});

test('more of them than have room are left out, and the first stays', () => {
  const [ticket] = ticketsOf('t.csv', `order;phone;mobile\n1;${'1'.repeat(40)};${'2'.repeat(40)}`);
  expect([ticket?.attributes, ticket?.customer]).toEqual([{}, { phone: '1'.repeat(40) }]);
});
