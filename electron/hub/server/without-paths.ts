/** Texts without where things lie on the disks of the hub. Pure. */

/** A path from its root: `/srv/...`, `C:\...`, `\\server\...`. */
const root = String.raw`(?:/[^\s/]|[A-Za-z]:[\\/]|\\\\[^\s\\])`;
/** As errors of the system quote it. To the last quotation mark, for a path may have some of its own. */
const quoted = new RegExp(String.raw`(['"])${root}.*\1`, 'gsu');
/** What follows a bare path cannot be told from it. */
const bare = new RegExp(String.raw`(^|[\s'"([{<:=,;])${root}.*`, 'su');

/** The text with "…" for each path, and for all that stands behind one without quotation marks. */
export function withoutPaths(text: string): string {
  return text.replace(quoted, '$1…$1').replace(bare, '$1…');
}

/** The last name of a path: `…/press-1` for `/srv/hot/press-1`. What is no path stays. */
export function lastName(path: string): string {
  const isSign = (at: number): boolean => path[at] === '/' || path[at] === '\\';
  // From the end, sign by sign: somebody may have typed very many slashes.
  let end = path.length;
  while (end > 0 && isSign(end - 1)) end -= 1;
  let at = end - 1;
  while (at >= 0 && !isSign(at)) at -= 1;
  if (at >= 0) return `…${path.slice(at, end)}`;
  return end === path.length ? path : `…${path.charAt(end)}`;
}
