/** The hub of yesterday on the floor that is to be packed, and what the making asks of it. Speaks HTTP only, so it depends on nothing of today's program. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { startTestHub, type TestHub } from '../../hub-client.ts';
import { pdfBytes } from '../../pdf.ts';
import { until } from '../../until.ts';

const deliverySchema = z.looseObject({ id: z.number(), name: z.string(), state: z.string(), nextTryAt: z.string().nullable() });
const jobSchema = z.looseObject({
  id: z.number(),
  number: z.string(),
  status: z.string(),
  attention: z.array(z.looseObject({ code: z.string() })),
  deliveries: z.array(deliverySchema),
});
const jobsSchema = z.looseObject({ items: z.array(jobSchema) });
type MadeJob = z.infer<typeof jobSchema>;

export type Yesterday = {
  readonly root: string;
  readonly hub: TestHub;
  readonly incoming: string;
  /** One request; throws when it is refused. `id` of the answer, where it has one. */
  readonly send: (method: string, path: string, body?: unknown) => Promise<{ readonly id: number; readonly body: unknown }>;
  readonly status: (jobId: number, wish: Record<string, unknown>) => Promise<number>;
  readonly drop: (name: string, content: string | Uint8Array) => void;
  readonly job: (number: string) => Promise<MadeJob | undefined>;
  /** Until the job says so; answers it. */
  readonly untilJob: (number: string, what: string, says: (job: MadeJob) => boolean) => Promise<MadeJob>;
  /** A ticket that goes to the press of this name, and its file. */
  readonly order: (order: string, press: string | null, more?: Record<string, unknown>) => Promise<number>;
  readonly addPress: (name: string, settings?: Record<string, unknown>) => Promise<{ readonly id: number; readonly path: string }>;
  /** A share that went away, and comes back. */
  readonly takeAway: (press: string) => void;
  readonly bringBack: (press: string) => void;
};

let seeds = 0;

export async function startYesterday(checkout: string, root: string): Promise<Yesterday> {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, 'presses'), { recursive: true });
  const hub = await startTestHub({ data: join(root, 'data'), program: join(checkout, 'electron/headless.ts') });
  const incoming = join(root, 'data/incoming');
  const pressPath = (press: string): string => join(root, 'presses', press.toLowerCase().replaceAll(' ', '-'));
  const send: Yesterday['send'] = async (method, path, body) => {
    const answer = await hub.api(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return { id: z.looseObject({ id: z.number().default(0) }).parse(answer.body ?? {}).id, body: answer.body };
  };
  const drop: Yesterday['drop'] = (name, content) => writeFileSync(join(incoming, name), content);
  const job: Yesterday['job'] = async (number) =>
    jobsSchema.parse((await hub.api('GET', '/jobs?limit=500')).body).items.find((one) => one.number === number);
  return {
    root,
    hub,
    incoming,
    send,
    drop,
    job,
    status: async (jobId, wish) => {
      const { body } = await send('POST', `/jobs/${jobId}/status`, wish);
      return z.looseObject({ event: z.looseObject({ seq: z.number() }) }).parse(body).event.seq;
    },
    untilJob: async (number, what, says) => {
      let last: MadeJob | undefined;
      const check = async () => {
        last = await job(number);
        return last !== undefined && says(last) ? last : null;
      };
      return await until(check, `${number} ${what}`, 20_000).catch((error: unknown) => {
        throw new Error(`${String(error)}: ${JSON.stringify(last)}\n${hub.output()}`);
      });
    },
    order: async (order, press, more = {}) => {
      const files = [`${order} art.pdf`];
      const { id } = await send('POST', '/jobs', { order, files, ...(press !== null && { attributes: { press } }), ...more });
      seeds += 1;
      drop(`${order} art.pdf`, pdfBytes(seeds, 2000));
      return id;
    },
    addPress: async (name, settings = {}) => {
      const path = pressPath(name);
      mkdirSync(path);
      const { id } = await send('POST', '/hot-folders', { name, path, takenAfterMs: 200, ...settings });
      await send('POST', '/rules', {
        name: `To ${name}`,
        position: id,
        conditions: { attribute: { name: 'press', values: [name] } },
        hotFolderId: id,
      });
      return { id, path };
    },
    takeAway: (press) => renameSync(pressPath(press), `${pressPath(press)} (away)`),
    bringBack: (press) => renameSync(`${pressPath(press)} (away)`, pressPath(press)),
  };
}
