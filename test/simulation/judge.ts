/**
 * The questions asked of a floor when its troubles are over: is everything that was sent on record, with its own job, in one piece; has each job ended, or does
 * it say whom or what it waits for; is the history whole; does nothing of ours lie around. I1 to I10 of the test matrix, as far as they show here.
 */
import type { JobEvent } from '../../shared/event.ts';
import type { HotFolder } from '../../shared/hot-folder.ts';
import { isMachine } from '../../shared/job/mover.ts';
import { isPrinted } from '../../shared/job/place.ts';
import type { Job } from '../../shared/job.ts';
import { judgeAsks, judgeDelivered, judgeSecondSends } from './judge-deliveries.ts';
import { places } from './machine.ts';
import { hashOf } from './model.ts';
import type { Scene } from './scene.ts';
import type { Seen } from './seen.ts';
import type { Inode } from './volume.ts';

const goingOn: ReadonlySet<string> = new Set(['waiting', 'copying', 'publishing', 'withdrawing', 'delivered']);

const waitsInIntake: ReadonlySet<string> = new Set(['InBasket', 'UnapprovedOrder', 'Nothing']);
const waitsInReview: ReadonlySet<string> = new Set([
  'AwaitingApproval',
  'Rejected',
  'AwaitingData',
  'AwaitingParts',
  'AwaitingProof',
  'ValidationFailed',
]);

/** Does the job itself say what it waits for? */
function waitsForSomebody({ attention, startAt, tracks: { intake, review, hold } }: Job, now: number): boolean {
  if (hold?.code === 'Blocked' || attention.length > 0) return true;
  if (intake?.code === 'FutureOrder') return startAt !== null && Date.parse(startAt) > now;
  return waitsInIntake.has(intake?.code ?? '') || waitsInReview.has(review?.code ?? '');
}

function standsStill(folder: HotFolder | undefined): boolean {
  return folder !== undefined && (folder.paused || (folder.capacity !== null && folder.lying >= folder.capacity));
}

/** A clock set back while the hub was off makes what was put off wait for an hour at most. */
const longestWaitMs = 3_600_000;

function isSoon(nextTryAt: string | null, now: number): boolean {
  return nextTryAt !== null && Date.parse(nextTryAt) > now && Date.parse(nextTryAt) <= now + longestWaitMs;
}

/** What is to be done for a job without anybody's word; null when it has ended, or says what it waits for. */
export function isDue(job: Job, { folders }: Pick<Seen, 'folders'>, now: number, clockJumps: boolean): string | null {
  // Its files are another job's.
  if (job.tracks.custom?.custom === 'Joined') return null;
  if (waitsForSomebody(job, now)) return null;
  const putOff = job.deliveries.filter(({ state, nextTryAt }) => goingOn.has(state) && clockJumps && isSoon(nextTryAt, now));
  const due = job.deliveries.filter((delivery) => goingOn.has(delivery.state) && !putOff.includes(delivery));
  const moving = due.find(({ state, hotFolderId }) => state === 'delivered' || !standsStill(folders.find(({ id }) => id === hotFolderId)));
  if (moving !== undefined) return `${moving.name} is ${moving.state} for ${moving.hotFolder}`;
  const { production, fulfilment } = job.tracks;
  // A person has taken it on, past what the hub does by itself. What a machine says speaks of the files that it had.
  if (fulfilment !== undefined || (production !== undefined && !isMachine(production.actor))) return null;
  const current = job.files.filter((file) => file.current);
  // What another program put there is all it has.
  if (current.length === 0 && job.deliveries.some(({ fileId, deliveredAt }) => fileId === null && deliveredAt !== null)) return null;
  if (current.length === 0) return `it has no file, and waits for nothing (${job.status})`;
  // What a printer has printed went out, though nobody saw it go.
  const left = current.find(
    ({ id }) => !job.deliveries.some(({ fileId, deliveredAt, state }) => fileId === id && (deliveredAt !== null || state === 'printed')),
  );
  const waitsForRoom = [...due, ...putOff].some(({ fileId }) => fileId === left?.id);
  return left === undefined || waitsForRoom ? null : `${left.name} was sent nowhere, and nobody is asked (${job.status})`;
}

function* filesBelow(folder: Inode, path: string): Generator<{ path: string; name: string; inode: Inode }> {
  for (const { name, inode } of folder.names.values()) {
    if (inode.kind === 'folder') yield* filesBelow(inode, `${path}/${name}`);
    else yield { path: `${path}/${name}`, name, inode };
  }
}

