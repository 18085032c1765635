/** One day on that floor: jobs with history on all tracks, arrivals of every outcome, deliveries that came to rest in every state they can rest in. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { type StatusCode, statusCodes, statusEntry } from '../../../shared/status.ts';
import { pdfBytes, truncatedPdf } from '../../pdf.ts';
import { until } from '../../until.ts';
import { tempNames } from './cut-off.ts';
import type { Shop } from './shop.ts';
import type { Yesterday } from './yesterday.ts';

/** A wish with the action id it was sent under: sent again, it must get the same answer. */
export type Repeat = { readonly path: string; readonly body: Record<string, unknown>; readonly answer: unknown };

const stateOf =
  (...states: string[]) =>
  (job: { deliveries: readonly { state: string }[] }) =>
    job.deliveries.map((delivery) => delivery.state).join() === states.join();
const lies = stateOf('delivered');

/** Every code there is, forced where it must be, one job a track; then the last of each is taken back where that is possible. */
async function sayEverything(floor: Yesterday): Promise<void> {
  const jobs = new Map<string, number>();
  const last = new Map<string, number>();
  const byEngine: readonly StatusCode[] = ['InHotFolder', 'CopyToHotFolderFailed', 'ActionRun'];
  for (const code of statusCodes.filter((one) => !byEngine.includes(one))) {
    const { track } = statusEntry(code);
    const jobId = jobs.get(track) ?? (await floor.send('POST', '/jobs', { order: `track-${track}`, title: `Alles über ${track}` })).id;
    jobs.set(track, jobId);
    const custom = statusEntry(code).track === 'custom' ? { custom: `Laminieren ${code}` } : {};
    last.set(
      track,
      await floor.status(jobId, { code, ...custom, reason: `Wegen „${code}“`, force: true, data: { note: code }, actionId: `say-${code}` }),
    );
  }
  for (const track of ['fulfilment', 'review', 'message', 'hold', 'mis'])
    await floor.hub.api('POST', `/jobs/${jobs.get(track)}/undo`, { seq: last.get(track), reason: 'Vertan', actionId: `undo-${track}` });
}

async function orderWhatWaits(floor: Yesterday): Promise<void> {
  await floor.order('future', 'press-1', { startAt: '2099-01-01', title: 'Kalender 2099' });
  await floor.order('unapproved', null, { approval: 'required' });
  await floor.order('basket', null, { submitted: false });
  await floor.send('POST', '/jobs', { order: 'lacking', files: ['a.pdf', 'b.pdf', 'c.pdf'], dueAt: '2026-12-24', quantity: 500 });
  floor.drop('b.pdf', pdfBytes(9001, 2000));
  await floor.untilJob('lacking-1', 'has one of three', (job) => String(job['missing']) === 'a.pdf,c.pdf');
  await floor.order('engraving', null, { product: 'Engraving' });
  await floor.untilJob('engraving-1', 'is skipped', (job) => job.status === 'CopyToHotFolderSkipped');
  await floor.send('POST', '/jobs', { order: 'poster', product: 'No rule knows this', files: ['poster art.prn'] });
  floor.drop('poster art.prn', randomBytes(300));
  await floor.untilJob('poster-1', 'asks where to', (job) => job.attention.some((one) => one.code === 'NoRuleFits'));
  await floor.order('webname', 'Web press');
  await floor.untilJob('webname-1', 'keeps no contract', (job) => job.attention.some((one) => one.code === 'NameContract'));
}

