/**
 * A tap counts for what was shown when the finger came down. Tells when a finger (or a mouse button) is down, so that nothing is moved under
 * it, and lets a click through only to what it went down on. Promises that a tap is never for anything else.
 */
const pressable = 'button, a[href], summary, [role="button"]';
/** The click comes a moment after the finger has left. */
const clickWithinMs = 350;
/** A finger that never comes up again, because the window was left, holds nothing up for good. */
const longestMs = 10_000;

const down = new Set<number>();
/** Undefined: no finger came down since the last click. */
let wentDownOn: Element | null | undefined;
let ending: ReturnType<typeof setTimeout> | null = null;
let still = false;

function pressableAt(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest(pressable) : null;
}

/** `hold` is called when the first finger comes down, `release` when the last one has left and its click is over. */
export function startFinger(hold: () => void, release: () => void): void {
  const end = (): void => {
    if (ending !== null) clearTimeout(ending);
    ending = null;
    down.clear();
    if (!still) return;
    still = false;
    release();
  };
  const endIn = (ms: number): void => {
    if (ending !== null) clearTimeout(ending);
    ending = setTimeout(end, ms);
  };
  const lift = (event: PointerEvent, ms: number): void => {
    down.delete(event.pointerId);
    if (down.size === 0) endIn(ms);
  };
  const options = { capture: true } as const;
  addEventListener(
    'pointerdown',
    (event) => {
      down.add(event.pointerId);
      wentDownOn = pressableAt(event.target);
      endIn(longestMs);
      if (still) return;
      still = true;
      hold();
    },
    options,
  );
  addEventListener('pointerup', (event) => lift(event, clickWithinMs), options);
  addEventListener('pointercancel', (event) => lift(event, 0), options);
  addEventListener('blur', end);
  addEventListener(
    'click',
    (event) => {
      // Keys, readers of screens and the page itself click without a finger.
      if (event.detail === 0 || wentDownOn === undefined) return;
      const expected = wentDownOn;
      wentDownOn = undefined;
      if (pressableAt(event.target) !== expected) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      if (down.size === 0 && still) endIn(0);
    },
    options,
  );
}
