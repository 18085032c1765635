/**
 * What one key means. Pure. No bare letter or digit means anything but text: a scanner types them. A text being composed, dead keys and
 * AltGr mean nothing to anybody but the field they go to.
 */
export type KeyFacts = Pick<
  KeyboardEvent,
  'key' | 'code' | 'keyCode' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing' | 'repeat'
> & { readonly altGraph: boolean };

export type KeyMeaning =
  /** Goes to the field it was typed into, or is part of a scan. `digit`: 1 to 9, which may answer an open question. */
  | { readonly kind: 'text'; readonly digit: number | null }
  /** Alt and one letter or digit. */
  | { readonly kind: 'chord'; readonly key: string }
  | { readonly kind: 'find' | 'help' | 'back' | 'press' | 'none' };

const none: KeyMeaning = { kind: 'none' };
const text: KeyMeaning = { kind: 'text', digit: null };
const composingKeyCode = 229;

function isComposed({ key, keyCode, isComposing }: KeyFacts): boolean {
  return isComposing || keyCode === composingKeyCode || key === 'Dead' || key === 'Process' || key === 'Unidentified';
}

/** On a Mac, Alt makes another sign of a letter; the place of the key tells which one was meant. Number pads type scans and signs with Alt. */
function chordKey({ key, code }: KeyFacts): string | null {
  if (code.startsWith('Numpad')) return null;
  if (/^[a-z0-9]$/i.test(key)) return key.toLowerCase();
  return /^(?:Key([A-Z])|Digit([0-9]))$/.exec(code)?.slice(1).find(Boolean)?.toLowerCase() ?? null;
}

/** French keyboards have their digits behind Shift. */
function digitOf({ key, code }: KeyFacts): number | null {
  if (/^[1-9]$/.test(key)) return Number(key);
  const place = /^Digit([1-9])$/.exec(code)?.[1];
  return place !== undefined && !/^[a-z0-9]$/i.test(key) ? Number(place) : null;
}

const isSign = (key: string): boolean => [...key].length === 1;

/** With Ctrl, Alt or Meta. Ctrl and Alt together are AltGr where a keyboard has none of its own. */
function modifiedMeaning(event: KeyFacts): KeyMeaning {
  const { key, ctrlKey, metaKey, altKey, shiftKey, repeat, altGraph } = event;
  if (altGraph || (ctrlKey && altKey)) return isSign(key) ? text : none;
  if (!altKey) return key.toLowerCase() === 'k' && !shiftKey && !repeat ? { kind: 'find' } : none;
  const chord = metaKey || shiftKey || repeat ? null : chordKey(event);
  if (chord !== null) return { kind: 'chord', key: chord };
  return isSign(key) ? text : none;
}

export function meaningOf(event: KeyFacts): KeyMeaning {
  const { key, repeat } = event;
  if (isComposed(event)) return text;
  if (event.altGraph || event.ctrlKey || event.metaKey || event.altKey) return modifiedMeaning(event);
  switch (key) {
    case 'F1':
      return { kind: 'help' };
    case 'Escape':
      return { kind: 'back' };
    case 'Enter':
    case ' ':
      return { kind: 'press' };
    default:
      return isSign(key) ? { kind: 'text', digit: repeat ? null : digitOf(event) } : none;
  }
}
