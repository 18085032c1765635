/** Where the page begins. */
import './style/all.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startAdding } from './adding/adding.ts';
import { App } from './app.tsx';
import { holdStill, letGo } from './floor/floor.ts';
import { startHearing } from './input/alone.ts';
import { startFinger } from './input/finger.ts';
import { startPresses } from './input/same-press.ts';
import { startLive } from './live.ts';
import { startNewerPage } from './newer-page.ts';
import { startNotices } from './notify.ts';
import { startRoute } from './route.ts';
import { startSettingsDraft } from './settings-draft.ts';
import { startTheme } from './theme.ts';
import { startWords } from './words/words.ts';

const place = document.getElementById('root');
if (place === null) throw new Error('The page has no place to draw in');
startNewerPage();
startHearing();
startPresses();
startFinger(holdStill, letGo);
startRoute();
startSettingsDraft();
startAdding();
startTheme();
startLive();
startNotices();
// Drawn in its own language at once, not in another first.
await startWords();
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
