/** What was seen at a printer after what people said: on record in every pair, and attention where the two cannot both be true. */
import { describe, expect, it } from 'vitest';
import type { Seen } from '../../../shared/job/command.ts';
import { mayBeDelivered } from '../../../shared/job/may-be-delivered.ts';
import { offerUndo } from '../../../shared/job/may-undo.ts';
import { engine, printer } from '../../../shared/job/mover.ts';
import { attentionOf } from '../../../shared/job/state.ts';
import { admin, type PlayedJob, playedJob, press, start, wish } from './play.ts';

const delivery = { hotFolder: 'press-1', hotFolderId: 1, deliveryId: 1, name: 'a.pdf', size: 1, sha256: 'a', send: 1 };
const see = (what: Omit<Seen, 'kind' | 'jobId' | 'delivery'>) => ({ kind: 'seen', jobId: 1, delivery, ...what }) as Seen;
const sights = {
  taken: see({ what: 'taken' }),
  'printed last': see({ what: 'printed', left: 0, note: null } as never),
  'printed first': see({ what: 'printed', left: 1, note: null } as never),
  refused: see({ what: 'refused', words: 'font', path: '/hot/failed/a.pdf' } as never),
  lying: see({ what: 'lying' }),
  'out of sight': see({ what: 'uncertain', reasonCode: 'OutOfSight', raw: null } as never),
  uncertain: see({ what: 'uncertain', reasonCode: 'DeliveryUncertain', raw: null } as never),
} as const;
type SightName = keyof typeof sights;

const say =
  (...codes: Parameters<typeof wish>[0][]) =>
  (job: PlayedJob) => {
    for (const code of codes) expect(job.tell(wish(code, { force: true, reason: 'because' }), admin).kind).not.toBe('refused');
  };
const custom = (name: string) => (job: PlayedJob) => void job.tell(wish('CustomStatus', { custom: name, force: true }), admin);
const words: Readonly<Record<string, (job: PlayedJob) => void>> = {
  nothing: () => undefined,
  'on the press': say('InProduction'),
  Printed: say('Printed'),
  'Printed, in finishing': say('Printed', 'InFinishing'),
  'on its shelf': say('Printed', 'ReadyForCollection'),
  Shipped: say('Printed', 'Shipped'),
  Collected: (job) => {
    say('Printed', 'ReadyForCollection')(job);
    custom('Collected')(job);
  },
  Reprint: (job) => {
    say('Printed')(job);
    custom('Reprint')(job);
  },
  Blocked: say('Blocked'),
  Rejected: say('Rejected'),
  'to be approved': say('AwaitingApproval'),
  'made without a hot folder': say('CopyToHotFolderSkipped'),
  'to be made anew': say('RecreationRequested'),
  'in artworking': say('InArtworking'),
  're-routed': (job) =>
    void job.tell({ kind: 'deliver', jobId: 1, actionId: 'd', reason: 'jam', hotFolder: 'press-2', earlierSends: 1, again: true }, press),
};

const lyingJob = (): PlayedJob => {
  const job = playedJob([]);
  job.tell(see({ what: 'delivered', tries: 1 } as never), engine);
  return job;
};
const codes = (job: PlayedJob) => attentionOf(job.state()).map(({ code }) => code);
const pairs = Object.keys(words).flatMap((word) => (Object.keys(sights) as SightName[]).map((sight) => [word, sight] as const));

/** Of a printer that has the file, where people had said that it is not printed now. */
const denied = [
  'Printed',
  'Printed, in finishing',
  'on its shelf',
  'Shipped',
  'Collected',
  'made without a hot folder',
  'to be made anew',
  'in artworking',
];
const stopped = ['Blocked', 'Rejected', 'to be approved'];

const showsGone: readonly string[] = ['taken', 'printed last', 'printed first', 'refused'];

