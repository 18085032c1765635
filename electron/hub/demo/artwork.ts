/** Draws the demo's print files: a page with its title, the order and quantity, crop marks and colour bars, in CMYK as a print shop wants it. */
import { makePdf, type PdfPage, pdfText, pointsPerMm } from './pdf.ts';
import type { Product } from './shop.ts';

export type ArtworkText = {
  readonly title: string;
  readonly order: string;
  readonly job: string;
  readonly quantity: number;
  readonly customer: string;
};

const bleedMm = 3;
const marginMm = 8;

function number(value: number): string {
  return value.toFixed(2);
}

function fill(colour: readonly number[]): string {
  return `${colour.map(number).join(' ')} k`;
}

function box(x: number, y: number, width: number, height: number): string {
  return `${[x, y, width, height].map((mm) => number(mm * pointsPerMm)).join(' ')} re f`;
}

function line(x1: number, y1: number, x2: number, y2: number): string {
  const at = (mm: number) => number(mm * pointsPerMm);
  return `${at(x1)} ${at(y1)} m ${at(x2)} ${at(y2)} l S`;
}

/** Sets text so large that it just fits the width, with half an em a letter as a fair guess for Helvetica. */
function words(text: string, font: 'F1' | 'F2', xMm: number, yMm: number, widthMm: number, largestMm: number): string {
  const sizeMm = Math.min(largestMm, widthMm / (text.length * 0.56));
  return `BT /${font} ${number(sizeMm * pointsPerMm)} Tf ${number(xMm * pointsPerMm)} ${number(yMm * pointsPerMm)} Td ${pdfText(text)} Tj ET`;
}

function cropMarks(width: number, height: number): string[] {
  const edge = marginMm + bleedMm;
  const marks = [marginMm - 1, 1] as const;
  return [0, 1].flatMap((right) =>
    [0, 1].flatMap((top) => {
      const x = right === 1 ? width - edge : edge;
      const y = top === 1 ? height - edge : edge;
      const [from, to] = marks;
      const h = right === 1 ? [width - from, width - to] : [to, from];
      const v = top === 1 ? [height - from, height - to] : [to, from];
      return [line(h[0] ?? 0, y, h[1] ?? 0, y), line(x, v[0] ?? 0, x, v[1] ?? 0)];
    }),
  );
}

function drawPage(product: Product, text: ArtworkText, page: number): PdfPage {
  const width = product.widthMm + 2 * (marginMm + bleedMm);
  const height = product.heightMm + 2 * (marginMm + bleedMm);
  const inner = { x: marginMm + bleedMm, y: marginMm + bleedMm, width: product.widthMm, height: product.heightMm };
  const padding = inner.width * 0.08;
  const band = inner.height * (page === 0 ? 0.62 : 0.12);
  const small = Math.min(inner.height * 0.035, 50);
  const textX = inner.x + padding;
  const textWidth = inner.width - 2 * padding;
  const bars = [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
    [1, 1, 0, 0],
    [0, 1, 1, 0],
    [1, 0, 1, 0],
    [0, 0, 0, 0.5],
  ];
  const barMm = Math.min(5, inner.width / 2 / bars.length);
  const [cyan, magenta, yellow, black] = product.colour;
  const content = [
    fill([0.02, 0.02, 0.04, 0]),
    box(marginMm, marginMm, inner.width + 2 * bleedMm, inner.height + 2 * bleedMm),
    fill(product.colour),
    box(marginMm, inner.y + inner.height - band, inner.width + 2 * bleedMm, band + bleedMm),
    fill([cyan * 0.5, magenta * 0.5, yellow, black]),
    box(marginMm, inner.y + inner.height - band - inner.height * 0.015, inner.width + 2 * bleedMm, inner.height * 0.015),
    fill(page === 0 ? [0, 0, 0, 0] : [0, 0, 0, 0.85]),
    words(text.title, 'F2', textX, inner.y + inner.height * (page === 0 ? 0.6 : 0.7), textWidth, inner.height * 0.12),
    fill([0, 0, 0, 0.85]),
    words(text.customer, 'F1', textX, inner.y + inner.height * 0.24, textWidth, small * 1.6),
    words(
      `${text.order}-${text.job}   ${text.quantity} x ${product.product}   ${product.material}`,
      'F1',
      textX,
      inner.y + inner.height * 0.14,
      textWidth,
      small,
    ),
    words(`Page ${page + 1} of ${product.pages}`, 'F1', textX, inner.y + inner.height * 0.07, textWidth, small),
    ...bars.map((colour, index) => `${fill(colour)} ${box(inner.x + inner.width - (index + 1) * barMm, 1, barMm, 4)}`),
    '0 0 0 1 K 0.5 w',
    ...cropMarks(width, height),
  ].join('\n');
  return { widthMm: width, heightMm: height, content };
}

/** The print file of one job, a few kilobytes. */
export function drawArtwork(product: Product, text: ArtworkText): Buffer {
  const pages = Array.from({ length: product.pages }, (_, page) => drawPage(product, text, page));
  return makePdf(pages, text.title);
}
