import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JobEvent } from '../../../shared/event.ts';
import { offerUndo } from '../../../shared/job/may-undo.ts';
import { applyEvent, attentionOf, deriveState, emptyState, type Standing } from '../../../shared/job/state.ts';
import { type StatusCode, statusCodes, statusEntry } from '../../../shared/status.ts';

function event(seq: number, code: StatusCode, more: Partial<JobEvent> = {}): JobEvent {
  const at = new Date(Date.UTC(2026, 10, 24) + seq).toISOString();
  return {
    seq,
    jobId: 1,
    code,
    track: statusEntry(code).track,
    custom: null,
    at,
    actor: 'admin',
    station: null,
    reason: null,
    data: {},
    undoes: null,
    ...more,
  };
}

function history(...codes: StatusCode[]): JobEvent[] {
  return codes.map((code, index) => event(index + 1, code));
}

describe('the state of a job', () => {
  it('has one standing a track, and a bounced e-mail hides nothing', () => {
    const state = deriveState(history('Ordered', 'InFinishing', 'EmailBounced', 'MisNotified', 'ActionRun'));
    expect(state).toMatchObject({ status: 'InFinishing', stage: 'finishing' });
    expect(Object.keys(state.tracks)).toEqual(['intake', 'production', 'message', 'mis']);
    expect(attentionOf(state).map(({ code, who }) => [code, who])).toEqual([['EmailBounced', 'reception']]);
  });

  it('shows the production status of a job that was kept as a template, and that its data were removed', () => {
    const said = history('Ordered', 'InFinishing', 'TemplateProductCreated');
    expect(deriveState(said)).toMatchObject({
      status: 'InFinishing',
      stage: 'finishing',
      tracks: { record: { code: 'TemplateProductCreated' } },
    });
    expect(deriveState(history('Ordered', 'Shipped', 'JobDataDeleted'))).toMatchObject({ status: 'JobDataDeleted', stage: 'shipped' });
  });

  it('is blocked as long as the block stands, whatever becomes of its files; taken back it stands where they came to', () => {
    const said = history('Ordered', 'Blocked', 'ArtworkUploaded', 'OutputCreationStarted', 'OutputCreated');
    expect(deriveState(said).status).toBe('Blocked');
    expect(deriveState([...said, event(6, 'ActionRun', { undoes: 2 })])).toMatchObject({ status: 'OutputCreated', stage: 'prepress' });
    expect(deriveState([...said, event(6, 'Rejected')]).status).toBe('Rejected');
  });

  it('is not hurt by a status of a newer version', () => {
    const odd = { ...event(2, 'Ordered'), code: 'FoldedIntoPaperPlanes' as StatusCode };
    const state = deriveState([event(1, 'Ordered'), odd, event(3, 'InHotFolder')]);
    expect(state).toMatchObject({ status: 'InHotFolder', stage: 'queue' });
    const kept = { ...state, tracks: { ...state.tracks, custom: { ...state.tracks.production, code: odd.code } as Standing } };
    expect(attentionOf(kept)).toEqual([]);
    expect(offerUndo(kept, { kind: 'person', actor: 'admin', station: null, isAdmin: true }, 0)).toBeNull();
  });

  it('is the same step by step and all at once', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...statusCodes)), (codes) => {
        expect(history(...codes).reduce(applyEvent, emptyState)).toEqual(deriveState(history(...codes)));
      }),
    );
  });

  it('is, after something was taken back, as if it had never been said', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...statusCodes), { minLength: 1 }), fc.nat(), (codes, pick) => {
        const said = history(...codes);
        const target = said[pick % said.length] ?? event(1, 'Nothing');
        const undo = event(said.length + 1, target.code, { undoes: target.seq });
        expect(deriveState([...said, undo])).toEqual(deriveState(said.filter((one) => one !== target)));
      }),
    );
  });

  it('opens a problem until a later status or a word of the engine ends it', () => {
    const noRule = event(2, 'Ordered', { data: { problem: 'NoRuleFits', raw: 'x' }, reason: 'No rule' });
    const open = deriveState([event(1, 'Creating'), noRule]);
    expect(attentionOf(open)).toMatchObject([{ code: 'NoRuleFits', who: 'planner', seq: 2, reason: 'No rule', raw: 'x' }]);
    expect(attentionOf(applyEvent(open, event(3, 'InHotFolder')))).toEqual([]);
    expect(attentionOf(applyEvent(open, event(3, 'ActionRun', { data: { solves: 'NoRuleFits' } })))).toEqual([]);
    expect(attentionOf(applyEvent(open, event(3, 'Verified')))).toHaveLength(1);
    expect(attentionOf(applyEvent(open, event(3, 'Ordered', { data: { problem: 'NoRuleFits' } })))).toMatchObject([{ seq: 3 }]);
  });

  it('knows the places of the built-in statuses, and says nothing of a hidden one', () => {
    const ready = deriveState(history('Ordered', 'ReadyForCollection'));
    const collected = applyEvent(ready, event(3, 'CustomStatus', { custom: 'Collected' }));
    expect(collected).toMatchObject({ status: 'CustomStatus', custom: 'Collected', stage: 'done' });
    const hidden = applyEvent(ready, event(3, 'CustomStatusHidden', { custom: 'Collected' }));
    expect(hidden).toMatchObject({ status: 'ReadyForCollection', custom: null, stage: 'collection' });
  });
});

describe('files that are missing', () => {
  const missing = (seq: number) => event(seq, 'AwaitingData', { actor: 'system', reason: 'Missing: cover.pdf' });
  const asks = (...said: JobEvent[]) => attentionOf(deriveState(said)).map(({ code }) => code);

  it('are still asked for when the job is approved, verified, or asked for something graver', () => {
    for (const code of ['Approved', 'Verified', 'PartiallyApproved'] as const)
      expect(asks(event(1, 'Ordered'), missing(2), event(3, code))).toContain('AwaitingData');
    expect(asks(missing(1), event(2, 'Rejected'), event(3, 'AwaitingProof'), event(4, 'Approved'))).toEqual(['AwaitingData']);
  });

  it('are asked for once, with the sentence that names them, until a file came', () => {
    const approved = [missing(1), event(2, 'AwaitingParts'), event(3, 'Approved')];
    expect(attentionOf(deriveState(approved))).toMatchObject([{ code: 'AwaitingData', seq: 1, reason: 'Missing: cover.pdf' }]);
    expect(asks(...approved, event(4, 'ArtworkUploaded', { actor: 'system' }))).toEqual([]);
    expect(asks(...approved, event(4, 'ArtworkUploaded', { actor: 'system' }), missing(5))).toEqual(['AwaitingData']);
  });

  it('are asked for whatever people say of the review, in any order', () => {
    const review = statusCodes.filter((code) => statusEntry(code).track === 'review' && code !== 'ArtworkUploaded');
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...review), { maxLength: 6 }), (codes) => {
        const said = [missing(1), ...codes.map((code, index) => event(index + 2, code))];
        expect(attentionOf(deriveState(said)).filter(({ reason }) => reason === 'Missing: cover.pdf')).toHaveLength(1);
      }),
    );
  });

  it('that a person asked for are answered by an approval', () => {
    expect(asks(event(1, 'AwaitingData', { reason: 'Which paper?' }), event(2, 'Approved'))).toEqual([]);
  });
});
