/** PDF files for tests: valid, of an exact size, the same for the same seed; and the broken ones that arrive in real shops. */
import { open } from 'node:fs/promises';
import { makePdfAround, type PdfPage, pdfText } from '../electron/hub/demo/pdf.ts';
import { makeRandom } from './random.ts';

const blockBytes = 1 << 20;

function pageOf(label: string): PdfPage {
  return { widthMm: 148, heightMm: 105, content: `0 0 0 1 k BT /F2 18 Tf 40 150 Td ${pdfText(label)} Tj ET` };
}

function noise(seed: number, bytes: number): Buffer {
  const random = makeRandom(seed);
  const block = Buffer.alloc(Math.ceil(bytes / 4) * 4);
  for (let at = 0; at < block.length; at += 4) block.writeUInt32LE(Math.floor(random.next() * 2 ** 32), at);
  return block.subarray(0, bytes);
}

/** A valid one-page PDF of exactly `size` bytes (at least 2,000); another seed is another content. */
export function pdfBytes(seed: number, size = 4000): Buffer {
  const { head, bulkBytes, end } = makePdfAround([pageOf(`Seed ${seed}`)], `Test ${seed}`, size);
  return Buffer.concat([head, noise(seed, bulkBytes), end]);
}

/** Writes the same kind of file in pieces, for sizes that do not fit into memory; the noise repeats each megabyte. */
export async function writePdf(path: string, seed: number, size: number): Promise<void> {
  const { head, bulkBytes, end } = makePdfAround([pageOf(`Seed ${seed}`)], `Test ${seed}`, size);
  const block = noise(seed, Math.min(blockBytes, bulkBytes));
  const file = await open(path, 'w');
  try {
    await file.writeFile(head);
    for (let left = bulkBytes; left > 0; left -= block.length) await file.writeFile(block.subarray(0, Math.min(left, block.length)));
    await file.writeFile(end);
  } finally {
    await file.close();
  }
}

/** The first part of a PDF, as a writer that died leaves it. */
export function truncatedPdf(seed: number, size = 4000): Buffer {
  return pdfBytes(seed, size).subarray(0, Math.floor(size * 0.6));
}

/** Says it is encrypted, with a handler nobody has. Printing needs no reading, so this is a print file like any other. */
export function encryptedPdf(seed: number): Buffer {
  const text = pdfBytes(seed, 4000).toString('latin1');
  return Buffer.from(text.replace('/Root 1 0 R', '/Encrypt << /Filter /Nobody /V 5 >> /Root 1 0 R'), 'latin1');
}
