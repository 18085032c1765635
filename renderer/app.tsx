/** Chooses the screen for the address, and holds what is the same on all of them. */
import { useEffect } from 'react';
import { NoDropPlace } from './adding/nowhere.tsx';
import { hasToken } from './client.ts';
import { useFloor } from './floor/floor.ts';
import { useKeys } from './keys.ts';
import { Later, later } from './later.tsx';
import { CutOffBar } from './parts/cut-off-bar.tsx';
import { Region } from './parts/region.tsx';
import { UnsentBar } from './parts/unsent-bar.tsx';
import { go, type Route, useRoute } from './route.ts';
import { useSheet } from './sheet.ts';
import overviewCss from './stations/office/overview.module.css';
import { Told } from './told.tsx';
import { useWords } from './words/words.ts';

const frame = later(async () => (await import('./frame.tsx')).Frame);
const overviewScreen = later(async () => (await import('./stations/office/overview.tsx')).Overview);
const jobScreen = later(async () => (await import('./stations/office/job.tsx')).JobView);
const pressScreen = later(async () => (await import('./stations/press/press.tsx')).Press);
const foldersScreen = later(async () => (await import('./stations/setup/folders.tsx')).FoldersScreen);
const statusesScreen = later(async () => (await import('./stations/setup/statuses.tsx')).StatusesScreen);
const settingsScreen = later(async () => (await import('./stations/setup/settings.tsx')).SettingsScreen);
const securityScreen = later(async () => (await import('./stations/setup/security.tsx')).SecurityScreen);
const welcomeScreen = later(async () => (await import('./stations/setup/welcome.tsx')).Welcome);
const signInScreen = later(async () => (await import('./stations/setup/sign-in.tsx')).SignIn);
const palette = later(async () => (await import('./palette.tsx')).Palette, 'palette.title');
const keys = later(async () => (await import('./parts/keys-sheet.tsx')).Keys, 'keys.title');

const screens = {
  overview: overviewScreen,
  job: jobScreen,
  press: pressScreen,
  folders: foldersScreen,
  statuses: statusesScreen,
  settings: settingsScreen,
  security: securityScreen,
  welcome: welcomeScreen,
} as const satisfies Record<Route['screen'], unknown>;

/** What this screen needs before it can be drawn at once. Never throws: what cannot be had says so in its place. */
export async function loadScreen({ screen }: Route): Promise<void> {
  await Promise.all(hasToken() ? [screens[screen].load(), ...(screen === 'press' ? [] : [frame.load()])] : [signInScreen.load()]);
}

function Screen({ route }: { readonly route: Route }) {
  switch (route.screen) {
    case 'overview':
      return <Later part={overviewScreen} filter={route.filter} jobId={route.jobId} />;
    case 'job':
      return (
        <div className={overviewCss['jobPage']}>
          <Later part={jobScreen} key={route.jobId} id={route.jobId} />
        </div>
      );
    case 'press':
      return <Later part={pressScreen} key={route.folderId} folderId={route.folderId} />;
    case 'folders':
      return <Later part={foldersScreen} edit={route.edit} look={route.look ?? null} />;
    case 'statuses':
      return <Later part={statusesScreen} code={route.code} />;
    case 'settings':
      return <Later part={settingsScreen} />;
    case 'security':
      return <Later part={securityScreen} />;
    case 'welcome':
      return <Later part={welcomeScreen} />;
  }
}

/** The frame stays when the screen in it changes: whoever pressed a link in it still has the focus there. What breaks in the screen itself stays in the frame's own region. */
function Place({ route }: { readonly route: Route }) {
  const { t } = useWords();
  const isFramed = route.screen !== 'press';
  const screen = <Screen route={route} />;
  return (
    <Region key={isFramed ? 'frame' : 'press'} name={t('broken.screen')}>
      {isFramed ? (
        <Later part={frame} route={route}>
          {screen}
        </Later>
      ) : (
        screen
      )}
    </Region>
  );
}

export function App() {
  const { t } = useWords();
  const route = useRoute();
  const { sheet } = useSheet();
  const signedOut = useFloor((state) => state.connection.kind === 'signedOut');
  const firstRun = useFloor((state) => state.counts?.all === 0);
  useKeys(route);
  // An empty floor begins with the welcome, unless somebody asked for something else.
  useEffect(() => {
    if (firstRun && (location.hash === '' || location.hash === '#/')) go({ screen: 'welcome' }, true);
  }, [firstRun]);
  if (signedOut)
    return (
      <>
        <UnsentBar size={22} />
        <CutOffBar size={22} />
        <Later part={signInScreen} />
        <Told />
      </>
    );
  return (
    <>
      <Place route={route} />
      <NoDropPlace />
      {sheet !== null && (
        <Region key={sheet} name={t(sheet === 'palette' ? 'palette.title' : 'keys.title')}>
          {sheet === 'palette' ? <Later part={palette} route={route} /> : <Later part={keys} />}
        </Region>
      )}
      <Told />
    </>
  );
}
