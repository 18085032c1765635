/** What the demo's shop sells and who buys there: plain data and the picking of it. Everybody in it is made up. */
import { type Pace, pick } from './pace.ts';

export type Product = {
  readonly product: string;
  readonly titles: readonly [string, ...string[]];
  readonly widthMm: number;
  readonly heightMm: number;
  readonly pages: number;
  readonly quantities: readonly [number, ...number[]];
  readonly material: string;
  /** Cyan, magenta, yellow, black of the main colour, 0 to 1. */
  readonly colour: readonly [number, number, number, number];
};

export const products: readonly [Product, ...Product[]] = [
  {
    product: 'Business cards',
    titles: ['Business cards Anna Keller', 'Visitenkarten Tischlerei Moor', 'Cards for the sales team'],
    widthMm: 85,
    heightMm: 55,
    pages: 2,
    quantities: [100, 250, 500],
    material: 'Silk 350 g',
    colour: [0.9, 0.6, 0.1, 0.2],
  },
  {
    product: 'Flyer A5',
    titles: ['Summer party flyer', 'Speisekarte Herbst', 'Open day at the music school', 'Flyer Fahrradwerkstatt'],
    widthMm: 148,
    heightMm: 210,
    pages: 2,
    quantities: [250, 1000, 2500],
    material: 'Gloss 135 g',
    colour: [0.05, 0.75, 0.9, 0],
  },
  {
    product: 'Folded leaflet',
    titles: ['Leaflet dental practice', 'Faltblatt Stadtmuseum', 'Opening hours, winter'],
    widthMm: 297,
    heightMm: 210,
    pages: 2,
    quantities: [500, 1000],
    material: 'Matt 170 g',
    colour: [0.7, 0, 0.6, 0.15],
  },
  {
    product: 'Postcard A6',
    titles: ['Wedding invitation', 'Geburtskarte Jonas', 'Thank you card'],
    widthMm: 148,
    heightMm: 105,
    pages: 2,
    quantities: [50, 100, 200],
    material: 'Uncoated 300 g',
    colour: [0.1, 0.35, 0.2, 0.05],
  },
  {
    product: 'Product banner',
    titles: ['Banner spring sale', 'Bauzaunbanner Hafenfest', 'Roll-up trade fair'],
    widthMm: 850,
    heightMm: 2000,
    pages: 1,
    quantities: [1, 2, 4],
    material: 'PVC 510 g',
    colour: [0.85, 0.1, 0.1, 0],
  },
  {
    product: 'Poster A1',
    titles: ['Poster jazz night', 'Plakat Kreismeisterschaft', 'Exhibition poster'],
    widthMm: 594,
    heightMm: 841,
    pages: 1,
    quantities: [5, 20, 50],
    material: 'Blueback 115 g',
    colour: [0, 0.9, 0.5, 0.1],
  },
  {
    product: 'Booklet A5',
    titles: ['Club magazine', 'Festschrift 50 Jahre Feuerwehr', 'Course programme', 'Product booklet'],
    widthMm: 148,
    heightMm: 210,
    pages: 8,
    quantities: [100, 500, 1200, 3000],
    material: 'Matt 115 g',
    colour: [0.95, 0.4, 0.3, 0.3],
  },
];

export type Customer = { readonly name: string; readonly email: string; readonly company?: string; readonly phone?: string };

const customers: readonly [Customer, ...Customer[]] = [
  { name: 'Anna Keller', email: 'anna.keller@example.com', company: 'Keller & Partner' },
  { name: 'Jürgen Weiß', email: 'j.weiss@example.org', company: 'Tischlerei Moor', phone: '+49 40 555 0142' },
  { name: 'Mary O’Brien', email: 'mary@example.net', company: 'Harbour Café' },
  { name: 'Olusegun Adeyemi', email: 'olu.adeyemi@example.com' },
  { name: 'Sophie Lefèvre', email: 'sophie@example.org', company: 'Stadtmuseum' },
  { name: 'Tomasz Zieliński', email: 't.zielinski@example.net', company: 'Fahrrad Zieliński', phone: '+49 30 555 0177' },
  { name: 'Priya Raman', email: 'priya.raman@example.com', company: 'Northside Dental' },
  { name: 'Bärbel Schön', email: 'b.schoen@example.org', company: 'Feuerwehr Altdorf' },
];

const shelves = ['A-1', 'A-2', 'A-3', 'B-1', 'B-2', 'B-3', 'C-1', 'C-2'] as const;
const carriers = ['DHL', 'DPD', 'UPS', 'GLS'] as const;

export function pickCustomer(pace: Pick<Pace, 'random'>): Customer {
  return pick(pace, customers);
}

export function pickShelf(pace: Pick<Pace, 'random'>): string {
  return pick(pace, shelves);
}

/** A carrier and a tracking number that is nobody's. */
export function pickParcel(pace: Pick<Pace, 'random'>): { carrier: string; tracking: string } {
  return {
    carrier: pick(pace, carriers),
    tracking: `DEMO${Math.floor(pace.random() * 1e9)
      .toString()
      .padStart(9, '0')}`,
  };
}
