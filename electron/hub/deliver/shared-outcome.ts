/**
 * Several hot folders may have one outcome folder. Promises: a file in it explains one delivery, of whichever folder; where it explains deliveries of two equally
 * well, it is nobody's, and a person is asked about each.
 */
import { engine } from '../../../shared/job/mover.ts';
import { stepsOf } from '../disk/spelling.ts';
import { tell } from '../jobs/tell.ts';
import type { DeliveryRow, HotFolderRow, Reader, Writer } from '../store/store.ts';
import { lookedForOfSize, looksFor, noteFound } from './give-to.ts';
import { evidenceOf, type Found, outcomePathsOf } from './outcomes.ts';

function showsIn({ place, outcome }: Pick<HotFolderRow, 'place' | 'outcome'>, path: string): boolean {
  const wanted = stepsOf(path).join('/');
  return Object.values(outcomePathsOf(place.folderPath, outcome)).some((paths: readonly string[]) =>
    paths.some((one) => stepsOf(one).join('/') === wanted),
  );
}

/** The other hot folders, and places they have left, whose printers show in this folder how far they are. */
export async function sharersOf(read: Reader, folder: HotFolderRow, outcomePath: string): Promise<readonly string[]> {
  const others = [...(await read.hotFolders()), ...(await read.placesLeft(0))].filter(({ place }) => place.id !== folder.place.id);
  return others.filter((other) => showsIn(other, outcomePath)).map(({ place }) => place.folderPath);
}

/** Deliveries of other hot folders that look for their files where this one was found, with how well it explains each. */
async function rivals(tx: Writer, folderPaths: readonly string[], found: Found, sha256: string | null) {
  const known = new Map<number, DeliveryRow>();
  for (const path of folderPaths)
    for (const one of [...(await lookedForOfSize(tx, path, found.size)), ...(await tx.deliveriesNamed(path, found.name))])
      if (looksFor.has(one.state) && one.outcome !== null) known.set(one.id, one);
  return [...known.values()].map((delivery) => ({ delivery, evidence: evidenceOf(delivery, found, sha256) }));
}

/**
 * Does the file explain this delivery, and no other better or as well? In the transaction that says so. Where nobody can tell, it is noted with all of them, so
 * that they are asked about once.
 *
 * @param delivery as it is on record now
 * @param sharers folder paths of the other hot folders that show there
 */
export async function explains(
  tx: Writer,
  delivery: DeliveryRow,
  found: Found,
  { sharers, sha256, now }: { readonly sharers: readonly string[]; readonly sha256: string | null; readonly now: number },
): Promise<boolean> {
  if (sharers.length === 0) return true;
  const own = evidenceOf(delivery, found, sha256);
  if (own === 0) return false;
  const others = await rivals(tx, sharers, found, sha256);
  const best = Math.max(0, ...others.map(({ evidence }) => evidence));
  if (best < own) return true;
  if (best > own) {
    await noteFound(tx, delivery.id, found);
    return false;
  }
  for (const { id, jobId, name } of [delivery, ...others.filter(({ evidence }) => evidence === best).map((one) => one.delivery)]) {
    await noteFound(tx, id, found);
    await tell(
      tx,
      { kind: 'notPlanned', jobId, problem: 'WhoseOutcome', data: { name, raw: `${found.folderPath}: ${found.name}` } },
      engine,
      now,
    );
  }
  return false;
}
