/**
 * Whose file is this? Weighs the evidence others gathered. Promises: one clear winner or a question to a person; two kinds of evidence that name
 * different jobs are no winner; the top of an incoming folder proves nothing; a file name alone never joins two orders. Pure.
 *
 * Proof, in its order: that it was written over an original before that could be filed; the folder it lay in with its ticket; the number in its name; a
 * name some ticket waits for. Content speaks last, and only where nothing else does. What is short of proof asks.
 */
import type { evidenceNames, questionWhys } from '../../../shared/api.ts';
import { nameKey } from '../../../shared/name-key.ts';
import { kinshipOf, readSigns, sameName } from './name-signs.ts';

export type EvidenceKind = (typeof evidenceNames)[number];
export type QuestionWhy = (typeof questionWhys)[number];

/** A job that something speaks for, as far as it matters here. */
export type KnownJob = {
  readonly id: number;
  readonly order: string;
  readonly job: string;
  /** False: the number is one of ours. */
  readonly named: boolean;
  readonly hasTicket: boolean;
  /** Left the house: a new file of the same name is not for it. */
  readonly finished: boolean;
  /** Names its tickets gave, come or not. */
  readonly ticketFiles: readonly string[];
  readonly missing: readonly string[];
  readonly files: readonly { readonly name: string; readonly sha256: string; readonly current: boolean }[];
  /** Sub-folders of its order's own that its tickets lay in. */
  readonly ticketFolders: readonly string[];
};

export type ArrivedFile = {
  readonly name: string;
  readonly sha256: string;
  /** The sub-folder it lay in; null at the top of an incoming folder, and where tickets of several orders lay: they prove nothing. */
  readonly folder: string | null;
  /** More jobs have a ticket there than the few that are at hand, which are not even all that may go by this name: only those that wait for it, or have it, are. */
  readonly moreInFolder?: boolean;
  /** Older jobs wait for its name than those that are known here. */
  readonly moreWaiting?: boolean;
  /** The jobs have more names than one file can be compared with: then no name is taken for a version of another. */
  readonly manyNames?: boolean;
  /** What its name says; `contract` with the type letter of web-to-print. */
  readonly number: { readonly order: string; readonly job: string; readonly rest: string; readonly contract: boolean } | null;
  /** The job of an original with other content that was to be filed from this very place. `recent`: so lately that it may have been overwritten before it was. */
  readonly atPlaceOf: { readonly jobId: number; readonly recent: boolean } | null;
};

export type MatchCandidate = { readonly jobId: number; readonly evidence: readonly EvidenceKind[] };

export type Match =
  | { readonly kind: 'job'; readonly jobId: number }
  /** `numbered`: by the number in its name. */
  | { readonly kind: 'new'; readonly numbered: boolean }
  | { readonly kind: 'ask'; readonly why: QuestionWhy; readonly candidates: readonly MatchCandidate[] };

const newJob = 0;
const mostCandidates = 10;

/** The name as the job knows its files: without the number. */
export function ownName(name: string, number: ArrivedFile['number']): string {
  if (number === null) return name;
  const extension = /\.[A-Za-z0-9]{1,10}$/u.exec(name)?.[0] ?? '';
  return `${number.rest === '' ? '_' : number.rest}${extension}`;
}

function hasName(names: readonly string[], name: string): boolean {
  const key = nameKey(name);
  return names.some((there) => nameKey(there) === key);
}

export function waitsFor(job: Pick<KnownJob, 'missing'>, name: string): boolean {
  return hasName(job.missing, name);
}

function hasFile(job: KnownJob, name: string): boolean {
  return hasName(currentNames(job), name);
}

function currentNames({ files }: KnownJob): string[] {
  return files.filter((file) => file.current).map((file) => file.name);
}

/** Is the name a version of what the job has, or waits for, by its signs alone? */
function isKin(job: KnownJob, { name, manyNames }: ArrivedFile): boolean {
  if (manyNames === true) return false;
  return [...currentNames(job), ...job.missing].some((there) => ['newer', 'unclear'].includes(kinshipOf(name, there)));
}

