/** How the hub says that files lay in an incoming folder before anybody was asked about them, and how a screen finds in it how many. Pure. */

export function sayFilesLieThere(count: number): string {
  return count === 1 ? '1 file lies there already' : `${count} files lie there already`;
}

/** Null where the words tell of something else. */
export function filesLieThereIn(raw: string | null): number | null {
  const [, count] = /^FilesLieThere: (\d+) files? lies? there already$/.exec(raw ?? '') ?? [];
  return count === undefined ? null : Number(count);
}
