/** A ticket comes, or changes, when its files are on their way already: all that it says counts, or somebody is told why it cannot. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../shared/job.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
let digital = '';
let actions = 0;
beforeEach(async () => {
  floor = await openFloor();
  digital = join(floor.places.hotFolders, 'digital');
  await mkdir(digital);
  const { id } = await floor.addFolder({ name: 'digital', path: digital, takenAfterMs: 200 });
  await floor.ask('POST', '/rules', { name: 'Digital', position: 0, hotFolderId: id, conditions: { material: ['digital'] } });
});
afterEach(() => floor.close());

const pause = (paused: boolean) => floor.ask('PATCH', '/hot-folders/1', { paused });
const say = (id: number, code: string) => floor.ask('POST', `/jobs/${id}/status`, { code, actionId: `late-${actions++}` });
const there = async (folderPath: string): Promise<string[]> => Object.keys(await filesBelow(folderPath)).sort();
const jobWith = (number: string, holds: (job: Job) => boolean, what: string): Promise<Job> =>
  until(
    async () => {
      const job = await floor.job(number);
      return job !== undefined && holds(job) ? job : null;
    },
    `${number}: ${what}`,
    10_000,
  );
const problems = ({ attention }: Job): string[] => attention.map(({ code }) => code);
const asks = (number: string, code: string): Promise<Job> => jobWith(number, (job) => problems(job).includes(code), code);
/** Something else goes to each printer after it, so that what was to go has gone. */
async function sendAnother(): Promise<void> {
  await floor.ask('POST', '/jobs', { order: '98', files: ['98.pdf'], attributes: { material: 'digital' } });
  await floor.drop('98.pdf', pdfBytes(98));
  await floor.drop('99-1.pdf', pdfBytes(99));
  await until(async () => (await there(digital)).includes('98.pdf') && (await there(floor.press)).includes('99-1.pdf'), 'the others went');
}
/** A job without a ticket that its file made, and that waits for its printer. */
async function waitsForPress(name: string): Promise<Job> {
  await pause(true);
  await floor.drop(name, pdfBytes(1));
  return await until(async () => (await floor.jobs()).find((job) => job.deliveries.length > 0) ?? null, 'it waits for its printer');
}

it('a file nobody has seen goes out under no approval, whether it came before the ticket that adds it or after', async () => {
  const approved = async (order: string): Promise<void> => {
    await floor.drop(`${order}.json`, JSON.stringify({ order, files: [`${order} a.pdf`] }));
    const { id } = await floor.untilStatus(`${order}-1`, 'AwaitingData');
    await floor.drop(`${order} a.pdf`, pdfBytes(Number(order)));
    await jobWith(`${order}-1`, ({ files }) => files.length === 1, 'its file is there');
    await say(id, 'Approved');
  };
  const adds = (order: string) => floor.drop(`${order} more.json`, JSON.stringify({ order, files: [`${order} b.pdf`] }));
  const second = (order: string) => floor.drop(`${order} b.pdf`, pdfBytes(Number(order) + 1));
  await pause(true);
  await approved('9701');
  await second('9701');
  await until(async () => (await floor.jobs()).some(({ number }) => number.startsWith('PF')), 'it is a job without a number');
  await adds('9701');
  await approved('9801');
  await adds('9801');
  await asks('9801-1', 'ApprovalJobUpdated');
  await second('9801');
  for (const number of ['9701-1', '9801-1']) {
    await jobWith(number, ({ files }) => files.length === 2, 'both are there');
    await asks(number, 'ApprovalJobUpdated');
  }
  await pause(false);
  await sendAnother();
  expect((await there(floor.press)).filter((name) => name.startsWith('97') || name.startsWith('98 '))).toEqual([]);
});

const tickets = {
  json: ['t.json', JSON.stringify({ order: '9901', files: ['spaet.pdf'], approval: 'required', attributes: { material: 'digital' } })],
  csv: ['t.csv', 'order;job;files;approval;material\r\n9901;1;spaet.pdf;required;digital\r\n'],
  xml: [
    't.xml',
    '<Order id="9901"><Job id="1"><File>spaet.pdf</File><Approval>required</Approval><Material>digital</Material></Job></Order>',
  ],
} as const;

