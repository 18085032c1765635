/** A packed floor of yesterday, unpacked, and today's hub on it. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { arrivalSchema, settingsSchema, stationSchema } from '../../shared/api.ts';
import { eventSchema } from '../../shared/event.ts';
import { hotFolderSchema, ruleSchema } from '../../shared/hot-folder.ts';
import { type Job, jobSchema } from '../../shared/job.ts';
import { startTestHub, type TestHub } from '../hub-client.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { unpackFloor } from './pack.ts';

const listOf = <Item extends z.ZodType>(item: Item) => z.looseObject({ items: z.array(item) });
/** What yesterday's hub answered just before it was stopped. Read with today's schemas: a field may be added, none may go. */
const notesSchema = z.object({
  tokens: z.record(z.string(), z.string()),
  repeats: z.array(z.object({ path: z.string(), body: z.record(z.string(), z.json()), answer: z.json() })),
  answers: z.object({
    '/jobs?limit=500': listOf(z.looseObject({ id: z.number(), number: z.string(), status: z.string(), attention: z.array(z.json()) })),
    '/hot-folders': listOf(z.looseObject({ id: z.number(), name: z.string() })),
    '/rules': listOf(ruleSchema.loose()),
    '/settings': settingsSchema.partial().loose(),
    '/stations': listOf(stationSchema.loose()),
    '/arrivals?limit=500': listOf(z.looseObject({ id: z.number(), name: z.string() })),
    '/events?limit=5000': listOf(z.json()),
  }),
});

/** One delivery of the ledger in its first shape. */
export type OldDelivery = {
  readonly id: number;
  readonly number: string;
  readonly name: string;
  readonly state: string;
  readonly send: number;
  readonly hotFolderId: number;
};

export type Floor = {
  readonly root: string;
  readonly notes: z.infer<typeof notesSchema>;
  /** The whole history, as yesterday's hub told it. */
  readonly events: readonly unknown[];
  readonly ledger: readonly OldDelivery[];
  /** Kills the hub and removes the floor. */
  readonly clean: () => Promise<void>;
  /** Starts the hub, again too. */
  readonly start: () => Promise<TestHub>;
  readonly hub: () => TestHub;
  readonly pressPath: (name: string) => string;
  /** Every file below the hot folders that a printer would see, with what tells the file and its content; the last jobs of `untilIdle` left out. */
  readonly seenByPrinters: () => Readonly<Record<string, string>>;
  readonly jobs: () => Promise<Job[]>;
  readonly job: (number: string) => Promise<Job>;
  readonly drop: (name: string, content: Uint8Array) => void;
  /** Drops what an original holds once more, under another name; answers it. */
  readonly dropAgain: (original: string, name: string) => Buffer;
  readonly untilArrival: (name: string, outcome: string) => Promise<void>;
  readonly historyOf: (number: string) => Promise<z.infer<typeof eventSchema>[]>;
  readonly untilJob: (number: string, what: string, says: (job: Job) => boolean) => Promise<Job>;
  /** Until each press that is not paused has sent what it had to: a last, least urgent job went through it. */
  readonly untilIdle: () => Promise<void>;
};

function readLedger(databasePath: string): OldDelivery[] {
  const record = new Database(databasePath, { readonly: true });
  const rows = record
    .prepare<[], OldDelivery>(
      `select d.id, j.order_no || '-' || j.job_no as number, d.name, d.state, d.send, d.hot_folder_id as hotFolderId
       from delivery d join job j on j.id = d.job_id order by d.id`,
    )
    .all();
  record.close();
  return rows;
}

/** Where the floors were made. History goes on to name it: it is what was said. */
const madeUnder = '/tmp/floor-of-yesterday';
const lastName = 'last.pdf';
const busy: ReadonlySet<string> = new Set(['waiting', 'copying', 'publishing']);

