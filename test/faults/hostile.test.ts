/** F19 and F20: tickets and files made to break us. Each is turned away with a reason or is harmless; nothing else stops; nothing is written anywhere else. */
import { access, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { encryptedPdf, pdfBytes, truncatedPdf } from '../pdf.ts';
import { isLong } from '../random.ts';
import { until } from '../until.ts';
import { startFloor } from './floor.ts';
import { allArrivals, allJobs } from './observe.ts';

const timeout = 120_000;

const bomb = [
  '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">',
  ...Array.from({ length: 12 }, (_, at) => `<!ENTITY ${String.fromCharCode(98 + at)} "${`&${String.fromCharCode(97 + at)};`.repeat(10)}">`),
  ']><JDF>&m;</JDF>',
].join('');

/** Tickets that must be turned away. */
const badTickets: Record<string, string | Buffer> = {
  'entities that multiply.xml': bomb,
  'reads our files.xml': '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><JDF JobID="&f;"/>',
  'deep.json': `{"order":"1","attributes":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
  'deep.xml': `${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}`,
  'one long line.json': `{"order":"1","notes":"${'x'.repeat(20_000_000)}"}`,
  'not utf8.json': Buffer.from([0x7b, 0x22, 0x6f, 0xff, 0xfe, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
  'unclosed.json': '{"order": "1", ',
  'path as order.json': '{"order":"../../../tmp/evil","job":"1","files":["a.pdf"]}',
  'proto.json': '{"order":"1","job":"1","__proto__":{"admin":true}}',
  'unknown field.json': '{"order":"1","job":"1","quantitty":5}',
  'empty.json': '',
  'half.jdf': '<?xml version="1.0"?><JDF JobID="1"><ResourcePool>',
  'nothing in it.csv': 'a,b,c\n\u0000\u0000',
};

/** Tickets that say something odd and must do no harm. */
const oddTickets: Record<string, string> = {
  'files elsewhere.json': '{"order":"501","job":"1","files":["../../../../etc/passwd","/etc/shadow","C:evil.pdf"]}',
  'formulas.csv': 'order,job,title,files\n502,1,"=HYPERLINK(""http://example.com"")",x.pdf\n',
  'script.json': '{"order":"503","job":"1","title":"<script>alert(1)</script>","files":["x3.pdf"]}',
};

const oddNames = [
  'CON.pdf',
  'a:b.pdf',
  'dot at the end..pdf',
  '-rf.pdf',
  '$(reboot).pdf',
  'zeile\numbruch.pdf',
  '\u202egnp.exe.pdf',
  `${'ü'.repeat(120)}.pdf`,
  '..pdf',
  'a%00b.pdf',
  '<b>x.pdf',
  '日本語 1-1.pdf',
];

/** The end of a PDF behind a hole: its cross-reference lies that much further on, less the digits it takes to say so. */
function behindHole(end: Uint8Array, hole: number): Buffer {
  const text = Buffer.from(end).toString('latin1');
  const moved = text.replace(/(?<=startxref\s+)\d+/, (offset) => {
    const further = Number(offset) + hole;
    return String(further - (String(further).length - offset.length));
  });
  return Buffer.from(moved, 'latin1');
}

describe('hostile tickets and names', () => {
  it('are turned away or harmless, and honest jobs go on', { timeout }, async () => {
    const floor = await startFloor({ seed: 1 });
    onTestFinished(floor.clean);
    for (const [name, content] of Object.entries({ ...badTickets, ...oddTickets })) await writeFile(join(floor.incoming, name), content);
    await Promise.all(
      oddNames.map((name, at) =>
        writeFile(join(floor.incoming, name), pdfBytes(7000 + at, 3000)).then(() =>
          floor.manifest.add(name, pdfBytes(7000 + at, 3000), 'either'),
        ),
      ),
    );
    const rawName = Buffer.concat([Buffer.from(`${floor.incoming}/bad`), Buffer.from([0xff, 0xfe]), Buffer.from('.pdf')]);
    await writeFile(rawName, pdfBytes(7999, 3000));
    await floor.dropMany(3);
    const honest = () => floor.manifest.entries().slice(-3);
    await until(
      async () => {
        const done = new Set(
          (await allJobs(floor.hub)).filter((job) => job.stage === 'press').flatMap((job) => job.files.map((file) => file.sha256)),
        );
        return honest().every((entry) => done.has(entry.sha256));
      },
      'the honest jobs are printed',
      30_000,
    );
    const rejected = await until(
      async () => {
        const names = new Set(
          (await allArrivals(floor.hub)).filter((arrival) => arrival.outcome === 'rejected').map((arrival) => arrival.name),
        );
        return [...Object.keys(badTickets), 'bad\uFFFD\uFFFD.pdf'].every((name) => names.has(name)) ? names : null;
      },
      'all of the bad tickets and the unreadable name are turned away',
      40_000,
    ).catch(async (error: unknown) => {
      const arrivals = await allArrivals(floor.hub);
      const not = Object.keys(badTickets).filter(
        (name) => !arrivals.some((arrival) => arrival.name === name && arrival.outcome === 'rejected'),
      );
      throw new Error(`${String(error)}: not rejected: ${not.join(', ')}`);
    });
    expect(rejected.size).toBeGreaterThanOrEqual(Object.keys(badTickets).length);
    const reasons = (await readdir(join(floor.hub.data, 'rejected'))).filter((name) => name.endsWith('.reason.txt'));
    expect(reasons.length).toBeGreaterThanOrEqual(Object.keys(badTickets).length);
    await expect(access('/tmp/evil')).rejects.toThrow();
    const rss = Number(/VmHWM:\s+(\d+)/.exec(await readFile(`/proc/${floor.hub.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    expect(rss, 'memory of the hub in MB').toBeLessThan(400);
    const broken = (await floor.violations()).filter(
      (violation) => ['I2', 'I5', 'I10'].includes(violation.invariant) && !violation.what.includes('bad'),
    );
    expect(broken).toEqual([]);
  });
});

