/**
 * Why a ticket is refused is read by every station, stands in the log and in a note beside the file: whatever is wrong with what it says of a customer's
 * e-mail and phone, the sentence says where, and never what.
 */
import { expect, it } from 'vitest';
import { refusalOf } from '../hub/intake/tickets/read-ticket.ts';

const one = 'ada@example.com';
const other = 'byron@example.org';
const phone = '+49 (30) 123456';

it.each([
  ['a shifted column', 'a.csv', `order;job;quantity\n1;1;${one}\n`, /"quantity" must be .*not what looks like an e-mail address/],
  ['a phone for a date', 'a.csv', `order;job;dueAt\n1;1;${phone}\n`, /"dueAt" must be .*not what looks like a telephone number/],
  ['a field nobody knows', 'a.json', `{"order":"1","${one}":1}`, /e-mail address is not a field/],
  ['said twice', 'a.xml', `<order><id>1</id><quantity>${one}</quantity><quantity>${other}</quantity></order>`, /e-mail address/],
  ['two rows of one job', 'a.csv', `Order,Job,File,Email\n1,1,a.pdf,${one}\n1,1,b.pdf,${other}\n`, /Line 3: "customer.email".*column D/],
  ['two rows with two numbers', 'a.csv', `Order,Job,Phone\n1,1,${phone}\n1,1,${phone}7\n`, /"customer.phone"/],
  ['no headings', 'a.csv', `1001,Flyer,${one},${phone}\n1002,Card,${other},${phone}\n`, /No column is headed/],
  [
    'two elements of one job',
    'a.xml',
    `<jobs>${[one, other].map((email) => `<job><order>1</order><number>1</number><email>${email}</email></job>`).join('')}</jobs>`,
    /customer.email/,
  ],
  [
    'an e-mail behind a line break in JSON',
    'a.json',
    `{"order":"1","notes":"\n${one.padStart(40, 'ada.')}"}`,
    /unexpected what looks like/,
  ],
  ['a long e-mail without quotation marks', 'a.json', `{"order":"1","email":${one.padStart(40, 'ada.')}}`, /e-mail address/],
  ['an e-mail instead of a customer', 'a.json', `{"order":"1","customer":"${one}"}`, /"customer" must be/],
  ['an e-mail that is too long', 'a.json', `{"order":"1","customer":{"email":"${one}${'x'.repeat(500)}"}}`, /customer.email/],
])('%s', (_what, name, content, place) => {
  const refusal = refusalOf(name, content);
  expect(refusal).toMatch(/^BrokenTicket/);
  expect(refusal).toMatch(place);
  for (const secret of ['ada', 'byron', 'example', '123456']) expect(refusal).not.toContain(secret);
});

it('a telephone number where the number of the order stands', () => {
  expect(refusalOf('a.csv', `order;job\n${phone};1\n`)).toMatch(
    /^HostileTicket: Line 2: The order what looks like a telephone number .*formula/,
  );
});

it('what only resembles one is shown, so that it can be found', () => {
  expect(refusalOf('a.csv', 'order;job;dueAt\n1;1;01.05.2026 99:00\n')).toContain('01.05.2026');
  expect(refusalOf('a.csv', 'order;job;quantity\n1;1;0170 12\n')).toContain('0170 12');
});
