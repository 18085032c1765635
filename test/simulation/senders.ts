/** Web shops, mail rules and people with a mouse: they put files and tickets into the incoming folder, each in its own bad manner. */
import { places } from './machine.ts';
import { hashOf } from './model.ts';
import type { Scene } from './scene.ts';
import { removeAs, renameAs, writeAs } from './scene.ts';
import type { OrderStyle, TicketFormat } from './swarm.ts';

const bareNames = ['cover.pdf', 'print.pdf', 'Büro.pdf'] as const;
const slowFrom = 50 * 1024 * 1024;

type Order = {
  readonly number: string;
  readonly order: string;
  readonly job: string;
  readonly style: OrderStyle;
  readonly names: readonly string[];
  /** Its customer has not placed it yet, and never does. */
  readonly inBasket: boolean;
};

type TicketText = {
  readonly order: string;
  readonly job: string;
  readonly files: readonly string[];
  readonly approval?: string;
  readonly startAt?: string;
  readonly submitted?: false;
};

/** The same ticket as our own JSON, as a spreadsheet writes it (a row a file), and as a web shop does. */
const writeTicket: { readonly [Format in TicketFormat]: (ticket: TicketText) => string } = {
  json: (ticket) => JSON.stringify(ticket),
  csv: ({ order, job, files, approval = '', startAt = '', submitted }) => {
    const placed = submitted === undefined ? '' : 'nein';
    const rows = files.map((file) => [order, job, file, approval, startAt, placed].join(';'));
    return ['Auftrag;Position;Datei;Freigabe;Startdatum;Bestellt', ...rows].join('\r\n');
  },
  xml: ({ order, job, files, approval, startAt, submitted }) => {
    const more = [
      approval === undefined ? '' : `<approval>${approval}</approval>`,
      startAt === undefined ? '' : `<startAt>${startAt}</startAt>`,
      submitted === undefined ? '' : '<submitted>false</submitted>',
    ];
    const items = files.map((file) => `<file>${file}</file>`);
    return `<?xml version="1.0" encoding="UTF-8"?>\n<job><order>${order}</order><jobid>${job}</jobid>${items.join('')}${more.join('')}</job>`;
  },
};

