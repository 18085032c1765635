/** Find and do: jobs, screens and actions in one box, by keyboard alone. */
import {
  BookOpen,
  FileText,
  Folders,
  Languages,
  LayoutList,
  LockOpen,
  LogOut,
  type LucideIcon,
  MonitorUp,
  Moon,
  Route as RouteIcon,
  Settings2,
  ShieldCheck,
} from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useEffect, useId, useState } from 'react';
import type { Job } from '../shared/job.ts';
import { notTyped, numberRank } from '../shared/job-number.ts';
import { statusCodes, statusWords } from '../shared/status.ts';
import { type Language, languageNames, languages } from '../shared/words/form.ts';
import type { Action } from './actions/action.ts';
import { actionWords } from './actions/action-words.ts';
import { actionsFor } from './actions/all.ts';
import { startAction } from './actions/start.ts';
import { useFloor } from './floor/floor.ts';
import { findJobs } from './floor/load.ts';
import { currentMeaning, whenAlone } from './input/alone.ts';
import { chordWords } from './input/key-words.ts';
import { jobInFocus } from './keys.ts';
import { endSetUp, signOut } from './live.ts';
import css from './palette.module.css';
import emptyCss from './parts/empty.module.css';
import { SheetBox } from './parts/sheet-box.tsx';
import { takeFocus } from './parts/take-focus.ts';
import textCss from './parts/text.module.css';
import { go, overview, type Route } from './route.ts';
import { useSetUp } from './set-up.ts';
import { openSheet } from './sheet.ts';
import { changeTheme } from './theme.ts';
import { type Say, speak, useWords } from './words/words.ts';

type Option = {
  readonly key: string;
  readonly group: string;
  readonly icon: LucideIcon;
  readonly name: string;
  readonly end: string;
  /** Enter at the end of a scan must not do it. */
  readonly changesJob?: boolean;
  readonly run: () => void;
};

const nothingFound: readonly Job[] = [];

/** What was found for exactly this text: Enter must not open a hit of the text before. */
function useFound(text: string): readonly Job[] {
  const [found, setFound] = useState({ text: '', jobs: nothingFound });
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      if (text.trim() === '') return;
      void findJobs(text).then(
        (jobs) => current && setFound({ text, jobs }),
        () => current && setFound({ text, jobs: nothingFound }),
      );
    }, 120);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text]);
  return found.text === text ? found.jobs : nothingFound;
}

/** The job that was in focus when the palette was opened, as it is now: what happens behind it must not change whom it speaks of. */
function useJobAtOpening(route: Route): Job | null {
  const [atOpening] = useState(() => jobInFocus(route));
  return useFloor((state) => (atOpening === null ? null : (state.jobs.get(atOpening.id) ?? atOpening)));
}

function nameOf(action: Action, job: Job, t: Say, language: Language): string {
  const { label, comesTo } = actionWords(action, job, t, language);
  return comesTo === null ? label : `${label}. ${comesTo}`;
}

