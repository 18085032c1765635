/** Dates of tickets, by the clock of the shop. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMoment } from '../../../../electron/hub/intake/tickets/moment.ts';
import { refusalOf, ticketsOf } from './read-ticket.ts';

const berlin = 'Europe/Berlin';

describe('a date without a zone', () => {
  it('in a German list is read by the clock of the shop; a day without a time is due at the end of that day', () => {
    const list = 'order;job;due\n3002;1;01.12.2026\n3003;1;01.12.2026 14:00\n';
    expect(ticketsOf('dates.csv', list, {}, berlin)).toMatchObject([
      { dueAt: '2026-12-01T22:59:59.999Z', dueDayOnly: true, dueAtWritten: '01.12.2026' },
      { dueAt: '2026-12-01T13:00:00.000Z', dueDayOnly: false, dueAtWritten: '01.12.2026 14:00' },
    ]);
    expect(ticketsOf('dates.csv', list, {}, 'America/New_York')).toMatchObject([
      { dueAt: '2026-12-02T04:59:59.999Z' },
      { dueAt: '2026-12-01T19:00:00.000Z' },
    ]);
  });

  it('begins with the start of its day where it says when to start', () => {
    expect(ticketsOf('t.json', '{"order":1,"startAt":"2026-12-01"}', {}, berlin)).toMatchObject([
      { startAt: '2026-11-30T23:00:00.000Z', startDayOnly: true, startAtWritten: '2026-12-01' },
    ]);
  });

  it('is read so in JSON, XML and JDF alike; one with a zone is what it says', () => {
    expect(ticketsOf('t.json', '{"order":1,"dueAt":"2026-12-01T14:00:00"}', {}, berlin)).toMatchObject([
      { dueAt: '2026-12-01T13:00:00.000Z' },
    ]);
    expect(ticketsOf('t.json', '{"order":1,"dueAt":"2026-12-01T14:00:00-05:00"}', {}, berlin)).toMatchObject([
      { dueAt: '2026-12-01T19:00:00.000Z' },
    ]);
    expect(ticketsOf('t.xml', '<Order id="1"><DueDate>2026-12-01</DueDate></Order>', {}, berlin)).toMatchObject([
      { dueAt: '2026-12-01T22:59:59.999Z' },
    ]);
    expect(
      ticketsOf('t.jdf', '<JDF JobID="1"><NodeInfo LastEnd="2026-12-01T14:00:00" FirstStart="2026-11-30"/></JDF>', {}, berlin),
    ).toMatchObject([{ dueAt: '2026-12-01T13:00:00.000Z', startAt: '2026-11-29T23:00:00.000Z' }]);
  });
});

describe('a date as people and programs write it', () => {
  it.each([
    ['2026-12-01T14:00:00Z', '2026-12-01T14:00:00.000Z'],
    ['2026-12-01 14:00', '2026-12-01T13:00:00.000Z'],
    ['2026-12-01T14:00:00.5+0100', '2026-12-01T13:00:00.500Z'],
    ['2026/12/01 2:05 PM', '2026-12-01T13:05:00.000Z'],
    ['20261201', '2026-12-01T22:59:59.999Z'],
    ['1.12.26', '2026-12-01T22:59:59.999Z'],
    ['01.12.2026, 14:00 Uhr', '2026-12-01T13:00:00.000Z'],
    ['Di., 1. 12. 2026 um 14 Uhr', '2026-12-01T13:00:00.000Z'],
    ['1. Dezember 2026', '2026-12-01T22:59:59.999Z'],
    ['1-Dec-2026', '2026-12-01T22:59:59.999Z'],
    ['Tue, 1 Dec 2026 14:00:00 +0100', '2026-12-01T13:00:00.000Z'],
    ['December 1st, 2026', '2026-12-01T22:59:59.999Z'],
    ['5. März 2026', '2026-03-05T22:59:59.999Z'],
    ['2026-12-01+01:00', '2026-12-01T22:59:59.999Z'],
    ['2026-12-01Z', '2026-12-01T23:59:59.999Z'],
    ['2026-12-01T24:00:00', '2026-12-01T23:00:00.000Z'],
    // Skipped and shown twice by the clock.
    ['29.03.2026 02:30', '2026-03-29T01:30:00.000Z'],
    ['25.10.2026 02:30', '2026-10-25T00:30:00.000Z'],
  ])('%s', (written, instant) => {
    expect(readMoment(written, 'end', berlin)?.at).toBe(instant);
  });

  it.each([
    ['11/24/2026', 'Day and month can be read both ways.'],
    ['46357', 'This looks like the number a spreadsheet keeps for a day: format the column as a date.'],
    ['30.02.2026', 'must be a date'],
    ['01.12.2026 25:00', 'must be a date'],
    ['01.12.2026 14', 'must be a date'],
    ['nächste Woche', 'must be a date'],
    ['2026-12-01T14:00 MEZ', 'must be a date'],
    ['0001-01-01', 'must be a date'],
  ])('%s is refused, and the sentence names row and column', (written, why) => {
    const refusal = refusalOf('t.csv', `order;Liefertermin\n1;\n2;${written}\n`);
    expect(refusal).toMatch(/^BrokenTicket: Line 3: "dueAt" must be a date such as 2026-11-24/u);
    expect(refusal).toContain(`not ${JSON.stringify(written)} (column B, "Liefertermin").`);
    expect(refusal).toContain(why);
  });

  it('0001-01-01 is refused in JSON as well', () => {
    expect(refusalOf('t.json', '{"order":1,"dueAt":"0001-01-01"}')).toContain('"dueAt" must be a date');
  });

  it('any text is a date or none, and none takes long', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => void readMoment(text, 'end', berlin)));
    const piece = fc.constantFrom('2026', '12', '1', '.', '-', '/', ' ', 'T', ':', '30', 'Uhr', 'Dez', 'PM', '+', 'Z', ',');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const moment = readMoment(pieces.join(''), 'end', berlin);
        if (moment !== null) expect(moment.at).toMatch(/^[0-9]{4}-.*Z$/u);
      }),
      { numRuns: 2000 },
    );
  });
});