function allFiles({ disk }: Scene) {
  return [...filesBelow(disk.own.root, ''), ...disk.mounts.flatMap(({ volume, path }) => [...filesBelow(volume.root, path)])];
}

/** A future order that starts so soon is waited for. */
const soonMs = 600_000;

/** Nothing left to do: asked now and then, so that a floor ends as soon as it is at rest. */
export function atRest(scene: Scene, seen: Seen): boolean {
  if (scene.sending > 0) return false;
  const soon = scene.world.now() + soonMs;
  if (seen.jobs.some(({ tracks, startAt }) => tracks.intake?.code === 'FutureOrder' && Date.parse(startAt ?? '') < soon)) return false;
  if (
    seen.jobs.some((job) => isDue(job, seen, scene.world.now(), scene.swarm.clockJumps) !== null) ||
    seen.folders.some(({ state }) => state === 'trouble')
  )
    return false;
  const incoming = scene.disk.at(places.incoming);
  const waiting =
    incoming === undefined ? [] : [...filesBelow(incoming, '')].filter(({ name }) => !name.startsWith('.') && !name.endsWith('.tmp'));
  return waiting.every(({ path }) => seen.asked.includes(`${places.incoming}${path}`));
}

/** Each content with its own job: two orders never share one. */
function judgeArtwork({ model }: Scene, { jobs }: Seen): void {
  for (const job of jobs) {
    const sent = job.deliveries.flatMap(({ fileId, deliveredAt }) => {
      const file = deliveredAt === null ? undefined : job.files.find(({ id }) => id === fileId);
      const meant = file === undefined || model.givenAway.has(file.sha256) ? undefined : model.meant.get(file.sha256);
      return meant === undefined ? [] : [meant];
    });
    const owners = new Set(sent.map((meant) => meant.job));
    const numbered = [...model.meant.values()].some((meant) => meant.job === job.number);
    for (const { name, job: owner } of sent)
      if (owners.size > 1 || (numbered && owner !== job.number))
        model.breaks("nobody else's artwork", `${name} of ${owner} went out with job ${job.number}`);
  }
}

/** People read them aloud. */
function judgeNumbers({ model }: Scene, { jobs }: Seen): void {
  const numbers = jobs.map(({ number }) => number);
  for (const number of numbers)
    if (numbers.indexOf(number) !== numbers.lastIndexOf(number)) model.breaks('no two jobs show one number', number);
}

/** Each reprint that was asked for is one job, which is linked to the first both ways and prints what that one has. */
function judgeReprints({ model }: Scene, { jobs }: Seen): void {
  const byId = new Map(jobs.map((job) => [job.id, job]));
  const all = jobs.filter((job) => job.reprintOf !== null);
  if (all.length > model.reprintsAsked.size)
    model.breaks('one wish is done once', `${all.length} reprints are on record, ${model.reprintsAsked.size} were asked for`);
  for (const { jobId, of, number } of model.reprints.values()) {
    const job = byId.get(jobId);
    if (job?.reprintOf?.id !== of || job.number !== number)
      model.breaks('what was answered stays', `reprint ${number} of job ${of} was answered, and is ${job?.number ?? 'gone'}`);
  }
  for (const { id, number, reprintOf, files, deliveries } of all) {
    const first = byId.get(reprintOf?.id ?? 0);
    if (first?.reprints.some((one) => one.id === id && one.number === number) !== true || first.number !== reprintOf?.number)
      model.breaks('a reprint names the first job', `${number} and ${first?.number ?? 'nothing'} do not name each other`);
    const isFirsts = first?.custom === 'Joined' || files.every(({ sha256 }) => first?.files.some((file) => file.sha256 === sha256));
    if (!isFirsts) model.breaks("nobody else's artwork", `${number} has files that ${first?.number ?? 'nothing'} has not`);
    if (files.length === 0 || deliveries.length === 0)
      model.breaks('no job lost', `${number} has ${files.length} files and ${deliveries.length} deliveries`);
  }
}