describe('a sighting after a word', () => {
  it.each(pairs)('of a job that is %s: that it is %s is on record', (word, sight) => {
    const job = lyingJob();
    words[word]?.(job);
    const before = job.history.length;
    expect(job.tell(sights[sight], printer('press-1'))).toMatchObject({ kind: 'decided' });
    expect(job.history.length).toBeGreaterThan(before);
    const asked = codes(job);
    if (sight === 'taken' && denied.includes(word)) expect(asked).toContain('SeenOtherwise');
    if (showsGone.includes(sight) && sight !== 'refused' && stopped.includes(word)) expect(asked).toContain('GoneThoughStopped');
    if (sight === 'refused') expect(asked).toContain('PrinterRefused');
    if (sight === 'uncertain') expect(asked).toContain('DeliveryUncertain');
    if (sight === 'lying' && stopped.includes(word)) expect(asked).toContain('LiesThoughStopped');
    // What is gone, refused or printed does not lie there.
    const untrue = asked.filter((code) => ['StillLyingThere', 'LiesThoughStopped', 'WentOutAnyway'].includes(code));
    if (showsGone.includes(sight)) expect(untrue).toEqual([]);
  });

  it.each(pairs)('of a job that was %s and is not: taken back it is what was seen to be %s', (word, sight) => {
    const job = lyingJob();
    const plain = lyingJob();
    words[word]?.(job);
    for (const one of [job, plain]) one.tell(sights[sight], printer('press-1'));
    for (let step = offerUndo(job.state(), admin, start); step !== null; step = offerUndo(job.state(), admin, start)) {
      expect(job.tell({ kind: 'undo', jobId: 1, actionId: 'u', seq: step.step.seq }, admin).kind).toBe('decided');
      if (step.comesTo !== null) expect(step.comesTo).toEqual({ code: job.state().status, custom: job.state().custom });
    }
    if (['nothing', 're-routed', 'to be made anew', ...stopped].includes(word)) return;
    expect(job.state().tracks.production?.code).toBe(plain.state().tracks.production?.code);
    expect(job.state().stage).toBe(plain.state().stage);
    expect(codes(job)).toEqual(codes(plain));
  });
});

it('a person who said Printed when the file was gone already is not contradicted by the look that came after', () => {
  const job = lyingJob();
  const gone = Date.parse(job.history.at(-1)?.at ?? '');
  job.tell(wish('Printed'), press);
  job.tell({ ...sights.taken, goneAt: gone } as Seen, printer('press-1'));
  expect(codes(job)).toEqual([]);
  expect(offerUndo(job.state(), admin, start)?.comesTo).toEqual({ code: 'InProduction', custom: null });
});

it('a block of what lies in the hot folder leads with that, and switches no printer on', () => {
  const job = lyingJob();
  job.tell(sights.lying, engine);
  job.tell(wish('Blocked'), press);
  expect(codes(job)).toEqual(['LiesThoughStopped', 'Blocked']);
  job.tell(sights.taken, printer('press-1'));
  expect(codes(job)).toEqual(['GoneThoughStopped', 'Blocked']);
  const block = job.history.find(({ code }) => code === 'Blocked')?.seq ?? 0;
  job.tell({ kind: 'undo', jobId: 1, actionId: 'u', seq: block }, press);
  expect(codes(job)).toEqual([]);
  expect(job.state()).toMatchObject({ status: 'InProduction', stage: 'press' });
});

it('a file that the printer refused is neither in the hot folder nor on the press', () => {
  for (const first of ['lying', 'taken'] as const) {
    const job = lyingJob();
    job.tell(sights[first], printer('press-1'));
    job.tell(sights.refused, printer('press-1'));
    expect(job.state()).toMatchObject({ status: 'CopyToHotFolderFailed', stage: 'queue' });
    expect(attentionOf(job.state())).toMatchObject([{ code: 'PrinterRefused', raw: 'font' }]);
    job.tell(see({ what: 'delivered', tries: 1 } as never), engine);
    expect(codes(job)).toEqual([]);
  }
});

it('a newer version that came hides neither where the old one lies nor its own question, whatever is seen', () => {
  const job = lyingJob();
  const file = { name: 'a.pdf', version: 2, size: 1, sha256: 'b' };
  job.tell({ kind: 'fileCame', jobId: 1, isNew: false, missing: [], file, replaces: 'a.pdf' }, engine);
  job.tell({ kind: 'notPlanned', jobId: 1, problem: 'NewVersionHeld', data: { name: 'a.pdf' } }, engine);
  expect(job.state()).toMatchObject({ status: 'InHotFolder', stage: 'queue', tracks: { output: { code: 'OutputCreated' } } });
  for (const sight of Object.values(sights)) {
    job.tell(sight, printer('press-1'));
    expect(codes(job)).toContain('NewVersionHeld');
  }
  const seenAgain = see({ what: 'delivered', tries: 0, foreign: true } as never);
  const lying = lyingJob();
  lying.tell({ kind: 'notPlanned', jobId: 1, problem: 'NewVersionHeld', data: { name: 'a.pdf' } }, engine);
  lying.tell(seenAgain, engine);
  expect(codes(lying)).toEqual(['NewVersionHeld']);
  expect(mayBeDelivered({ state: lying.state(), missing: [] }, true).ok).toBe(true);
});

it.each([wish('CustomStatus', { custom: 'Collected', force: true }), wish('InPacking', { force: true })])(
  'what taking back $code comes to is not said where a file that was asked for once more was seen since',
  (word) => {
    const job = lyingJob();
    job.tell(sights['printed last'], printer('press-1'));
    job.tell(wish('CustomStatus', { custom: 'Reprint' }), press);
    job.tell(word, press);
    job.tell(see({ what: 'delivered', tries: 1 } as never), engine);
    expect(offerUndo(job.state(), admin, start)?.comesTo).toBeNull();
  },
);