function useOptions(route: Route, text: string): readonly Option[] {
  const { t, language } = useWords();
  const folders = useFloor((state) => state.hotFolders) ?? [];
  const setUp = useSetUp();
  const found = useFound(text);
  const job = useJobAtOpening(route);
  const screens: readonly Option[] = [
    { key: 'overview', group: t('palette.screens'), icon: LayoutList, name: t('app.overview'), end: '', run: () => go(overview()) },
    {
      key: 'folders',
      group: t('palette.screens'),
      icon: Folders,
      name: t('app.folders'),
      end: '',
      run: () => go({ screen: 'folders', edit: null }),
    },
    {
      key: 'settings',
      group: t('palette.screens'),
      icon: Settings2,
      name: t('settings.title'),
      end: '',
      run: () => go({ screen: 'settings' }),
    },
    {
      key: 'security',
      group: t('palette.screens'),
      icon: ShieldCheck,
      name: t('app.security'),
      end: '',
      run: () => go({ screen: 'security' }),
    },
    ...folders.map(
      (folder): Option => ({
        key: `press ${folder.id}`,
        group: t('palette.screens'),
        icon: MonitorUp,
        name: t('press.title', { name: folder.name }),
        end: '',
        run: () => go({ screen: 'press', folderId: folder.id }),
      }),
    ),
    {
      key: 'statuses',
      group: t('palette.screens'),
      icon: BookOpen,
      name: t('guide.title'),
      end: '',
      run: () => go({ screen: 'statuses', code: null }),
    },
    { key: 'welcome', group: t('palette.screens'), icon: RouteIcon, name: t('app.welcome'), end: '', run: () => go({ screen: 'welcome' }) },
    { key: 'theme', group: t('palette.settings'), icon: Moon, name: t('app.themeHint'), end: '', run: changeTheme },
    ...languages
      .filter((other) => other !== language)
      .map(
        (other): Option => ({
          key: `language ${other}`,
          group: t('palette.settings'),
          icon: Languages,
          name: t('trouble.folder', { name: t('app.language'), what: languageNames[other] }),
          end: '',
          run: () => speak(other),
        }),
      ),
    ...(setUp !== null
      ? [{ key: 'end set-up', group: t('palette.settings'), icon: LockOpen, name: t('setUp.end'), end: '', run: endSetUp }]
      : []),
    ...(window.desktop === undefined
      ? [{ key: 'sign out', group: t('palette.settings'), icon: LogOut, name: t('app.signOut'), end: '', run: signOut }]
      : []),
  ];
  const doable: readonly Option[] =
    job === null
      ? []
      : actionsFor(job).map((action) => ({
          key: `do ${action.label}`,
          group: t('palette.actions', { number: job.number }),
          icon: action.icon,
          name: nameOf(action, job, t, language),
          end: chordWords(action.key),
          changesJob: true,
          run: () => startAction(action, job),
        }));
  const words = text.toLocaleLowerCase().trim();
  // There are many: only those somebody looks for.
  const meanings = statusCodes.flatMap((code): Option[] => {
    const name = statusWords(code, null, language);
    if (words === '' || !name.toLocaleLowerCase().includes(words)) return [];
    return [{ key: `status ${code}`, group: t('guide.title'), icon: BookOpen, name, end: '', run: () => go({ screen: 'statuses', code }) }];
  });
  const ofJob = (hit: Job): Option => ({
    key: `job ${hit.id}`,
    group: t('palette.jobs'),
    icon: FileText,
    name: `${hit.number}  ${hit.title}`,
    end: t('palette.open'),
    run: () => go({ screen: 'job', jobId: hit.id }),
  });
  // Whoever typed a number means that job, before anything that has it in its name.
  const [meant, others] = [true, false].map((isMeant) => found.filter((hit) => (numberRank(text, hit.number) !== notTyped) === isMeant));
  return [
    ...(meant ?? []).map(ofJob),
    ...doable.filter((option) => option.name.toLocaleLowerCase().includes(words)),
    ...(others ?? []).map(ofJob),
    ...screens.filter((option) => option.name.toLocaleLowerCase().includes(words)),
    ...meanings,
  ];
}

type RowProps = {
  readonly option: Option;
  readonly id: string;
  readonly chosen: boolean;
  readonly choose: () => void;
  readonly run: (option: Option) => void;
};

function inSight(row: HTMLElement | null): void {
  row?.scrollIntoView({ block: 'nearest' });
}

function Row({ option, id, chosen, choose, run }: RowProps) {
  // The list that moves under a mouse that rests chooses nothing.
  const point = ({ movementX, movementY }: PointerEvent): void => {
    if (movementX !== 0 || movementY !== 0) choose();
  };
  return (
    <button
      type="button"
      id={id}
      role="option"
      tabIndex={-1}
      ref={chosen ? inSight : null}
      aria-selected={chosen}
      className={css['option']}
      onPointerMove={point}
      onClick={() => run(option)}
    >
      <option.icon size={20} aria-hidden />
      <bdi className={textCss['cut']}>{option.name}</bdi>
      <span className={css['end']}>{option.end}</span>
    </button>
  );
}

export function Palette({ route }: { readonly route: Route }) {
  const { t } = useWords();
  const id = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const options = useOptions(route, text);
  const chosenAt = Math.min(at, options.length - 1);
  const chosen = options[chosenAt];
  const rows = options.map((option, row) => ({ option, row }));
  const run = (option: Option): void => {
    openSheet(null);
    option.run();
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setAt((row) => Math.max(0, Math.min(options.length - 1, row + (event.key === 'ArrowDown' ? 1 : -1))));
    } else if (event.key === 'Enter' && currentMeaning().kind === 'press' && chosen !== undefined) {
      if (chosen.changesJob === true) whenAlone(() => run(chosen));
      else run(chosen);
    }
  };
  return (
    <SheetBox label={t('palette.title')} className={css['palette']}>
      <input
        ref={takeFocus}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={chosen !== undefined}
        aria-controls={id}
        aria-activedescendant={chosen === undefined ? undefined : `${id}${chosenAt}`}
        value={text}
        maxLength={200}
        placeholder={t('palette.hint')}
        aria-label={t('palette.hint')}
        onKeyDown={press}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
      />
      <div className={css['found']} id={id} role="listbox" aria-label={t('palette.title')}>
        {[...Map.groupBy(rows, ({ option }) => option.group)].map(([group, members]) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a list of options.
          <div key={group} role="group" aria-label={group}>
            <p className={css['groupName']} aria-hidden>
              <bdi>{group}</bdi>
            </p>
            {members.map(({ option, row }) => (
              <Row key={option.key} option={option} id={`${id}${row}`} chosen={row === chosenAt} choose={() => setAt(row)} run={run} />
            ))}
          </div>
        ))}
      </div>
      <p role="status" className={options.length === 0 ? emptyCss['empty'] : textCss['hidden']}>
        {options.length === 0 && t('palette.none')}
      </p>
    </SheetBox>
  );
}
