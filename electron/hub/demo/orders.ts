/**
 * Orders that keep coming, in every way a shop gets them: a JSON ticket with its files, a bare file whose name names order and job, a name of a web-to-print system, a
 * ticket long before its file; and now and then something broken. Written into the incoming folder as other programs would.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { countsSchema, settingsSchema } from '../../../shared/api.ts';
import type { TicketInput } from '../../../shared/ticket.ts';
import { drawArtwork } from './artwork.ts';
import type { Ask } from './hub-api.ts';
import { type Pace, pick, startLoop } from './pace.ts';
import { pickCustomer, products } from './shop.ts';

/** How an order reaches the shop. */
const ways = ['ticket', 'ticket', 'ticket', 'ticket', 'bare', 'web', 'late', 'unnamed', 'cutOff', 'brokenTicket'] as const;
type Way = (typeof ways)[number];

export type Drop = { readonly name: string; readonly content: Buffer; readonly afterMs: number };

/** A demo left running over a weekend must not fill the disk. */
const mostJobs = 3000;
/** A file without its ticket goes where the rule for everything sends it, so the ticket gets time to settle first. */
const fileAfterTicketMs = 4000;
const dayMs = 86_400_000;

/** The files one order consists of. Pure but for `pace.random`; `now` in epoch ms. */
export function makeOrder(order: string, way: Way, pace: Pick<Pace, 'random'>, now: number): Drop[] {
  const product = pick(pace, products);
  const customer = pickCustomer(pace);
  const title = pick(pace, product.titles);
  const quantity = pick(pace, product.quantities);
  const job = '1';
  const content = drawArtwork(product, { title, order, job, quantity, customer: customer.company ?? customer.name });
  const plainTitle = title.replace(/[^\p{L}\p{N} ]/gu, '');
  const file = `${order}-${job} ${plainTitle}.pdf`;
  const ticket: TicketInput = {
    order,
    job,
    title,
    product: product.product,
    quantity,
    customer,
    files: [file],
    dueAt: new Date(now + (1 + Math.floor(pace.random() * 6)) * dayMs).toISOString(),
    fulfilment: pace.random() < 0.6 ? 'collection' : 'delivery',
    priority: pace.random() < 0.1 ? 10 : 0,
    attributes: { material: product.material, size: `${product.widthMm} x ${product.heightMm} mm` },
    ...(pace.random() < 0.15 ? { notes: 'Customer waits in the shop. / Kunde wartet im Laden.' } : {}),
  };
  const ticketDrop = { name: `${order}-${job}.json`, content: Buffer.from(JSON.stringify(ticket, null, 2)), afterMs: 0 };
  switch (way) {
    case 'ticket':
      return [ticketDrop, { name: file, content, afterMs: fileAfterTicketMs }];
    case 'late':
      return [ticketDrop, { name: file, content, afterMs: 45_000 }];
    case 'bare':
      return [{ name: file, content, afterMs: 0 }];
    case 'web':
      return [{ name: `W_${order}_${job}_${plainTitle.replaceAll(' ', '-')}.pdf`, content, afterMs: 0 }];
    case 'unnamed':
      return [{ name: `${plainTitle} final ${order}x.pdf`, content, afterMs: 0 }];
    case 'cutOff':
      return [{ name: file, content: content.subarray(0, Math.floor(content.length / 2)), afterMs: 0 }];
    case 'brokenTicket':
      return [{ name: `${order}-${job}.json`, content: Buffer.from(JSON.stringify({ ...ticket, quantity: 'many' })), afterMs: 0 }];
  }
}

/** Broken things come rarely, or the shop would look worse than it is. */
function pickWay(pace: Pick<Pace, 'random'>): Way {
  const way = pick(pace, ways);
  const rare = way === 'cutOff' || way === 'brokenTicket';
  return rare && pace.random() < 0.7 ? 'ticket' : way;
}

/** Starts the stream of orders: a handful at once, then one after another. */
export async function startOrders(ask: Ask, dataPath: string, pace: Pace): Promise<() => Promise<void>> {
  const settings = await ask(settingsSchema, 'GET', '/settings');
  const incoming = settings.incoming[0]?.path ?? join(dataPath, 'incoming');
  const { all } = await ask(countsSchema, 'GET', '/counts');
  let next = 24_000 + all;
  const waiting = new Set<NodeJS.Timeout>();
  const drop = async (file: Drop) => {
    if (file.afterMs === 0) return writeFile(join(incoming, file.name), file.content, { flag: 'wx' });
    const timer = setTimeout(() => {
      waiting.delete(timer);
      writeFile(join(incoming, file.name), file.content).catch((error: unknown) => pace.log`Demo: ${file.name}: ${error}`);
    }, file.afterMs / pace.speed);
    waiting.add(timer);
  };
  const orderOnce = async () => {
    const order = String(next);
    next += 1;
    for (const file of makeOrder(order, pickWay(pace), pace, Date.now())) await drop(file);
  };
  for (let count = all < 12 ? 12 : 0; count > 0; count -= 1) await orderOnce();
  const stop = startLoop('orders', 9000, pace, async () => {
    if (next - 24_000 < mostJobs) await orderOnce();
  });
  return async () => {
    for (const timer of waiting) clearTimeout(timer);
    await stop();
  };
}
