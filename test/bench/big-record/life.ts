/**
 * The life of one job of a big record, in the hub's own words: what its ticket said, what happened to it, its files and deliveries. Most are over; the last few
 * hundredths are still on the floor, and here and there an old one was forgotten. Pure: chance comes in.
 */
import type { DeliveryState } from '../../../shared/delivery.ts';
import type { NewEvent } from '../../../shared/event.ts';
import type { StatusCode } from '../../../shared/status.ts';
import type { Random } from '../../random.ts';

export type BigFolder = { readonly id: number; readonly placeId: number; readonly name: string; readonly showsOutcome: boolean };
export type LifeFile = { readonly name: string; readonly size: number; readonly sha256: string };
export type LifeDelivery = LifeFile & {
  readonly state: DeliveryState;
  readonly deliveredAt: number | null;
  readonly reasonCode: string | null;
};
export type Life = {
  readonly order: string;
  readonly job: string;
  readonly title: string;
  readonly product: string;
  readonly quantity: number;
  readonly customer: { readonly name: string; readonly company: string; readonly email: string };
  readonly fulfilment: 'collection' | 'delivery';
  readonly createdAt: number;
  readonly dueAt: number;
  readonly folder: BigFolder | null;
  readonly files: readonly LifeFile[];
  readonly deliveries: readonly LifeDelivery[];
  readonly missing: readonly string[];
  readonly events: readonly NewEvent[];
};

const products = [
  'Flyer A5',
  'Flyer A4',
  'Business card',
  'Postcard A6',
  'Poster A2',
  'Booklet A4',
  'Banner 2 x 1 m',
  'Label roll',
  'Calendar',
  'Letterhead',
] as const;
const titles = [
  'Summer sale',
  'Winter sale',
  'Opening',
  'Menu',
  'Price list',
  'Wedding invitation',
  'Annual report',
  'Jazz night',
  'Price tags',
  'Thank you card',
] as const;
const firstNames = [
  'Anna',
  'Ben',
  'Chloé',
  'David',
  'Elif',
  'Frieda',
  'Gül',
  'Hanna',
  'Ivan',
  'José',
  'Karin',
  'Lars',
  'Zoë',
  'Jürgen',
] as const;
const syllables = [
  'ber',
  'gen',
  'mor',
  'li',
  'stad',
  'wei',
  'ro',
  'sen',
  'ka',
  'tel',
  'hof',
  'mann',
  'ski',
  'dor',
  'vel',
  'brand',
] as const;
const trades = ['Bakery', 'Joinery', 'Café', 'Clinic', 'Theatre', 'School', 'Garage', 'Museum'] as const;

/** How far a job came, furthest last: what is said of it on the way there. */
const way: readonly StatusCode[] = [
  'AwaitingData',
  'OutputCreated',
  'InHotFolder',
  'InProduction',
  'Printed',
  'InFinishing',
  'InPacking',
  'ReadyForCollection',
  'CustomStatus',
];
const troubles = ['CopyToHotFolderFailed', 'Blocked', 'AwaitingApproval', 'OutputCreationFailed'] as const;
type Trouble = (typeof troubles)[number] | null;
const fulfilments = ['collection', 'delivery'] as const;
/** One in so many old jobs was forgotten where it stood. */
const forgottenOneIn = 400;
/** Jobs of the last days, that are still on the floor: one in so many. */
const onFloorOneIn = 60;

