/**
 * Files that are small and unpack to anything, or never end: a preview takes so much of the computer and no more, says that the page is too much, and the screen
 * goes on. In a real browser, on the screen that shows them.
 */
import { deflateRawSync, deflateSync, constants as zlib } from 'node:zlib';
import { expect, it } from 'vitest';
import { pictureSize } from '../../renderer/picture-size.ts';
import { mostDrawingMs } from '../../renderer/too-much.ts';
import { onePagePdf, pdfOf } from '../stations/one-page-pdf.ts';
import { floorForTests } from '../stations/with-hub.ts';
import { until } from '../until.ts';

const floor = floorForTests();
const megabyte = 1024 * 1024;
const tooMuch = {
  en: 'This page is too large or too complicated for a preview.',
  de: 'Diese Seite ist zu groß oder zu aufwendig für eine Vorschau.',
};

/** As many megabytes of one byte, packed: some hundred bytes a megabyte. */
function packed(megabytes: number, byte: number): Buffer {
  const piece = deflateRawSync(Buffer.alloc(megabyte, byte), { finishFlush: zlib.Z_FULL_FLUSH });
  // Adler-32 of bytes that are all the same
  let [a, b] = [1, 0];
  for (let at = 0; at < megabytes; at++) {
    b = Number((BigInt(b) + BigInt(megabyte) * BigInt(a) + (BigInt(byte) * BigInt(megabyte) * BigInt(megabyte + 1)) / 2n) % 65521n);
    a = (a + byte * megabyte) % 65521;
  }
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(b * 65536 + a);
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array<Buffer>(megabytes).fill(piece), Buffer.from([0x03, 0x00]), sum]);
}

const page = (content: string, resources: string): string =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents ${content} /Resources << ${resources} >> >>`;
const stream = (dictionary: string, content: Buffer | string): Buffer => {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from(`<< ${dictionary} /Length ${bytes.length} >>\nstream\n`), bytes, Buffer.from('\nendstream')]);
};

/** A picture of 400 million pixels in half a megabyte. */
const hugePicture = (): Buffer =>
  pdfOf([
    page('4 0 R', '/XObject << /P 5 0 R >>'),
    stream('', '600 0 0 800 0 0 cm /P Do'),
    stream(
      '/Type /XObject /Subtype /Image /Width 20000 /Height 20000 /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode',
      packed(382, 0),
    ),
  ]);
/** 1.1 gigabytes of spaces. */
const hugeContent = (): Buffer => pdfOf([page('4 0 R', ''), stream('/Filter /FlateDecode', packed(1100, 0x20))]);
/** Each form draws the next twice, 40 deep. */
const endless = (): Buffer =>
  pdfOf([
    page('4 0 R', '/XObject << /F 5 0 R >>'),
    stream('', '/F Do'),
    ...Array.from({ length: 40 }, (_, at) => {
      const next = at < 39 ? `/Resources << /XObject << /F ${at + 6} 0 R >> >>` : '';
      return stream(`/Type /XObject /Subtype /Form /BBox [0 0 600 800] ${next}`, at < 39 ? '/F Do /F Do' : '0 0 10 10 re f');
    }),
  ]);
const png = (width: number, height: number): Buffer => {
  const head = Buffer.from('89504e470d0a1a0a0000000d4948445200000000000000000802000000', 'hex');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
};

it.each([
  ['a picture of 400 million pixels', 'pdf', hugePicture],
  ['a gigabyte of content', 'pdf', hugeContent],
  ['a PNG of 900 million pixels', 'png', () => png(30_000, 30_000)],
])(
  '%s: the page says that it is too much, and goes on',
  async (_name, type, attack) => {
    floor.hub.handOut(attack());
    const job = floor.hub.addJob({ file: `attack.${type}` });
    const screen = await floor.open(`#/job/${job.id}`);
    await screen.getByText(tooMuch.en).waitFor({ timeout: 45_000 });
    floor.hub.handOut(onePagePdf());
    const good = floor.hub.addJob({ file: 'good.pdf' });
    await screen.evaluate((hash) => {
      location.hash = hash;
    }, `#/job/${good.id}`);
    await screen.locator('.preview_preview canvas:not(.preview_undrawn)').waitFor({ timeout: 30_000 });
  },
  90_000,
);

/** 100,000 triangles, each half the page: 1 kB a thousand of them. */
const manyTriangles = (): Buffer => {
  const triangle = [0, 0, 0, 0, 0, 255, 0, 128, 0, 0, 255, 255];
  const mesh = deflateSync(Buffer.from(Array.from({ length: 100_000 }, () => triangle).flat()));
  return pdfOf([
    page('4 0 R', '/Shading << /S 5 0 R >>'),
    stream('', '/S sh'),
    stream(
      '/ShadingType 4 /ColorSpace /DeviceGray /BitsPerCoordinate 8 /BitsPerComponent 8 /BitsPerFlag 8 /Decode [0 600 0 800 0 1] /Filter /FlateDecode',
      mesh,
    ),
  ]);
};

it.each([
  ['drawings that draw each other, without end', endless],
  ['a hundred thousand triangles over the page', manyTriangles],
])('%s: what is busy with it is ended, and the screen goes on meanwhile', async (_name, attack) => {
  floor.hub.handOut(attack());
  const job = floor.hub.addJob({ file: 'attack.pdf' });
  const screen = await floor.open(`#/job/${job.id}`, { before: (opened) => opened.clock.install() });
  await until(() => screen.workers().length > 1, 'it is read and drawn');
  await screen.getByText('Preview is being drawn').waitFor();
  await screen.clock.fastForward(mostDrawingMs + 1000);
  await screen.getByText(tooMuch.en).waitFor();
  await until(() => screen.workers().length === 0, 'both are ended');
});

it('an SVG is not shown: nothing could stop it', async () => {
  const job = floor.hub.addJob({ file: 'attack.svg' });
  const screen = await floor.open(`#/job/${job.id}`, { language: 'de' });
  await screen.getByText('Für diese Dateiart gibt es keine Vorschau').waitFor();
});

it('sizes are read from the heads of pictures, and from nothing else', () => {
  const size = (hex: string) => pictureSize(new DataView(new Uint8Array(Buffer.from(hex, 'hex')).buffer));
  const head = png(30_000, 20_000);
  expect(pictureSize(new DataView(new Uint8Array(head).buffer))).toEqual({ width: 30_000, height: 20_000 });
  expect(size('474946383961e803d007f70000')).toEqual({ width: 1000, height: 2000 });
  expect(size('ffd8ffe000104a46494600010101004800480000ffc0001108ffff7fff03012200')).toEqual({ width: 32_767, height: 65_535 });
  expect(size('524946460000000057454250565038580000000000000000102700204e00')).toEqual({ width: 10_001, height: 20_001 });
  for (const nothing of ['', 'ff', 'ffd8', 'ffd8ffff', 'ffd8ffc0', '89504e470d0a1a0a', '52494646', '255044462d312e34', '474946383961e8'])
    expect(size(nothing)).toBe(null);
});
