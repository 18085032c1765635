import { PDFDocument } from 'pdf-lib';
import { describe, expect, it } from 'vitest';
import { drawArtwork } from '../../../electron/hub/demo/artwork.ts';
import { makePdf, makePdfAround, pdfText } from '../../../electron/hub/demo/pdf.ts';
import { products } from '../../../electron/hub/demo/shop.ts';
import { pdfBytes } from '../../pdf.ts';

const page = { widthMm: 100, heightMm: 50, content: '0 g' };

describe('the PDF maker', () => {
  it('makes a file another program reads, with every page and the title', async () => {
    const read = await PDFDocument.load(makePdf([page, page], 'Grüße (50 %)'), { updateMetadata: false });
    expect(read.getPageCount()).toBe(2);
    expect(read.getPage(0).getWidth()).toBeCloseTo(283.46, 1);
    expect(read.getTitle()).toBe('Grüße (50 %)');
  });

  it('keeps text from ending its own string', () => {
    expect(pdfText('a)b(c\\d')).toBe('(a\\)b\\(c\\\\d)');
    expect(pdfText('5 € für 日本')).toBe('(5 \x80 für ??)');
  });

  it.each([2000, 2999, 9999, 10_000, 100_001, 1_234_567])('hits a size of %i bytes exactly', async (size) => {
    const bytes = pdfBytes(7, size);
    expect(bytes.length).toBe(size);
    expect((await PDFDocument.load(bytes)).getPageCount()).toBe(1);
  });

  it('says so when a size is too small', () => {
    expect(() => makePdfAround([page], 'x', 100)).toThrow(RangeError);
  });

  it.each(products.map((product) => [product.product, product] as const))('draws artwork for %s', async (_, product) => {
    const bytes = drawArtwork(product, { title: product.titles[0], order: '1', job: '1', quantity: 5, customer: 'Jürgen Weiß' });
    expect((await PDFDocument.load(bytes)).getPageCount()).toBe(product.pages);
  });
});
