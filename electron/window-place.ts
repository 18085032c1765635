/** Where the window goes when it opens. Pure: knows rectangles, not Electron. */
import { z } from 'zod';

export const placeSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(1),
  height: z.number().int().min(1),
  maximized: z.boolean(),
});
/** Pixels of the desktop, as the window was when it was not maximised. */
export type Place = z.infer<typeof placeSchema>;
export type Rectangle = Omit<Place, 'maximized'>;

/** So much of the title bar must be in reach of the mouse. */
const graspWidth = 100;
const graspHeight = 30;

function isInReach(place: Rectangle, screen: Rectangle): boolean {
  const left = Math.max(place.x, screen.x);
  const right = Math.min(place.x + place.width, screen.x + screen.width);
  return right - left >= graspWidth && place.y >= screen.y && place.y + graspHeight <= screen.y + screen.height;
}

/** The kept place, if a screen that is there now still shows it; else null, and the system chooses. */
export function placeToRestore(kept: Place | undefined, screens: readonly Rectangle[]): Place | null {
  if (kept === undefined) return null;
  return screens.some((screen) => isInReach(kept, screen)) ? kept : null;
}