/** A page whose content, inflated twice, is a gigabyte. */
function bombPdf(): Buffer {
  const packed = deflateSync(deflateSync(Buffer.alloc(200_000_000, 32), { level: 9 }), { level: 9 });
  const head = `%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R >>\nendobj\n4 0 obj\n<< /Length ${packed.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n`;
  const close = '\nendstream\nendobj\n';
  const table = `xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R >>\nstartxref\n${head.length + packed.length + close.length}\n%%EOF\n`;
  return Buffer.concat([Buffer.from(head), packed, Buffer.from(close + table)]);
}

describe('hostile and broken print files', () => {
  it('what is no print file is turned away with a reason, what is one is printed whatever its pages hold', { timeout }, async () => {
    const floor = await startFloor({ seed: 2 });
    onTestFinished(floor.clean);
    await floor.drop('1-1 Empty.pdf', Buffer.alloc(0), 'rejected');
    await floor.drop('2-1 Text.pdf', Buffer.from('I am no PDF at all\n'.repeat(100)), 'rejected');
    await floor.drop('3-1 Cut off.pdf', truncatedPdf(3, 50_000), 'rejected');
    await floor.drop('4-1 Encrypted.pdf', encryptedPdf(4), 'either');
    await floor.drop('5-1 Bomb.pdf', bombPdf(), 'either');
    await floor.dropMany(3);
    await floor.expectAllWell();
    const reasons = Object.fromEntries(
      (await allArrivals(floor.hub))
        .filter((arrival) => arrival.outcome === 'rejected')
        .map((arrival) => [arrival.name, arrival.reasonCode]),
    );
    expect(reasons).toMatchObject({ '1-1 Empty.pdf': 'EmptyFile', '2-1 Text.pdf': 'NotWhatItSays', '3-1 Cut off.pdf': 'NotWhole' });
  });

  it('a huge file full of nothing is copied like any other', { timeout: isLong ? 600_000 : timeout }, async () => {
    const floor = await startFloor({ seed: 3 });
    onTestFinished(floor.clean);
    const size = isLong ? 5_000_000_000 : 200_000_000;
    const whole = pdfBytes(3, 4000);
    const file = await open(join(floor.incoming, '1-1 Sparse.pdf'), 'w');
    await file.write(whole.subarray(0, 2000), 0, 2000, 0);
    const end = behindHole(whole.subarray(2000), size - whole.length);
    await file.write(end, 0, end.length, size - end.length);
    await file.close();
    await floor.dropMany(2);
    await until(
      async () => (await allJobs(floor.hub)).filter((job) => job.stage === 'press').length === 3,
      'all three are printed',
      500_000,
    );
    const seen = (await floor.rip.lines()).flatMap((line) => (line.what === 'seen' && line.name.includes('Sparse') ? [line.size] : []));
    expect(seen).toEqual([size]);
  });
});
