/** Asked of the deliveries of a floor at rest: do they say what happened, neither more nor less, and is somebody asked about those that failed. */
import { deliveryTable } from '../../shared/delivery.ts';
import type { JobEvent } from '../../shared/event.ts';
import type { Scene } from './scene.ts';
import { doneByHub, type Seen } from './seen.ts';

type Said = { sent: number /** Whoever looks at the printer may find it there. */; open: number };

const maybeSent: ReadonlySet<string> = new Set(['uncertain', 'printed', 'refused', 'cancelled']);

/** How often each content is said to have gone out. */
function saidOf({ jobs }: Seen): ReadonlyMap<string, Said> {
  const all = new Map<string, Said>();
  for (const { files, deliveries } of jobs)
    for (const { fileId, state, deliveredAt } of deliveries) {
      const file = files.find(({ id }) => id === fileId);
      if (file === undefined) continue;
      const said = all.get(file.sha256) ?? { sent: 0, open: 0 };
      if (deliveredAt !== null) said.sent += 1;
      else if (maybeSent.has(state)) said.open += 1;
      all.set(file.sha256, said);
    }
  return all;
}

/** I3: what is said to have gone into a hot folder went there, and what went there is said. */
export function judgeDelivered({ model }: Scene, seen: Seen): void {
  const all = saidOf(seen);
  const nameOf = (sha256: string): string => model.meant.get(sha256)?.name ?? sha256;
  for (const [sha256, { sent }] of all)
    if (sent > (model.appearances.get(sha256) ?? 0))
      model.breaks('delivered only what was delivered', `${nameOf(sha256)} is said to be delivered ${sent} times`);
  for (const [sha256, times] of model.appearances) {
    const { sent, open } = all.get(sha256) ?? { sent: 0, open: 0 };
    if (times > sent + open)
      model.breaks('what was delivered is said', `${nameOf(sha256)} came out ${times} times and is said to be delivered ${sent} times`);
  }
}

/** What is sent again while it may just be going out goes only if it did not: a person has to say it once more. */
export function judgeSecondSends({ model }: Scene, { jobs, events }: Seen): void {
  for (const { id: jobId, number, deliveries } of jobs) {
    const its = events.filter((event) => event.jobId === jobId);
    const wentOut = its.filter(({ code }) => code === 'InHotFolder');
    const fileOf = ({ data }: JobEvent): number | null => deliveries.find(({ id }) => id === data['deliveryId'])?.fileId ?? null;
    for (const first of wentOut.filter(({ data }) => data['problem'] === 'WentOutAnyway'))
      for (const second of wentOut) {
        if (fileOf(second) === null || fileOf(second) !== fileOf(first)) continue;
        if (Number(second.data['deliveryId']) <= Number(first.data['deliveryId'])) continue;
        const sends = its.filter(({ seq, data }) => seq < second.seq && data['earlierSends'] !== undefined);
        // Whoever insisted was told that it may come out twice.
        const isMeant = sends.some(({ seq }) => seq > first.seq) || sends.at(-1)?.data['forced'] === true;
        if (!isMeant)
          model.breaks('a second send waits for the first', `delivery ${second.data['deliveryId']} of ${number} came out beside the first`);
      }
  }
}

/** A delivery that asks a person does so until somebody sends it again, or the job is past it. */
export function judgeAsks({ model }: Scene, { jobs }: Seen): void {
  for (const job of jobs) {
    if (job.attention.length > 0 || job.tracks.fulfilment !== undefined) continue;
    const { production } = job.tracks;
    if (production !== undefined && !doneByHub.has(production.code)) continue;
    for (const file of job.files.filter(({ current }) => current)) {
      const newest = job.deliveries.findLast(({ fileId, state }) => fileId === file.id && state !== 'cancelled');
      if (newest !== undefined && deliveryTable[newest.state].goesOn === 'asks' && newest.deliveredAt === null)
        model.breaks('what asks a person is asked', `${file.name} of ${job.number} is ${newest.state}, and nobody is asked`);
    }
  }
}