/** While it runs, the press that is paused at last gets one job that was blocked, one whose original is gone and one whose name is taken. */
async function fillPausedPress(floor: Yesterday, { paused }: Shop): Promise<void> {
  const pause = (isPaused: boolean) => floor.send('PATCH', `/hot-folders/${paused.id}`, { paused: isPaused });
  await pause(true);
  const blocked = await floor.order('blocked', 'Paused press');
  await floor.untilJob('blocked-1', 'waits', stateOf('waiting'));
  await floor.status(blocked, { code: 'Blocked', reason: 'Falsches Papier', actionId: 'block-1' });
  await floor.order('lost', 'Paused press');
  await floor.untilJob('lost-1', 'waits', stateOf('waiting'));
  const archived = await until(async () => {
    const { body } = await floor.send('GET', '/arrivals?limit=500');
    const items = z.looseObject({ items: z.array(z.looseObject({ name: z.string(), path: z.string().nullable() })) }).parse(body).items;
    return items.find((one) => one.name === 'lost art.pdf')?.path;
  }, 'the original of lost-1 is on record');
  await until(() => {
    rmSync(archived);
    return true;
  }, 'the original of lost-1 is filed, and gone');
  writeFileSync(join(paused.path, 'taken-name art.pdf'), 'somebody else lies here');
  await floor.order('taken-name', 'Paused press');
  await floor.untilJob('taken-name-1', 'waits', stateOf('waiting'));
  await pause(false);
  await floor.untilJob('lost-1', 'failed', stateOf('failed'));
  await floor.untilJob('blocked-1', 'is held', ({ deliveries: [one] }) => one?.state === 'waiting' && one.nextTryAt !== null);
  await floor.untilJob('taken-name-1', 'tries again', ({ deliveries: [one] }) => one?.state === 'waiting' && one.nextTryAt !== null);
  await pause(true);
  await floor.order('waiting', 'Paused press', { priority: 7, customer: { name: 'Frau Yılmaz', email: 'y@example.org' } });
  await floor.order('5001', 'Paused press');
  await floor.untilJob('5001-1', 'waits', stateOf('waiting'));
  floor.drop('5001-1 neu.pdf', pdfBytes(9002, 2100));
  await floor.untilJob('5001-1', 'has the new version only', stateOf('cancelled', 'waiting'));
  const reviewed = await floor.order('reviewed', 'Paused press');
  await floor.untilJob('reviewed-1', 'waits', stateOf('waiting'));
  await floor.status(reviewed, { code: 'AwaitingApproval', actionId: 'review-1' });
  const rejected = await floor.order('rejected', 'Paused press');
  await floor.untilJob('rejected-1', 'waits', stateOf('waiting'));
  await floor.status(rejected, { code: 'Rejected', reason: 'Logo fehlt', actionId: 'reject-1' });
}

async function deliver(floor: Yesterday, shop: Shop): Promise<void> {
  const take = (order: string) => rmSync(join(shop.press1, `${order} art.pdf`));
  await floor.order('delivered', 'press-1');
  await floor.untilJob('delivered-1', 'lies there', lies);
  await floor.order('taken', 'press-1');
  await floor.untilJob('taken-1', 'lies there', lies);
  take('taken');
  await floor.untilJob('taken-1', 'is taken', stateOf('taken'));
  await floor.order('5002', 'press-1');
  await floor.untilJob('5002-1', 'lies there', lies);
  take('5002');
  await floor.untilJob('5002-1', 'is taken', stateOf('taken'));
  floor.drop('5002-1 neu.pdf', pdfBytes(9003, 2200));
  await floor.untilJob('5002-1', 'holds the new version', (job) => job.attention.some((one) => one.code === 'NewVersionHeld'));
  await floor.send('POST', '/jobs', { order: 'two', files: ['front.pdf', 'back.pdf'] });
  floor.drop('front.pdf', pdfBytes(9004, 2000));
  floor.drop('back.pdf', pdfBytes(9005, 2000));
  await floor.untilJob('two-1', 'both lie there', stateOf('delivered', 'delivered'));
  rmSync(join(shop.press1, 'front.pdf'));
  await floor.untilJob('two-1', 'one is taken', (job) => job.deliveries.filter((one) => one.state === 'taken').length === 1);
  await floor.order('lying', 'Slow press');
  await floor.untilJob('lying-1', 'lies too long', stateOf('lying'));
  await floor.order('network', 'Network press');
  await floor.untilJob('network-1', 'lies there', lies);
  const held = await floor.send('PATCH', `/hot-folders/${shop.network.id}`, { paused: true });
  const stopped = await floor.order('stopped', 'Network press');
  await floor.untilJob('stopped-1', 'waits', stateOf('waiting'));
  await floor.status(stopped, { code: 'Blocked', reason: 'Kunde ruft zurück', actionId: 'block-2' });
  await floor.send('PATCH', `/hot-folders/${held.id}`, { paused: false });
  await floor.untilJob('stopped-1', 'is held', ({ deliveries: [one] }) => one?.nextTryAt !== null);
  await floor.send('POST', '/jobs', { order: 'wrong-type', files: ['wrong type.prn'], attributes: { press: 'Slow press' } });
  floor.drop('wrong type.prn', randomBytes(300));
  await floor.untilJob('wrong-type-1', 'is not accepted', stateOf('failed'));
}