describe.each(['json', 'csv', 'xml'] as const)('a ticket as %s that comes late', (format) => {
  const [name, content] = tickets[format];

  it('for a file that lies at a printer: the job is as it says, and whoever must act is told, also once the printer took it', async () => {
    await floor.drop('spaet.pdf', pdfBytes(1));
    await until(async () => (await there(floor.press)).length === 1, 'it lies at the wrong printer');
    await floor.drop(name, content);
    const job = await asks('9901-1', 'SentBeforeTicket');
    expect(job).toMatchObject({ status: 'UnapprovedOrder', stage: 'queue', tracks: { intake: { code: 'UnapprovedOrder' } } });
    expect(problems(job)).toEqual(expect.arrayContaining(['UnapprovedOrder', 'SentBeforeTicket', 'SentElsewhere']));
    expect(job.attention.find(({ code }) => code === 'SentElsewhere')?.reason).toBe(
      'It is at press-1 already, and the rules send it to digital.',
    );
    await rm(join(floor.press, 'spaet.pdf'));
    expect(problems(await floor.untilStatus('9901-1', 'InProduction'))).toEqual(
      expect.arrayContaining(['SentBeforeTicket', 'SentElsewhere']),
    );
    await say(job.id, 'Approved');
    expect(problems(await jobWith('9901-1', (one) => !problems(one).includes('SentBeforeTicket'), 'it may be produced'))).toEqual([
      'SentElsewhere',
    ]);
    expect(await there(digital)).toEqual([]);
  });

  it('for a file that waits: it stops, and goes where the rules say once it is approved, also after a restart', async () => {
    await waitsForPress('spaet.pdf');
    await floor.drop(name, content);
    const { id } = await floor.untilStatus('9901-1', 'UnapprovedOrder');
    await floor.restart();
    await pause(false);
    await sendAnother();
    expect(await there(floor.press)).toEqual(['99-1.pdf']);
    await say(id, 'Approved');
    const job = await floor.untilStatus('9901-1', 'InHotFolder');
    expect([job.hotFolder, problems(job)]).toEqual(['digital', []]);
    expect(await there(digital)).toEqual(['98.pdf', 'spaet.pdf']);
  });
});

