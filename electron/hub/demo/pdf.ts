/**
 * Makes small, clean PDF files: standard fonts, vector graphics, nothing compressed. For the demo and for tests, where a real page must lie in a
 * real file. It is no general PDF library and never reads one.
 */

/** Sizes in millimetres, as printers speak of them; `content` is a string of PDF drawing operators in points. */
export type PdfPage = { readonly widthMm: number; readonly heightMm: number; readonly content: string };

export const pointsPerMm = 72 / 25.4;

/** Characters that WinAnsi has at other places than Latin-1; whatever else it does not have becomes a question mark. */
const winAnsi: Readonly<Record<string, string>> = { '€': '\x80', '–': '\x96', '—': '\x97', '’': '\x92', '•': '\x95' };

/** A text as a PDF string literal in WinAnsi. */
export function pdfText(text: string): string {
  const bytes = [...text].map((letter) => winAnsi[letter] ?? (letter.charCodeAt(0) < 256 ? letter : '?')).join('');
  return `(${bytes.replace(/[\\()]/g, '\\$&')})`;
}

/**
 * The objects of a document one after another, and the table that finds them again.
 * `append` takes a whole object body, and `bulk` says how many raw bytes the caller writes as the last object's stream.
 */
function assemble(bodies: readonly string[]): { text: string; offsets: number[] } {
  let text = '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n';
  const offsets = bodies.map((body, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  return { text, offsets };
}

function tail(offsets: readonly number[], xrefAt: number): string {
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = offsets.length + 1;
  return `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R /Info 2 0 R >>\nstartxref\n${xrefAt}\n%%EOF\n`;
}

function bodiesOf(pages: readonly PdfPage[], title: string): string[] {
  const firstPage = 6;
  const kids = pages.map((_, index) => `${firstPage + index * 2} 0 R`).join(' ');
  const points = (mm: number) => (mm * pointsPerMm).toFixed(2);
  return [
    '<< /Type /Catalog /Pages 3 0 R >>',
    `<< /Title ${pdfText(title)} /Producer ${pdfText('Printfloor demo')} >>`,
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((page, index) => [
      `<< /Type /Page /Parent 3 0 R /MediaBox [0 0 ${points(page.widthMm)} ${points(page.heightMm)}] /Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> /Contents ${firstPage + index * 2 + 1} 0 R >>`,
      `<< /Length ${page.content.length} >>\nstream\n${page.content}\nendstream`,
    ]),
  ];
}

/** A whole PDF file. Fonts in the page's content: /F1 Helvetica, /F2 Helvetica bold. */
export function makePdf(pages: readonly PdfPage[], title: string): Buffer {
  const { text, offsets } = assemble(bodiesOf(pages, title));
  return Buffer.from(text + tail(offsets, text.length), 'latin1');
}

/**
 * The same with one more object, a stream of raw bytes that no page uses, so that the file has exactly `size` bytes: `head`, then `bulkBytes` bytes of
 * the caller's choice, then `end`. For files too large to be built in memory. Throws a RangeError when `size` is too small for the pages.
 */
export function makePdfAround(pages: readonly PdfPage[], title: string, size: number): { head: Buffer; bulkBytes: number; end: Buffer } {
  const { text, offsets } = assemble(bodiesOf(pages, title));
  const around = (bulkBytes: number) => {
    const head = `${text}${offsets.length + 1} 0 obj\n<< /Length ${bulkBytes} >>\nstream\n`;
    const close = '\nendstream\nendobj\n';
    return { head, end: close + tail([...offsets, text.length], head.length + bulkBytes + close.length) };
  };
  // The number of bulk bytes stands in the file itself, so its own digits count: a few rounds settle it.
  let bulkBytes = size;
  for (let round = 0; round < 6; round += 1) {
    const { head, end } = around(Math.max(0, bulkBytes));
    const off = size - (head.length + Math.max(0, bulkBytes) + end.length);
    if (off === 0) return { head: Buffer.from(head, 'latin1'), bulkBytes, end: Buffer.from(end, 'latin1') };
    bulkBytes += off;
    if (bulkBytes < 0) break;
  }
  throw new RangeError(`a PDF of ${size} bytes cannot be made of these pages`);
}