/** What printers say by moving a file. */
async function hearPrinters(floor: Yesterday, { proofer }: Shop): Promise<void> {
  for (const folder of ['done', 'failed']) mkdirSync(join(proofer.path, folder));
  await floor.order('printed', 'Proofer');
  await floor.untilJob('printed-1', 'lies there', lies);
  renameSync(join(proofer.path, 'printed_1_printed art.pdf'), join(proofer.path, 'done/printed_1_printed art.pdf'));
  await floor.untilJob('printed-1', 'is printed', stateOf('printed'));
  await floor.order('refused', 'Proofer');
  await floor.untilJob('refused-1', 'lies there', lies);
  writeFileSync(join(proofer.path, 'failed/refused_1_refused art.txt'), 'Schrift „Futura“ fehlt');
  renameSync(join(proofer.path, 'refused_1_refused art.pdf'), join(proofer.path, 'failed/refused_1_refused art.pdf'));
  await floor.untilJob('refused-1', 'is refused', stateOf('refused'));
}

async function receive(floor: Yesterday, { press1 }: Shop): Promise<void> {
  floor.drop('Visitenkarten ohne Nummer.pdf', pdfBytes(9010, 2000));
  await floor.untilJob('PF000001-1', 'lies there', lies);
  floor.drop('noch einmal.pdf', pdfBytes(9010, 2000));
  floor.drop('Noch eins ohne Nummer.pdf', pdfBytes(9011, 2000));
  await floor.untilJob('PF000002-1', 'lies there', lies);
  floor.drop('d_4711_2_Flyer_A5.pdf', pdfBytes(9012, 2000));
  await floor.untilJob('4711-2', 'lies there', lies);
  writeFileSync(join(floor.root, 'share/6001-1 aus dem Netz.pdf'), pdfBytes(9016, 2000));
  await floor.untilJob('6001-1', 'lies there', lies);
  floor.drop('kaputt.pdf', truncatedPdf(9013, 3000));
  floor.drop('leer.pdf', '');
  floor.drop('ticket.json', '{"order": ');
  floor.drop('good.json', JSON.stringify({ order: 'by-ticket', job: 3, title: 'Aus einem Ticket', notes: 'Zeile\nzwei' }));
  writeFileSync(join(press1, 'P_4712_1_von Hand.pdf'), pdfBytes(9014, 2000));
  writeFileSync(join(press1, 'was ist das.pdf'), pdfBytes(9015, 2000));
  await floor.untilJob('4712-1', 'was found in the hot folder', lies);
  await until(async () => {
    const { body } = await floor.send('GET', '/arrivals?outcome=rejected');
    const { items } = z.looseObject({ items: z.array(z.looseObject({ id: z.number() })) }).parse(body);
    if (items.length < 3) return false;
    await floor.send('POST', `/arrivals/${items[1]?.id}/seen`);
    return true;
  }, 'three files are rejected');
  await floor.untilJob('by-ticket-3', 'is ordered', (job) => job.status === 'Ordered');
}