/** `program`: the hub to open it with, when it is not the one from source. */
export function openYesterday(name: 'at-rest' | 'cut-off', program?: string): Floor {
  const root = mkdtempSync(join(tmpdir(), 'printfloor-yesterday-'));
  const packed = unpackFloor(join(import.meta.dirname, `${name}.floor`), root);
  const notes = notesSchema.parse(JSON.parse(JSON.stringify(packed).replaceAll(madeUnder, root)));
  const events = notesSchema.parse(packed).answers['/events?limit=5000'].items;
  const ledger = readLedger(join(root, 'data/printfloor.sqlite'));
  let running: TestHub | null = null;
  const hub = (): TestHub => {
    if (running === null) throw new Error('the hub was not started');
    return running;
  };
  const jobs = async (): Promise<Job[]> => {
    const all: Job[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { items: Job[]; next: string | null } = await hub().ask(
        z.object({ items: z.array(jobSchema), next: z.string().nullable() }),
        'GET',
        `/jobs?limit=500${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      all.push(...page.items);
      cursor = page.next;
    }
    return all;
  };
  const job = async (number: string): Promise<Job> => {
    const found = (await jobs()).find((one) => one.number === number);
    if (found === undefined) throw new Error(`there is no job ${number}`);
    return found;
  };
  const drop = (name: string, content: Uint8Array) => writeFileSync(join(root, 'data/incoming', name), content);
  const folders = async () => (await hub().ask(listOf(hotFolderSchema), 'GET', '/hot-folders')).items;
  const pressFolders = () => [join(root, 'data/hotfolders'), join(root, 'presses')];
  return {
    root,
    notes,
    events,
    ledger,
    hub,
    jobs,
    job,
    clean: async () => {
      await running?.clean();
      rmSync(root, { recursive: true, force: true });
    },
    start: async () => {
      if (running === null) running = await startTestHub({ data: join(root, 'data'), ...(program !== undefined && { program }) });
      else await running.start();
      return running;
    },
    pressPath: (press) =>
      press === 'press-1' ? join(root, 'data/hotfolders/press-1') : join(root, 'presses', press.toLowerCase().replaceAll(' ', '-')),
    seenByPrinters: () => {
      const paths = pressFolders().flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
      );
      const visible = paths.filter(
        (path) =>
          statSync(path, { throwIfNoEntry: false })?.isFile() === true &&
          !path.slice(root.length).includes('/.') &&
          !path.endsWith(lastName),
      );
      return Object.fromEntries(
        visible.map((path) => [
          path.slice(root.length + 1),
          `${statSync(path).ino} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`,
        ]),
      );
    },
    drop,
    dropAgain: (original, name) => {
      const [path] = readdirSync(join(root, 'data/archive'), { recursive: true, encoding: 'utf8' }).filter((one) => one.endsWith(original));
      const content = readFileSync(join(root, 'data/archive', path ?? original));
      drop(name, content);
      return content;
    },
    untilArrival: async (name, outcome) => {
      await until(
        async () =>
          (await hub().ask(listOf(arrivalSchema), 'GET', '/arrivals')).items.some((one) => one.name === name && one.outcome === outcome),
        `${name} is ${outcome}`,
        20_000,
      );
    },
    historyOf: async (number) => {
      const { id } = await job(number);
      return (await hub().ask(listOf(eventSchema), 'GET', `/jobs/${id}/history`)).items;
    },
    untilJob: (number, what, says) =>
      until(
        async () => {
          const found = (await jobs()).find((one) => one.number === number);
          return found !== undefined && says(found) ? found : null;
        },
        `${number} ${what}`,
        30_000,
      ),
    untilIdle: async () => {
      const open = (await folders()).filter((folder) => !folder.paused);
      for (const { id: folderId, name: press } of open) {
        const order = String(9000 + folderId);
        const name = `P_${order}_1_${lastName}`;
        const ticket = { order, files: [name], attributes: { press }, priority: -100 };
        const { id } = await hub().ask(jobSchema, 'POST', '/jobs', ticket);
        const answer = await fetch(`${hub().url}/api/jobs/${id}/files?name=${name}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${hub().token}`, 'content-type': 'application/pdf' },
          body: new Uint8Array(pdfBytes(20_000 + folderId, 2000)),
        });
        if (!answer.ok) throw new Error(`${name} was not taken: ${await answer.text()}`);
      }
      const ids = new Set(open.map((folder) => folder.id));
      await until(
        async () => {
          const now = Date.now();
          const deliveries = (await jobs()).flatMap((one) => one.deliveries).filter((one) => ids.has(one.hotFolderId));
          const last = open.map((folder) => deliveries.find((one) => one.hotFolderId === folder.id && one.name.endsWith(lastName)));
          if (last.some((one) => one === undefined || busy.has(one.state))) return false;
          return deliveries.every((one) => !busy.has(one.state) || (one.nextTryAt !== null && Date.parse(one.nextTryAt) > now));
        },
        'every press has sent what it had to',
        40_000,
      );
    },
  };
}