/** To see that one name is a version of another takes long: with so many everybody else would wait, so a person is asked. */
const mostCompared = 1000;

function hasManyNames(jobs: readonly KnownJob[]): boolean {
  return jobs.reduce((sum, { files, missing }) => sum + files.length + missing.length, 0) > mostCompared;
}

function evidenceFor(file: ArrivedFile, job: KnownJob): EvidenceKind[] {
  const found: EvidenceKind[] = [];
  if (file.folder !== null && job.ticketFolders.includes(file.folder)) found.push('folder');
  if (file.number !== null && file.number.order === job.order && file.number.job === job.job)
    found.push(file.number.contract ? 'contract' : 'number');
  if (waitsFor(job, file.name)) found.push('awaited');
  if (hasFile(job, file.name) || file.atPlaceOf?.jobId === job.id) found.push('known');
  else if (isKin(job, file)) found.push('version');
  if (job.files.some((other) => other.sha256 === file.sha256)) found.push('content');
  return found;
}

/** The jobs one kind of proof names; `newJob` stands for the number in the name when no job has it yet. */
type Voice = ReadonlySet<number>;

function inAll([first, ...others]: readonly Voice[]): Voice {
  return new Set([...(first ?? [])].filter((jobId) => others.every((voice) => voice.has(jobId))));
}

function folderVoice(file: ArrivedFile, jobs: readonly KnownJob[], numbered: number | null): Voice {
  const there = jobs.filter((job) => file.folder !== null && job.ticketFolders.includes(file.folder));
  const all = !(file.moreInFolder === true || file.manyNames === true);
  const named = there.filter((job) => waitsFor(job, file.name) || hasFile(job, file.name) || (all && isKin(job, file)));
  // Where its ticket does not name it, the folder is too little to take it, and enough to contradict a number.
  const others = there.filter((job) => numbered !== null || (all && job.ticketFiles.length === 0));
  const voice = new Set((named.length > 0 ? named : others).map((job) => job.id));
  // An order's folder speaks for the whole order: the number in a name says which of its jobs.
  if (numbered !== null && there.some((job) => job.order === file.number?.order)) voice.add(numbered);
  return voice;
}

/**
 * A ticket waits for its file where it lay itself: in its own sub-folder, or where no sub-folder says that a file belongs together with something else. Where
 * another ticket's order has a file of this name already, this may be that one's correction just as well. Where more wait than are known, any may lie here too: then the
 * place says nothing for one of them.
 */
function awaitedVoice(file: ArrivedFile, jobs: readonly KnownJob[]): Voice {
  const isAwaitedHere = ({ ticketFolders }: KnownJob): boolean =>
    file.folder === null ? ticketFolders.length === 0 : ticketFolders.includes(file.folder);
  const here = file.moreWaiting === true ? jobs : jobs.filter(isAwaitedHere);
  const waiting = here.filter((job) => waitsFor(job, file.name));
  const having = waiting.length === 0 ? [] : here.filter((job) => job.hasTicket && !job.finished && hasFile(job, file.name));
  return new Set([...waiting, ...having].map((job) => job.id));
}

function numberOf(file: ArrivedFile, jobs: readonly KnownJob[]): number | null {
  if (file.number === null) return null;
  return jobs.find((job) => job.order === file.number?.order && job.job === file.number.job)?.id ?? newJob;
}

/**
 * A ticket of this very order that names exactly this file knows better than a number no job has; and so does any, where it waits for it elsewhere, so that a
 * person is asked. Beside one of another order the number speaks for itself.
 */
function isNamedBetter(file: ArrivedFile, jobs: readonly KnownJob[], numbered: number, awaited: Voice): boolean {
  const naming = jobs.filter((job) => waitsFor(job, file.name));
  return numbered === newJob && naming.length > 0 && (awaited.size === 0 || naming.every(({ order }) => order === file.number?.order));
}

function proofs(file: ArrivedFile, jobs: readonly KnownJob[]): Voice[] {
  const numbered = numberOf(file, jobs);
  const awaited = awaitedVoice(file, jobs);
  const number = numbered === null || isNamedBetter(file, jobs, numbered, awaited) ? [] : [new Set([numbered])];
  const overwritten = file.atPlaceOf?.recent === true ? [new Set([file.atPlaceOf.jobId])] : [];
  return [...overwritten, folderVoice(file, jobs, numbered), ...number, awaited].filter((voice) => voice.size > 0);
}

