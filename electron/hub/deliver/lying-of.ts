/** Which delivered files still lie where they were put. */
import { nameKey } from '../../../shared/name-key.ts';
import type { Disk } from '../disk/operations.ts';
import type { DeliveryRow } from '../store/store.ts';
import { isMarked } from './hand-over.ts';

/** The deliveries whose file lies under its name, however the folder spells it. */
export async function lyingOf(
  disk: Pick<Disk, 'entries'>,
  folderPath: string,
  names: ReadonlySet<string>,
  open: readonly DeliveryRow[],
): Promise<ReadonlySet<number>> {
  const lying = new Set<number>();
  const gone = open
    .filter(({ state }) => state === 'delivered' || state === 'lying')
    .filter(({ id, name }) => !(names.has(name) && lying.add(id)));
  if (gone.length === 0) return lying;
  const spelled = new Map<string, string>();
  for (const name of names) spelled.set(nameKey(name), name);
  const others = new Map(
    gone.flatMap((delivery) => {
      const name = spelled.get(nameKey(delivery.name));
      return name === undefined ? [] : [[name, delivery] as const];
    }),
  );
  if (others.size === 0) return lying;
  for (const entry of await disk.entries(folderPath, [...others.keys()])) {
    const delivery = others.get(entry.name);
    // What cannot be looked at lies there all the same.
    if (delivery !== undefined && (entry.kind === 'unseen' || isMarked(delivery.mark, entry.ino) || entry.size === delivery.size))
      lying.add(delivery.id);
  }
  return lying;
}
