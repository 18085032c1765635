import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeDoor } from '../../../electron/hub/jobs/door.ts';
import { makeWishes, type StatusAsked } from '../../../electron/hub/jobs/wishes.ts';
import type { Caller } from '../../../electron/hub/parts.ts';
import { record } from '../../../electron/hub/store/record.ts';
import { addFolder, addOrdered, newDelivery, newFile, newJob, noon, openFresh } from '../store/fresh-store.ts';

const press: Caller = { role: 'station', actor: 'station Press 1', station: 'Press 1' };
const admin: Caller = { role: 'admin', actor: 'admin', station: null };
const day = 24 * 60 * 60 * 1000;

const newId = () => `action-${randomUUID()}`;

async function openFloor(planDeliveries: Parameters<typeof makeDoor>[0]['planDeliveries'] = async () => []) {
  const store = await openFresh();
  const clock = { now: noon };
  const id = await addOrdered(store, '1001');
  const door = makeDoor({ store, now: () => clock.now, planDeliveries, cancelStale: async () => [], wakeFolder: () => undefined });
  const wishes = makeWishes(door);
  const set = (wish: Omit<StatusAsked, 'actionId'>, caller = press) => wishes.setStatus(id, { ...wish, actionId: newId() }, caller);
  const undo = (seq: number, caller = press) => wishes.undo(id, { seq, actionId: newId() }, caller);
  return { store, clock, id, door, wishes, set, undo };
}