/** Likeliest first. */
function candidatesOf(file: ArrivedFile, jobs: readonly KnownJob[]): MatchCandidate[] {
  const order: readonly EvidenceKind[] = ['folder', 'contract', 'number', 'awaited', 'known', 'version', 'content'];
  const weight = ({ evidence }: MatchCandidate): number =>
    evidence.reduce((sum, kind) => sum + 2 ** (order.length - order.indexOf(kind)), 0);
  return jobs
    .map((job) => ({ jobId: job.id, evidence: evidenceFor(file, job) }))
    .filter(({ evidence }) => evidence.length > 0)
    .sort((a, b) => weight(b) - weight(a) || b.jobId - a.jobId)
    .slice(0, mostCandidates);
}

/** What is short of proof: the job it points to, and why that is not enough. */
function shortOfProof(file: ArrivedFile, jobs: readonly KnownJob[]): QuestionWhy | null {
  const living = jobs.filter((job) => !job.finished);
  const there = living.filter((job) => file.folder !== null && job.ticketFolders.includes(file.folder));
  if (there.length > 0) return 'notNamedByTicket';
  if (living.some((job) => waitsFor(job, file.name))) return 'otherFolder';
  if (living.some((job) => (job.hasTicket && hasFile(job, file.name)) || job.id === file.atPlaceOf?.jobId)) return 'correction';
  const isVersion = readSigns(file.name).version !== null;
  return isVersion && living.some((job) => file.manyNames === true || isKin(job, file)) ? 'versionUnclear' : null;
}

function matchContent(file: ArrivedFile, jobs: readonly KnownJob[]): Match {
  const same = jobs.filter((job) => job.files.some((other) => other.sha256 === file.sha256));
  const ours = same.filter((job) => !job.named && !job.finished).at(-1);
  if (ours !== undefined) return { kind: 'job', jobId: ours.id };
  return same.some((job) => (job.named ? job.hasTicket && !job.finished : job.finished))
    ? {
        kind: 'ask',
        why: 'sameContent',
        candidates: candidatesOf(
          file,
          jobs.filter((job) => same.includes(job)),
        ),
      }
    : { kind: 'new', numbered: false };
}

/** A ticketed job that has this very content under this very name: it came again, unless it lies in the folder of another order. One that is still under way comes first. */
function cameAgain(file: ArrivedFile, jobs: readonly KnownJob[]): KnownJob | undefined {
  const there = jobs.filter((job) => file.folder !== null && job.ticketFolders.includes(file.folder));
  const mayBe = there.length > 0 ? there : jobs;
  const same = mayBe.filter(
    (job) => job.hasTicket && job.files.some(({ name, sha256 }) => sha256 === file.sha256 && sameName(name, file.name)),
  );
  return same.findLast((job) => !job.finished) ?? same.at(-1);
}

/** Never taken for what it may be a copy of, unless it has its very content. */
function matchConflictCopy(file: ArrivedFile, jobs: readonly KnownJob[]): Match {
  const candidates = candidatesOf(file, jobs);
  const same = candidates.find(({ evidence }) => evidence.includes('content'));
  return same === undefined ? { kind: 'ask', why: 'conflictCopy', candidates } : { kind: 'job', jobId: same.jobId };
}

