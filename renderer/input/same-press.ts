/**
 * Tells a finger that presses again, impatient or trembling, from one that means something else. Pure rule, and one listener that remembers what was pressed
 * last. A second press is the same finger where nothing else was pressed or opened between and it comes within a moment: another job may lie under it by now.
 */

/** What was pressed: a key, or a place; `on`: the address of the screen. */
export type Press = { readonly at: number; readonly key: string | null; readonly x: number; readonly y: number; readonly on: string };

/** Five impatient taps are as many as 250 ms apart; after a rest it is meant again. */
const restMs = 700;
/** A finger in a glove does not come down on the same spot. */
const nearPx = 40;

export function isSamePlace(one: Press, other: Press): boolean {
  if (one.on !== other.on || one.key !== other.key) return false;
  return one.key !== null || Math.hypot(one.x - other.x, one.y - other.y) <= nearPx;
}

/** `before`: what was pressed just before `press`. */
export function isSameFinger(before: Press | null, press: Press): boolean {
  return before !== null && press.at - before.at < restMs && isSamePlace(before, press);
}

let last: Press | null = null;
let again = false;

function note(press: Press): void {
  again = isSameFinger(last, press);
  last = press;
}

const modifiers: ReadonlySet<string> = new Set(['Alt', 'AltGraph', 'Control', 'Meta', 'Shift']);

/** Starts once, for the life of the page. */
export function startPresses(): void {
  const options = { capture: true } as const;
  addEventListener(
    'pointerdown',
    ({ clientX: x, clientY: y }) => note({ at: performance.now(), key: null, x, y, on: location.hash }),
    options,
  );
  addEventListener(
    'keydown',
    ({ key, code }) => {
      if (!modifiers.has(key)) note({ at: performance.now(), key: code || key, x: 0, y: 0, on: location.hash });
    },
    options,
  );
}

/** Whether what is being done now comes from the finger that did the thing before. */
export function isPressedAgain(): boolean {
  return again && last?.on === location.hash;
}
