/** What a press operator must know of the paper, out of what tickets call it: each format and each shop has words of its own. Pure. */

export type Paper = {
  readonly size: string | null;
  readonly material: string | null;
  readonly sides: { readonly kind: 'one' | 'two' } | { readonly kind: 'said'; readonly words: string } | null;
};

/** In the order in which they are believed; without case, spaces and marks of a language. */
const names = {
  size: [
    'size',
    'finishedsize',
    'trimsize',
    'format',
    'endformat',
    'groesse',
    'grosse',
    'große',
    'taille',
    'tamano',
    'formato',
    'dimensions',
    'abmessungen',
  ],
  material: [
    'material',
    'paper',
    'papier',
    'papiersorte',
    'stock',
    'substrate',
    'media',
    'medium',
    'bedruckstoff',
    'support',
    'papel',
    'soporte',
    'matiere',
  ],
  weight: ['weight', 'paperweight', 'gsm', 'grammatur', 'grammage', 'gramaje', 'flachengewicht', 'flaechengewicht'],
  sides: ['sides', 'printedsides', 'duplex', 'seitigkeit', 'bedruckung', 'rectoverso', 'impression', 'caras', 'impresion'],
  colours: ['farbigkeit', 'colours', 'colors'],
} as const;

/** Colours of both sides, which say how many are printed: "4/0". A number alone counts colours, not sides. */
const ofBothSides = /^\d+\s*\/\s*\d+$/u;

const oneSided = /^(?:1|false|no|one-?sided|single(?:-?sided)?|simplex|einseitig|recto|una cara)$/iu;
const twoSided = /^(?:2|true|yes|two-?sided|double(?:-?sided)?|duplex|beidseitig|zweiseitig|recto[- ]verso|dos caras)$/iu;

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

export function paperOf(attributes: Readonly<Record<string, string>>): Paper {
  const said = new Map(Object.entries(attributes).map(([name, value]) => [plain(name), value.trim()]));
  const first = (which: keyof typeof names): string | null => names[which].map((name) => said.get(name)).find(Boolean) ?? null;
  const [kind, weight, colours] = [first('material'), first('weight'), first('colours')];
  const sides = first('sides') ?? (colours !== null && ofBothSides.test(colours) ? colours : null);
  // A bare number is grams by the square metre: so JDF has it.
  const grams = weight !== null && /^\d+(?:[.,]\d+)?$/u.test(weight) ? `${weight} g/m²` : weight;
  return {
    size: first('size'),
    material: kind === null || grams === null || kind.includes(grams) ? (kind ?? grams) : `${kind}, ${grams}`,
    sides:
      sides === null
        ? null
        : oneSided.test(sides)
          ? { kind: 'one' }
          : twoSided.test(sides)
            ? { kind: 'two' }
            : { kind: 'said', words: sides },
  };
}
