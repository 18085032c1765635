/**
 * What a sighting at a printer comes to in the state of its job: it stands as the job's place, or, where a person has said something newer, it lies below
 * that word, so that taking the word back leads to what is true then and not to what was true before. Pure.
 */
import type { JobEvent } from '../event.ts';
import type { ReasonCode } from '../reason.ts';
import { type StatusCode, trackNames } from '../status.ts';
import { isMachine } from './mover.ts';
import { isPrinted, placeOf, saysPrinted } from './place.ts';
import type { JobState } from './state.ts';

type Sighting = {
  /** What it makes of the job; null where it says nothing of its place. */
  readonly code: StatusCode | null;
  /** The places it leads on from; null: from all. */
  readonly from: readonly StatusCode[] | null;
  /** Problems that it shows to be so no longer. */
  readonly disproves: readonly ReasonCode[];
};

const lay = ['StillLyingThere', 'LiesThoughPrinted', 'WentOutAnyway', 'OutOfSight', 'DeliveryUncertain'] as const;

/** `failed`: a copy that did not arrive; `printedOne`: of several files. */
export const sightings = {
  delivered: { code: 'InHotFolder', from: null, disproves: [] },
  failed: { code: 'CopyToHotFolderFailed', from: null, disproves: [] },
  taken: { code: 'InProduction', from: ['InHotFolder'], disproves: lay },
  printedOne: { code: 'InProduction', from: ['InHotFolder'], disproves: lay },
  printed: { code: 'Printed', from: ['InHotFolder', 'InProduction'], disproves: [...lay, 'PrinterRefused'] },
  refused: { code: 'CopyToHotFolderFailed', from: ['InHotFolder', 'InProduction'], disproves: lay },
  lying: { code: null, from: [], disproves: ['OutOfSight'] },
  uncertain: { code: null, from: [], disproves: ['StillLyingThere', 'WentOutAnyway'] },
} as const satisfies Record<string, Sighting>;

export type Sight = keyof typeof sightings;

function sightOf({ data }: Pick<JobEvent, 'data'>): Sight | null {
  const sight = data['sight'];
  return typeof sight === 'string' && Object.hasOwn(sightings, sight) ? (sight as Sight) : null;
}

function leadsOn(sight: Sight, from: StatusCode | undefined, saidByMachine: boolean): boolean {
  const { from: places }: Sighting = sightings[sight];
  // Nothing was said of a delivery that may have gone out: what the printer shows of it is the first word.
  if (places === null || from === undefined) return true;
  // A person who says that it is on the press knows more than the folder it was thrown out of.
  return places.includes(from) && (sight !== 'refused' || saidByMachine);
}

/** Does it become the job's place? It never turns a job back behind what a person said of the whole of it. */
export function standsAs(state: Pick<JobState, 'tracks'>, sight: Sight): StatusCode | null {
  const { production } = state.tracks;
  if (isPrinted(state) || !leadsOn(sight, production?.code, production === undefined || isMachine(production.actor))) return null;
  return sightings[sight].code;
}

/** A sighting that was only noted, as the status it is where the word above it is gone. */
export function asSeen(state: Pick<JobState, 'tracks'>, event: JobEvent): JobEvent {
  const sight = event.code === 'ActionRun' ? sightOf(event) : null;
  const code = sight === null ? null : standsAs(state, sight);
  if (code === null) return event;
  const { problem, ...data } = event.data;
  return { ...event, code, track: 'production', data: problem === undefined || problem === 'SeenOtherwise' ? data : event.data };
}

/** The word that says where the job is hides what was seen: what taking it back comes to, only the whole history knows. */
function hide({ tracks }: Pick<JobState, 'tracks'>): JobState['tracks'] {
  const place = placeOf({ tracks });
  const track = trackNames.find((name) => tracks[name] !== undefined && tracks[name].seq === place?.seq);
  const standing = track === undefined ? undefined : tracks[track];
  return track === undefined || standing === undefined ? tracks : { ...tracks, [track]: { ...standing, hides: true } };
}

/** The tracks with a sighting below the word that stands above it. */
export function putBelow(state: Pick<JobState, 'tracks'>, event: JobEvent): JobState['tracks'] {
  const { tracks } = state;
  const sight = sightOf(event);
  const { production } = tracks;
  const code = sight === null ? null : sightings[sight].code;
  if (sight === null || code === null) return tracks;
  // Another track says that it is printed, or came further.
  if (isPrinted(state) && (production === undefined || placeOf({ tracks })?.seq !== production.seq)) return hide(state);
  if (production === undefined || isMachine(production.actor) || production.before === undefined) return tracks;
  const { production: _, ...others } = tracks;
  if (isPrinted({ tracks: others })) return tracks;
  const { before } = production;
  // Printed, and asked for once more since: below the word it counts again.
  if (
    before !== null &&
    saysPrinted(before.code) &&
    !isPrinted({ tracks: { ...others, production: { ...production, code: before.code, custom: before.custom, seq: before.seq } } })
  )
    return hide(state);
  const leads =
    before === null
      ? leadsOn(sight, undefined, true)
      : !saysPrinted(before.code) && leadsOn(sight, before.code, before.actor === undefined);
  return leads ? { ...tracks, production: { ...production, before: { code, custom: null, seq: event.seq } } } : tracks;
}

export function disproves(event: JobEvent, problem: string): boolean {
  const sight = sightOf(event);
  const gone: readonly string[] = sight === null ? [] : sightings[sight].disproves;
  return gone.includes(problem);
}
