/** The frame of the office screens: navigation at the side, the connection, and the screen itself. */
import {
  BookOpen,
  CircleHelp,
  CloudOff,
  Folders,
  Keyboard,
  LayoutList,
  MonitorUp,
  Moon,
  Search,
  Settings2,
  ShieldCheck,
  Sun,
  SunMoon,
  Wifi,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { staleSince, useFloor } from './floor/floor.ts';
import css from './frame.module.css';
import icon from './icon.svg';
import { LanguageChoice } from './language-choice.tsx';
import { Bars } from './parts/bars.tsx';
import buttonCss from './parts/button.module.css';
import { Region } from './parts/region.tsx';
import signCss from './parts/sign.module.css';
import { SignMark } from './parts/sign.tsx';
import { SignOut } from './parts/sign-out.tsx';
import textCss from './parts/text.module.css';
import { overview, type Route, writeRoute } from './route.ts';
import { hasUnsaved, useSettingsDraft } from './settings-draft.ts';
import { openSheet } from './sheet.ts';
import { changeTheme, useTheme } from './theme.ts';
import { useWords } from './words/words.ts';

const themeIcons = { auto: SunMoon, light: Sun, dark: Moon } as const;

function Navigation({ route }: { readonly route: Route }) {
  const { t } = useWords();
  const theme = useTheme();
  const folders = useFloor((state) => state.hotFolders) ?? [];
  const connection = useFloor((state) => state.connection.kind);
  const recording = useFloor((state) => (state.health?.record ?? null) === null);
  const unsaved = useSettingsDraft(hasUnsaved);
  const demo = useFloor((state) => state.health?.demo ?? false);
  const ThemeIcon = themeIcons[theme];
  const current = (screen: Route['screen']) => (route.screen === screen ? ('page' as const) : undefined);
  return (
    <nav aria-label={t('app.menu')}>
      <p className={css['brand']}>
        <img src={icon} alt="" />
        <span>Printfloor</span>
      </p>
      <a className={css['item']} href={writeRoute(overview())} aria-current={current('overview')}>
        <LayoutList size={20} aria-hidden />
        <span>{t('app.overview')}</span>
      </a>
      <a className={css['item']} href={writeRoute({ screen: 'folders', edit: null })} aria-current={current('folders')}>
        <Folders size={20} aria-hidden />
        <span>{t('app.folders')}</span>
      </a>
      {folders.length > 0 && <p className={css['heading']}>{t('app.presses')}</p>}
      <div className={css['presses']} data-testid="presses">
        {folders.map((folder) => (
          <a key={folder.id} className={css['item']} href={writeRoute({ screen: 'press', folderId: folder.id })} title={folder.name}>
            <MonitorUp size={20} aria-hidden />
            <span>
              <bdi>{folder.name}</bdi>
            </span>
            {folder.state === 'trouble' && (
              <span className={css['end']}>
                <SignMark sign="stop" size={18} />
              </span>
            )}
          </a>
        ))}
      </div>
      <span className={css['gap']} />
      <button type="button" className={css['item']} onClick={() => openSheet('palette')}>
        <Search size={20} aria-hidden />
        <span>{t('app.find')}</span>
        <kbd className={css['end']}>{t('keys.control')} K</kbd>
      </button>
      <button type="button" className={css['item']} onClick={() => openSheet('keys')}>
        <Keyboard size={20} aria-hidden />
        <span>{t('app.keys')}</span>
        <kbd className={css['end']}>F1</kbd>
      </button>
      <a className={css['item']} href={writeRoute({ screen: 'statuses', code: null })} aria-current={current('statuses')}>
        <BookOpen size={20} aria-hidden />
        <span>{t('guide.title')}</span>
      </a>
      <a className={css['item']} href={writeRoute({ screen: 'settings' })} aria-current={current('settings')}>
        <Settings2 size={20} aria-hidden />
        <span>
          {t('settings.title')}
          {unsaved && <span className={textCss['hidden']}>, {t('settings.notSaved')}</span>}
        </span>
        {unsaved && (
          <span className={css['end']} title={t('settings.notSaved')} aria-hidden>
            <SignMark sign="attention" size={18} />
          </span>
        )}
      </a>
      <a className={css['item']} href={writeRoute({ screen: 'security' })} aria-current={current('security')}>
        <ShieldCheck size={20} aria-hidden />
        <span>{t('app.security')}</span>
      </a>
      <a className={css['item']} href="#/welcome" aria-current={current('welcome')}>
        <CircleHelp size={20} aria-hidden />
        <span>{t('app.welcome')}</span>
      </a>
      <button type="button" className={css['item']} onClick={changeTheme} title={t('app.themeHint')}>
        <ThemeIcon size={20} aria-hidden />
        <span>{t(`app.theme.${theme}`)}</span>
      </button>
      <LanguageChoice />
      <SignOut className={css['item']} size={20} />
      <p className={css['connection']} data-testid="connection">
        {connection === 'online' ? (
          // Nothing is green while the hub can record nothing.
          <Wifi className={recording ? signCss['done'] : signCss['stop']} size={20} aria-hidden />
        ) : (
          <CloudOff className={signCss['attention']} size={20} aria-hidden />
        )}
        <span>
          {t(connection === 'online' ? 'connection.online' : connection === 'connecting' ? 'connection.connecting' : 'connection.offline')}
          {demo && ` · ${t('app.demo')}`}
        </span>
      </p>
    </nav>
  );
}

/** A link to an anchor would change the address, which says which screen is open. */
function toContent(): void {
  document.getElementById('content')?.focus();
}

export function Frame({ route, children }: { readonly route: Route; readonly children: ReactNode }) {
  const { t } = useWords();
  const stale = useFloor((state) => staleSince(state, route) !== null);
  return (
    <div className={css['frame']}>
      <button type="button" className={`${css['skip']} ${buttonCss['button']}`} onClick={toContent}>
        {t('app.skip')}
      </button>
      <div className={css['bars']}>
        <Bars route={route} size={22} />
      </div>
      <Region name={t('app.menu')}>
        <Navigation route={route} />
      </Region>
      <main id="content" tabIndex={-1} className={stale ? textCss['stale'] : undefined}>
        <Region
          key={route.screen === 'job' ? `job ${route.jobId}` : route.screen}
          name={t(route.screen === 'job' ? 'broken.detail' : 'broken.screen')}
        >
          {children}
        </Region>
      </main>
    </div>
  );
}
