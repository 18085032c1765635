/**
 * CSV as spreadsheets write it: headings in the first line, one job a row. Cells are text and stay text: a formula is carried as it
 * was written and never begins an order or a job.
 */
import { CsvError, parse } from 'csv-parse/sync';
import type { Ticket } from '../../../../shared/ticket.ts';
import { type DraftField, fillField, finishDraft, newDraft } from './draft.ts';
import { quote, refuseMachineName, TicketFault } from './fault.ts';
import { fieldFromWord } from './field-words.ts';

export const csvLimits = { rows: 20_000, lines: 200_000, columns: 200, recordLength: 100_000 } as const;

export function parseCsv(text: string): Ticket[] {
  checkLines(text);
  const columns: DraftField[] = [];
  const tickets: Ticket[] = [];
  const jobsOfOrder = new Map<string, number>();
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: csvLimits.recordLength,
      // Each row becomes a ticket at once, so that a file of many empty cells never stands in memory as cells.
      on_record: (cells: string[], { lines }) => {
        if (columns.length === 0) columns.push(...readHeadings(cells));
        else if (cells.some((cell) => cell !== '')) tickets.push(readRow(columns, cells, `Line ${lines}`, jobsOfOrder));
        if (tickets.length > csvLimits.rows)
          throw new TicketFault('TicketTooLarge', `The file has more than ${csvLimits.rows} rows; split it.`);
        return null;
      },
    });
  } catch (error) {
    throw error instanceof CsvError ? faultOf(error) : error;
  }
  if (tickets.length === 0) throw new TicketFault('BrokenTicket', 'There is no row below the headings.');
  return tickets;
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

function readHeadings(headings: readonly string[]): DraftField[] {
  if (headings.length > csvLimits.columns) throw new TicketFault('TicketTooLarge', `There are more than ${csvLimits.columns} columns.`);
  const fields = headings.map((heading, index): DraftField => {
    refuseMachineName(heading);
    return fieldFromWord(heading) ?? `attributes.${heading === '' ? `column ${index + 1}` : heading}`;
  });
  if (!fields.includes('order'))
    throw new TicketFault(
      'BrokenTicket',
      `No column is headed "order" or "Auftrag"; found were ${headings.slice(0, 8).map(quote).join(', ')}.`,
    );
  return fields;
}

function readRow(columns: readonly DraftField[], cells: readonly string[], where: string, jobsOfOrder: Map<string, number>): Ticket {
  if (cells.length > columns.length)
    throw new TicketFault('BrokenTicket', `${where}: ${cells.length} cells, but only ${columns.length} headings.`);
  const draft = newDraft();
  for (const [index, field] of columns.entries()) fillField(draft, field, cells[index] ?? '');
  if (!columns.includes('job')) {
    // Without a column for the job, the rows of an order are its jobs, counted.
    const order = String(draft.fields.get('order') ?? '');
    const count = (jobsOfOrder.get(order) ?? 0) + 1;
    jobsOfOrder.set(order, count);
    fillField(draft, 'job', String(count));
  }
  return finishDraft(draft, where);
}

/** The sign that stands most often in the line of the headings; Excel writes a semicolon in German, a comma in English. */
function delimiterOf(text: string): string {
  const headings =
    text
      .trimStart()
      .slice(0, csvLimits.recordLength)
      .split(/[\r\n]/u, 1)[0]
      ?.replaceAll(/"[^"]*"/gu, '') ?? '';
  const counts = [';', '\t', ','].map((sign) => ({ sign, count: headings.split(sign).length }));
  return counts.toSorted((one, other) => other.count - one.count)[0]?.sign ?? ';';
}

function faultOf(error: CsvError): TicketFault {
  const lines: unknown = 'lines' in error ? error['lines'] : undefined;
  const where = typeof lines === 'number' ? `Line ${lines}: ` : '';
  if (error.code === 'CSV_MAX_RECORD_SIZE')
    return new TicketFault('TicketTooLarge', `${where}a row is longer than ${csvLimits.recordLength} characters.`);
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return new TicketFault('BrokenTicket', `${where}a quotation mark is opened and never closed.`);
  return new TicketFault('BrokenTicket', `${where}${error.message}`);
}