/** A delivery that was planned for a folder just while it was removed: tried until the two meet. */
async function orphan(floor: Yesterday): Promise<void> {
  const jobId = await floor.order('orphan', null, { submitted: false });
  await floor.untilJob('orphan-1', 'has its file', (job) => JSON.stringify(job['files']) !== '[]');
  for (let attempt = 1; attempt <= 40; attempt += 1) {
    const { id } = await floor.addPress(`Short lived ${attempt}`);
    const removed = floor.hub.api('DELETE', `/hot-folders/${id}`);
    await pause(attempt % 8);
    await floor.hub.api('POST', `/jobs/${jobId}/deliver`, { reason: 'eilig', hotFolderId: id, actionId: `orphan-${attempt}` });
    if ((await removed).status !== 200)
      await until(async () => (await floor.hub.api('DELETE', `/hot-folders/${id}`)).status === 200, 'it is removed');
    const [last] = (await floor.job('orphan-1'))?.deliveries.slice(-1) ?? [];
    if (last?.state === 'waiting') return;
  }
  throw new Error('no delivery was planned just while its folder was removed: make it again');
}

/** A hot folder that was removed: with what it got, with what failed there, with a rule that still names it, and a delivery that was planned as it went. */
async function removeFolder(floor: Yesterday, { gone }: Shop): Promise<void> {
  await floor.order('gone-delivered', 'Gone press');
  await floor.untilJob('gone-delivered-1', 'lies there', lies);
  await floor.send('POST', '/jobs', { order: 'gone-failed', files: ['gone.prn'], attributes: { press: 'Gone press' } });
  floor.drop('gone.prn', randomBytes(300));
  await floor.untilJob('gone-failed-1', 'is not accepted', stateOf('failed'));
  await floor.send('DELETE', `/hot-folders/${gone.id}`);
  await orphan(floor);
  await floor.order('gone-planned', 'Gone press');
  await floor.untilJob('gone-planned-1', 'says so', (job) => job.attention.some((one) => one.code === 'HotFolderGone'));
}

/** A printer that took a file, and tidied up, in the moment of handing over. */
async function doubt(floor: Yesterday): Promise<void> {
  await floor.hub.start({ env: { PRINTFLOOR_CRASH_AT: 'published' } });
  await floor.order('doubt', 'Doubt');
  await floor.hub.waitForExit(20_000);
  rmSync(join(floor.root, 'presses/doubt/doubt art.pdf'));
  for (const name of tempNames(join(floor.root, 'presses/doubt'))) rmSync(name);
  await floor.hub.start();
  await floor.untilJob('doubt-1', 'is in doubt', stateOf('uncertain'));
}

async function repeatable(floor: Yesterday, tokens: Shop['tokens']): Promise<Repeat[]> {
  const repeats: Repeat[] = [];
  const say = async (path: string, body: Record<string, unknown>, token: string | undefined): Promise<void> => {
    const answer = await fetch(`${floor.hub.url}/api${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token ?? floor.hub.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    repeats.push({ path, body, answer: await answer.json() });
  };
  const taken = await floor.job('taken-1');
  await say(`/jobs/${taken?.id}/status`, { code: 'Printed', actionId: 'repeat-printed' }, tokens['Press 1']);
  await say(`/jobs/${taken?.id}/status`, { code: 'InFinishing', actionId: 'repeat-finishing' }, tokens['Press 1']);
  const { event } = z.looseObject({ event: z.looseObject({ seq: z.number() }) }).parse(repeats.at(-1)?.answer);
  await say(`/jobs/${taken?.id}/undo`, { seq: event.seq, actionId: 'repeat-undo' }, tokens['Press 1']);
  const again = await floor.job('waiting-1');
  await say(`/jobs/${again?.id}/deliver`, { reason: 'Neu planen', actionId: 'repeat-deliver' }, undefined);
  return repeats;
}

/** The whole day; answers the wishes that may come once more. */
export async function liveADay(floor: Yesterday, shop: Shop): Promise<Repeat[]> {
  await sayEverything(floor);
  await orderWhatWaits(floor);
  await fillPausedPress(floor, shop);
  await deliver(floor, shop);
  await hearPrinters(floor, shop);
  await receive(floor, shop);
  await removeFolder(floor, shop);
  await doubt(floor);
  return await repeatable(floor, shop.tokens);
}
