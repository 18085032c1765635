/**
 * What a file name says of its file beside the number: that it is a version of another, or the copy a sync program made of a conflict. The signs
 * stand in two tables, English and German. Pure; never says whose file it is.
 */

import { nameKey } from '../../../shared/name-key.ts';
import { splitName } from '../../../shared/safe-name.ts';

/**
 * `firm`: written to say "this replaces the one before". Else it may as well be a part of the title or a number of the browser's: it proves
 * nothing, but a file that differs from another by it alone is asked about.
 */
export type VersionSign = {
  readonly firm: boolean;
  /** Signs of one kind are counted in one row: v2, v3; rev A, rev B. */
  readonly kind: string;
  readonly rank: number;
};

export type NameSigns = {
  /** The name without its signs, as it is compared, with the extension. */
  readonly base: string;
  /** The same as it may be written. */
  readonly bare: string;
  readonly version: VersionSign | null;
  readonly conflictCopy: boolean;
};

type SignForm = {
  readonly kind: string;
  readonly firm: boolean;
  /** Its only group is the number or letter that counts. */
  readonly form: string;
  readonly where: 'end' | 'startOrEnd' | 'anywhere';
};

const versions = '(?:v|ver|vers|version|fassung)[ ._]?([0-9]{1,2})';
const revisions = '(?:rev|revision)[ ._]?([0-9]{1,2}|[a-z])';

const signForms: readonly SignForm[] = [
  // v2, V 3, ver. 2, version 2, Fassung 2
  { kind: 'version', firm: true, form: versions, where: 'end' },
  // rev B, rev. 2, Revision 3
  { kind: 'revision', firm: true, form: revisions, where: 'end' },
  // Korrektur, Korrektur 2, korr, korrigiert; corrected, correction
  {
    kind: 'correction',
    firm: true,
    form: '(?:korrektur|korr|korrigiert|corrected|correction|corr)(?:[ ._-]?([0-9]{1,2}))?',
    where: 'startOrEnd',
  },
  { kind: 'revised', firm: true, form: '(?:überarbeitet|ueberarbeitet|neufassung|revised)', where: 'end' },
  // V8 may be a motor: a sign in the middle proves nothing.
  { kind: 'version', firm: false, form: versions, where: 'anywhere' },
  { kind: 'revision', firm: false, form: revisions, where: 'anywhere' },
  // "New" and "final" stand in titles too.
  { kind: 'new', firm: false, form: '(?:neu|neue|neuer|new|newer|aktuell|latest|update|updated|final|endfassung)', where: 'end' },
  // What browsers and desktops add: Flyer (1), Flyer - Kopie (2), Copy of Flyer
  { kind: 'copy', firm: false, form: '\\(([0-9]{1,3})\\)', where: 'end' },
  { kind: 'copy', firm: false, form: '(?:kopie|copy)(?: ?\\(?([0-9]{1,3})\\)?)?', where: 'end' },
  { kind: 'copy', firm: false, form: '(?:kopie von|copy of)', where: 'startOrEnd' },
];

/** What sync programs write when two computers changed one file: Syncthing, Dropbox, Nextcloud, Resilio, Unison, Seafile. */
const conflictForms: readonly RegExp[] = [
  /(?<![ ._~-])[ ._~-]*sync-conflict-[0-9]{8}-[0-9]{6}(?:-[a-z0-9]{1,10})?/iu,
  /(?<![ ._-])[ ._-]*\([^()]*(?:conflicted copy|conflicting copy|case conflict)[^()]*\)/iu,
  /(?<![ ._-])[ ._-]*\([^()]*(?:in konflikt stehende kopie|konfliktkopie|konflikt(?!\p{L}))[^()]*\)/iu,
  /(?<![ ._-])[ ._-]*(?:conflicted copy|conflicting copy|in konflikt stehende kopie|konfliktkopie)(?: [0-9-]{4,17})?/iu,
  /(?<![ ._~-])[ ._~-]*(?:_|\.)conflict(?:-[0-9]{8}-[0-9]{6}|[0-9]*)$/iu,
  /(?<![ ._-])[ ._-]*\(sfconflict [^()]*\)/iu,
];

const sign = (form: string): string => `(?:[([] ?${form} ?[)\\]]|(?:^|(?<=[ ._,)\\]-]))${form})`;
/** From the first sign between two words on: begun anew at each of them, a name of nothing else would take the square of its length. */
const gap = '(?<![ ._,-])[ ._,-]*';
const places = {
  end: (form: string) => new RegExp(`${gap}${sign(form)}$`, 'iu'),
  startOrEnd: (form: string) => new RegExp(`^${sign(form)}(?=[ ._,([-])[ ._,-]*|${gap}${sign(form)}$`, 'iu'),
  anywhere: (form: string) => new RegExp(`${gap}${sign(form)}(?=[ ._,([-]|$)`, 'iu'),
} satisfies Record<SignForm['where'], (form: string) => RegExp>;
const signs = signForms.map(({ form, where, ...rest }) => ({ ...rest, pattern: places[where](form) }));