describe('a late ticket', () => {
  it.each([
    ['InBasket', { submitted: false }],
    ['FutureOrder', { startAt: '2099-06-01T00:00:00Z' }],
  ] as const)('that makes it %s is obeyed, also by a file whose name had said the number', async (status, said) => {
    await floor.drop('9903-1 a.pdf', pdfBytes(1));
    await floor.untilStatus('9903-1', 'InHotFolder');
    await floor.drop('t.json', JSON.stringify({ order: '9903', ...said }));
    expect(await asks('9903-1', 'SentBeforeTicket')).toMatchObject({ status, stage: 'queue' });
    // A second file of the order waits.
    await floor.drop('9903-1 b.pdf', pdfBytes(2));
    await jobWith('9903-1', ({ files }) => files.length === 2, 'has both files');
    await sendAnother();
    expect(await there(floor.press)).toEqual(['99-1.pdf', '9903-1 a.pdf']);
  });

  it('that changes what is on record says so in the history, and to a person where a printer has the file', async () => {
    const first = { order: '9908', files: ['flyer.pdf'], product: 'Flyer', quantity: 500, title: 'Spring', dueAt: '2030-01-31' };
    await floor.drop('t.json', JSON.stringify({ ...first, customer: { name: 'Ada', phone: '1' }, attributes: { paper: '80 g' } }));
    await floor.drop('flyer.pdf', pdfBytes(1));
    const { id } = await floor.untilStatus('9908-1', 'InHotFolder');
    const other = { title: 'Autumn', dueAt: '2030-02-28', customer: { name: 'Bea', phone: '2' }, attributes: { paper: '90 g' } };
    await floor.ask('POST', '/jobs', { order: '9908', ...other });
    const told = async () => (await floor.history(id)).filter(({ data }) => data['changed'] !== undefined);
    expect((await told()).map(({ code, reason }) => [code, reason])).toEqual([
      [
        'ActionRun',
        'The ticket changed title from Spring to Autumn, customer from Ada to Bea, due date from 2030-01-31 to 2030-02-28, paper from 80 g to 90 g, contact of the customer.',
      ],
    ]);
    expect(problems(await jobWith('9908-1', () => true, 'is there'))).toEqual([]);
    await floor.ask('POST', '/jobs', { order: '9908', quantity: 20, product: 'Poster' });
    const job = await asks('9908-1', 'ChangedAfterSent');
    expect(job.attention.map(({ reason, raw }) => [reason, raw])).toEqual([
      [
        'It is at press-1 already, and its ticket changed product from Flyer to Poster, quantity from 500 to 20.',
        'Flyer → Poster; 500 → 20',
      ],
    ]);
    // The same again says nothing new.
    await floor.ask('POST', '/jobs', { order: '9908', quantity: 20, product: 'Poster' });
    expect(await told()).toHaveLength(3);
    await rm(join(floor.press, 'flyer.pdf'));
    await floor.untilStatus('9908-1', 'InProduction');
    expect(problems(await jobWith('9908-1', () => true, 'is there'))).toEqual(['ChangedAfterSent']);
    await say(id, 'Printed');
    await jobWith('9908-1', (one) => one.attention.length === 0, 'is answered');
  });

  it('takes back nothing that it leaves out: what is in the basket stays there, and what wants an approval wants it', async () => {
    await floor.drop('t.json', JSON.stringify({ order: '9906', files: ['korb.pdf'], submitted: false, approval: 'required', priority: 5 }));
    await jobWith('9906-1', ({ tracks }) => tracks.intake?.code === 'InBasket', 'is in the basket');
    await floor.drop('u.csv', 'order;job;dueAt\r\n9906;1;2030-01-31\r\n');
    await jobWith('9906-1', ({ dueAt }) => dueAt !== null, 'has its date');
    await floor.drop('korb.pdf', pdfBytes(1));
    expect(await jobWith('9906-1', ({ files }) => files.length === 1, 'has its file')).toMatchObject({ priority: 5 });
    expect((await floor.job('9906-1'))?.tracks.intake?.code).toBe('InBasket');
    await floor.drop('v.csv', 'order;job;submitted;priority\r\n9906;1;yes;0\r\n');
    await jobWith(
      '9906-1',
      ({ tracks, priority }) => tracks.intake?.code === 'UnapprovedOrder' && priority === 0,
      'waits for its approval',
    );
    await sendAnother();
    expect(await there(floor.press)).toEqual(['99-1.pdf']);
  });

  it('that says nothing against it changes nothing', async () => {
    await floor.drop('gut.pdf', pdfBytes(1));
    await until(async () => (await there(floor.press)).length === 1, 'it lies there');
    await floor.drop('t.json', JSON.stringify({ order: '9904', files: ['gut.pdf'] }));
    const job = await jobWith('9904-1', () => true, 'is on record');
    expect([job.status, job.attention]).toEqual(['InHotFolder', []]);
  });

  it('gives what waits its number and its turn in the queue', async () => {
    await floor.ask('PATCH', '/hot-folders/1', { template: '{order}_{job}_{name}' });
    await waitsForPress('plan.pdf');
    await floor.ask('POST', '/jobs', { order: '9905', files: ['plan.pdf'], priority: 5 });
    await pause(false);
    await floor.untilStatus('9905-1', 'InHotFolder');
    expect(await there(floor.press)).toEqual(['9905_1_plan.pdf']);
  });

  it('is told of what lies at a printer also when a person has sent that again, and the second copy waits', async () => {
    await floor.drop('nochmal.pdf', pdfBytes(1));
    await until(async () => (await there(floor.press)).length === 1, 'it lies there');
    const [lying] = await floor.jobs();
    await floor.ask('POST', `/jobs/${lying?.id}/deliver`, { reason: 'one more', actionId: 'again-1' });
    await floor.drop('t.json', JSON.stringify({ order: '9907', files: ['nochmal.pdf'], approval: 'required' }));
    await asks('9907-1', 'SentBeforeTicket');
    await rm(join(floor.press, 'nochmal.pdf'));
    await floor.untilStatus('9907-1', 'InProduction');
    await sendAnother();
    expect(await there(floor.press)).toEqual(['99-1.pdf']);
  });

  it('whose file is at the wrong printer is answered by a person who sends it where it belongs', async () => {
    await floor.drop('falsch.pdf', pdfBytes(1));
    await until(async () => (await there(floor.press)).length === 1, 'it lies at the wrong printer');
    await floor.ask('POST', '/jobs', { order: '9906', files: ['falsch.pdf'], attributes: { material: 'digital' } });
    const { id } = await asks('9906-1', 'SentElsewhere');
    await rm(join(floor.press, 'falsch.pdf'));
    await floor.untilStatus('9906-1', 'InProduction');
    await floor.ask('POST', `/jobs/${id}/deliver`, { reason: 'taken out there', actionId: 'send-9906' });
    await until(async () => (await there(digital)).length === 1, 'it lies at the right printer');
    expect(problems(await floor.untilStatus('9906-1', 'InHotFolder'))).toEqual([]);
  });
});

