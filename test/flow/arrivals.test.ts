import { appendFile, mkdir, open, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../shared/api.ts';
import { languages, sentence } from '../../shared/words/say.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { type Floor, filesBelow, openFloor } from './floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const codes = async (id: number) => (await floor.history(id)).map((event) => event.code);

describe('a bare file', () => {
  it('becomes a job, lies whole in the hot folder, and its original is archived', async () => {
    const bytes = pdfBytes(1);
    await floor.drop('1001-2 Flyer.pdf', bytes);
    const job = await floor.untilStatus('1001-2', 'InHotFolder');
    expect(await filesBelow(floor.press)).toEqual({ '1001-2 Flyer.pdf': latin(bytes) });
    expect(Object.values(await filesBelow(floor.places.archive))).toEqual([latin(bytes)]);
    expect(await filesBelow(floor.places.incoming)).toEqual({});
    expect({ title: job.title, stage: job.stage, hotFolder: job.hotFolder, attention: job.attention }).toEqual({
      title: 'Flyer',
      stage: 'queue',
      hotFolder: 'press-1',
      attention: [],
    });
    expect(await codes(job.id)).toEqual([
      'Creating',
      'ArtworkUploaded',
      'Ordered',
      'OutputCreationStarted',
      'OutputCreated',
      'InHotFolder',
    ]);
  });

  it('is numbered by us when its name says nothing, once for the same content', async () => {
    await floor.drop('flyer.pdf', pdfBytes(1));
    const [job] = await until(async () => ((await floor.jobs()).length > 0 ? await floor.jobs() : null), 'a job');
    await floor.untilStatus(job?.number ?? '', 'InHotFolder');
    await floor.drop('flyer.pdf', pdfBytes(1));
    // Written over in the middle of its move it would be what is put away.
    const isAway = async () => (await floor.arrivals('duplicate'))[0]?.path?.startsWith(floor.places.archive);
    await until(isAway, 'the duplicate is put away');
    await floor.drop('flyer.pdf', pdfBytes(2));
    const jobs = await until(async () => ((await floor.jobs()).length === 2 ? await floor.jobs() : null), 'a second job');
    expect(new Set(jobs.map((one) => one.number)).size).toBe(2);
  });

  it('of the web-to-print form is known by its letter, order and job; one level of sub-folders counts', async () => {
    await mkdir(join(floor.places.incoming, 'web'));
    await writeFile(join(floor.places.incoming, 'web', 'p_5012_88_card.pdf'), pdfBytes(1));
    await floor.untilStatus('5012-88', 'InHotFolder');
  });

  it('that lay there while the program was off is taken at the start', async () => {
    await floor.hub().stop();
    await floor.drop('7-1 a.pdf', pdfBytes(1));
    await floor.restart();
    await floor.untilStatus('7-1', 'InHotFolder');
  });
});

describe('the same job again', () => {
  it('with the same content is a duplicate, filed and on record, and nothing is sent again', async () => {
    await floor.drop('1001-2 Flyer.pdf', pdfBytes(1));
    const job = await floor.untilStatus('1001-2', 'InHotFolder');
    await floor.drop('1001_2.pdf', pdfBytes(1));
    const [duplicate] = await until(async () => {
      const found = await floor.arrivals('duplicate');
      return found.length === 1 ? found : null;
    }, 'the duplicate is on record');
    expect(duplicate?.jobId).toBe(job.id);
    await until(
      async () => Object.keys(await filesBelow(floor.places.archive)).some((path) => path.startsWith('duplicates/')),
      'the duplicate is filed',
    );
    expect((await codes(job.id)).filter((code) => code === 'InHotFolder')).toHaveLength(1);
    expect(Object.keys(await filesBelow(floor.press))).toEqual(['1001-2 Flyer.pdf']);
  });

  it('with changed content is a new version that waits for a person, since the first may be printed already', async () => {
    await floor.drop('1001-2 Flyer.pdf', pdfBytes(1));
    await floor.untilStatus('1001-2', 'InHotFolder');
    await floor.drop('1001-2 Flyer.pdf', pdfBytes(2));
    const job = await until(async () => {
      const found = await floor.job('1001-2');
      return found?.files.length === 2 ? found : null;
    }, 'the second version is on record');
    expect(job.files.map(({ version, current }) => ({ version, current }))).toEqual([
      { version: 1, current: false },
      { version: 2, current: true },
    ]);
    expect(job.attention.map((item) => item.code)).toEqual(['NewVersionHeld']);
    // The first is taken away, the person decides, the new one goes.
    await rename(join(floor.press, '1001-2 Flyer.pdf'), join(floor.places.work, 'taken.pdf'));
    expect(
      (await floor.ask('POST', `/jobs/${job.id}/deliver`, { reason: 'customer corrected the date', actionId: 'action-0001' })).status,
    ).toBe(200);
    await until(async () => (await filesBelow(floor.press))['1001-2 Flyer.pdf'] === latin(pdfBytes(2)), 'version 2 lies in the hot folder');
    await until(async () => (await floor.job('1001-2'))?.attention.length === 0, 'nobody has to act any more');
  });
});

describe('tickets', () => {
  const ticket = { order: '2001', job: '1', title: 'Menu', product: 'Folder', quantity: 50, files: ['menu.pdf', 'cover.pdf'] };

  it('that come first wait for their files, say which are missing, and go on by themselves', async () => {
    await floor.drop('2001.json', JSON.stringify(ticket));
    const waiting = await floor.untilStatus('2001-1', 'AwaitingData');
    expect(waiting.missing).toEqual(['menu.pdf', 'cover.pdf']);
    await floor.drop('menu.pdf', pdfBytes(1));
    await until(async () => (await floor.job('2001-1'))?.missing.join() === 'cover.pdf', 'only the cover is missing');
    expect(await filesBelow(floor.press)).toEqual({});
    await floor.drop('Cover.PDF', pdfBytes(2));
    await until(async () => Object.keys(await filesBelow(floor.press)).length === 2, 'both files lie in the hot folder');
    const job = await floor.untilStatus('2001-1', 'InHotFolder');
    expect({ product: job.product, quantity: job.quantity, attention: job.attention }).toEqual({
      product: 'Folder',
      quantity: 50,
      attention: [],
    });
    expect((await floor.jobs()).length).toBe(1);
  });

  it('that come after a file without a number adopt the job it became', async () => {
    await floor.drop('menu.pdf', pdfBytes(1));
    await until(async () => (await floor.jobs())[0]?.status === 'InHotFolder', 'the file is delivered');
    await floor.drop('t.json', JSON.stringify({ ...ticket, files: ['menu.pdf'] }));
    await floor.untilStatus('2001-1', 'InHotFolder');
    expect((await floor.jobs()).map((job) => [job.number, job.files.length])).toEqual([['2001-1', 1]]);
    expect(Object.keys(await filesBelow(floor.press))).toEqual(['menu.pdf']);
  });

  it('in the basket, unapproved or for later are not sent; approval lets them go', async () => {
    await floor.drop('3-1 a.pdf', pdfBytes(3));
    await floor.untilStatus('3-1', 'InHotFolder');
    for (const [order, change] of [
      ['10', { submitted: false }],
      ['11', { approval: 'required' }],
      ['12', { startAt: '2099-01-01' }],
    ] as const)
      expect((await floor.ask('POST', '/jobs', { order, files: [`${order}.pdf`], ...change })).status).toBe(201);
    for (const order of ['10', '11', '12']) await floor.drop(`${order}.pdf`, pdfBytes(Number(order)));
    await until(
      async () => (await floor.jobs()).filter((job) => job.tracks.output?.code === 'OutputCreated').length === 4,
      'all files are on record',
    );
    expect(Object.fromEntries((await floor.jobs()).map((job) => [job.number, job.tracks.intake?.code]))).toMatchObject({
      '10-1': 'InBasket',
      '11-1': 'UnapprovedOrder',
      '12-1': 'FutureOrder',
    });
    expect(Object.keys(await filesBelow(floor.press))).toEqual(['3-1 a.pdf']);
    const unapproved = await floor.job('11-1');
    expect((await floor.ask('POST', `/jobs/${unapproved?.id}/status`, { code: 'Approved', actionId: 'approve-11-1' })).status).toBe(200);
    await floor.untilStatus('11-1', 'InHotFolder');
  });

  it('in CSV make one job a row', async () => {
    await floor.drop('orders.csv', 'order;job;title;quantity\n77;1;Cards;100\n77;2;Poster;5\n');
    await until(async () => (await floor.jobs()).length === 2, 'two jobs');
  });
});

describe('writers that are not finished', () => {
  it('are waited for, however long they pause, and preallocated files too', async () => {
    const bytes = pdfBytes(1, 20_000);
    const path = join(floor.places.incoming, '8-1 slow.pdf');
    const preallocated = await open(join(floor.places.incoming, '8-2 reserved.pdf'), 'w');
    await preallocated.truncate(20_000);
    await writeFile(path, bytes.subarray(0, 9000));
    // Something else settles meanwhile, several times the settle time later.
    for (const job of [3, 4]) {
      await floor.drop(`8-${job} quick.pdf`, pdfBytes(job));
      await floor.untilStatus(`8-${job}`, 'InHotFolder');
    }
    expect((await floor.jobs()).map((job) => job.number).sort()).toEqual(['8-3', '8-4']);
    await appendFile(path, bytes.subarray(9000));
    await preallocated.write(pdfBytes(2, 20_000), 0, 20_000, 0);
    await preallocated.close();
    await floor.untilStatus('8-1', 'InHotFolder');
    await floor.untilStatus('8-2', 'InHotFolder');
    expect((await filesBelow(floor.press))['8-1 slow.pdf']).toBe(latin(bytes));
  });
});

describe('what cannot be accepted', () => {
  it('goes to rejected with the reason beside it and on record, and nothing else stops', async () => {
    await floor.drop('empty.pdf', '');
    await floor.drop('text.pdf', 'this is no PDF at all, whatever its name says');
    await floor.drop('half.pdf', pdfBytes(1).subarray(0, 1500));
    await floor.drop('broken.json', '{"order": }');
    await floor.drop('bomb.xml', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>');
    await floor.drop('odd.xyz', 'nobody takes this');
    await floor.drop('bad\u202ename.pdf', pdfBytes(2));
    await symlink('/etc/hostname', join(floor.places.incoming, 'link.pdf'));
    await floor.drop('5-1 good.pdf', pdfBytes(3));
    await floor.untilStatus('5-1', 'InHotFolder');
    const rejected = await until(
      async () => {
        const found = await floor.arrivals('rejected');
        return found.filter(({ path }) => path?.startsWith(floor.places.rejected)).length === 8 ? found : null;
      },
      'eight rejected arrivals, put aside',
      20_000,
    );
    expect(Object.fromEntries(rejected.map((arrival) => [arrival.name, arrival.reasonCode]))).toEqual({
      'empty.pdf': 'EmptyFile',
      'text.pdf': 'NotWhatItSays',
      'half.pdf': 'NotWhole',
      'broken.json': 'BrokenTicket',
      'bomb.xml': 'HostileTicket',
      'odd.xyz': 'TypeUnknown',
      'badname.pdf': 'HostileName',
      'link.pdf': 'NotAPlainFile',
    });
    const aside = await filesBelow(floor.places.rejected);
    expect(Object.keys(aside).filter((name) => name.endsWith('.reason.txt'))).toHaveLength(8);
    expect(Object.keys(await filesBelow(floor.press))).toEqual(['5-1 good.pdf']);
    expect((await floor.jobs()).map((job) => job.number)).toEqual(['5-1']);
  });

  it('tells the shop in its language why, and everybody by the key; what was said before stays as it was', async () => {
    const note = async (name: string) => (await filesBelow(floor.places.rejected))[`${name}.reason.txt`];
    await floor.drop('first.docx', 'no print file');
    const first = await until(() => note('first.docx'), 'the reason lies beside the first');
    await floor.ask('PATCH', '/settings', { language: 'es' });
    await floor.drop('second.docx', 'no print file');
    const second = await until(() => note('second.docx'), 'the reason lies beside the second');
    expect(Buffer.from(second, 'latin1').toString()).toMatch(
      /^second\.docx no se aceptó\.\n\nNinguna carpeta activa acepta archivos de este tipo\.\n.*\n\nsecond\.docx was not accepted\.\n\nNo hot folder accepts files of this type\.\n/s,
    );
    expect(await note('first.docx')).toBe(first);
    expect(first).not.toContain('aceptó');
    expect((await floor.arrivals('rejected')).map(({ key, values }) => ({ key, values }))).toEqual(
      Array(2).fill({ key: 'reasons.TypeUnknown', values: { detail: '.docx' } }),
    );
  });

  it('says what is wrong with a ticket in the language of the shop, on record in all of them', async () => {
    await floor.ask('PATCH', '/settings', { language: 'fr' });
    await floor.drop('list.csv', 'order;title\n1001;"Flyer\n');
    const note = await until(
      async () => (await filesBelow(floor.places.rejected))['list.csv.reason.txt'],
      'the reason lies beside the ticket',
    );
    const text = Buffer.from(note, 'latin1').toString();
    expect(text).toMatch(/un guillemet est ouvert et jamais fermé\./);
    expect(text).toMatch(/a quotation mark is opened and never closed\./);
    const [arrival] = await floor.arrivals('rejected');
    expect(arrival).toMatchObject({
      reasonCode: 'BrokenTicket',
      detail: expect.stringMatching(/a quotation mark is opened and never closed\.$/),
    });
    const read = languages.map((language) => sentence(language, arrival?.details ?? { key: '', values: {} }));
    expect(read[0]).toBe(arrival?.detail);
    expect(new Set(read).size).toBe(languages.length);
    // A caller over the API reads it as he asks for it.
    const refused = await floor.ask<Problem>('POST', '/jobs', { order: '1002', files: ['../a.pdf'] });
    expect(refused).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/Le fichier "\.\.\/a\.pdf" sort de son dossier/) },
    });
  });

  it.runIf(process.platform === 'linux')('is also what has a name of another alphabet that no program can read', async () => {
    const name = Buffer.from('gr\xfcn.pdf', 'latin1');
    await writeFile(Buffer.concat([Buffer.from(`${floor.places.incoming}/`), name]), pdfBytes(1));
    const [arrival] = await until(async () => {
      const found = await floor.arrivals('rejected');
      return found[0]?.path?.startsWith(floor.places.rejected) === true ? found : null;
    }, 'it is rejected, and put aside');
    expect(arrival).toMatchObject({ name: 'gr\uFFFDn.pdf', reasonCode: 'HostileName' });
    const aside = await filesBelow(floor.places.rejected);
    expect(Object.keys(aside).sort()).toEqual(['gr\uFFFDn.pdf', 'gr\uFFFDn.pdf.reason.txt']);
    expect(aside['gr\uFFFDn.pdf']).toBe(latin(pdfBytes(1)));
    expect(await floor.jobs()).toEqual([]);
  });
});
