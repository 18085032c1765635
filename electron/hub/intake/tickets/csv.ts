/**
 * CSV as spreadsheets, MIS and web shops write it: headings in the first line, one file or one job a row. Cells are text and stay text:
 * leading zeros are kept, a formula is carried as it was written and never begins an order or a job.
 */

import { CsvError, parse } from 'csv-parse/sync';
import type { Ticket } from '../../../../shared/ticket.ts';
import { type Said, said } from '../../../../shared/words/say.ts';
import { type Draft, type DraftField, finishDraft, newDraft, sayField } from './draft.ts';
import { at, quote, refuseMachineName, TicketFault } from './fault.ts';
import { fieldFromWord, isGerman } from './field-words.ts';
import { joinDrafts, numberJobs } from './join-drafts.ts';
import type { NumberStyle } from './read-number.ts';
import { quoteHeadings } from './sentences.ts';

export const csvLimits = { rows: 20_000, lines: 200_000, columns: 200, cells: 500_000, recordLength: 100_000 } as const;

export function parseCsv(text: string, timeZone: string): Ticket[] {
  checkLines(text);
  const { rows, delimiter, linesBefore } = openRows(text.replaceAll(/\r\n?/gu, '\n'));
  const drafts: Draft[] = [];
  let table: Table | null = null;
  let filled = 0;
  let last: { readonly cells: number; readonly where: Said } | null = null;
  try {
    parse(rows, {
      delimiter,
      record_delimiter: '\n',
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: csvLimits.recordLength,
      // Each row becomes a draft at once, so that a file of many empty cells never stands in memory as cells.
      on_record: (cells: string[], { lines }) => {
        if (cells.every((cell) => cell === '')) return null;
        if (table === null) table = readHeadings(cells, delimiter);
        else {
          last = { cells: cells.length, where: said('tickets.line', { line: lines + linesBefore }) };
          drafts.push(readRow(table, cells, last.where));
        }
        filled += cells.filter((cell) => cell !== '').length;
        if (filled > csvLimits.cells) throw new TicketFault('TicketTooLarge', said('tickets.tooManyCells', { most: csvLimits.cells }));
        if (drafts.length > csvLimits.rows) throw new TicketFault('TicketTooLarge', said('tickets.tooManyRows', { most: csvLimits.rows }));
        return null;
      },
    });
  } catch (error) {
    throw error instanceof CsvError ? faultOf(error, linesBefore) : error;
  }
  if (drafts.length === 0) throw new TicketFault('BrokenTicket', said('tickets.noRow'));
  if (!text.endsWith('\n') && !text.endsWith('\r')) checkEnd(table, last);
  numberJobs(drafts);
  return joinDrafts(drafts).map((draft) => finishDraft(draft, timeZone));
}

/** What is left of a row that was cut off may name another order: of "1002" there is "100". Where the last line has no end, only a row as long as the others is whole. */
function checkEnd(table: Table | null, last: { readonly cells: number; readonly where: Said } | null): void {
  if (table === null || last === null || last.cells >= table.columns.length) return;
  throw new TicketFault('BrokenTicket', at(last.where, said('tickets.rowCutOff', { cells: last.cells, of: table.columns.length })));
}

/** The parser counts neither empty lines nor the delimiters of a row, and takes seconds over millions of them. */
function checkLines(text: string): void {
  let lines = 1;
  let start = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 10 || code === 13) {
      lines += 1;
      start = index + 1;
    }
    if (index - start > csvLimits.recordLength)
      throw new TicketFault(
        'TicketTooLarge',
        at(said('tickets.line', { line: lines }), said('tickets.rowTooLong', { most: csvLimits.recordLength })),
      );
    if (lines > csvLimits.lines) throw new TicketFault('TicketTooLarge', said('tickets.tooManyLines', { most: csvLimits.lines }));
  }
}

type Rows = { readonly rows: string; readonly delimiter: string; readonly linesBefore: number };

/** A first line `sep=;`, which Excel writes and reads, says the delimiter. */
function openRows(text: string): Rows {
  const told = /^"?sep=(?<sign>[^\r\n"]|\\t)"?[ \t;,|]*\n/iu.exec(text);
  if (told?.groups === undefined) return { rows: text, delimiter: delimiterOf(text), linesBefore: 0 };
  const sign = told.groups['sign'] === '\\t' ? '\t' : (told.groups['sign'] ?? ';');
  return { rows: text.slice(told[0].length), delimiter: sign, linesBefore: 1 };
}

