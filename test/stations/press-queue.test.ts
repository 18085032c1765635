/** What a press shows, in which order, and what it makes of the words of tickets: pure. */
import { describe, expect, it } from 'vitest';
import { paperOf } from '../../renderer/stations/press/paper.ts';
import { focusOf, inPressOrder, pressQueue } from '../../renderer/stations/press/queue-order.ts';
import type { Job } from '../../shared/job.ts';
import { jobWith } from './job-for-tests.ts';

const at = '2026-03-02T09:00:00.000Z';
const problem = (code: string): Job['attention'][number] => ({
  code,
  who: 'press operator',
  since: at,
  seq: 9,
  reason: null,
  reasonCode: code,
  raw: null,
});
const blocked = (id: number, more: Partial<Job> = {}) =>
  jobWith({
    id,
    stage: 'press',
    tracks: { hold: { code: 'Blocked', custom: null, at, seq: 9, actor: 'admin', reason: 'Wrong paper', reasonCode: null, raw: null } },
    attention: [problem('Blocked')],
    ...more,
  });
const ids = (jobs: readonly Job[]) => jobs.map(({ id }) => id);

describe('the queue of a press', () => {
  it('puts trouble first, the most urgent before the rest, then what prints, then by priority, due date and age', () => {
    const order = inPressOrder([
      jobWith({ id: 1, stage: 'queue' }),
      jobWith({ id: 2, stage: 'queue', dueAt: at }),
      jobWith({ id: 3, stage: 'queue', priority: 5 }),
      jobWith({ id: 4, stage: 'press' }),
      jobWith({ id: 5, stage: 'prepress' }),
      jobWith({ id: 6, stage: 'queue', attention: [problem('StillLyingThere')] }),
      jobWith({ id: 7, stage: 'queue', attention: [problem('PrinterRefused')] }),
      jobWith({ id: 8, stage: 'queue', attention: [problem('OtherContent')] }),
    ]);
    expect(ids(order)).toEqual([8, 7, 6, 4, 3, 2, 1, 5]);
  });

  it('sets aside what is stopped and lies at no printer; it comes into focus only when somebody chooses it', () => {
    const lies = blocked(3, { stage: 'queue', attention: [problem('LiesThoughStopped'), problem('Blocked')] });
    const queue = pressQueue([blocked(1), jobWith({ id: 2, stage: 'queue' }), lies]);
    expect([ids(queue.ready), ids(queue.aside)]).toEqual([[3, 2], [1]]);
    expect([focusOf(queue, 1)?.id, focusOf(queue, 2)?.id, focusOf(queue, 99)?.id]).toEqual([1, 2, 3]);
    expect(focusOf(pressQueue([blocked(1)]), null)).toBeNull();
  });
});

describe('the paper of a job', () => {
  it.each([
    [
      { material: '135 g silk', size: 'A5' },
      { material: '135 g silk', size: 'A5', sides: null },
    ],
    [
      { Papier: 'Offset', Grammatur: '90', Größe: '99 x 210', Farbigkeit: '4/0' },
      { material: 'Offset, 90 g/m²', size: '99 x 210', sides: { kind: 'said', words: '4/0' } },
    ],
    [
      { Material: 'Offset', Colours: '2' },
      { material: 'Offset', size: null, sides: null },
    ],
    [
      { weight: '170', 'Recto verso': 'recto' },
      { material: '170 g/m²', size: null, sides: { kind: 'one' } },
    ],
    [
      { PAPER_STOCK: 'x', sides: '2', Tamaño: 'DIN lang', material: ' ' },
      { material: null, size: 'DIN lang', sides: { kind: 'two' } },
    ],
    [{}, { material: null, size: null, sides: null }],
  ])('is read out of %j', (attributes, paper) => {
    expect(paperOf(attributes)).toEqual(paper);
  });
});
