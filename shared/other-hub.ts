/** How the disk says that another hub works in a folder, and how a screen finds in it which one. Pure. */

/** `id`: as in its file hub-id. `computer`: for people; empty where that hub did not know it. */
export type OtherHub = { readonly id: string; readonly computer: string };

export function sayOtherHub({ id, computer }: OtherHub): string {
  return `the Printfloor on ${computer === '' ? 'another computer' : JSON.stringify(computer)} (${id}) works in it`;
}

/** Null where the words tell of something else. */
export function otherHubIn(raw: string | null): OtherHub | null {
  const [, computer, id] = /the Printfloor on (another computer|"(?:[^"\\]|\\.)*") \(([^\s()]+)\) works in it/.exec(raw ?? '') ?? [];
  if (computer === undefined || id === undefined) return null;
  return { id, computer: computer === 'another computer' ? '' : textIn(computer) };
}

function textIn(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}
