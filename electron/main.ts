/**
 * The desktop program: one instance, this machine's settings, the hub in a process of its own, the window, the tray, and an orderly end that
 * waits for the hub. Joins the parts; what each does is on its own page.
 */
import { join } from 'node:path';
import { app, dialog, powerSaveBlocker, session } from 'electron';
import { keepForHub } from './database-url.ts';
import { answerDesktop } from './desktop.ts';
import { denyPermissions, guardAllPages } from './guards.ts';
import { framesOf } from './hub/log.ts';
import { type HubKeeper, keepHub } from './hub-keeper.ts';
import { onEnd } from './on-end.ts';
import { defaultDataPath, defaultPort, type Options, readOptions } from './options.ts';
import { declareScheme, servePage } from './page.ts';
import { keepLines, say } from './say.ts';
import { noteSession, runsElsewhere, sessionOf } from './session.ts';
import { openSettings, type SettingsFile } from './settings.ts';
import { openTray, setMenu } from './tray.ts';
import { type MainWindow, openWindow } from './window.ts';
import { type Words, wordsFor } from './words.ts';

const pagePath = join(import.meta.dirname, '../renderer');
/** Whoever told us to end expects it within five seconds. */
const hubPatienceMs = 4000;

let main: MainWindow | null = null;
let hub: HubKeeper | null = null;
let hubStopped = false;

const showWindow = (): void => main?.show();

function startHub(options: Options, { settings }: SettingsFile, words: Words): HubKeeper {
  const start = {
    dataPath: options.dataPath ?? (options.demo ? undefined : settings.dataPath) ?? defaultDataPath(options.demo),
    port: options.port ?? settings.port ?? defaultPort,
    demo: options.demo,
    pagePath,
  };
  keepLines(start.dataPath);
  return keepHub(start, databaseForHub, (sentence) => {
    say`the hub did not start: ${sentence}`;
    void dialog.showMessageBox({
      type: 'error',
      title: 'Printfloor',
      message: words.notStarted,
      detail: `${sentence}\n\n${words.keepsTrying}`,
    });
  });
}

function endWithBrokenSettings(error: unknown, words: Words): void {
  dialog.showErrorBox('Printfloor', `${words.brokenSettings}\n\n${error instanceof Error ? error.message : String(error)}`);
  app.exit(1);
}

async function run(options: Options): Promise<void> {
  await app.whenReady();
  let file: SettingsFile;
  try {
    file = openSettings();
  } catch (error) {
    endWithBrokenSettings(error, wordsFor(app.getLocale()));
    return;
  }
  const words = wordsFor(file.settings.language ?? app.getLocale());
  setMenu(process.platform);
  denyPermissions(session.defaultSession);
  // A computer that falls asleep prints nothing. Its screen may go dark: the page keeps that of a press on.
  powerSaveBlocker.start('prevent-app-suspension');
  const keeper = startHub(options, file, words);
  servePage(session.defaultSession, pagePath, () => keeper.address());
  hub = keeper;
  answerDesktop({ window: () => main?.window ?? null, showWindow, access: () => keeper.access(), words });
  main = openWindow(file);
  openTray({ open: showWindow, quit: () => app.quit() }, words);
}

/** The first one shows its window; who cannot see that is told where it is. */
function tellSecondStart(): void {
  if (!runsElsewhere(app.getPath('userData'), sessionOf(process.env))) {
    say`runs already: its window comes to the front.`;
    app.quit();
    return;
  }
  const { otherSession } = wordsFor(Intl.DateTimeFormat().resolvedOptions().locale);
  say`${otherSession}`;
  dialog.showErrorBox('Printfloor', otherSession);
  app.exit(1);
}

app.on('before-quit', (event) => {
  main?.letGo();
  if (hub === null || hubStopped) return;
  event.preventDefault();
  void hub.stop(hubPatienceMs).finally(() => {
    hubStopped = true;
    app.quit();
  });
});

// Under Electron the first argument is the program's folder, unless it is packaged.
const databaseForHub = keepForHub(process.env);
const options = readOptions(process.argv.slice(app.isPackaged ? 1 : 2), process.env);
if (app.requestSingleInstanceLock()) {
  noteSession(app.getPath('userData'), sessionOf(process.env));
  declareScheme();
  guardAllPages(app);
  app.on('second-instance', showWindow);
  app.on('activate', showWindow);
  onEnd(() => app.quit());
  run(options).catch((error: unknown) => {
    say`the window could not be opened: ${error} at ${framesOf(error)}`;
    app.exit(1);
  });
} else {
  tellSecondStart();
}