function word(random: Random): string {
  const text = Array.from({ length: random.between(2, 3) }, () => random.pick(syllables)).join('');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `at`: which of `of` jobs, from 0, the oldest first. */
function howFar(at: number, of: number, random: Random): { readonly last: number; readonly trouble: Trouble } {
  const young = at >= of - of / onFloorOneIn;
  if (!young && random.between(1, forgottenOneIn) > 1) return { last: way.length - 1, trouble: null };
  const trouble = random.between(1, young ? 25 : 3) === 1 ? random.pick(troubles) : null;
  // The youngest are at the beginning of their way, the forgotten ones mostly at its end: nobody collected them.
  const share = young ? (of - at) / (of / onFloorOneIn) : 0.6 + random.next() * 0.4;
  return { last: Math.min(way.length - 2, Math.floor(share * (way.length - 1) * (0.7 + random.next() * 0.6))), trouble };
}

/** The newest of `of` jobs came a minute before `now`, one each minute and a half of a working shop. */
const betweenMs = 90_000;

/** Says what happens, one after the other; nothing happens after `now`. */
function teller(from: number, now: number) {
  const events: NewEvent[] = [];
  let when = from;
  return {
    events,
    now: () => when,
    say: (code: StatusCode, actor: string, more: Partial<NewEvent> = {}, afterMs = 0): void => {
      when = Math.min(now, when + afterMs);
      events.push({ code, at: when, actor, ...more });
    },
  };
}
type Teller = ReturnType<typeof teller>;

function filesOf(number: string, title: string, random: Random): LifeFile[] {
  return Array.from({ length: random.between(1, 5) === 1 ? 2 : 1 }, (_, part) => {
    const sha256 = Array.from({ length: 8 }, () => random.between(0, 0xffffffff).toString(16).padStart(8, '0')).join('');
    return { name: `${number} ${title}${part === 0 ? '' : ' back'}.pdf`, size: random.between(20_000, 9_000_000), sha256 };
  });
}

function prepare({ say }: Teller, files: readonly LifeFile[]): void {
  for (const file of files) {
    const data = { ...file, version: 1 };
    say('ArtworkUploaded', 'system', { data }, 900);
    say('OutputCreationStarted', 'system', { data });
    say('OutputCreated', 'system', { data, reason: 'The supplied file is whole and is what its name says.' });
  }
}

/** Step of the way at which the printer has it. */
const atPress = way.indexOf('InProduction');

function deliver({ say, now }: Teller, file: LifeFile, folder: BigFolder, last: number, failed: boolean): LifeDelivery {
  const data = { hotFolder: folder.name, hotFolderId: folder.id, ...file, send: 1, tries: 1 };
  if (failed) {
    say('CopyToHotFolderFailed', 'system', { reason: 'The disk of the printer is full.', data: { ...data, reasonCode: 'DiskFull' } }, 40);
    return { ...file, state: 'failed', deliveredAt: null, reasonCode: 'DiskFull' };
  }
  say('InHotFolder', 'system', { data }, 40);
  const delivered = { ...file, deliveredAt: now(), reasonCode: null };
  if (last < atPress) return { ...delivered, state: 'delivered' };
  const taken = { reason: 'The printer took the file out of the hot folder.', data: { ...data, taken: 1, of: 1, sight: 'taken' } };
  say('InProduction', `printer ${folder.name}`, taken, 3000);
  if (last === atPress || !folder.showsOutcome) return { ...delivered, state: 'taken' };
  say('Printed', `printer ${folder.name}`, { data: { ...data, sight: 'printed' } }, 60_000);
  return { ...delivered, state: 'printed' };
}

/** What people scan from the press on. */
function scan({ say }: Teller, last: number, isSeenPrinted: boolean, isSentAway: boolean, random: Random): void {
  for (const code of way.slice(atPress + 1, last + 1)) {
    if (code === 'Printed' && isSeenPrinted) continue;
    if (code === 'CustomStatus' && isSentAway) continue;
    const station = code === 'Printed' || code === 'InFinishing' ? 'Press 1' : code === 'InPacking' ? 'Packing' : 'Reception';
    const said = code === 'ReadyForCollection' && isSentAway ? 'Shipped' : code;
    const more = { station, ...(code === 'CustomStatus' && { custom: 'Collected' }) };
    say(said, `station ${station}`, more, random.between(600_000, 3_600_000));
  }
}

/** @param at which of them, from 0, the oldest first */
export function lifeOf(at: number, of: number, folders: readonly BigFolder[], random: Random, now: number): Life {
  const createdAt = now - 60_000 - (of - 1 - at) * betweenMs;
  const [order, job] = [String(100_000 + Math.floor(at / 2)), String((at % 2) + 1)];
  const title = `${random.pick(titles)} ${word(random)}`;
  const fulfilment = random.pick(fulfilments);
  const customer = {
    name: `${random.pick(firstNames)} ${word(random)}`,
    company: `${random.pick(trades)} ${word(random)}`,
    email: `info@${order}.example`,
  };
  const { last, trouble } = howFar(at, of, random);
  // The first printer has half of all, the second half of the rest, and so on.
  const ruled = folders[Math.min(folders.length - 1, Math.floor(-Math.log2(1 - random.next())))] ?? null;
  const wanted = filesOf(`${order}-${job}`, title, random);
  const isWaiting = last === 0;
  const told = teller(createdAt, now);
  told.say('Creating', 'system', { reason: 'Its ticket arrived.' });
  told.say('Ordered', 'system');
  const missing = isWaiting ? wanted.map((file) => file.name) : [];
  const [files, folder] = isWaiting ? [[], null] : [wanted, ruled];
  if (isWaiting) told.say('AwaitingData', 'system', { reason: `Missing: ${missing.join(', ')}`, data: { missing } });
  prepare(told, files);
  if (trouble === 'OutputCreationFailed') told.say(trouble, 'system', { reason: 'It has no pages.', data: { reasonCode: 'NotAPdf' } });
  if (trouble === 'AwaitingApproval') told.say(trouble, 'admin');
  const isSent = trouble !== 'OutputCreationFailed' && trouble !== 'AwaitingApproval' && last >= 2;
  const deliveries =
    folder === null || !isSent ? [] : files.map((file) => deliver(told, file, folder, last, trouble === 'CopyToHotFolderFailed'));
  if (trouble === 'Blocked') told.say(trouble, 'station Reception', { station: 'Reception', reason: 'The customer called.' }, 60_000);
  if (trouble === null && deliveries.length > 0) scan(told, last, folder?.showsOutcome === true, fulfilment === 'delivery', random);
  const { events } = told;
  const [product, quantity, dueAt] = [random.pick(products), random.between(1, 50) * 100, createdAt + 5 * dayMs];
  return { order, job, title, product, quantity, customer, fulfilment, createdAt, dueAt, folder, files, deliveries, missing, events };
}

const dayMs = 86_400_000;
