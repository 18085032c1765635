/** What a fault test put into the shop: the one list against which everything seen and recorded is judged. */
import { createHash } from 'node:crypto';

export type ManifestEntry = {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  /** `delivered`: must end in a hot folder; `rejected`: must end among the rejected; `either`: both are fair. */
  readonly fate: 'delivered' | 'rejected' | 'either';
};

export type Manifest = {
  readonly entries: () => readonly ManifestEntry[];
  readonly add: (name: string, content: Buffer, fate?: ManifestEntry['fate']) => ManifestEntry;
};

export function sha256Of(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

export function makeManifest(): Manifest {
  const entries: ManifestEntry[] = [];
  return {
    entries: () => entries,
    add: (name, content, fate = 'delivered') => {
      const entry = { name, size: content.length, sha256: sha256Of(content), fate };
      entries.push(entry);
      return entry;
    },
  };
}
