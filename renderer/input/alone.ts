/**
 * Tells a key a person pressed from one of many a scanner typed, and sees to it that Enter and Space press what is focused only when they
 * come alone: not right behind other keys, and with nothing right behind them. Promises that a scan, however it begins or ends, presses
 * nothing. The one listener that hears every key first; what keys do otherwise stands in keys.ts.
 */
import { type KeyMeaning, meaningOf } from './key.ts';

/** Scanners over radio leave up to 120 ms between two characters, and pause in the middle of a code for up to 350 ms. */
const quietBeforeMs = 500;
const quietAfterMs = 200;
/** A digit alone may be the first of a code whose reading stuttered. */
export const quietAfterDigitMs = 400;

const pressable = 'button, a[href], summary, [role="button"]';

let lastTextAt = Number.NEGATIVE_INFINITY;
let sinceText = Number.POSITIVE_INFINITY;
let waiting: ReturnType<typeof setTimeout> | null = null;
let meaning: KeyMeaning = { kind: 'none' };

/** Whether nothing was typed right before the key that is being heard. Enough for what no scanner types: chords and Escape. */
export function isOutsideScan(): boolean {
  return sinceText >= quietAfterMs;
}

export function currentMeaning(): KeyMeaning {
  return meaning;
}

/** Does it when the key that is being heard came alone and nothing follows it for so long. */
export function whenAlone(act: () => void, quietMs = quietAfterMs): void {
  if (sinceText < quietBeforeMs) return;
  waiting = setTimeout(() => {
    // A page that was busy may have keys waiting: they are heard first.
    waiting = setTimeout(() => {
      waiting = null;
      act();
    });
  }, quietMs);
}

/** What Enter or Space would press, and how; null where they are typed or belong to the browser. */
function pressOf(event: KeyboardEvent): (() => void) | null {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return null;
  const careful = event.key === 'Enter' ? target.closest<HTMLFormElement>('form[data-careful]') : null;
  const button = target.closest<HTMLElement>(pressable);
  if (button !== null && !(button instanceof HTMLAnchorElement && event.key === ' ')) {
    return () => {
      if (button.isConnected && document.activeElement === button) button.click();
    };
  }
  return careful === null
    ? null
    : () => {
        if (careful.isConnected) careful.requestSubmit();
      };
}

function hear(event: KeyboardEvent): void {
  if (waiting !== null) {
    clearTimeout(waiting);
    waiting = null;
  }
  meaning = meaningOf({
    key: event.key,
    code: event.code,
    keyCode: event.keyCode,
    ctrlKey: event.ctrlKey,
    metaKey: event.metaKey,
    altKey: event.altKey,
    shiftKey: event.shiftKey,
    isComposing: event.isComposing,
    repeat: event.repeat,
    altGraph: event.getModifierState('AltGraph'),
  });
  sinceText = event.timeStamp - lastTextAt;
  if (meaning.kind === 'text') lastTextAt = event.timeStamp;
  if (meaning.kind !== 'press') return;
  const press = pressOf(event);
  if (press === null) return;
  event.preventDefault();
  if (!event.repeat) whenAlone(press);
}

/** Space would press a focused button when it is let go. */
function hearUp(event: KeyboardEvent): void {
  if (event.key === ' ' && event.target instanceof HTMLElement && event.target.closest(pressable) !== null) event.preventDefault();
}

/** Starts once, before anything else listens. */
export function startHearing(): void {
  addEventListener('keydown', hear, { capture: true });
  addEventListener('keyup', hearUp, { capture: true });
}