describe('setting a status', () => {
  it('records who said what, where, why and with which data, and answers the job as it then is', async () => {
    const { store, id, set } = await openFloor();
    const { job, event } = await set({ code: 'InProduction', reason: 'first run', data: { machine: 'HP 7' } });
    expect(event).toMatchObject({
      seq: 2,
      jobId: id,
      code: 'InProduction',
      actor: 'station Press 1',
      station: 'Press 1',
      reason: 'first run',
      data: { machine: 'HP 7' },
    });
    expect(job).toMatchObject({ id, status: 'InProduction', stage: 'press', lastSeq: 2 });
    expect(await store.read.history(id)).toHaveLength(2);
  });

  it('happens once for an action id, however often and at whatever moment it is asked', async () => {
    const { store, id, wishes } = await openFloor();
    const wish: StatusAsked = { code: 'Printed', data: { a: 1, b: 2 }, actionId: 'the-same-1' };
    const reordered: StatusAsked = { actionId: 'the-same-1', data: { b: 2, a: 1 }, code: 'Printed' };
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => wishes.setStatus(id, index % 2 === 0 ? wish : reordered, press)),
    );
    expect(new Set(answers.map(({ event }) => event.seq))).toEqual(new Set([2]));
    await wishes.setStatus(id, { code: 'InFinishing', actionId: newId() }, press);
    const late = await wishes.setStatus(id, wish, press);
    expect(late).toMatchObject({ event: { seq: 2, code: 'Printed' }, job: { status: 'InFinishing' } });
    expect(await store.read.history(id)).toHaveLength(3);
  });

  it('refuses an action id that was used for another wish', async () => {
    const { store, id, wishes } = await openFloor();
    const other = await addOrdered(store, '1002');
    await wishes.setStatus(id, { code: 'Printed', actionId: 'used-before' }, press);
    const used = expect.objectContaining({ code: 'CONFLICT' });
    await expect(wishes.setStatus(id, { code: 'InPacking', actionId: 'used-before' }, press)).rejects.toEqual(used);
    await expect(wishes.setStatus(other, { code: 'Printed', actionId: 'used-before' }, press)).rejects.toEqual(used);
    await expect(wishes.undo(id, { seq: 2, actionId: 'used-before' }, press)).rejects.toEqual(used);
  });

  it('is stopped where the move makes no sense, unless somebody insists and says why', async () => {
    const { set } = await openFloor();
    await expect(set({ code: 'InPacking' })).rejects.toMatchObject({ code: 'NOT_NOW', message: 'The job is not printed yet.' });
    await expect(set({ code: 'InPacking', force: true })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const { event } = await set({ code: 'InPacking', force: true, reason: 'printed by a partner' });
    expect(event.data).toEqual({ forced: true });
    await expect(set({ code: 'InHotFolder', force: true, reason: 'I say so' })).rejects.toMatchObject({ code: 'NOT_NOW' });
  });

  it('asks for what is missing and refuses what is not for outside', async () => {
    const { wishes, set } = await openFloor();
    const bad = { code: 'BAD_REQUEST' };
    await expect(set({ code: 'CustomStatus' })).rejects.toMatchObject(bad);
    await expect(set({ code: 'CustomStatusHidden' })).rejects.toMatchObject(bad);
    await expect(set({ code: 'Printed', custom: 'Proofed' })).rejects.toMatchObject(bad);
    await expect(set({ code: 'Rejected' })).rejects.toMatchObject(bad);
    await expect(set({ code: 'Blocked' })).rejects.toMatchObject(bad);
    for (const key of ['problem', 'solves', 'reasonCode', 'forced']) {
      await expect(set({ code: 'Printed', data: { [key]: 'NoRuleFits' } })).rejects.toMatchObject(bad);
    }
    await expect(set({ code: 'CustomStatus', custom: 'Proofed' })).resolves.toMatchObject({
      job: { status: 'CustomStatus', custom: 'Proofed' },
    });
    await expect(wishes.setStatus(99, { code: 'Printed', actionId: newId() }, press)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('taking back', () => {
  it('releases a blocked job, and is in the history itself', async () => {
    const { store, id, set, undo } = await openFloor();
    const { event } = await set({ code: 'Blocked', reason: 'wrong paper' });
    await expect(set({ code: 'InProduction', force: true, reason: 'hurry' })).rejects.toMatchObject({
      code: 'NOT_NOW',
      message: 'The job is blocked.',
    });
    const { job, event: release } = await undo(event.seq);
    expect(release).toMatchObject({ code: 'Blocked', undoes: event.seq, actor: 'station Press 1' });
    expect(job).toMatchObject({ status: 'Ordered', attention: [] });
    await set({ code: 'InProduction' });
    expect((await store.read.history(id)).map(({ code, undoes }) => [code, undoes])).toEqual([
      ['Ordered', null],
      ['Blocked', null],
      ['Blocked', 2],
      ['InProduction', null],
    ]);
  });

  it('happens once, and not to what cannot be taken back', async () => {
    const { store, id, set, undo } = await openFloor();
    const [lying] = await store.write((tx) => record(tx, id, [{ code: 'InHotFolder', at: noon, actor: 'system' }]));
    await expect(undo(lying?.seq ?? 0, admin)).rejects.toMatchObject({ code: 'NOT_NOW' });
    const { event } = await set({ code: 'Printed' });
    const { event: takenBack } = await undo(event.seq);
    await expect(undo(event.seq)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(undo(takenBack.seq)).rejects.toMatchObject({ code: 'NOT_NOW' });
    await expect(undo(999)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const other = await addOrdered(store, '1002');
    const [foreign] = await store.read.history(other);
    await expect(undo(foreign?.seq ?? 0)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is for a station within a day, for the admin always', async () => {
    const { clock, set, undo } = await openFloor();
    const { event } = await set({ code: 'Printed' });
    clock.now += day + 1;
    await expect(undo(event.seq)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(undo(event.seq, admin)).resolves.toMatchObject({ job: { status: 'Ordered' } });
  });

  it('at the same moment by two people happens once', async () => {
    const { store, id, set, undo } = await openFloor();
    const { event } = await set({ code: 'Printed' });
    const outcomes = await Promise.allSettled([undo(event.seq), undo(event.seq, admin)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await store.read.history(id)).toHaveLength(3);
  });

  it('of everything a station said leads back to the state before', async () => {
    const codes = ['InProduction', 'Printed', 'InFinishing', 'AwaitingParts', 'Verified', 'InPacking', 'Shipped'] as const;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...codes), { maxLength: 8 }), async (said) => {
        const { store, id, set, undo } = await openFloor();
        const { tracks, status, stage } = (await store.read.job(id)) ?? {};
        const seqs = new Set<number>();
        for (const code of said) seqs.add((await set({ code, force: true, reason: 'a try' })).event.seq);
        for (const seq of [...seqs].reverse()) await undo(seq);
        expect(await store.read.job(id)).toMatchObject({ status, stage });
        expect((await store.read.job(id))?.tracks).toEqual(tracks);
        await store.close();
      }),
      { numRuns: 15 },
    );
  });
});

describe('two people at once', () => {
  it('say the same and it is on record once: the other is told that it stands, and one step back leads back', async () => {
    const { store, id, set, undo } = await openFloor();
    const [first, second] = await Promise.all([set({ code: 'Printed' }), set({ code: 'Printed' }, admin)]);
    expect(first).not.toHaveProperty('already');
    expect(second).toMatchObject({ already: true, event: { seq: first.event.seq, actor: 'station Press 1' } });
    expect(await undo(second.event.seq, admin)).toMatchObject({ job: { status: 'Ordered' }, comesTo: { words: 'back to: Ordered' } });
    expect(await store.read.history(id)).toHaveLength(3);
  });

  it('hand out one parcel: one does, the other is told by whom and when', async () => {
    const { store, id, set } = await openFloor();
    await set({ code: 'Printed' });
    await set({ code: 'ReadyForCollection' });
    const collected = { code: 'CustomStatus', custom: 'Collected' } as const;
    const outcomes = await Promise.allSettled([set(collected), set(collected, admin), set({ code: 'Shipped' }, admin)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    for (const outcome of outcomes.slice(1))
      expect(outcome).toMatchObject({
        reason: { code: 'CONFLICT', more: { by: 'station Press 1', at: new Date(noon).toISOString(), mayInsist: false } },
      });
    expect(await store.read.history(id)).toHaveLength(4);
  });

  it('block for two reasons: the second learns of the first', async () => {
    const { set } = await openFloor();
    await set({ code: 'Blocked', reason: 'wrong paper' });
    await expect(set({ code: 'Blocked', reason: 'no ink' }, admin)).rejects.toMatchObject({
      code: 'CONFLICT',
      more: { by: 'station Press 1' },
    });
  });
});

describe('what only the program knows', () => {
  it.each(['JobDataDeleted', 'OutputCreated', 'MisNotified', 'InHotFolder', 'SentEmail'] as const)(
    "is nobody else's to say, however they insist: %s",
    async (code) => {
      const { set, store, id } = await openFloor();
      const wish = { code, force: true, reason: 'I say so' };
      for (const caller of [press, admin])
        await expect(set(wish, caller)).rejects.toMatchObject({ code: 'NOT_NOW', more: { rule: 'onlyTheProgram', mayInsist: false } });
      expect(await store.read.history(id)).toHaveLength(1);
    },
  );
});

describe('what follows is on record in the same moment', () => {
  async function openWaiting() {
    const floor = await openFloor(async (tx, jobId) => {
      const { state } = (await tx.deliveriesOf(jobId))[0] ?? {};
      return state === undefined ? [] : [7];
    });
    const { store, id } = floor;
    const folder = await addFolder(store, 'Press 1');
    const delivery = await store.write(async (tx) => {
      const file = await tx.addFile(newFile(id, 'a.pdf'));
      return tx.addDelivery(newDelivery(id, folder.id, 'a.pdf', { fileId: file.id }), noon);
    });
    return { ...floor, due: async () => (await store.read.deliveriesOf(id))[0]?.nextTryAt, delivery };
  }

  it.each(['Rejected', 'AwaitingApproval', 'Blocked', 'AwaitingProof', 'InArtworking'] as const)(
    'a job that is %s while it is queued is delivered no more, until that is over',
    async (code) => {
      const { set, undo, due } = await openWaiting();
      expect(await due()).toBeNull();
      const { event } = await set({ code, reason: 'wait' });
      expect(await due()).toBeGreaterThan(noon);
      await undo(event.seq);
      expect(await due()).toBeNull();
    },
  );

  it('an approval lets go what waited, and a person who says it is printed cancels it', async () => {
    const { set, due, store, id } = await openWaiting();
    await set({ code: 'AwaitingApproval' });
    await set({ code: 'Approved' });
    expect(await due()).toBeNull();
    await set({ code: 'Printed' });
    expect((await store.read.deliveriesOf(id)).map(({ state }) => state)).toEqual(['cancelled']);
  });

  it('the approval of a part tells the other jobs of the order, and so does taking it back', async () => {
    const { store, id, set, undo, wishes } = await openFloor();
    const others = [await addOrdered(store, '1001', '2'), await addOrdered(store, '1001', '3')];
    for (const job of [id, ...others]) await wishes.setStatus(job, { code: 'AwaitingApproval', actionId: newId() }, press);
    const reviews = () => Promise.all(others.map(async (other) => (await store.read.job(other))?.tracks.review?.code));
    const { event } = await set({ code: 'Approved' });
    expect(await reviews()).toEqual(['PartiallyApproved', 'PartiallyApproved']);
    await undo(event.seq);
    expect(await reviews()).toEqual(['AwaitingApproval', 'AwaitingApproval']);
  });

  it('what is told to another job of the order sets going what follows for that one, too', async () => {
    const { store, set } = await openFloor();
    const startAt = noon + day;
    const other = await store.write(async (tx) => {
      const ticket = { order: '1001', job: '2', startAt: new Date(startAt).toISOString(), attributes: {}, priority: 0, files: [] };
      const added = await tx.addJob(newJob('1001', '2', { ticket: { ...ticket, submitted: true, approval: 'none' } }), noon);
      // As a program left it that knew no tasks.
      await record(tx, added, [{ code: 'FutureOrder', at: noon, actor: 'system' }]);
      await record(tx, added, [{ code: 'AwaitingApproval', at: noon, actor: 'system' }]);
      return added;
    });
    expect(await store.read.nextTaskAt()).toBeNull();
    await set({ code: 'AwaitingApproval' });
    await set({ code: 'Approved' });
    expect((await store.read.job(other))?.tracks.review?.code).toBe('PartiallyApproved');
    expect(await store.read.nextTaskAt()).toBe(startAt);
  });
});
