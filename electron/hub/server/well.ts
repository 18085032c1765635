/** Since when nothing needs anybody, as far as the hub has looked. Pure but for what it remembers. */

/** Nobody has looked for so long: what was between is not known. */
const knownForMs = 60_000;

/** Is told at each look; answers since when all has been well, null while it is not. Times in epoch ms. */
export function makeWell(): (isWell: boolean, now: number) => number | null {
  let since: number | null = null;
  let lookedAt = Number.NEGATIVE_INFINITY;
  return (isWell, now) => {
    const isKnown = since !== null && now - lookedAt <= knownForMs;
    since = !isWell ? null : isKnown ? since : now;
    lookedAt = now;
    return since;
  };
}