/** I1, I6: what was sent whole is on record, or lies there still; its content exists. */
function judgeSent(scene: Scene, { jobs, asked }: Seen, powerFailed: boolean): void {
  const { model } = scene;
  const onRecord = new Set(jobs.flatMap((job) => job.files.map((file) => file.sha256)));
  const kept = Map.groupBy(allFiles(scene), ({ inode }) => hashOf(inode.data));
  for (const meant of model.meant.values()) {
    const paths = kept.get(meant.sha256)?.map(({ path }) => path) ?? [];
    if (!meant.whole || onRecord.has(meant.sha256)) {
      if (meant.whole && paths.length === 0 && !powerFailed && !model.overwritten.has(meant.sha256))
        model.breaks('originals are kept', `the content of ${meant.name} of ${meant.job} is gone`);
      continue;
    }
    // Overwritten by its sender before anybody saw it, or never flushed: nobody could have kept it.
    const isKnown = paths.some((path) => path.endsWith('.tmp') || asked.includes(path) || /\/(rejected|duplicates)\//.test(path));
    if (paths.length > 0 && !isKnown)
      model.breaks('no job lost', `${meant.name} of ${meant.job} is on record nowhere and lies at ${paths.join(' and ')}`);
  }
}

/** I4, I5: the history has no gap, takes nothing back twice, explains failures, and still says what was promised. */
function judgeHistory({ model }: Scene, { events }: Seen): void {
  const bySeq = new Map(events.map((event) => [event.seq, event]));
  events.forEach((event, index) => {
    if (event.seq !== index + 1) model.breaks('history without gaps', `event ${index + 1} has seq ${event.seq}`);
    if (event.undoes !== null && (bySeq.get(event.undoes)?.jobId !== event.jobId || event.undoes >= event.seq))
      model.breaks('history without gaps', `event ${event.seq} takes back what is not there`);
    if (
      event.code === 'CopyToHotFolderFailed' &&
      [event.reason, event.data['reasonCode'], event.data['raw'], event.data['path']].some(
        (text) => text === null || text === undefined || text === '',
      )
    )
      model.breaks('failures speak', `event ${event.seq} does not say what failed and where`);
  });
  for (const [seq, code] of model.promised)
    if (bySeq.get(seq)?.code !== code)
      model.breaks('what was answered stays', `event ${seq} was answered as ${code} and is ${bySeq.get(seq)?.code ?? 'gone'}`);
  const told = events.flatMap((event) =>
    event.code === 'InHotFolder' && typeof event.data['deliveryId'] === 'number'
      ? [`${event.data['deliveryId']} of job ${event.jobId}`]
      : [],
  );
  for (const id of told)
    if (told.indexOf(id) !== told.lastIndexOf(id)) model.breaks('one delivery, one word', `InHotFolder of delivery ${id} is said twice`);
}

/** I8: a printer is said to have taken only what one took. */
function judgeTaken({ model }: Scene, { jobs, events }: Seen): void {
  for (const event of events) {
    if (!event.actor.startsWith('printer ') || (event.code !== 'InProduction' && event.code !== 'Printed')) continue;
    const job = jobs.find(({ id }) => id === event.jobId);
    // What others put there themselves is theirs to take.
    if (job === undefined || job.files.length === 0 || job.deliveries.some(({ fileId }) => fileId === null)) continue;
    if (!job.files.some((file) => model.took.has(file.sha256)))
      model.breaks(
        'taken only what was taken',
        `event ${event.seq} says ${event.code} of ${job.number}, and no printer took anything of it`,
      );
  }
}

const notToBeMade: ReadonlySet<string> = new Set(['InBasket', 'UnapprovedOrder', 'FutureOrder']);
/** What a person may answer it with. */
const answers: ReadonlySet<string> = new Set(['Ordered', 'Approved', 'Printed']);

/** Those it is told by. */
const toldBy: ReadonlySet<string> = new Set(['SentBeforeTicket', 'WentOutAnyway', 'LiesThoughStopped', 'GoneThoughStopped']);

/** What a ticket says counts whenever it comes: an order that is not to be made yet has nothing at a printer, or somebody is told. */
function judgeWord({ model }: Scene, { jobs, events }: Seen): void {
  for (const { id, number, tracks, attention, deliveries } of jobs) {
    const since = tracks.intake?.seq ?? 0;
    if (!notToBeMade.has(tracks.intake?.code ?? '')) continue;
    const there = deliveries.find(({ state }) => state === 'delivered' || state === 'lying' || state === 'taken');
    const isTold = attention.some(({ code }) => toldBy.has(code));
    const isAnswered = events.some(({ seq, jobId, code, undoes }) => jobId === id && seq > since && (undoes !== null || answers.has(code)));
    if (there !== undefined && !isTold && !isAnswered)
      model.breaks(
        "a ticket's word counts",
        `job ${number} is ${tracks.intake?.code}, and ${there.name} is ${there.state} without a word: ${attention.map(({ code }) => code).join(', ')}`,
      );
  }
}

/** What is in a customer's basket stays there until a ticket or a person says that it is ordered: none that says nothing of it takes it out. */
function judgeBaskets({ model }: Scene, { jobs, events }: Seen): void {
  for (const { id, number } of jobs.filter((job) => model.inBasket.has(job.number))) {
    const intake = events.filter((event) => event.jobId === id && event.track === 'intake' && event.undoes === null);
    const since = intake.findIndex(({ code }) => code === 'InBasket');
    const next = since === -1 ? undefined : intake[since + 1];
    if (next !== undefined && isMachine(next.actor))
      model.breaks("a ticket's word counts", `job ${number} was in the basket, and event ${next.seq} makes it ${next.code}`);
  }
}

function tellJob({ number, status, startAt, tracks, missing, files, deliveries }: Job): string {
  const stands = Object.entries(tracks).map(([track, { code, at }]) => `${track}: ${code} since ${at}`);
  const sent = deliveries.map(
    (one) => `${one.id} ${one.name} -> ${one.hotFolder} ${one.state} ${one.reasonCode ?? ''} next ${one.nextTryAt ?? '-'}`,
  );
  const names = files.map((file) => `${file.name}${file.current ? '' : ' (old)'}`);
  return [
    `${number} is ${status}, starts ${startAt ?? 'at once'}, lacks [${missing.join(', ')}], has [${names.join(', ')}]`,
    ...stands,
    ...sent,
  ].join('; ');
}

function tellEvent({ seq, code, at, actor, reason, undoes, data }: JobEvent): string {
  return `${seq} ${code} ${at} by ${actor}${undoes === null ? '' : `, undoes ${undoes}`}${reason === null ? '' : `: ${reason}`} ${JSON.stringify(data).slice(0, 120)}`;
}

/** Green over red: as long as nobody says that the job is printed, a file of it that failed is somebody's to mend, whatever its others came to. */
function judgeFailed({ model }: Scene, { jobs }: Seen): void {
  for (const job of jobs) {
    if (isPrinted(job) || job.attention.length > 0 || job.tracks.custom?.custom === 'Joined') continue;
    for (const { id, name } of job.files.filter(({ current }) => current)) {
      const newest = job.deliveries.findLast(({ fileId, state }) => fileId === id && state !== 'cancelled');
      if (newest?.state === 'failed') model.breaks('what failed is told', `${name} of job ${job.number} failed, and nobody is asked`);
    }
  }
}

export function judge(scene: Scene, seen: Seen, powerFailed: boolean): void {
  const { model, world, swarm } = scene;
  for (const job of seen.jobs) {
    const due = isDue(job, seen, world.now(), swarm.clockJumps);
    if (due === null) continue;
    model.breaks('everything ends, or says what it waits for', `job ${job.number}: ${due}`);
    world.say('job', tellJob(job));
    for (const event of seen.events) if (event.jobId === job.id) world.say('history', tellEvent(event));
  }
  for (const { name, path, state, raw, lying, queued, unknownFiles } of seen.folders) {
    world.say(
      'folder',
      `${name} at ${path} is ${state}${raw === null ? '' : ` (${raw})`}: ${lying} lie there, ${queued} wait, unknown: ${unknownFiles.join(', ')}`,
    );
    if (state === 'trouble') model.breaks('a folder that works again goes on', `${name} is in trouble`);
  }
  judgeArtwork(scene, seen);
  judgeReprints(scene, seen);
  judgeNumbers(scene, seen);
  judgeSent(scene, seen, powerFailed);
  judgeHistory(scene, seen);
  judgeTaken(scene, seen);
  judgeDelivered(scene, seen);
  judgeAsks(scene, seen);
  judgeSecondSends(scene, seen);
  judgeWord(scene, seen);
  judgeBaskets(scene, seen);
  judgeFailed(scene, seen);
  // A folder that is no hot folder yet, or no more, is nobody's to clear. Probes may have been of such a one.
  const isMarkerOfOther = (path: string): boolean => {
    const [, name] = /\/([^/]+)\.marker\.part$/.exec(path) ?? [];
    return name !== undefined && !seen.folders.some((folder) => folder.path.endsWith(`/${name}`));
  };
  const isOurs = (path: string): boolean =>
    (/^\/data\/|\/\.printfloor-staging\//i.test(path) && !isMarkerOfOther(path)) ||
    seen.folders.some((folder) => path.startsWith(`${folder.path}/`));
  for (const { path, name } of allFiles(scene))
    if (/^\.printfloor-(?!probe-).*\.(part|txt)$|\.marker\.part$/i.test(name) && isOurs(path))
      model.breaks('nothing of ours is left over', `${path} is left over`);
}
