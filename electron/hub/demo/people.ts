/**
 * The people of the demo: at their stations they move printed jobs through finishing and packing to the shelf or the courier, approve, and send again what a printer
 * refused. Each works with a station token of their own, so that the history says who it was.
 */
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { stationSchema } from '../../../shared/api.ts';
import { type Job, jobSchema } from '../../../shared/job.ts';
import type { StatusCode } from '../../../shared/status.ts';
import { type Ask, connectHub } from './hub-api.ts';
import { type Pace, startLoop } from './pace.ts';
import { pickParcel, pickShelf } from './shop.ts';

const stationNames = ['Finishing', 'Packing', 'Reception', 'Prepress'] as const;
type StationName = (typeof stationNames)[number];
const tokensSchema = z.record(z.enum(stationNames), z.string());
type Tokens = z.output<typeof tokensSchema>;

export type Step =
  | {
      readonly kind: 'status';
      readonly at: StationName;
      readonly code: StatusCode;
      readonly custom?: string;
      readonly data?: Record<string, string>;
    }
  | { readonly kind: 'sendAgain'; readonly at: StationName; readonly reason: string };

/** What somebody would do to this job now, or null. */
export function nextStep(job: Job, pace: Pick<Pace, 'random'>): Step | null {
  if (job.attention.some((problem) => problem.code === 'PrinterRefused'))
    return { kind: 'sendAgain', at: 'Prepress', reason: 'Checked with the customer, prints fine' };
  switch (job.stage) {
    case 'printed':
      return { kind: 'status', at: 'Finishing', code: 'InFinishing' };
    case 'finishing':
      return { kind: 'status', at: 'Packing', code: 'InPacking' };
    case 'packing':
      if (job.fulfilment === 'delivery') return { kind: 'status', at: 'Packing', code: 'Shipped', data: pickParcel(pace) };
      return { kind: 'status', at: 'Packing', code: 'ReadyForCollection', data: { shelf: pickShelf(pace) } };
    case 'collection':
      return { kind: 'status', at: 'Reception', code: 'CustomStatus', custom: 'Collected' };
    default:
      return null;
  }
}

/** The stations' tokens, made once: the hub tells a token only when the station is made. */
async function takeStations(ask: Ask, ownPath: string): Promise<Tokens> {
  const path = join(ownPath, 'stations.json');
  const kept = await readFile(path, 'utf8').catch(() => null);
  if (kept !== null) return tokensSchema.parse(JSON.parse(kept));
  const made: [StationName, string][] = [];
  for (const name of stationNames) {
    const station = await ask(stationSchema.extend({ token: z.string() }), 'POST', '/stations', { name });
    made.push([name, station.token]);
  }
  const tokens = tokensSchema.parse(Object.fromEntries(made));
  await writeFile(path, JSON.stringify(tokens), { mode: 0o600 });
  return tokens;
}

/** How many of a hundred jobs move on in one round, so that each stage always holds a few. */
const chance: Partial<Record<Job['stage'], number>> = { printed: 0.3, finishing: 0.25, packing: 0.25, collection: 0.08 };
const restMs = 6000;

async function moveOn(askAt: (station: StationName) => Ask, job: Job, pace: Pace): Promise<void> {
  const step = nextStep(job, pace);
  if (step === null) return;
  const ask = askAt(step.at);
  const actionId = randomUUID();
  if (step.kind === 'sendAgain') {
    await ask(jobSchema, 'POST', `/jobs/${job.id}/deliver`, { reason: step.reason, actionId });
    return;
  }
  const { code, custom, data } = step;
  await ask(z.unknown(), 'POST', `/jobs/${job.id}/status`, { code, custom, data, actionId });
}

/** Starts the people's work; answers how to send them home. */
export async function startPeople(ask: Ask, url: string, ownPath: string, pace: Pace): Promise<() => Promise<void>> {
  const tokens = await takeStations(ask, ownPath);
  const askAt = (station: StationName) => connectHub(url, tokens[station]);
  const page = z.object({ items: z.array(jobSchema) });
  return startLoop('people', 2500, pace, async () => {
    const askedFor = ['stage=printed', 'stage=finishing', 'stage=packing', 'stage=collection', 'attention=true'];
    for (const query of askedFor) {
      const { items } = await ask(page, 'GET', `/jobs?${query}&limit=30`);
      const rested = items.filter((job) => Date.now() - Date.parse(job.updatedAt) > restMs / pace.speed);
      for (const job of rested) {
        if (pace.random() < (chance[job.stage] ?? 0.05)) await moveOn(askAt, job, pace);
      }
    }
  });
}
