/** Chooses the screen for the address, and holds what is the same on all of them. */
import { useEffect } from 'react';
import { useFloor } from './floor/floor.ts';
import { Frame } from './frame.tsx';
import { useKeys } from './keys.ts';
import { Palette } from './palette.tsx';
import { CutOffBar } from './parts/cut-off-bar.tsx';
import { Keys } from './parts/keys-sheet.tsx';
import { Region } from './parts/region.tsx';
import { UnsentBar } from './parts/unsent-bar.tsx';
import { go, type Route, useRoute } from './route.ts';
import { useSheet } from './sheet.ts';
import { JobView } from './stations/office/job.tsx';
import { Overview } from './stations/office/overview.tsx';
import { Press } from './stations/press/press.tsx';
import { FoldersScreen } from './stations/setup/folders.tsx';
import { SecurityScreen } from './stations/setup/security.tsx';
import { SettingsScreen } from './stations/setup/settings.tsx';
import { SignIn } from './stations/setup/sign-in.tsx';
import { StatusesScreen } from './stations/setup/statuses.tsx';
import { Welcome } from './stations/setup/welcome.tsx';
import { useWords } from './words/words.ts';

function Screen({ route }: { readonly route: Route }) {
  switch (route.screen) {
    case 'overview':
      return (
        <Frame route={route}>
          <Overview filter={route.filter} jobId={route.jobId} />
        </Frame>
      );
    case 'job':
      return (
        <Frame route={route}>
          <div className="job-page">
            <JobView key={route.jobId} id={route.jobId} />
          </div>
        </Frame>
      );
    case 'press':
      return <Press key={route.folderId} folderId={route.folderId} />;
    case 'folders':
      return (
        <Frame route={route}>
          <FoldersScreen edit={route.edit} />
        </Frame>
      );
    case 'statuses':
      return (
        <Frame route={route}>
          <StatusesScreen code={route.code} />
        </Frame>
      );
    case 'settings':
      return (
        <Frame route={route}>
          <SettingsScreen />
        </Frame>
      );
    case 'security':
      return (
        <Frame route={route}>
          <SecurityScreen />
        </Frame>
      );
    case 'welcome':
      return (
        <Frame route={route}>
          <Welcome />
        </Frame>
      );
  }
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
        <SignIn />
      </>
    );
  return (
    <>
      <Region key={route.screen} name={t('broken.screen')}>
        <Screen route={route} />
      </Region>
      {sheet !== null && (
        <Region key={sheet} name={t(sheet === 'palette' ? 'palette.title' : 'keys.title')}>
          {sheet === 'palette' ? <Palette route={route} /> : <Keys />}
        </Region>
      )}
    </>
  );
}