/** `jobs`: every job any evidence points to, oldest first. */
export function matchFile(arrived: ArrivedFile, jobs: readonly KnownJob[]): Match {
  const file = { ...arrived, manyNames: hasManyNames(jobs) };
  if (readSigns(file.name).conflictCopy) return matchConflictCopy(file, jobs);
  const voices = proofs(file, jobs);
  const agreed = inAll(voices);
  const [winner] = agreed;
  if (agreed.size === 1 && winner !== undefined)
    return winner === newJob ? { kind: 'new', numbered: true } : { kind: 'job', jobId: winner };
  if (voices.length > 0) {
    const named = new Set(voices.flatMap((voice) => [...voice]));
    const candidates = candidatesOf(
      file,
      jobs.filter((job) => named.has(job.id)),
    );
    return { kind: 'ask', why: agreed.size > 1 ? 'severalJobs' : 'evidenceDisagrees', candidates };
  }
  const known = cameAgain(file, jobs);
  // The same again, or ordered again? Only a person knows.
  if (known?.finished === true) return { kind: 'ask', why: 'sameContent', candidates: candidatesOf(file, [known]) };
  if (known !== undefined) return { kind: 'job', jobId: known.id };
  const why = shortOfProof(file, jobs);
  if (why === null) return matchContent(file, jobs);
  const candidates = candidatesOf(
    file,
    jobs.filter((job) => !job.finished),
  );
  return { kind: 'ask', why, candidates };
}

/** A job without a ticket, numbered by us, that may be what a ticket speaks of. */
export type NamelessJob = {
  readonly id: number;
  /** Old ones have nothing to do with a ticket that comes now, unless they lie in its folder. */
  readonly recent: boolean;
  /** Nobody has said anything of it yet, so that its files can become another job's. */
  readonly untouched: boolean;
  /** Also of older versions. `folder`: the sub-folder each came from, where that means something. */
  readonly files: readonly { readonly name: string; readonly folder: string | null }[];
};

/** `shared`: those of its files that another ticket of its list names too, or another job waits for. */
export type ArrivedTicket = { readonly files: readonly string[]; readonly folder: string | null; readonly shared: readonly string[] };

export type TicketMatch =
  | { readonly kind: 'none' }
  /** Oldest first: the first gets the ticket, the files of the others become its. */
  | { readonly kind: 'jobs'; readonly jobIds: readonly number[] }
  | Extract<Match, { readonly kind: 'ask' }>;

/** Is each of these jobs the only one with the names it has, and can all become one? */
function areOneOrder({ files }: ArrivedTicket, jobs: readonly NamelessJob[]): boolean {
  if (jobs.length === 1) return true;
  const holders = files.map((name) => jobs.filter((job) => job.files.some((file) => sameName(file.name, name))).length);
  return (
    holders.every((count) => count <= 1) &&
    jobs.every((job) => job.untouched && job.files.every((file) => files.some((name) => sameName(name, file.name))))
  );
}

/**
 * A ticket that comes after its files takes over the jobs they became, where its own folder or a name that only one of them has, and only this ticket
 * names, proves it. A file in another sub-folder is another order's, and a ticket in a folder of its own waits for its files there.
 */
export function matchTicket(ticket: ArrivedTicket, jobs: readonly NamelessJob[]): TicketMatch {
  const names = (file: { readonly name: string }): boolean => ticket.files.some((name) => sameName(name, file.name));
  const ask = (why: QuestionWhy, found: readonly NamelessJob[], evidence: EvidenceKind): TicketMatch => ({
    kind: 'ask',
    why,
    candidates: found.slice(0, mostCandidates).map((job) => ({ jobId: job.id, evidence: [evidence] })),
  });
  const take = (found: readonly NamelessJob[]): TicketMatch => ({ kind: 'jobs', jobIds: found.map(({ id }) => id).sort((a, b) => a - b) });
  const inFolder = jobs.filter(({ files }) =>
    files.some((file) => ticket.folder !== null && file.folder === ticket.folder && (ticket.files.length === 0 || names(file))),
  );
  if (inFolder.length > 0) return areOneOrder(ticket, inFolder) ? take(inFolder) : ask('severalJobs', inFolder, 'folder');
  const byName = jobs.filter(({ recent, files }) => recent && ticket.folder === null && files.some(names));
  if (byName.length === 0) return { kind: 'none' };
  const isShared = byName.some(({ files }) => files.some((file) => names(file) && ticket.shared.some((name) => sameName(name, file.name))));
  if (isShared || !areOneOrder(ticket, byName)) return ask('severalJobs', byName, 'known');
  return byName.every(({ files }) => files.some((file) => names(file) && file.folder === null))
    ? take(byName)
    : ask(byName.length === 1 ? 'otherFolder' : 'severalJobs', byName, 'known');
}
