import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesAt } from '../../../electron/hub/prepare/bytes.ts';
import { isTicketType, printTypes, ticketTypes, typeOf } from '../../../electron/hub/prepare/file-types.ts';
import { pdfBytes } from '../../pdf.ts';
import { look, lookClosely } from './on-disk.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const filler = Buffer.alloc(10_000, 0x41);

const pngEnd = Buffer.concat([bytes('\0\0\0\0IEND'), Buffer.from([0xae, 0x42, 0x60, 0x82])]);
const zipEnd = Buffer.concat([bytes('PK\x05\x06'), Buffer.alloc(18)]);
const samples: Record<string, Buffer> = {
  pdf: pdfBytes(1, 10_100),
  jpg: Buffer.concat([bytes('\xff\xd8\xff\xe0\0\x10JFIF\0'.padEnd(20, '\0')), bytes('\xff\xda\0\x08'), filler, bytes('\xff\xd9')]),
  png: Buffer.concat([bytes('\x89PNG\r\n\x1a\n'), filler, pngEnd]),
  zip: Buffer.concat([bytes('PK\x03\x04'), filler, zipEnd]),
  json: bytes(`{"order":"1","notes":"${filler.toString()}"}`),
  xml: bytes(`<?xml version="1.0"?><Order>${filler.toString()}</Order>`),
};

describe('whole and not whole', () => {
  it.each(Object.entries(samples))(
    '%s: whole as it is, not whole when cut, while space is only reserved, or empty',
    async (type, whole) => {
      expect(await look(type, whole)).toEqual({ kind: 'whole' });
      expect(await look(type, whole.subarray(0, 6000))).toMatchObject({ kind: 'notWhole' });
      expect(await look(type, Buffer.concat([whole.subarray(0, 5000), Buffer.alloc(whole.length - 5000)]))).toMatchObject({
        kind: 'notWhole',
      });
      expect(await look(type, Buffer.alloc(whole.length))).toMatchObject({ kind: 'notWhole' });
      expect(await look(type, whole.subarray(0, 1))).toMatchObject({ kind: 'notWhole' });
      expect(await look(type, Buffer.alloc(0))).toEqual({ kind: 'empty' });
    },
  );

  it.each(['pdf', 'jpg', 'jpeg', 'png', 'zip', 'tif', 'tiff', 'ps', 'eps', 'ai', 'gif', 'webp'])(
    '%s: a text is not what it says',
    async (type) => {
      expect(await look(type, bytes('<html>not found</html>'))).toMatchObject({ kind: 'notWhatItSays' });
    },
  );

  it('the end of a PDF may be padded, and its beginning may stand a little later', async () => {
    expect(await look('pdf', Buffer.concat([samples['pdf'] ?? filler, Buffer.alloc(700), bytes('\r\n\r\n')]))).toEqual({ kind: 'whole' });
    expect(await look('pdf', Buffer.concat([bytes('@PJL\n'), samples['pdf'] ?? filler]))).toEqual({ kind: 'whole' });
  });

  it.each([
    '<html><script src=x></script>\n',
    '<!DOCTYPE html>\n',
    '<?php system($_GET[0]); ?>\n',
    '@echo off\r\nformat c:\r\n',
    '\n echo x\n',
  ])('a PDF behind a page or a script is none: %j', async (before) => {
    expect(await look('pdf', Buffer.concat([bytes(before), samples['pdf'] ?? filler]))).toMatchObject({ kind: 'notWhatItSays' });
  });

  it('the end of an earlier version of a PDF does not count', async () => {
    expect(await look('pdf', Buffer.concat([samples['pdf'] ?? filler, filler]))).toMatchObject({ kind: 'notWhole' });
  });

  it('GIF and WebP begin as such; a WebP says its length', async () => {
    expect(await look('gif', bytes('GIF89a'.padEnd(40, 'x')))).toEqual({ kind: 'unknown', zeroTail: false });
    const webp = Buffer.concat([bytes('RIFF'), Buffer.from([32, 0, 0, 0]), bytes('WEBPVP8 '.padEnd(32, 'x'))]);
    expect(await look('webp', webp)).toEqual({ kind: 'unknown', zeroTail: false });
    expect(await look('webp', webp.subarray(0, 30))).toMatchObject({ kind: 'notWhole' });
    expect(await look('webp', webp.subarray(0, 9))).toMatchObject({ kind: 'notWhatItSays' });
  });

  it('a TIFF has no end, but its directory tells when it cannot be whole', async () => {
    const tiff = (directory: number) => Buffer.concat([bytes('II*\0'), Buffer.from([directory & 255, directory >> 8, 0, 0]), filler]);
    expect(await look('tif', tiff(8))).toEqual({ kind: 'unknown', zeroTail: false });
    expect(await look('tif', tiff(20_000))).toMatchObject({ kind: 'notWhole' });
    expect(await look('tiff', Buffer.concat([bytes('MM\0*\0\0\0\x08'), Buffer.alloc(9000)]))).toEqual({ kind: 'unknown', zeroTail: true });
    expect(await look('tif', bytes('II\x07\0'.padEnd(40)))).toMatchObject({ kind: 'notWhatItSays' });
  });

  it('PostScript is whole when it keeps the conventions, else nobody knows', async () => {
    expect(await look('ps', bytes('%!PS-Adobe-3.0\nshowpage\n%%EOF\n\x04'))).toEqual({ kind: 'whole' });
    expect(await look('eps', bytes('%!PS-Adobe-3.0 EPSF-3.0\nshow'))).toEqual({ kind: 'unknown', zeroTail: false });
    expect(await look('eps', bytes('\xc5\xd0\xd3\xc6 preview'))).toEqual({ kind: 'unknown', zeroTail: false });
    expect(await look('ai', samples['pdf'] ?? filler)).toEqual({ kind: 'whole' });
    expect(await look('ai', bytes('%!PS-Adobe-3.0\n%%EOF'))).toEqual({ kind: 'whole' });
  });

  it('tickets in UTF-16 and with a byte order mark', async () => {
    expect(await look('json', Buffer.from('\ufeff{"order":"1"}\n', 'utf16le'))).toEqual({ kind: 'whole' });
    expect(await look('xml', Buffer.from('\ufeff<Order/>\r\n'))).toEqual({ kind: 'whole' });
    expect(await look('json', bytes('order=1'))).toEqual({ kind: 'unknown', zeroTail: false });
  });

  it('other types: only time tells', async () => {
    expect(await look('csv', bytes('order;job\n1;2\n'))).toEqual({ kind: 'unknown', zeroTail: false });
    expect(await look('constructor', Buffer.alloc(50))).toEqual({ kind: 'unknown', zeroTail: true });
  });

  it('answers on any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...printTypes, ...ticketTypes, ''),
        fc.uint8Array({ maxLength: 9000 }),
        async (type, content) => void (await look(type, content)),
      ),
    );
  });

  it('a sample is what real programs write', async () => {
    expect(crc32('IEND')).toBe(0xae426082);
  });
});