describe('a ticket that changes while its job waits', () => {
  const order = { order: '9702', files: ['w.pdf'] };
  async function waiting(): Promise<Job> {
    await pause(true);
    await floor.ask('POST', '/jobs', order);
    await floor.drop('w.pdf', pdfBytes(1));
    return await jobWith('9702-1', ({ deliveries }) => deliveries.length === 1, 'waits for its printer');
  }

  it('by the API: the job goes where the rules say now', async () => {
    await waiting();
    await floor.ask('POST', '/jobs', { order: '9702', attributes: { material: 'digital' } });
    expect((await floor.untilStatus('9702-1', 'InHotFolder')).hotFolder).toBe('digital');
    await pause(false);
    await sendAnother();
    expect(await there(floor.press)).toEqual(['99-1.pdf']);
  });

  it('by a second file, and nowhere where no rule fits any more', async () => {
    const [every] = (await floor.rules()).filter(({ position }) => position > 0);
    await floor.ask('PATCH', `/rules/${every?.id}`, { conditions: { quantityTo: 1000 } });
    await pause(true);
    await floor.ask('POST', '/jobs', { ...order, quantity: 10 });
    await floor.drop('w.pdf', pdfBytes(1));
    await jobWith('9702-1', ({ deliveries }) => deliveries.length === 1, 'waits for its printer');
    await floor.drop('second.csv', 'order;job;quantity\r\n9702;1;5000\r\n');
    await asks('9702-1', 'NoRuleFits');
    await floor.drop('third.csv', 'order;job;material\r\n9702;1;digital\r\n');
    expect(problems(await floor.untilStatus('9702-1', 'InHotFolder'))).toEqual([]);
    expect(await there(digital)).toEqual(['w.pdf']);
  });

  it('a printer that a person chose stays chosen, and the same ticket again changes nothing', async () => {
    const { id } = await waiting();
    await floor.ask('POST', `/jobs/${id}/deliver`, { reason: 'this one', hotFolderId: 1, actionId: 'choose-1' });
    await floor.ask('POST', '/jobs', { order: '9702', attributes: { material: 'digital' } });
    const before = (await floor.history(id)).length;
    await floor.ask('POST', '/jobs', { order: '9702', attributes: { material: 'digital' } });
    expect((await floor.history(id)).length).toBe(before);
    await pause(false);
    expect((await floor.untilStatus('9702-1', 'InHotFolder')).attention).toEqual([]);
    expect([await there(floor.press), await there(digital)]).toEqual([['w.pdf'], []]);
  });
});

it('a job that is not approved yet, and whose ticket then says more, goes where the rules say when it is approved', async () => {
  await pause(true);
  await floor.drop('fuenf.pdf', pdfBytes(1));
  await until(async () => (await floor.jobs())[0]?.deliveries.length === 1, 'planned by its name alone');
  await floor.drop('t3005.json', JSON.stringify({ order: '3005', files: ['fuenf.pdf'], approval: 'required' }));
  const { id } = await floor.untilStatus('3005-1', 'UnapprovedOrder');
  await floor.drop('more.json', JSON.stringify({ order: '3005', attributes: { material: 'digital' } }));
  await jobWith('3005-1', ({ attributes }) => attributes['material'] === 'digital', 'is described');
  await pause(false);
  await say(id, 'Approved');
  await floor.untilStatus('3005-1', 'InHotFolder');
  expect([await there(digital), await there(floor.press)]).toEqual([['fuenf.pdf'], []]);
});