export function startSenders(scene: Scene): void {
  const { world, disk, swarm, model } = scene;
  const { random } = world;
  let contents = 0;

  const pdf = (job: string): Buffer => {
    const text = Buffer.from(`%PDF-1.4\n% ${job} content ${++contents} ${random.between(1e6, 9e6)}\nstartxref\n9\n%%EOF\n`);
    return swarm.large && contents === 1 ? Buffer.concat([text.subarray(0, 9), Buffer.alloc(slowFrom), text.subarray(9)]) : text;
  };

  /** Puts a content at a path, at once or in pieces, or under another name first. */
  const put = async (path: string, content: Buffer): Promise<void> => {
    world.say('sender', `writes ${path}`);
    const way = random.between(0, 3);
    // Half a spreadsheet is a spreadsheet: nobody could tell that it is not all.
    switch (path.endsWith('.csv') ? way % 2 : way) {
      case 0:
        writeAs(scene, path, content);
        return;
      case 1: {
        writeAs(scene, `${path}.tmp`, content.subarray(0, content.length >> 1));
        await world.pause(random.between(1, 3000));
        writeAs(scene, `${path}.tmp`, content);
        // A power cut may have taken it.
        if (disk.at(`${path}.tmp`, true) !== undefined) renameAs(scene, `${path}.tmp`, path);
        return;
      }
      case 2: {
        writeAs(scene, path, Buffer.alloc(0));
        await world.pause(random.between(1, 2000));
        writeAs(scene, path, content.subarray(0, content.length >> 1));
        await world.pause(random.between(1, 4000));
        writeAs(scene, path, content);
        return;
      }
      default: {
        // Space reserved first, filled later.
        writeAs(scene, path, Buffer.alloc(content.length));
        await world.pause(random.between(1, 4000));
        writeAs(scene, path, content);
      }
    }
  };

  /** Gone just after the hub has read it, and sent again when the hub has long asked a person. */
  const takeBack = (path: string, content: Buffer): void => {
    scene.readers.set(path, () =>
      world.after(random.between(0, 300), () => {
        if (disk.at(path, true)?.data !== content) return;
        world.count('sender: takes a file back');
        world.say('sender', `takes ${path} back`);
        removeAs(scene, path);
        model.overwritten.add(hashOf(content));
        scene.sending++;
        world.after(random.between(1000, 400_000), () => {
          scene.sending--;
          if (disk.at(path, true) === undefined) writeAs(scene, path, content);
        });
      }),
    );
  };

  const send = async (folderPath: string, name: string, job: string): Promise<Buffer> => {
    const content = pdf(job);
    model.means(content, job, name, true, world.monotonic());
    const path = `${folderPath}/${name}`;
    if (swarm.takesBack) world.happens(0.5) && takeBack(path, content);
    await put(path, content);
    return content;
  };

  const ticketOf = ({ order, job, names, inBasket }: Order) => ({
    ...(inBasket && { submitted: false as const }),
    order,
    job,
    files: [...names],
    ...(swarm.approvals && world.happens(0.5) ? { approval: 'required' as const } : {}),
    ...(swarm.futures && world.happens(0.5) ? { startAt: new Date(world.now() + random.between(10_000, 90_000)).toISOString() } : {}),
  });

  const sendTicket = async (folderPath: string, order: Order, again: boolean): Promise<void> => {
    const ticket = ticketOf(order);
    const format = scene.aside.pick(['json', ...swarm.tickets] as const);
    world.count('sender: ticket');
    world.count(`sender: ticket as ${format}`);
    if ('approval' in ticket && 'startAt' in ticket) world.count('sender: approval and a later start');
    await put(`${folderPath}/${order.number}${again ? ' again' : ''}.${format}`, Buffer.from(writeTicket[format](ticket)));
  };

  /** What a second system knows of an order: its number, its files, and how many are wanted. */
  const sendPoorTicket = async (folderPath: string, { order, job, number, names }: Order): Promise<void> => {
    world.count('sender: ticket that says little');
    const rows = names.map((name) => [order, job, name, '500'].join(';'));
    await put(`${folderPath}/${number} little.csv`, Buffer.from(['Auftrag;Position;Datei;Auflage', ...rows].join('\r\n')));
  };

  const sendFiles = async (folderPath: string, order: Order): Promise<void> => {
    for (const name of order.names) {
      world.count(`sender: ${order.style}`);
      const content = await send(folderPath, name, order.number);
      if (swarm.again.file && world.happens(0.5)) {
        await world.pause(random.between(100, 20_000));
        world.count('sender: file again');
        await put(`${folderPath}/${name}`, content);
      }
      if (swarm.again.version && world.happens(0.5)) {
        await world.pause(random.between(100, 20_000));
        world.count('sender: new version');
        await send(folderPath, name, order.number);
      }
    }
  };

  const live = async (order: Order): Promise<void> => {
    const own = `${places.incoming}/${order.number}`;
    await world.pause(random.between(0, swarm.sameNames ? 5000 : 35_000));
    const afterTicketMs = random.between(swarm.sameNames ? 15_000 : 0, swarm.sameNames ? 30_000 : 10_000);
    switch (order.style) {
      case 'named':
      case 'nameless':
        await sendFiles(places.incoming, order);
        break;
      case 'ticketFirst':
        await sendTicket(places.incoming, order, false);
        await world.pause(afterTicketMs);
        await sendFiles(places.incoming, order);
        break;
      case 'ticketLater':
        await sendFiles(places.incoming, order);
        await world.pause(random.between(0, 10_000));
        await sendTicket(places.incoming, order, false);
        break;
      case 'folder':
        disk.makeFolders(own, true);
        await Promise.all([sendTicket(own, order, false), sendFiles(own, order)]);
        break;
      case 'api':
        // Whoever hears nothing does not wait for ever.
        await Promise.race([
          scene
            .hub()
            ?.jobs.create(ticketOf(order))
            .catch(() => undefined),
          world.pause(5000),
        ]);
        await world.pause(afterTicketMs);
        await sendFiles(places.incoming, order);
        break;
      default:
        order.style satisfies never;
    }
    if (order.inBasket) {
      await world.pause(15_000);
      await sendPoorTicket(order.style === 'folder' ? own : places.incoming, order);
    }
    if (swarm.again.ticket && order.style !== 'named' && order.style !== 'nameless') {
      await world.pause(random.between(0, 15_000));
      world.count('sender: ticket again');
      await sendTicket(order.style === 'folder' ? own : places.incoming, order, true);
    }
  };

  for (let turn = 0; turn < swarm.orders; turn++) {
    const style = random.pick([swarm.styles[0] ?? 'named', ...swarm.styles]);
    const order = String(1001 + turn);
    const count = random.between(1, 2);
    const named = style === 'named';
    const unnumbered = style === 'nameless';
    const bare = swarm.sameNames && !unnumbered && style !== 'ticketLater';
    const number = unnumbered ? `own ${turn}` : `${order}-1`;
    const nameOf = (index: number): string =>
      named
        ? `${number} ${swarm.longNames ? 'Flyer '.repeat(30) : 'Flyer '}${index}.pdf`
        : bare
          ? (bareNames[index] ?? 'cover.pdf')
          : `Scan ${turn}${'ab'[index] ?? ''}.pdf`;
    const names = Array.from({ length: unnumbered ? 1 : count }, (_, index) => nameOf(index));
    scene.sending++;
    const inBasket = swarm.baskets && !named && !unnumbered && scene.aside.next() < 0.7;
    if (inBasket) model.inBasket.add(number);
    void live({ number, order, job: '1', style, names, inBasket }).finally(() => {
      scene.sending--;
    });
  }
  if (swarm.halfFiles)
    world.after(random.between(0, 30_000), () => {
      world.count('sender: half file');
      const half = pdf('nobody').subarray(0, 20);
      model.means(half, 'nobody', 'Half.pdf', false, world.monotonic());
      writeAs(scene, `${places.incoming}/Half.pdf`, half);
    });
  if (swarm.secondHand)
    world.after(random.between(2000, 40_000), () => {
      const [press] = scene.presses;
      const name = random.pick(['cover.pdf', '1001-1 Flyer 0.pdf', 'Scan 0a.pdf', 'Somebody.pdf']);
      if (press === undefined || disk.at(press.path, true) === undefined) return;
      world.count('second hand: puts a file');
      world.say('second hand', `puts ${name} into ${press.path}`);
      if (disk.at(`${press.path}/${name}`, true) === undefined)
        writeAs(scene, `${press.path}/${name}`, Buffer.from(`%PDF-1.4\n% foreign\nstartxref\n9\n%%EOF\n`));
      world.after(random.between(1000, 90_000), () => {
        if (disk.at(`${press.path}/${name}`, true)?.data.includes('foreign') === true) removeAs(scene, `${press.path}/${name}`);
      });
    });
}
