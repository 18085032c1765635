/**
 * A whole small shop for one fault test: a real hub on a real disk, a fake RIP at press-1, a manifest of what was dropped in, and the oracle at the end. The seed is
 * printed with every failure.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import { settingsSchema } from '../../shared/api.ts';
import { type HotFolder, type HotFolderSettings, hotFolderSchema } from '../../shared/hot-folder.ts';
import { type HubOptions, startTestHub, type TestHub } from '../hub-client.ts';
import { pdfBytes } from '../pdf.ts';
import { makeRandom, type Random } from '../random.ts';
import { until } from '../until.ts';
import type { RipMode } from './fake-rip.ts';
import { type Manifest, type ManifestEntry, makeManifest } from './manifest.ts';
import { allArrivals, allJobs, observe } from './observe.ts';
import { judge, type Violation } from './oracle.ts';
import { type FakeRip, startFakeRip } from './rip.ts';

export type FloorOptions = {
  readonly seed: number;
  readonly ripMode?: RipMode;
  readonly ripDelayMs?: number;
  readonly hub?: Omit<HubOptions, 'data' | 'loopPath'>;
  /** Where the RIP looks, when that is not where the hub sees press-1. */
  readonly ripFolder?: string;
  /** Changes to press-1, such as another path. */
  readonly press?: Partial<HotFolderSettings>;
  /** How long a file must lie still; short, because tests wait for it. */
  readonly settleMs?: number;
};

export type Floor = {
  readonly hub: TestHub;
  readonly random: Random;
  readonly manifest: Manifest;
  readonly rip: FakeRip;
  readonly pressPath: string;
  readonly incoming: string;
  /** A folder of this test's own. */
  readonly workPath: string;
  readonly press: () => Promise<HotFolder>;
  /** Writes a file into incoming and into the manifest; a PDF of the seed's choice when no content is given. */
  readonly drop: (name: string, content?: Buffer, fate?: ManifestEntry['fate']) => Promise<ManifestEntry>;
  /** `count` good PDFs under names that name order and job. */
  readonly dropMany: (count: number, size?: { from: number; to: number }) => Promise<void>;
  /** Until everything in the manifest has come to its end, and no temporary file waits to be removed. */
  readonly settle: (ms?: number) => Promise<void>;
  readonly violations: () => Promise<Violation[]>;
  /** Settles, asks the oracle, and fails with the seed and the hub's own words when it objects. */
  readonly expectAllWell: (ms?: number) => Promise<void>;
  readonly clean: () => Promise<void>;
};

const restingStates = new Set(['delivered', 'taken', 'printed', 'refused', 'lying', 'uncertain']);

export async function startFloor(options: FloorOptions): Promise<Floor> {
  const { seed } = options;
  const random = makeRandom(seed);
  const manifest = makeManifest();
  const workPath = await mkdtemp(join(tmpdir(), 'printfloor-fault-'));
  const hub = await startTestHub({ ...options.hub, data: join(workPath, 'data'), loopPath: join(workPath, 'longest-stop') }).catch(
    async (error: unknown) => {
      await rm(workPath, { recursive: true, force: true });
      throw error;
    },
  );
  await hub.ask(settingsSchema, 'PATCH', '/settings', { settleMs: options.settleMs ?? 40, incompleteAfterMs: 2500 });
  const press = async () => {
    const { items } = await hub.ask(z.object({ items: z.array(hotFolderSchema) }), 'GET', '/hot-folders');
    const found = items.find((folder) => folder.name === 'press-1');
    if (found === undefined) throw new Error('a fresh hub has no press-1');
    return found;
  };
  const { path: pressPath } = await hub.ask(hotFolderSchema, 'PATCH', `/hot-folders/${(await press()).id}`, {
    takenAfterMs: 150,
    ...options.press,
  });
  const rip = await startFakeRip(options.ripFolder ?? pressPath, workPath, options.ripMode ?? 'delete', options.ripDelayMs ?? 20);
  const incoming = join(hub.data, 'incoming');
  let dropped = 0;

  const drop: Floor['drop'] = async (name, content, fate) => {
    dropped += 1;
    const bytes = content ?? pdfBytes(seed * 100_000 + dropped, random.between(3000, 40_000));
    const entry = manifest.add(name, bytes, fate);
    await writeFile(join(incoming, name), bytes);
    return entry;
  };

  const isSettled = async () => {
    const [jobs, arrivals] = [await allJobs(hub), await allArrivals(hub)];
    const rejected = new Set(arrivals.filter((arrival) => arrival.outcome === 'rejected').map((arrival) => arrival.name));
    const resting = new Set(
      jobs
        .flatMap((job) =>
          job.files.filter((file) => job.deliveries.some((delivery) => delivery.fileId === file.id && restingStates.has(delivery.state))),
        )
        .map((file) => file.sha256),
    );
    return manifest
      .entries()
      .every((entry) =>
        entry.fate === 'rejected'
          ? rejected.has(entry.name)
          : resting.has(entry.sha256) || (entry.fate === 'either' && rejected.has(entry.name)),
      );
  };

  const violations = async () => judge(await observe(hub, manifest.entries(), await rip.lines(), [pressPath]));
  const settle: Floor['settle'] = async (ms = 60_000) => {
    await until(isSettled, `everything dropped in comes to its end (seed ${seed})`, ms).catch(async (error: unknown) => {
      const told = (await violations()).map((violation) => `${violation.invariant}: ${violation.what}`).slice(0, 20);
      const jobs = (await allJobs(hub)).filter((job) => !job.deliveries.some((delivery) => restingStates.has(delivery.state)));
      told.push(
        ...jobs
          .slice(0, 5)
          .map((job) => JSON.stringify({ number: job.number, status: job.status, attention: job.attention, deliveries: job.deliveries })),
      );
      told.push(JSON.stringify(await press()));
      throw new Error(`${String(error)}\n${told.join('\n')}\nThe hub said:\n${hub.output().slice(-3000)}`);
    });
  };

  return {
    hub,
    random,
    manifest,
    rip,
    pressPath,
    incoming,
    workPath,
    press,
    drop,
    dropMany: async (count, size = { from: 3000, to: 40_000 }) => {
      for (let index = 0; index < count; index += 1) {
        const content = pdfBytes(seed * 100_000 + 50_000 + dropped, random.between(size.from, size.to));
        await drop(`${1000 + dropped}-${random.between(1, 3)} Flyer ${dropped}.pdf`, content);
      }
    },
    settle,
    violations,
    expectAllWell: async (ms) => {
      await settle(ms);
      // The last temporary file may be on its way out, the last "taken" on its way in.
      const found = await until(async () => ((await violations()).length === 0 ? [] : null), 'no violation', 5000).catch(() =>
        violations(),
      );
      expect(found, `seed ${seed}\n${hub.output().slice(-3000)}`).toEqual([]);
    },
    clean: async () => {
      await rip.stop();
      await hub.clean();
      await rm(workPath, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
