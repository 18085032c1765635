/** In which form a file of the page is sent: whole, or packed as the build has laid it beside. Pure. */

/** Smallest first, with the ending by which the packed form lies beside the file. */
export const encodings = { br: '.br', gzip: '.gz' } as const;
export type Encoding = keyof typeof encodings;

const names = Object.keys(encodings) as Encoding[];

/** Of those there are, the smallest that is taken; null: whole, which every reader takes. `accepted`: the header of the request. */
export function chooseEncoding(accepted: string | string[] | undefined, there: ReadonlySet<Encoding>): Encoding | null {
  const weights = new Map(
    String(accepted ?? '')
      .toLowerCase()
      .split(',')
      .map((part) => {
        const [name = '', ...settings] = part.split(';').map((piece) => piece.trim());
        const weight = settings.find((setting) => setting.startsWith('q='));
        return [name, weight === undefined ? 1 : Number(weight.slice(2))] as const;
      }),
  );
  // A weight that is none counts as refused: what comes whole is read by everybody.
  return names.find((name) => there.has(name) && (weights.get(name) ?? weights.get('*') ?? 0) > 0) ?? null;
}
