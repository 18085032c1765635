/** Hot folders, rules and arrivals: what the floor is set up with, and what came in. */

import type { Rule } from '../../../shared/hot-folder.ts';
import { changesOf, type SecurityChange, type SecurityKind } from '../../../shared/security.ts';
import { said } from '../../../shared/words/say.ts';
import { type By, Refusal } from '../parts.ts';
import { refuseChanged } from '../refuse-changed.ts';
import type { Reader, Writer } from '../store/store.ts';
import { tryWaitingJobs } from '../work/tasks.ts';
import { given } from './given.ts';
import { guarded } from './procedures.ts';
import type { RouterParts } from './router.ts';

/** Every file is held against each. */
const mostRules = 500;

export function answerFloor({ store, hotFolders, flow, now }: RouterParts) {
  const { hotFolders: folders, rules, arrivals } = guarded;
  /** Jobs that wait for a rule may find their way. */
  const tryJobs = (tx: Writer): Promise<void> => tx.addTask(tryWaitingJobs(now()), now());

  const note = (tx: Writer, kind: SecurityKind, about: string, changes: SecurityChange[], { actor, address }: By): Promise<void> =>
    tx.noteSecurity({ kind, actor, address, about, changes }, now());

  const folderOf = async (id: number) => {
    const folder = (await hotFolders.list()).find((one) => one.id === id);
    if (folder === undefined) throw noSuch('refusals.noSuchFolder', id);
    return folder;
  };

  return {
    hotFolders: {
      list: folders.list.handler(async () => ({ items: await hotFolders.list() })),
      create: folders.create.handler(({ input: { takeOver, ...input }, context }) => hotFolders.create(input, takeOver, context.caller)),
      get: folders.get.handler(({ input }) => folderOf(input.id)),
      update: folders.update.handler(async ({ input: { id, waiting, takeOver, seen, ...change }, context }) => {
        await folderOf(id);
        return hotFolders.update(id, given(change), waiting, takeOver, context.caller, seen);
      }),
      remove: folders.remove.handler(async ({ input, context }) => {
        await folderOf(input.id);
        return { ok: true as const, ...(await hotFolders.remove(input.id, context.caller)) };
      }),
      probe: folders.probe.handler(async ({ input, context }) => {
        await folderOf(input.id);
        return hotFolders.probe(input.id, input.takeOver, context.caller);
      }),
      tryOut: folders.tryOut.handler(({ input: { takeOver, ...input }, context }) => hotFolders.tryOut(input, takeOver, context.caller)),
    },
    rules: {
      list: rules.list.handler(async () => ({ items: await store.read.rules() })),
      create: rules.create.handler(({ input, context }) =>
        store.write(async (tx) => {
          await checkTarget(tx, input.hotFolderId);
          if ((await tx.rules()).length >= mostRules) throw new Refusal('CONFLICT', said('refusals.tooManyRules', { count: mostRules }));
          await tryJobs(tx);
          await note(tx, 'ruleAdded', input.name, changesOf(null, input), context.caller);
          return tx.addRule(input);
        }),
      ),
      get: rules.get.handler(({ input }) => ruleOf(store.read, input.id)),
      update: rules.update.handler(({ input: { id, seen, ...change }, context }) =>
        store.write(async (tx) => {
          const before = await ruleOf(tx, id);
          refuseChanged(before, seen);
          const changes = changesOf(before, change);
          if (changes.length > 0) await note(tx, 'ruleChanged', before.name, changes, context.caller);
          if (change.hotFolderId !== undefined) await checkTarget(tx, change.hotFolderId);
          await tx.changeRule(id, given(change));
          await tryJobs(tx);
          return ruleOf(tx, id);
        }),
      ),
      remove: rules.remove.handler(async ({ input, context }) => {
        await store.write(async (tx) => {
          const rule = await ruleOf(tx, input.id);
          // The number of a rule that is gone is given to the next.
          refuseChanged(rule, input.seen);
          const { name } = rule;
          await note(tx, 'ruleRemoved', name, [], context.caller);
          await tx.removeRule(input.id);
          await tryJobs(tx);
        });
        return { ok: true as const };
      }),
    },
    arrivals: {
      list: arrivals.list.handler(({ input, signal }) =>
        store.ask(signal).arrivals({
          ...input,
          limit: Math.min(input.limit, 500),
          outcome: input.outcome,
          unseen: input.unseen,
          cursor: input.cursor,
        }),
      ),
      markSeen: arrivals.markSeen.handler(async ({ input }) => {
        const arrival = await store.write((tx) => tx.markArrivalSeen(input.id));
        if (arrival === null) throw noSuch('refusals.noSuchArrival', input.id);
        return arrival;
      }),
      answer: arrivals.answer.handler(({ input: { id, jobId, actionId }, context }) =>
        flow.answerArrival(id, { jobId, actionId }, context.caller),
      ),
    },
  };
}

async function ruleOf(read: Reader, id: number): Promise<Rule> {
  const rule = (await read.rules()).find((one) => one.id === id);
  if (rule === undefined) throw noSuch('refusals.noSuchRule', id);
  return rule;
}

async function checkTarget(read: Reader, hotFolderId: number | null): Promise<void> {
  if (hotFolderId === null || (await read.hotFolders()).some((folder) => folder.id === hotFolderId)) return;
  throw new Refusal('BAD_REQUEST', said('refusals.ruleToNoFolder', { id: hotFolderId }));
}

function noSuch(key: 'refusals.noSuchFolder' | 'refusals.noSuchArrival' | 'refusals.noSuchRule', id: number): Refusal {
  return new Refusal('NOT_FOUND', said(key, { id }));
}
