/**
 * Whatever reads a text that others write takes no more than its length, tried with long runs of each sign that means something to one of them: a pattern that begins
 * anew at each sign of a run takes the square of it, and the hub stands still meanwhile.
 */
import { expect, it } from 'vitest';
import { readSigns } from '../../electron/hub/intake/name-signs.ts';
import { quote } from '../../electron/hub/intake/tickets/fault.ts';
import { fieldFromWord } from '../../electron/hub/intake/tickets/field-words.ts';
import { decodeReference } from '../../electron/hub/intake/tickets/file-reference.ts';
import { readMoment } from '../../electron/hub/intake/tickets/moment.ts';
import { readTicketFile } from '../../electron/hub/intake/tickets/parse.ts';
import { readNumber } from '../../electron/hub/intake/tickets/read-number.ts';
import { lastName, withoutPaths } from '../../electron/hub/server/without-paths.ts';
import { cleanLines } from '../../shared/clean-text.ts';
import { isContact } from '../../shared/contact.ts';
import { parseJobName } from '../../shared/file-name.ts';
import { isHiddenName, placesHeldFor, safeFileName } from '../../shared/safe-name.ts';

const ticket = (name: string, around: (text: string) => string | Uint8Array) => (text: string) =>
  readTicketFile(name, Buffer.from(around(text)), { xmlMapping: {}, timeZone: 'Europe/Berlin' });

const ofTexts: Readonly<Record<string, (text: string) => unknown>> = {
  cleanLines,
  lastName,
  'lastName of a name behind them': (text) => lastName(`${text}a`),
  withoutPaths,
  'withoutPaths of a quoted one': (text) => withoutPaths(`'/a${text}`),
  'isContact by its name': (text) => isContact(text, '030 123456'),
  'isContact by what it is': (text) => isContact('kontakt', text),
  quote,
  fieldFromWord,
  decodeReference,
  readMoment: (text) => readMoment(text, 'end', 'UTC'),
  'readNumber of people': (text) => readNumber(text, 'people'),
  'readNumber in English': (text) => readNumber(text, 'english'),
  'a cell': ticket('a.csv', (text) => `order;x\n1;${text}\n`),
  'a number': ticket('a.csv', (text) => `order,quantity\n1,${text}\n`),
  'a heading': ticket('a.csv', (text) => `order;${text}\n1;2\n`),
  'a list of another encoding': ticket('a.csv', (text) => Buffer.from(`order;x\n1;${text}\u00e4\n`, 'latin1')),
  JSON: ticket('a.json', (text) => text),
  'an order': ticket('a.json', (text) => JSON.stringify({ order: text })),
  XML: ticket('a.xml', (text) => `<order id="1">${text}</order>`),
  'an attribute of XML': ticket('a.xml', (text) => `<order id="${text}"/>`),
};
const patterns = ['{letter}_{order}_{job}_{rest}', '{order}-{job} {rest}', '{order}_{job}'];
const ofNames: Readonly<Record<string, (name: string) => unknown>> = {
  readSigns,
  parseJobName: (name) => parseJobName(name, patterns),
  isHiddenName,
  placesHeldFor,
  safeFileName,
};

const pieces = [
  ...[
    'a',
    '1',
    '0',
    ' ',
    '-',
    '_',
    '.',
    ',',
    ';',
    ':',
    '/',
    '\\',
    '(',
    '[',
    '{',
    '"',
    "'",
    '<',
    '>',
    '&',
    '@',
    '+',
    '=',
    '|',
    '\t',
    '\n',
    'ä',
    'É',
  ],
  ...[
    '\u0301',
    '\u200d',
    '- ',
    '. ',
    '1.',
    '1,',
    'a@',
    'a.',
    '/a',
    "'/a",
    '"/a',
    '&#',
    '&a;',
    '<a>',
    '<a/>',
    '<!--',
    '<![CDATA[',
    '{"a":',
    '[1,',
  ],
  ...['\\"', 'conflict', '(conflict', 'v1 ', 'rev ', 'copy of ', '1-1 ', 'A_1_', '%20', '..', 'b="c" ', '😀'],
];

function work(read: (text: string) => unknown, text: string): number {
  const before = process.threadCpuUsage();
  read(text);
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** Of several tries the quickest: others use the machine as well. */
function slowRuns(read: (text: string) => unknown, length: number, mostMs: number): string[] {
  return pieces.flatMap((piece) =>
    ['', 'x', '!'].flatMap((end) => {
      const text = piece.repeat(length / piece.length) + end;
      for (let turn = 0; turn < 4; turn++) if (work(read, text) < mostMs) return [];
      return [JSON.stringify([piece, end])];
    }),
  );
}

it.each(Object.entries(ofTexts))('%s', (_, read) => expect(slowRuns(read, 20_000, 120)).toEqual([]));

it.each(Object.entries(ofNames))('a name: %s', (_, read) => {
  const often = (name: string): void => {
    for (let turn = 0; turn < 20; turn++) read(name);
  };
  expect(slowRuns(often, 240, 25)).toEqual([]);
});