/** The sign that parts the line of the headings into the most words somebody knows, and then the most words. */
function delimiterOf(text: string): string {
  const headings =
    text
      .trimStart()
      .slice(0, csvLimits.recordLength)
      .split(/[\r\n]/u, 1)[0] ?? '';
  const bare = headings.replaceAll(/"[^"]*"/gu, (quoted) => quoted.replaceAll(/[;,|\t]/gu, ' '));
  const counts = [';', '\t', ',', '|'].map((sign) => {
    const parts = bare.split(sign).slice(0, csvLimits.columns + 1);
    return { sign, known: parts.filter((part) => fieldFromWord(part) !== undefined).length, count: parts.length };
  });
  return counts.toSorted((one, other) => other.known - one.known || other.count - one.count)[0]?.sign ?? ';';
}

/**
 * German lists part cells by a semicolon and thousands by a point. Where a comma parts cells, a point parts decimals, unless the headings are German: then
 * nothing tells.
 */
function numbersOf(headings: readonly string[], delimiter: string): NumberStyle {
  if (delimiter === ';') return 'people';
  return delimiter === ',' && !headings.some(isGerman) ? 'english' : 'unclear';
}

type Column = { readonly field: DraftField; readonly heading: string };
type Table = { readonly columns: readonly Column[]; readonly places: ReadonlyMap<string, Said>; readonly numbers: NumberStyle };

function readHeadings(cells: readonly string[], delimiter: string): Table {
  const headings = cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
  if (cells.length > csvLimits.columns)
    throw new TicketFault('TicketTooLarge', said('tickets.tooManyColumns', { most: csvLimits.columns }));
  const columns: Column[] = [];
  const places = new Map<string, Said>();
  for (const [index, heading] of headings.entries()) {
    refuseMachineName(heading);
    const name = heading === '' ? `column ${index + 1}` : heading;
    const field = fieldFromWord(heading) ?? (`attributes.${freeName(name, columns)}` as const);
    columns.push({ field, heading: name });
    if (!places.has(field)) places.set(field, said('tickets.column', { letter: letterOf(index), name: quote(name) }));
  }
  if (!places.has('order'))
    throw new TicketFault('BrokenTicket', said('tickets.noOrderColumn', { headings: quoteHeadings(headings.slice(0, 8)) }));
  return { columns, places, numbers: numbersOf(headings, delimiter) };
}

/** Two columns of one heading keep both their texts. */
function freeName(name: string, columns: readonly Column[]): string {
  const taken = columns.filter(({ heading }) => heading === name).length;
  return taken === 0 ? name : `${name} (${taken + 1})`;
}

/** A, B ... Z, AA, as spreadsheets count. */
function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}

function readRow({ columns, places, numbers }: Table, cells: readonly string[], where: Said): Draft {
  const width = cells.findLastIndex((cell) => cell !== '') + 1;
  if (width > columns.length)
    throw new TicketFault('BrokenTicket', at(where, said('tickets.rowTooWide', { width, columns: columns.length })));
  const draft = newDraft({ where, places, numbers });
  const told = new Map<DraftField, string>();
  for (const [index, { field, heading }] of columns.entries()) {
    const text = plainCell(cells[index] ?? '');
    const before = sayField(draft, told, field, heading, text);
    if (before !== null)
      throw new TicketFault(
        'BrokenTicket',
        at(
          where,
          said('tickets.twoColumns', {
            field,
            one: quote(before),
            onePlace: places.get(field) ?? '',
            other: quote(text),
            otherPlace: said('tickets.column', { letter: letterOf(index), name: quote(heading) }),
          }),
        ),
      );
  }
  return draft;
}

/** `'00123` and `="00123"` are how spreadsheets keep a number a text. */
function plainCell(cell: string): string {
  return (/^="([^"]*)"$/u.exec(cell)?.[1] ?? (/^'[0-9=+\-@]/u.test(cell) ? cell.slice(1) : cell)).trim();
}

function faultOf(error: CsvError, linesBefore: number): TicketFault {
  const lines: unknown = 'lines' in error ? error['lines'] : undefined;
  const where = typeof lines === 'number' ? said('tickets.line', { line: lines + linesBefore }) : '';
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return new TicketFault('TicketTooLarge', at(where, said('tickets.rowTooLong', { most: csvLimits.recordLength })));
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return new TicketFault('BrokenTicket', at(where, said('tickets.quoteNotClosed')));
  if (error.code.includes('QUOTE'))
    return new TicketFault('BrokenTicket', at(where, said('tickets.quoteMisplaced', { raw: error.message })));
  return new TicketFault('BrokenTicket', at(where, said('tickets.parserSays', { raw: error.message })));
}
