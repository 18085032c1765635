/**
 * What this browser keeps for a screen, behind one door. A browser may deny its storage, have no room, or hold anything at all: then what
 * is kept lives as long as the page does, and what cannot be ours is as if it were not there. Never throws.
 */
type Place = 'browser' | 'tab';

const largest = 200_000;
const inMemory = new Map<string, string>();

function storageOf(place: Place): Storage {
  return place === 'browser' ? localStorage : sessionStorage;
}

/** The text kept under this name; null when there is none or it is too long to be ours. */
export function readKept(place: Place, name: string, most = largest): string | null {
  const here = inMemory.get(`${place} ${name}`);
  if (here !== undefined) return here;
  try {
    const text = storageOf(place).getItem(name);
    return text === null || text.length > most ? null : text;
  } catch {
    return null;
  }
}

/** False when it is kept only until the page is left. */
export function keep(place: Place, name: string, text: string): boolean {
  try {
    storageOf(place).setItem(name, text);
    inMemory.delete(`${place} ${name}`);
    return true;
  } catch {
    inMemory.set(`${place} ${name}`, text);
    return false;
  }
}

export function forget(place: Place, name: string): void {
  inMemory.delete(`${place} ${name}`);
  try {
    storageOf(place).removeItem(name);
  } catch {
    // Nothing was kept where nothing may be kept.
  }
}

/** What is kept as JSON; null when it is not there or no JSON. */
export function readKeptJson(place: Place, name: string): unknown {
  const text = readKept(place, name);
  if (text === null) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
