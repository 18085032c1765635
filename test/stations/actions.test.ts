/** Which actions are offered, and which one leads. */
import { describe, expect, it } from 'vitest';
import { actions, actionsFor, mayLead, remedyFor } from '../../renderer/actions/all.ts';
import { lastStep } from '../../renderer/actions/undo.ts';
import type { Standing } from '../../shared/job/state.ts';
import type { Job } from '../../shared/job.ts';
import { reasonCodes } from '../../shared/reason.ts';
import { jobWith } from './job-for-tests.ts';

const standing = (fields: Partial<Standing>): Standing => ({
  code: 'Printed',
  custom: null,
  at: '2026-03-02T09:00:00.000Z',
  seq: 1,
  actor: 'admin',
  reason: null,
  reasonCode: null,
  raw: null,
  ...fields,
});
const problem = (code: string) => ({
  code,
  who: 'press operator',
  since: '2026-03-02T09:00:00.000Z',
  seq: 1,
  reason: null,
  reasonCode: code,
  raw: null,
});
const labels = (job: Parameters<typeof actionsFor>[0]) => actionsFor(job).map((action) => action.label);

describe('actions', () => {
  it('have a key each, no two the same', () => {
    expect(new Set(actions.map((action) => action.key)).size).toBe(actions.length);
  });

  it('follow the way of a job', () => {
    expect(labels(jobWith({ stage: 'press', status: 'InProduction' }))[0]).toBe('printed');
    expect(labels(jobWith({ stage: 'printed', status: 'Printed' }))).toEqual(['inFinishing', 'inPacking', 'block']);
    expect(labels(jobWith({ stage: 'packing', fulfilment: 'delivery' }))[0]).toBe('shipped');
    expect(labels(jobWith({ stage: 'packing', fulfilment: 'collection' }))[0]).toBe('readyForCollection');
  });

  it('are nothing but the release while a job is held', () => {
    expect(labels(jobWith({ stage: 'press', tracks: { hold: standing({ code: 'Blocked' }) } }))).toEqual(['release']);
  });

  it('lead with what ends the oldest problem', () => {
    const files = [
      { id: 1, name: 'a.pdf', version: 1, current: true, size: 1, sha256: 'a', type: 'pdf', arrivedAt: '2026-03-02T09:00:00.000Z' },
    ];
    expect(labels(jobWith({ stage: 'queue', files, hotFolderId: 1, attention: [problem('PrinterRefused')] }))[0]).toBe('sendAgain');
    expect(labels(jobWith({ stage: 'intake', files, attention: [problem('NoRuleFits')] }))[0]).toBe('chooseFolder');
    expect(labels(jobWith({ stage: 'queue', files, hotFolderId: 1, attention: [problem('DeliveryUncertain')] }))[0]).toBe('printed');
  });

  it('of a file that still lies there lead with nothing: somebody looks first, and that it is printed is said last', () => {
    const files = [
      { id: 1, name: 'a.pdf', version: 1, current: true, size: 1, sha256: 'a', type: 'pdf', arrivedAt: '2026-03-02T09:00:00.000Z' },
    ];
    const lies = jobWith({ stage: 'queue', status: 'InHotFolder', files, hotFolderId: 1, attention: [problem('StillLyingThere')] });
    expect(remedyFor(problem('StillLyingThere'))).toBeNull();
    expect(labels(lies)[0]).toBe('sendAgain');
    expect(labels(lies).indexOf('printed')).toBeGreaterThan(labels(lies).indexOf('sendAgain'));
    expect(actionsFor(lies).filter((action) => mayLead(action, lies))).toEqual([]);
  });

  it('do not lead to letting a job go on while its file lies where it must not', () => {
    const hold = standing({ code: 'Blocked', actor: 'station Press 1', seq: 9 });
    const stopped = jobWith({
      stage: 'queue',
      status: 'Blocked',
      tracks: { hold },
      attention: [problem('LiesThoughStopped'), problem('Blocked')],
    });
    expect(labels(stopped)).toContain('release');
    expect(actionsFor(stopped).filter((action) => mayLead(action, stopped))).toEqual([]);
  });

  it('never lead with what stops a job, sends it again or takes something back', () => {
    const waits = jobWith({ stage: 'prepress', tracks: { output: standing({ code: 'OutputCreated' }) } });
    expect(labels(waits)).toContain('block');
    expect(actionsFor(waits).filter((action) => mayLead(action, waits))).toEqual([]);
  });

  it('offer a file in its last step again only when that does not come to its end', () => {
    const file = {
      id: 1,
      name: 'a.pdf',
      version: 1,
      current: true,
      size: 1,
      sha256: 'a',
      type: 'pdf',
      arrivedAt: '2026-03-02T09:00:00.000Z',
    };
    const sent = (state: Job['deliveries'][number]['state'], tries = 0) => ({
      id: tries + 1,
      fileId: 1,
      hotFolderId: 1,
      hotFolder: 'press-1',
      name: 'a.pdf',
      state,
      send: 1,
      tries,
      reasonCode: null,
      raw: null,
      nextTryAt: null,
      deliveredAt: null,
    });
    const offered = (...deliveries: Job['deliveries']) =>
      labels(jobWith({ stage: 'prepress', files: [file], hotFolderId: 1, deliveries })).filter((label) => label.startsWith('send'));
    expect(offered(sent('waiting'))).toEqual([]);
    expect(offered(sent('publishing'))).toEqual([]);
    expect(offered(sent('publishing', 2))).toEqual(['sendAgain', 'sendElsewhere']);
    expect(offered(sent('waiting', 3))).toEqual(['sendElsewhere']);
    expect(offered(sent('withdrawing'), sent('waiting', 1))).toEqual(['sendAgain', 'sendElsewhere']);
    expect(offered(sent('withdrawing'), sent('taken', 1))).toEqual(['sendAgain']);
  });

  it('know a remedy or none for each reason, and never throw', () => {
    for (const code of reasonCodes) expect(() => remedyFor(problem(code))).not.toThrow();
  });

  it('take back only what a person did', () => {
    expect(
      lastStep(
        jobWith({
          tracks: {
            production: standing({ actor: 'station Press 1', seq: 5 }),
            intake: standing({ code: 'Ordered', actor: 'system', seq: 2 }),
          },
        }),
      )?.seq,
    ).toBe(5);
    expect(lastStep(jobWith({ tracks: { production: standing({ actor: 'printer press-1' }) } }))).toBeNull();
  });
});
