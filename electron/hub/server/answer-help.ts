/** Gathers the help file: what whoever helps a shop needs to know, and nothing of customers or secrets. */
import { cpus, freemem, release } from 'node:os';
import type { JobEvent } from '../../../shared/event.ts';
import type { HelpFile } from '../../../shared/help-file.ts';
import type { HotFolder, Rule } from '../../../shared/hot-folder.ts';
import type { Job } from '../../../shared/job.ts';
import { isReasonCode } from '../../../shared/reason.ts';
import { withoutNames } from '../../../shared/work-calendar.ts';
import { guarded } from './procedures.ts';
import type { RouterParts } from './router.ts';

const mostEvents = 500;
const mb = (bytes: number): number => Math.round(bytes / 1024 ** 2);
/** Anything else is a person's name, or begins with one. */
const kindsOfActor: ReadonlySet<string> = new Set(['system', 'admin', 'station', 'printer', 'api', 'hot']);

function codeIn(value: unknown): string | null {
  return typeof value === 'string' && isReasonCode(value) ? value : null;
}

function helpEvent({ seq, code, track, at, undoes, actor, data }: JobEvent): NonNullable<HelpFile['job']>['history'][number] {
  const [kind = ''] = actor.split(' ');
  return { seq, code, track, at, undoes, by: kindsOfActor.has(kind) ? kind : 'person', reasonCode: codeIn(data['reasonCode']) };
}

function helpJob(job: Omit<Job, 'revision'>, history: readonly JobEvent[]): NonNullable<HelpFile['job']> {
  const { id, status, stage, hotFolderId, priority, createdAt, updatedAt } = job;
  return {
    ...{ id, status, stage, hotFolderId, priority, createdAt, updatedAt },
    attention: job.attention.map(({ code }) => code),
    missing: job.missing.length,
    files: job.files.map(({ id, version, current, size, type }) => ({ id, version, current, size, type })),
    deliveries: job.deliveries.map(({ id, fileId, hotFolderId, state, send, tries, reasonCode, deliveredAt }) => ({
      ...{ id, fileId, hotFolderId, state, send, tries, reasonCode, deliveredAt },
    })),
    history: history.slice(-mostEvents).map(helpEvent),
  };
}

function helpFolder(folder: HotFolder): HelpFile['hotFolders'][number] {
  const { id, location, paused, capacity, outcome, state, reasonCode, troubleSince, queued, lying, unknownFiles, health } = folder;
  const lastProbe = health === null ? null : health.ok ? 'ok' : (health.steps.find(({ ok }) => !ok)?.step ?? health.reasonCode);
  return {
    ...{ id, location, paused, capacity, state, reasonCode, troubleSince, queued, lying, lastProbe },
    outcome: outcome.kind,
    unknownFiles: unknownFiles.length,
  };
}

function helpRule({ position, conditions, hotFolderId }: Rule): HelpFile['rules'][number] {
  return { position, asksFor: Object.keys(conditions), hotFolderId };
}

export function answerHelp(parts: RouterParts) {
  const { store, hotFolders, intake } = parts;
  return {
    helpFile: guarded.helpFile.handler(async ({ input, signal }): Promise<HelpFile> => {
      const { settleMs, incompleteAfterMs, namePatterns, timeZone, calendar, language, askAfterHours, xmlMapping, incoming } =
        await store.read.settings();
      const job = input.job === undefined ? null : await store.read.job(input.job);
      const history = job === null ? [] : (await store.ask(signal).historyPage(job.id, 0)).items;
      const watched = new Map(incoming.map(({ path, location }) => [path, location]));
      return {
        madeAt: new Date(parts.now()).toISOString(),
        program: {
          ...{ version: parts.version, page: parts.page, node: process.version },
          system: `${process.platform} ${process.arch} ${release()}`,
          cores: cpus().length,
        },
        memory: { hubMb: mb(process.memoryUsage.rss()), freeMb: mb(freemem()) },
        record: {
          engine: store.engine,
          seq: await store.read.lastSeq(),
          trouble: store.trouble()?.code ?? null,
          stages: (await store.read.counts()).stages,
        },
        settings: {
          ...{ settleMs, incompleteAfterMs, namePatterns, timeZone, language, askAfterHours, xmlMapping },
          calendar: withoutNames(calendar),
        },
        incoming: intake.watching().map(({ path, state }) => ({ location: watched.get(path) ?? 'local', state })),
        hotFolders: (await hotFolders.list()).map(helpFolder),
        rules: (await store.read.rules()).map(helpRule),
        stations: (await store.read.stations()).map(({ role, lastSeenAt }) => ({ role, lastSeenAt })),
        log: [...parts.lastLines()],
        job: job === null ? null : helpJob(job, history),
      };
    }),
  };
}