describe('types', () => {
  it('are the extension in lower case', async () => {
    expect(['a.PDF', 'b.tar.gz', 'c', '.pdf'].map(typeOf)).toEqual(['pdf', 'gz', '', '']);
    expect(['json', 'xjdf', 'pdf', ''].map(isTicketType)).toEqual([true, true, false, false]);
  });
});

describe('what a check costs', () => {
  it.each([2000, 5000, 8000, 1_000_000])('a PDF of %i bytes that ends in line breaks is judged by its two ends', async (size) => {
    const content = Buffer.concat([pdfBytes(1, size - 3), bytes('\n\r\n')]);
    expect(await lookClosely('pdf', content)).toEqual({ verdict: { kind: 'whole' }, bytesRead: 0 });
  });

  it('a part that lies across the two ends of a small file is that of the file', async () => {
    await fc.assert(
      fc.property(fc.integer({ min: 1, max: 8000 }), fc.nat(9000), fc.nat(9000), (size, at, length) => {
        const file = Uint8Array.from({ length: size }, (_, index) => index % 251);
        const ends = { size, head: file.subarray(0, 4096), tail: file.subarray(Math.max(0, size - 4096)), inner: null };
        const step = bytesAt(ends, at, length).next();
        expect(step.done).toBe(true);
        expect(Buffer.from(step.value as Uint8Array)).toEqual(Buffer.from(file.subarray(at, at + length)));
      }),
    );
  });
});
