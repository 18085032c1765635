/**
 * A sender has questions put that are about tickets as large as they may be: a thousand of them would be half a gigabyte. Whatever they hold, everybody's arrivals go
 * on, since nobody reads more of an open question than is needed; and there is an end to it.
 */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { putQuestion } from '../../electron/hub/flow/questions.ts';
import { type Ticket, ticketSchema } from '../../shared/ticket.ts';
import { makeFolder, noon, openFresh, undoReprints } from '../hub/store/fresh-store.ts';

const fat = (order: string): Ticket =>
  ticketSchema.parse({ order, attributes: Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`a${at}`, 'x'.repeat(1000)])) });

const match = { kind: 'ask', why: 'sameCount', candidates: [] } as const;
const asking = (ticket: Ticket) => ({
  match,
  newNumber: null,
  size: null,
  ticket,
  name: 'list.csv',
  folder: '/incoming',
  at: noon,
  path: null,
  sha256: null,
});
const door = { door: {} as never };

test('open questions with fat tickets are read without them, and are refused at 16 MB', async () => {
  const store = await openFresh();
  let refused: unknown = null;
  for (let order = 1; order <= 1000 && refused === null; order += 1)
    await store.write((tx) => putQuestion(door, tx, asking(fat(String(order))))).catch((error: unknown) => (refused = error));
  expect(refused).toMatchObject({ more: { reasonCode: 'TooManyQuestions' }, message: expect.stringContaining('16 MB') });
  const open = await store.read.openQuestions();
  expect(open.length).toBeGreaterThan(100);
  // As long as it was asked of all of them at every arrival, this was 16 MB to parse.
  expect(JSON.stringify(open).length).toBeLessThan(100_000);
  expect([await store.read.isTicketAsked(fat('7')), await store.read.isTicketAsked(fat('7000'))]).toEqual([true, false]);
  expect((await store.read.askedArrival(7))?.question.ticket).toEqual(fat('7'));
  const page = await store.read.arrivals({ limit: 500 });
  expect(page.items[0]?.question?.ticket?.title).toBeNull();
  expect(page.next).toBeNull();
});

test('a question of an earlier version keeps its ticket', async () => {
  const folder = await makeFolder();
  const before = await openFresh(folder);
  const [kept, answered] = [fat('1'), fat('2')];
  for (const ticket of [kept, answered]) await before.write((tx) => putQuestion(door, tx, asking(ticket)));
  await before.close();
  // As it was before change 12.
  const database = new Database(join(folder, 'record.db'));
  database.exec(`${undoReprints};
    update arrival set question = json_set(question, '$.ticket', json((select ticket from asked_ticket where arrival_id = arrival.id)));
    drop table asked_ticket; drop index ticket_folder_by_order;
    drop index job_by_status_and_stage; drop index job_by_status_and_hot_folder; drop index task_by_job;
    alter table arrival drop column details;
    drop index job_by_board; alter table job drop column board; delete from counter where name = 'jobs finished';
    delete from migration where number >= 12;
    update arrival set outcome = 'ticket' where id = 2`);
  database.close();
  const store = await openFresh(folder);
  expect((await store.read.askedArrival(1))?.question.ticket).toEqual(kept);
  expect([await store.read.isTicketAsked(kept), await store.read.isTicketAsked(answered)]).toEqual([true, false]);
  expect(await store.read.openQuestionSums()).toEqual({ count: 1, ticketSigns: JSON.stringify(kept).length });
  expect((await store.read.openQuestions()).map(({ question }) => 'ticket' in question && question.ticket)).toEqual([null]);
});
