/** The whole hub with its record on a real PostgreSQL server, which is stopped and started under it. */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { startHub } from '../../electron/hub/hub.ts';
import type { Health } from '../../shared/api.ts';
import { findPrograms, type Server, startServer } from '../hub/store/postgres/server.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { filesBelow, openFloor } from './floor.ts';

const programs = await findPrograms();
const server: Server | null = programs === null ? null : await startServer(programs);
afterAll(() => server?.remove());
const whyNot = 'PostgreSQL is not installed (/usr/lib/postgresql): no hub was started on it';

it.runIf(server === null)('was not shown', (context) => {
  if (process.env['CI'] !== undefined) throw new Error(whyNot);
  context.skip(whyNot);
});

it.skipIf(server === null)(
  'what is dropped in is delivered once and is on record, while the server is stopped and started and the hub too',
  async () => {
    if (server === null) return;
    await server.say('create schema shop');
    const databaseUrl = server.url('shop');
    const floor = await openFloor(undefined, databaseUrl);
    onTestFinished(() => floor.close());
    const health = async (): Promise<Health> => (await floor.ask<Health>('GET', '/health')).body;
    expect(await health()).toMatchObject({ engine: 'postgres', record: null });
    expect(existsSync(floor.places.database)).toBe(false);
    await floor.drop('1-1 before.pdf', pdfBytes(1));
    const first = await floor.untilStatus('1-1', 'InHotFolder');

    // Another hub has no business there, and this data folder none with a file.
    const elsewhere = { dataPath: `${floor.dataPath}-two`, port: 0, databaseUrl };
    await expect(startHub(elsewhere)).rejects.toThrow('Another Printfloor works on this database');

    for (const how of ['SIGINT', 'SIGQUIT'] as const) {
      const number = how === 'SIGINT' ? '2-1' : '3-1';
      await server.stop(how);
      await floor.drop(`${number} meanwhile.pdf`, pdfBytes(number === '2-1' ? 2 : 3));
      await until(async () => (await health().catch(() => null))?.record?.code === 'RecordAway', 'the hub says so');
      expect(Object.keys(await filesBelow(floor.press))).not.toContain(`${number} meanwhile.pdf`);
      await server.start();
      await floor.untilStatus(number, 'InHotFolder');
      expect(await health()).toMatchObject({ record: null });
    }

    await floor.restart(() => undefined);
    await floor.drop('4-1 after.pdf', pdfBytes(4));
    await floor.untilStatus('4-1', 'InHotFolder');
    const delivered = await filesBelow(floor.press);
    expect(Object.keys(delivered).toSorted()).toEqual(['1-1 before.pdf', '2-1 meanwhile.pdf', '3-1 meanwhile.pdf', '4-1 after.pdf']);
    expect(delivered['1-1 before.pdf']).toBe(Buffer.from(pdfBytes(1)).toString('latin1'));
    const jobs = await floor.jobs();
    expect(jobs.map(({ number }) => number).toSorted()).toEqual(['1-1', '2-1', '3-1', '4-1']);
    for (const { deliveries } of jobs) expect(deliveries).toHaveLength(1);
    expect((await floor.history(first.id)).filter(({ code }) => code === 'InHotFolder')).toHaveLength(1);
    const seqs = (await floor.ask<{ items: { seq: number }[] }>('GET', '/events?since=0&limit=1000')).body.items.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, at) => at + 1));

    await floor.hub().stop();
    await expect(startHub({ dataPath: floor.dataPath, port: 0 })).rejects.toThrow('is on a database server');
    expect(await readFile(join(floor.dataPath, 'record-on-server'), 'utf8')).toMatch(/^\d+\n$/);
    await server.say('create schema empty');
    await expect(startHub({ dataPath: floor.dataPath, port: 0, databaseUrl: server.url('empty') })).rejects.toThrow('in another database');
    // As an earlier version has left it.
    await writeFile(join(floor.dataPath, 'record-on-server'), '');
    await floor.restart(() => undefined);
    expect(await readFile(join(floor.dataPath, 'record-on-server'), 'utf8')).toMatch(/^\d+\n$/);
  },
);
