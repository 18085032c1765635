/** Starts all that lives as long as the page does, and draws the screen that is asked for. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startAdding } from './adding/adding.ts';
import { App, loadScreen } from './app.tsx';
import { holdStill, letGo } from './floor/floor.ts';
import { startHearing } from './input/alone.ts';
import { startFinger } from './input/finger.ts';
import { startPresses } from './input/same-press.ts';
import { loadRestWhenIdle } from './later.tsx';
import { startLive } from './live.ts';
import { startNewerPage } from './newer-page.ts';
import { startNotices } from './notify.ts';
import { currentRoute, startRoute } from './route.ts';
import { startSettingsDraft } from './settings-draft.ts';
import { startTheme } from './theme.ts';
import { startWords } from './words/words.ts';

/** `ownPage`: which page this is, as it was handed out. */
export async function start(ownPage: string | null): Promise<void> {
  const place = document.getElementById('root');
  if (place === null) throw new Error('The page has no place to draw in');
  startNewerPage(ownPage);
  startHearing();
  startPresses();
  startFinger(holdStill, letGo);
  startRoute();
  startSettingsDraft();
  startAdding();
  startTheme();
  startLive();
  startNotices();
  // Drawn whole and in its own language at once, not in another first.
  await Promise.all([startWords(), loadScreen(currentRoute())]);
  createRoot(place).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
  loadRestWhenIdle();
}
