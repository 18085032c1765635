/** Whose file is it: one clear winner, or a person is asked. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArrivedFile, type KnownJob, matchFile, matchTicket, type NamelessJob } from '../../../electron/hub/intake/match.ts';

const job = (id: number, change: Partial<KnownJob> = {}): KnownJob => ({
  id,
  order: String(2000 + id),
  job: '1',
  named: true,
  hasTicket: true,
  finished: false,
  ticketFiles: [],
  missing: [],
  files: [],
  ticketFolders: [],
  ...change,
});
const waiting = (id: number, name: string, folder: string | null = null): KnownJob =>
  job(id, { ticketFiles: [name], missing: [name], ticketFolders: folder === null ? [] : [folder] });
const holding = (id: number, name: string, sha256: string, change: Partial<KnownJob> = {}): KnownJob =>
  job(id, { ticketFiles: [name], files: [{ name, sha256, current: true }], ...change });
const file = (name: string, change: Partial<ArrivedFile> = {}): ArrivedFile => ({
  name,
  sha256: 'new',
  folder: null,
  number: null,
  atPlaceOf: null,
  ...change,
});
const number = (order: string, jobNo = '1', rest = 'x') => ({ order, job: jobNo, rest, contract: false });

describe('a file in the folder of its ticket', () => {
  it('goes to that ticket, whoever else waits for the name', () => {
    const jobs = [waiting(1, 'cover.pdf', '/in/a'), waiting(2, 'cover.pdf', '/in/b'), waiting(3, 'cover.pdf')];
    expect(matchFile(file('cover.pdf', { folder: '/in/b' }), jobs)).toEqual({ kind: 'job', jobId: 2 });
    expect(matchFile(file('cover.pdf', { folder: '/in/a' }), jobs)).toEqual({ kind: 'job', jobId: 1 });
  });
  it('is asked about when its name names another order, or the ticket names other files', () => {
    const there = waiting(1, 'cover.pdf', '/in/a');
    expect(matchFile(file('2009-1 x.pdf', { folder: '/in/a', number: number('2009') }), [there])).toMatchObject({
      kind: 'ask',
      why: 'evidenceDisagrees',
    });
    expect(matchFile(file('inside.pdf', { folder: '/in/a' }), [there])).toMatchObject({ kind: 'ask', why: 'notNamedByTicket' });
  });
});

it('a file that another order had, in the folder of a ticket that does not name it, is no duplicate: it may be ordered again', () => {
  const there = waiting(1, 'inside.pdf', '/in/a');
  expect(matchFile(file('cover.pdf', { folder: '/in/a' }), [there, holding(2, 'cover.pdf', 'new')])).toMatchObject({
    kind: 'ask',
    why: 'notNamedByTicket',
  });
});

describe('a version in the folder of a ticket with very many names', () => {
  const there = (count: number): KnownJob =>
    job(1, {
      ticketFiles: ['menu.pdf'],
      missing: ['menu.pdf', ...Array.from({ length: count }, (_, at) => `page ${at}.pdf`)],
      ticketFolders: ['/in/a'],
    });
  it('is found among hundreds, and asked about among more than are compared', () => {
    expect(matchFile(file('menu v2.pdf', { folder: '/in/a' }), [there(900)])).toEqual({ kind: 'job', jobId: 1 });
    expect(matchFile(file('menu v2.pdf', { folder: '/in/a' }), [there(1200)])).toMatchObject({ kind: 'ask', candidates: [{ jobId: 1 }] });
    expect(matchFile(file('menu v2.pdf'), [{ ...there(1200), ticketFolders: [] }])).toMatchObject({ kind: 'ask', why: 'versionUnclear' });
  });
  it('is its own where the ticket names it', () => {
    expect(matchFile(file('menu.pdf', { folder: '/in/a' }), [there(1200)])).toEqual({ kind: 'job', jobId: 1 });
  });
});

describe('a file known by its name alone', () => {
  it('goes to the one ticket that waits for it', () => {
    expect(matchFile(file('menu.pdf'), [waiting(1, 'Menu.PDF')])).toEqual({ kind: 'job', jobId: 1 });
  });
  it('is asked about when two wait', () => {
    expect(matchFile(file('menu.pdf'), [waiting(1, 'menu.pdf'), waiting(2, 'menu.pdf')])).toMatchObject({
      kind: 'ask',
      why: 'severalJobs',
      candidates: [{ jobId: 2 }, { jobId: 1 }],
    });
  });
  it('is asked about when the ticket has a folder of its own, and the file does not lie there', () => {
    expect(matchFile(file('menu.pdf'), [waiting(1, 'menu.pdf', '/in/a')])).toMatchObject({ kind: 'ask', why: 'otherFolder' });
  });
  it('is asked about when it lies in a sub-folder and the ticket does not: somebody put it there with something else', () => {
    expect(matchFile(file('menu.pdf', { folder: '/in/a' }), [waiting(1, 'menu.pdf')])).toMatchObject({ kind: 'ask', why: 'otherFolder' });
    const numbered = file('2009-1 x.pdf', { folder: '/in/a', number: number('2009') });
    expect(matchFile(numbered, [waiting(1, '2009-1 x.pdf')])).toMatchObject({ kind: 'ask', why: 'otherFolder' });
    expect(matchFile(file('menu.pdf', { folder: '/in/a' }), [waiting(1, 'menu.pdf'), waiting(2, 'menu.pdf', '/in/a')])).toEqual({
      kind: 'job',
      jobId: 2,
    });
  });
  it('is asked about when a ticketed job has this file already, with other content; with the same it came again', () => {
    expect(matchFile(file('menu.pdf'), [holding(1, 'menu.pdf', 'old')])).toMatchObject({ kind: 'ask', why: 'correction' });
    expect(matchFile(file('menu.pdf'), [holding(1, 'menu.pdf', 'new')])).toEqual({ kind: 'job', jobId: 1 });
    expect(matchFile(file('menu.pdf'), [holding(1, 'menu.pdf', 'old', { finished: true })])).toEqual({ kind: 'new', numbered: false });
    expect(matchFile(file('menu_v2.pdf'), [holding(1, 'menu.pdf', 'old')])).toMatchObject({ kind: 'ask', why: 'versionUnclear' });
  });
});

describe('a file at the place of an original that is not filed', () => {
  const there = holding(1, 'menu.pdf', 'old', { named: false, hasTicket: false, ticketFiles: [] });
  const at = (recent: boolean) => file('menu.pdf', { atPlaceOf: { jobId: 1, recent } });
  it('is that one written over, when it came just before', () => {
    expect(matchFile(at(true), [there])).toEqual({ kind: 'job', jobId: 1 });
  });
  it('is asked about when another order waits for it, or the original lay there long ago', () => {
    expect(matchFile(at(true), [there, waiting(2, 'menu.pdf')])).toMatchObject({
      kind: 'ask',
      why: 'evidenceDisagrees',
      candidates: [{ jobId: 2 }, { jobId: 1 }],
    });
    expect(matchFile(at(false), [there])).toMatchObject({
      kind: 'ask',
      why: 'correction',
      candidates: [{ jobId: 1, evidence: ['known'] }],
    });
    expect(matchFile(at(false), [there, waiting(2, 'menu.pdf')])).toEqual({ kind: 'job', jobId: 2 });
    expect(matchFile(at(false), [{ ...there, finished: true }])).toEqual({ kind: 'new', numbered: false });
  });
});

describe('a number in the name', () => {
  it('names its job, known or new', () => {
    expect(matchFile(file('2001-1 x.pdf', { number: number('2001') }), [job(1)])).toEqual({ kind: 'job', jobId: 1 });
    expect(matchFile(file('2009-1 x.pdf', { number: number('2009') }), [])).toEqual({ kind: 'new', numbered: true });
  });
  it('against a ticket that waits for this very name asks, unless it is of the same order and no job has the number', () => {
    const ticket = waiting(2, '2001-1 x.pdf');
    expect(matchFile(file('2001-1 x.pdf', { number: number('2001') }), [job(1), ticket])).toMatchObject({
      kind: 'ask',
      why: 'evidenceDisagrees',
    });
    expect(matchFile(file('2001-1 x.pdf', { number: number('2001') }), [ticket])).toMatchObject({
      kind: 'ask',
      why: 'evidenceDisagrees',
      candidates: [{ jobId: 2 }],
    });
    const sheet = waiting(2, '2002-7 x.pdf');
    expect(matchFile(file('2002-7 x.pdf', { number: number('2002', '7') }), [sheet])).toEqual({ kind: 'job', jobId: 2 });
  });
  it('says which job of the order whose folder it lies in', () => {
    const there = job(1, { ticketFolders: ['/in/a'] });
    expect(matchFile(file('2001-2 x.pdf', { folder: '/in/a', number: number('2001', '2') }), [there])).toEqual({
      kind: 'new',
      numbered: true,
    });
    expect(matchFile(file('2009-1 x.pdf', { folder: '/in/a', number: number('2009') }), [there])).toMatchObject({
      kind: 'ask',
      why: 'evidenceDisagrees',
    });
  });
});

describe('content', () => {
  it('speaks only where nothing else does, and is no proof against a number', () => {
    const ours = holding(1, 'scan.pdf', 'new', { named: false, hasTicket: false, ticketFiles: [] });
    expect(matchFile(file('other.pdf'), [ours])).toEqual({ kind: 'job', jobId: 1 });
    expect(matchFile(file('2009-1 x.pdf', { number: number('2009') }), [ours])).toEqual({ kind: 'new', numbered: true });
    expect(matchFile(file('other.pdf'), [holding(2, 'menu.pdf', 'new')])).toMatchObject({ kind: 'ask', why: 'sameContent' });
  });
  it('of a finished job of our number may be ordered again: a person is asked', () => {
    const shipped = holding(1, 'scan.pdf', 'new', { named: false, hasTicket: false, ticketFiles: [], finished: true });
    expect(matchFile(file('other.pdf'), [shipped])).toMatchObject({ kind: 'ask', why: 'sameContent' });
  });
});

it('the copy of a conflict is asked about, whatever speaks for a job, unless its content is known there', () => {
  const name = '3132-1 Flyer.sync-conflict-20261125-101500-ABCDEF7.pdf';
  const facts = { number: { order: '2001', job: '1', rest: 'Flyer.sync-conflict-20261125-101500-ABCDEF7', contract: false } };
  const flyer = holding(1, '3132-1 Flyer.pdf', 'old');
  expect(matchFile(file(name, facts), [flyer])).toMatchObject({ kind: 'ask', why: 'conflictCopy', candidates: [{ jobId: 1 }] });
  expect(matchFile(file(name, { ...facts, sha256: 'old' }), [flyer])).toEqual({ kind: 'job', jobId: 1 });
  expect(matchFile(file(name, facts), [])).toEqual({ kind: 'ask', why: 'conflictCopy', candidates: [] });
});

describe('whatever the evidence', () => {
  const names = fc.constantFrom('cover.pdf', 'Cover.PDF', 'cover v2.pdf', 'inside.pdf', 'print.pdf');
  const folders = fc.constantFrom(null, '/in/a', '/in/b');
  const jobs = fc
    .array(
      fc.record({
        named: fc.boolean(),
        hasTicket: fc.boolean(),
        finished: fc.boolean(),
        missing: fc.array(names, { maxLength: 2 }),
        files: fc.array(fc.record({ name: names, sha256: fc.constantFrom('new', 'old'), current: fc.boolean() }), { maxLength: 2 }),
        folder: folders,
      }),
      { maxLength: 4 },
    )
    .map((many) =>
      many.map(({ folder, ...one }, index) =>
        job(index + 1, { ...one, ticketFiles: one.missing, ticketFolders: folder === null ? [] : [folder] }),
      ),
    );
  const files = fc.record({
    name: names,
    folder: folders,
    number: fc.option(fc.constantFrom(number('2001'), number('2002'), number('2009'))),
    sha256: fc.constantFrom('new', 'other'),
  });

  it('two jobs that wait for one name at the top, or have a file of it, are never guessed between', () => {
    fc.assert(
      fc.property(files, jobs, (facts, known) => {
        const found = matchFile({ ...facts, folder: null, number: null, atPlaceOf: null }, known);
        const wait = known.filter(
          (one) => one.ticketFolders.length === 0 && one.missing.some((name) => name.toLowerCase() === facts.name.toLowerCase()),
        );
        const have = known.filter(
          (one) =>
            one.ticketFolders.length === 0 &&
            one.hasTicket &&
            !one.finished &&
            one.files.some(({ name, current }) => current && name.toLowerCase() === facts.name.toLowerCase()),
        );
        const all = new Set([...wait, ...have]);
        if (wait.length > 0) expect(found).toMatchObject(all.size > 1 ? { kind: 'ask' } : { kind: 'job', jobId: wait[0]?.id });
      }),
    );
  });
  it('a job that wins is spoken for by every kind of proof there is', () => {
    fc.assert(
      fc.property(files, jobs, (facts, known) => {
        const found = matchFile({ ...facts, atPlaceOf: null }, known);
        if (found.kind !== 'job') return;
        const winner = known.find((one) => one.id === found.jobId);
        const numbered = known.find((one) => one.order === facts.number?.order && one.job === facts.number.job);
        if (numbered !== undefined) expect(winner).toBe(numbered);
        const folder = known.filter((one) => facts.folder !== null && one.ticketFolders.includes(facts.folder));
        if (folder.length > 0 && numbered === undefined && winner?.missing.length === 0)
          expect(folder.map((one) => one.order)).toContain(winner.order);
      }),
    );
  });
  it('a name alone never brings a file into a folder-bound order from elsewhere', () => {
    fc.assert(
      fc.property(files, jobs, (facts, known) => {
        const bound = known.map((one) => ({ ...one, hasTicket: true, named: true, ticketFolders: ['/in/own'] }));
        const found = matchFile({ ...facts, sha256: 'unknown', number: null, atPlaceOf: null }, bound);
        expect(found.kind).not.toBe('job');
      }),
    );
  });
  it('a question names its candidates once each, and at most ten', () => {
    fc.assert(
      fc.property(files, jobs, (facts, known) => {
        const found = matchFile({ ...facts, atPlaceOf: null }, known);
        if (found.kind !== 'ask') return;
        const ids = found.candidates.map(({ jobId }) => jobId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(found.candidates.every(({ evidence }) => evidence.length > 0)).toBe(true);
      }),
    );
  });
});

describe('a ticket that comes after its files', () => {
  const nameless = (id: number, name: string, folder: string | null = null, recent = true): NamelessJob => ({
    id,
    recent,
    untouched: true,
    files: [{ name, folder }],
  });
  it('takes over the job whose file lies in its folder, or the only one with a name it gives', () => {
    expect(
      matchTicket({ files: ['print.pdf'], folder: '/in/a', shared: [] }, [nameless(1, 'print.pdf', '/in/a'), nameless(2, 'print.pdf')]),
    ).toEqual({ kind: 'jobs', jobIds: [1] });
    expect(matchTicket({ files: [], folder: '/in/a', shared: [] }, [nameless(1, 'print.pdf', '/in/a')])).toEqual({
      kind: 'jobs',
      jobIds: [1],
    });
    expect(matchTicket({ files: ['Print.pdf'], folder: null, shared: [] }, [nameless(1, 'print.pdf')])).toEqual({
      kind: 'jobs',
      jobIds: [1],
    });
  });
  it('takes over the job of each of its files, the oldest first', () => {
    const both = (folder: string | null) => [nameless(7, 'b.pdf', folder), nameless(3, 'a.pdf', folder)];
    for (const folder of [null, '/in/a'])
      expect(matchTicket({ files: ['a.pdf', 'b.pdf'], folder, shared: [] }, both(folder))).toEqual({ kind: 'jobs', jobIds: [3, 7] });
  });
  it('asks where one of several has more files, was spoken of by a person, or is named by another ticket', () => {
    const facts = { files: ['a.pdf', 'b.pdf'], folder: null, shared: [] };
    const one = nameless(1, 'a.pdf');
    const more = { ...nameless(2, 'b.pdf'), files: [...nameless(2, 'b.pdf').files, { name: 'c.pdf', folder: null }] };
    for (const other of [more, { ...nameless(2, 'b.pdf'), untouched: false }, nameless(2, 'b.pdf', '/in/x'), nameless(2, 'a.pdf')])
      expect(matchTicket(facts, [one, other])).toMatchObject({ kind: 'ask', why: 'severalJobs' });
    expect(matchTicket({ ...facts, shared: ['b.pdf'] }, [one, nameless(2, 'b.pdf')])).toMatchObject({ kind: 'ask', why: 'severalJobs' });
  });
  it('never takes the file of another folder, nor an old one', () => {
    expect(matchTicket({ files: ['print.pdf'], folder: '/in/b', shared: [] }, [nameless(1, 'print.pdf', '/in/a')])).toEqual({
      kind: 'none',
    });
    // It waits for its own beside it.
    expect(matchTicket({ files: ['print.pdf'], folder: '/in/b', shared: [] }, [nameless(1, 'print.pdf')])).toEqual({ kind: 'none' });
    expect(matchTicket({ files: ['print.pdf'], folder: null, shared: [] }, [nameless(1, 'print.pdf', null, false)])).toEqual({
      kind: 'none',
    });
  });
  it('asks between two, and where only the name speaks for a file of another folder', () => {
    expect(matchTicket({ files: ['a.pdf'], folder: null, shared: [] }, [nameless(1, 'a.pdf'), nameless(2, 'a.pdf')])).toMatchObject({
      why: 'severalJobs',
    });
    expect(matchTicket({ files: ['a.pdf'], folder: null, shared: [] }, [nameless(1, 'a.pdf', '/in/a')])).toMatchObject({
      why: 'otherFolder',
    });
  });
});

describe('a name one ticket waits for, and another ticket has a file of already', () => {
  it('may be the correction of the one that has it: a person is asked, unless something else says whose it is', () => {
    const jobs = [holding(1, 'art.pdf', 'old'), waiting(2, 'art.pdf')];
    const asked = matchFile(file('art.pdf'), jobs);
    expect(asked).toMatchObject({ kind: 'ask', why: 'severalJobs' });
    expect(asked.kind === 'ask' && asked.candidates.map(({ jobId }) => jobId).sort()).toEqual([1, 2]);
    expect(matchFile(file('art.pdf', { number: number('2002') }), jobs)).toEqual({ kind: 'job', jobId: 2 });
    expect(matchFile(file('art.pdf', { atPlaceOf: { jobId: 1, recent: true } }), jobs)).toEqual({ kind: 'job', jobId: 1 });
    expect(matchFile(file('art.pdf'), [{ ...holding(1, 'art.pdf', 'old'), finished: true }, waiting(2, 'art.pdf')])).toEqual({
      kind: 'job',
      jobId: 2,
    });
  });
});
