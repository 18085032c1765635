/**
 * CSV as spreadsheets, MIS and web shops write it: headings in the first line, one file or one job a row. Cells are text and stay text:
 * leading zeros are kept, a formula is carried as it was written and never begins an order or a job.
 */
import { CsvError, parse } from 'csv-parse/sync';
import type { Ticket } from '../../../../shared/ticket.ts';
import { type Draft, type DraftField, finishDraft, newDraft, sayField } from './draft.ts';
import { quote, refuseMachineName, TicketFault } from './fault.ts';
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
  let last: { readonly cells: number; readonly where: string } | null = null;
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
          last = { cells: cells.length, where: `Line ${lines + linesBefore}` };
          drafts.push(readRow(table, cells, last.where));
        }
        filled += cells.filter((cell) => cell !== '').length;
        if (filled > csvLimits.cells)
          throw new TicketFault('TicketTooLarge', `The file has more than ${csvLimits.cells} cells that say something; split it.`);
        if (drafts.length > csvLimits.rows)
          throw new TicketFault('TicketTooLarge', `The file has more than ${csvLimits.rows} rows; split it.`);
        return null;
      },
    });
  } catch (error) {
    throw error instanceof CsvError ? faultOf(error, linesBefore) : error;
  }
  if (drafts.length === 0) throw new TicketFault('BrokenTicket', 'There is no row below the headings.');
  if (!text.endsWith('\n') && !text.endsWith('\r')) checkEnd(table, last);
  numberJobs(drafts);
  return joinDrafts(drafts).map((draft) => finishDraft(draft, timeZone));
}

/** What is left of a row that was cut off may name another order: of "1002" there is "100". Where the last line has no end, only a row as long as the others is whole. */
function checkEnd(table: Table | null, last: { readonly cells: number; readonly where: string } | null): void {
  if (table === null || last === null || last.cells >= table.columns.length) return;
  throw new TicketFault(
    'BrokenTicket',
    `${last.where}: it ends after ${last.cells} of ${table.columns.length} cells and without a line break, as a file does that was cut off. If it is all, end it with a line break.`,
  );
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
      throw new TicketFault('TicketTooLarge', `Line ${lines}: a row is longer than ${csvLimits.recordLength} characters.`);
    if (lines > csvLimits.lines) throw new TicketFault('TicketTooLarge', `The file has more than ${csvLimits.lines} lines; split it.`);
  }
}

type Rows = { readonly rows: string; readonly delimiter: string; readonly linesBefore: number };

/** A first line `sep=;`, which Excel writes and reads, says the delimiter. */
function openRows(text: string): Rows {
  const said = /^"?sep=(?<sign>[^\r\n"]|\\t)"?[ \t;,|]*\n/iu.exec(text);
  if (said?.groups === undefined) return { rows: text, delimiter: delimiterOf(text), linesBefore: 0 };
  const sign = said.groups['sign'] === '\\t' ? '\t' : (said.groups['sign'] ?? ';');
  return { rows: text.slice(said[0].length), delimiter: sign, linesBefore: 1 };
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
type Table = { readonly columns: readonly Column[]; readonly places: ReadonlyMap<string, string>; readonly numbers: NumberStyle };

function readHeadings(cells: readonly string[], delimiter: string): Table {
  const headings = cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
  if (cells.length > csvLimits.columns) throw new TicketFault('TicketTooLarge', `There are more than ${csvLimits.columns} columns.`);
  const columns: Column[] = [];
  const places = new Map<string, string>();
  for (const [index, heading] of headings.entries()) {
    refuseMachineName(heading);
    const name = heading === '' ? `column ${index + 1}` : heading;
    const field = fieldFromWord(heading) ?? (`attributes.${freeName(name, columns)}` as const);
    columns.push({ field, heading: name });
    if (!places.has(field)) places.set(field, `column ${letterOf(index)}, ${quote(name)}`);
  }
  if (!places.has('order'))
    throw new TicketFault('BrokenTicket', `No column is headed "order" or "Auftrag"; found were ${quoteHeadings(headings.slice(0, 8))}.`);
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

function readRow({ columns, places, numbers }: Table, cells: readonly string[], where: string): Draft {
  const width = cells.findLastIndex((cell) => cell !== '') + 1;
  if (width > columns.length) throw new TicketFault('BrokenTicket', `${where}: ${width} cells, but only ${columns.length} headings.`);
  const draft = newDraft({ where, places, numbers });
  const said = new Map<DraftField, string>();
  for (const [index, { field, heading }] of columns.entries()) {
    const text = plainCell(cells[index] ?? '');
    const before = sayField(draft, said, field, heading, text);
    if (before !== null)
      throw new TicketFault(
        'BrokenTicket',
        `${where}: two columns say the ${field}, ${quote(before)} (${places.get(field)}) and ${quote(text)} (column ${letterOf(index)}, ${quote(heading)}). Leave one of them out.`,
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
  const where = typeof lines === 'number' ? `Line ${lines + linesBefore}: ` : '';
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return new TicketFault('TicketTooLarge', `${where}a row is longer than ${csvLimits.recordLength} characters.`);
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return new TicketFault('BrokenTicket', `${where}a quotation mark is opened and never closed.`);
  return new TicketFault('BrokenTicket', `${where}${error.message}`);
}
