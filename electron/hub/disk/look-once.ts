/** One look for all who ask the same in the same moment. */

/** Looks that are about to begin, by what they look at. */
const aboutToLook = new Map<string, Promise<unknown>>();

/** In a burst many files ask the same of a folder in the same moment: one look answers all who asked before it began, and who asks later gets a later one. */
export function lookOnce<Seen>(what: string, look: () => Promise<Seen>): Promise<Seen> {
  const known = aboutToLook.get(what);
  if (known !== undefined) return known as Promise<Seen>;
  const looking = Promise.resolve().then(() => {
    aboutToLook.delete(what);
    return look();
  });
  aboutToLook.set(what, looking);
  return looking;
}
