/** Files that were cut, or are still being written, and carry the sign of an end somewhere. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pdfBytes } from '../../pdf.ts';
import { look, lookClosely } from './on-disk.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');
const whole = pdfBytes(1, 20_000);
const xrefAt = Number(/startxref\n([0-9]+)/u.exec(whole.toString('latin1'))?.[1]);

/** As programs write a PDF "for fast web view": the first part closes with a pointer to nowhere. */
function linearized(length: number): Buffer {
  const start = latin(
    `%PDF-1.5\n1 0 obj\n<< /Linearized 1 /L ${String(length).padStart(8)} /H [ 600 200 ] /O 4 /E 5000 /N 1 /T 9000 >>\nendobj\n`,
  );
  const first = latin('xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 >>\nstartxref\n0\n%%EOF\n');
  const body = Buffer.alloc(length - start.length - first.length - 60, 0x75);
  return Buffer.concat([start, first, body, latin(`\nxref\n0 0\ntrailer\n<< >>\nstartxref\n${start.length}\n%%EOF\n`.padEnd(60))]);
}

/** A new version appended to a PDF, as forms, signatures and preflight tools do. */
function update(base: Buffer, dataBytes: number): Buffer {
  const data = latin(`7 0 obj\n<< /Length ${dataBytes} >>\nstream\n${'u'.repeat(dataBytes)}\nendstream\nendobj\n`);
  return Buffer.concat([
    base,
    data,
    latin(
      `xref\n7 1\n${String(base.length).padStart(10, '0')} 00000 n \ntrailer\n<< /Size 8 /Prev ${xrefAt} >>\nstartxref\n${base.length + data.length}\n%%EOF\n`,
    ),
  ]);
}

describe('a cut PDF', () => {
  it('made for the web, cut behind its first part, is not whole', async () => {
    const pdf = linearized(71_357);
    expect(await look('pdf', pdf)).toEqual({ kind: 'whole' });
    expect(await look('pdf', pdf.subarray(0, 1975))).toMatchObject({ kind: 'notWhole', raw: 'says it has 71357 bytes, and has 1975' });
    expect(await look('pdf', pdf.subarray(0, pdf.length - 1))).toMatchObject({ kind: 'notWhole' });
  });

  it('whose last pointer leads to nowhere or past its end is not whole', async () => {
    for (const place of [0, whole.length, 10_000_000])
      expect(await look('pdf', latin(whole.toString('latin1').replace(`startxref\n${xrefAt}`, `startxref\n${place}`)))).toMatchObject({
        kind: 'notWhole',
      });
  });

  it('whose middle has not been written yet is not whole', async () => {
    const holed = Buffer.from(whole);
    holed.fill(0, xrefAt - 50, xrefAt + 100);
    expect(await look('pdf', holed)).toMatchObject({ kind: 'notWhole' });
  });

  it('with a further version that was cut off is not whole, wherever it was cut', async () => {
    const updated = update(whole, 3000);
    expect(await look('pdf', updated)).toEqual({ kind: 'whole' });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: whole.length + 1, max: updated.length - 7 }), async (length) => {
        expect(await look('pdf', updated.subarray(0, length))).toMatchObject({ kind: 'notWhole' });
      }),
      { numRuns: 200 },
    );
  });

  it('is never whole when cut before its last sign', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: whole.length - 7 }), async (length) => {
        expect(await look('pdf', whole.subarray(0, length))).toMatchObject({ kind: 'notWhole' });
      }),
      { numRuns: 200 },
    );
  });
});