/** "Flyer_v2 (1)" has two signs; more are noise. */
const mostSigns = 3;

function rankOf(count: string | undefined): number {
  if (count === undefined) return 1;
  return /^[0-9]+$/u.test(count) ? Number(count) : count.toLowerCase().charCodeAt(0) - 'a'.charCodeAt(0) + 1;
}

/** Takes one sign off; null when there is none. */
function takeSign(stem: string): { readonly rest: string; readonly found: VersionSign } | null {
  for (const { kind, firm, pattern } of signs) {
    const match = pattern.exec(stem);
    if (match === null) continue;
    const count = match.slice(1).find((group) => group !== undefined);
    return {
      rest: `${stem.slice(0, match.index)} ${stem.slice(match.index + match[0].length)}`,
      found: { firm, kind, rank: rankOf(count) },
    };
  }
  return null;
}

/** Different ways to part the words of a name are one. */
function comparable(stem: string): string {
  return stem
    .toLowerCase()
    .replaceAll(/[ ._,-]+/gu, ' ')
    .trim();
}

/** File names of different systems are the same whatever their case and Unicode form. */
export function sameName(one: string, other: string): boolean {
  return nameKey(one) === nameKey(other);
}

export function readSigns(name: string): NameSigns {
  const { stem, extension } = splitName(name.normalize('NFC'));
  let rest = stem;
  for (const form of conflictForms) rest = rest.replace(form, '');
  const conflictCopy = rest !== stem;
  const taken: VersionSign[] = [];
  for (let turn = 0; turn < mostSigns; turn++) {
    const next = takeSign(rest.trim());
    if (next === null) break;
    rest = next.rest;
    taken.push(next.found);
  }
  const strongest = taken.find(({ firm }) => firm) ?? taken[0];
  const version = strongest === undefined ? null : { ...strongest, firm: taken.every(({ firm }) => firm) };
  const bare = `${rest.replace(/^[ ._,-]+|[ ._,-]+$/gu, '').replaceAll(/ {2,}/gu, ' ')}.${extension}`;
  return { base: `${comparable(rest)}.${extension.toLowerCase()}`, bare, version, conflictCopy };
}

/** Of jobs with very many files each is compared with every file that comes. */
const kept = new Map<string, NameSigns>();
const mostKept = 2000;

function signsOf(name: string): NameSigns {
  const known = kept.get(name);
  if (known !== undefined) return known;
  const signs = readSigns(name);
  if (kept.size >= mostKept) kept.clear();
  kept.set(name, signs);
  return signs;
}

/** Only where it has all the words of `base` can it be the same name beside its signs; what that takes is little beside reading them. */
function mayHaveBase(there: string, base: string): boolean {
  const lower = there.normalize('NFC').toLowerCase().replaceAll('ς', 'σ');
  // A conflict is taken out of the midst of a word as well.
  if (/conflict|konflikt/u.test(lower)) return true;
  const end = base.lastIndexOf('.');
  const words = base.slice(0, end).replaceAll('ς', 'σ').split(' ');
  return lower.endsWith(base.length === end + 1 ? '' : base.slice(end)) && words.every((word) => lower.includes(word));
}

/** How an arriving name stands to one that is there already. */
export type Kinship = 'same' | 'newer' | 'unclear' | 'none';

/**
 * `newer` only where the arriving name says so explicitly. Names that differ by a sign alone, but not in this way, are `unclear`: an older version that
 * comes late, "(1)" beside the name without it, a "neu" that may be a title.
 */
export function kinshipOf(arriving: string, there: string): Kinship {
  if (sameName(arriving, there)) return 'same';
  const next = signsOf(arriving);
  if (!mayHaveBase(there, next.base)) return 'none';
  const before = signsOf(there);
  if (next.base !== before.base) return 'none';
  if (next.conflictCopy || before.conflictCopy || next.version === null) return 'unclear';
  const counted = before.version?.kind === next.version.kind;
  // Page (1), Page (2); V6 motor, V8 motor: files of one row.
  if (!next.version.firm) return counted && before.version?.firm === false ? 'none' : 'unclear';
  return before.version === null || (counted && next.version.rank > before.version.rank) ? 'newer' : 'unclear';
}