describe('padding behind the end of a PDF', () => {
  it.each([0, 1, 700, 4000, 4096, 5000, 80_000, 5_000_000])(
    'of %d zeros or blanks: whole; it waits longer where there is much',
    async (length) => {
      const expected = length > 4096 ? { kind: 'whole', mayGrow: true } : { kind: 'whole' };
      expect(await look('pdf', Buffer.concat([whole.subarray(0, -1), Buffer.alloc(length)]))).toEqual(expected);
      expect(await look('pdf', Buffer.concat([whole.subarray(0, -1), Buffer.alloc(length, 0x20)]))).toEqual(expected);
    },
  );

  it('does not make a cut file whole', async () => {
    for (const length of [700, 80_000])
      expect(await look('pdf', Buffer.concat([whole.subarray(0, 9000), Buffer.alloc(length)]))).toMatchObject({ kind: 'notWhole' });
  });

  it('may be what a printer driver adds; what nobody knows waits longer', async () => {
    expect(await look('pdf', Buffer.concat([whole, latin('\u001b%-12345X@PJL EOJ\r\n\u001b%-12345X')]))).toEqual({ kind: 'whole' });
    expect(await look('pdf', Buffer.concat([latin('\u001b%-12345X@PJL\n'), whole, latin('\u0004')]))).toEqual({ kind: 'whole' });
    expect(await look('pdf', Buffer.concat([whole, latin('Sent from my phone')]))).toEqual({ kind: 'whole', mayGrow: true });
  });

  it('costs no more reading than a few kilobytes', async () => {
    const { bytesRead } = await lookClosely('pdf', linearized(2_000_000));
    expect(bytesRead).toBeLessThan(10_000);
  });
});

describe('a cut JPEG', () => {
  const segment = (kind: number, content: Buffer) =>
    Buffer.concat([Buffer.from([0xff, kind, (content.length + 2) >> 8, (content.length + 2) & 255]), content]);
  const start = Buffer.from([0xff, 0xd8]);
  const end = Buffer.from([0xff, 0xd9]);
  const preview = Buffer.concat([start, Buffer.alloc(9000, 1), end]);
  const camera = (profiles: number) =>
    Buffer.concat([
      start,
      segment(0xe1, Buffer.concat([latin('Exif\0\0'), preview])),
      ...Array.from({ length: profiles }, () => segment(0xe2, Buffer.alloc(60_000, 2))),
      segment(0xda, Buffer.alloc(6)),
      Buffer.alloc(30_000, 3),
      end,
    ]);

  it('with a preview of its own is not whole, though the preview is', async () => {
    const photo = camera(0);
    expect(await look('jpg', photo)).toEqual({ kind: 'whole' });
    for (const length of [9016, 9014, 9020, 9500, 12_000])
      expect(await look('jpg', photo.subarray(0, length))).toMatchObject({ kind: 'notWhole' });
    expect(await look('jpg', Buffer.concat([photo.subarray(0, 9016), Buffer.alloc(100_000)]))).toMatchObject({ kind: 'notWhole' });
  });

  it('with a large profile is found whole and not whole, by reading its header alone', async () => {
    const { verdict, bytesRead } = await lookClosely('jpg', camera(9));
    expect(verdict).toEqual({ kind: 'whole' });
    expect(bytesRead).toBeLessThan(60_000);
    expect(await look('jpg', camera(9).subarray(0, 300_000))).toMatchObject({ kind: 'notWhole' });
  });
});

describe('a cut PostScript file', () => {
  const logo = '%%BeginDocument: logo.eps\n%!PS-Adobe-3.0 EPSF-3.0\nshowpage\n%%Trailer\n%%EOF\n';

  it('that ends inside an embedded one is not whole, though that has its end', async () => {
    expect(await look('ps', latin(`%!PS-Adobe-3.0\n${logo}`))).toMatchObject({ kind: 'notWhole' });
    expect(await look('ps', latin(`%!PS-Adobe-3.0\n${'x'.repeat(50_000)}\n${logo}`))).toMatchObject({ kind: 'notWhole' });
    expect(await look('ps', latin(`%!PS-Adobe-3.0\n${logo}%%EndDocument\nshowp`))).toEqual({ kind: 'unknown', zeroTail: false });
    expect(await look('ps', latin(`%!PS-Adobe-3.0\n${logo}%%EndDocument\nshowpage\n%%EOF\n`))).toEqual({ kind: 'whole' });
  });

  it('with a preview for Windows tells by its header when a part is missing', async () => {
    const header = Buffer.alloc(30);
    Buffer.from([0xc5, 0xd0, 0xd3, 0xc6]).copy(header);
    header.writeUInt32LE(30, 4);
    header.writeUInt32LE(500, 8);
    header.writeUInt32LE(530, 20);
    header.writeUInt32LE(1000, 24);
    expect(await look('eps', Buffer.concat([header, Buffer.alloc(1500, 1)]))).toEqual({ kind: 'unknown', zeroTail: false });
    expect(await look('eps', Buffer.concat([header, Buffer.alloc(1400, 1)]))).toMatchObject({ kind: 'notWhole' });
  });
});
