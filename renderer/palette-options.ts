/** What find and do offers for what was typed: the job whose number it is, what can be done, jobs, screens, statuses. */
import {
  BookOpen,
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
import { useEffect, useState } from 'react';
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
import { chordWords } from './input/key-words.ts';
import { jobInFocus } from './keys.ts';
import { endSetUp, signOut } from './live.ts';
import { go, overview, type Route } from './route.ts';
import { useSetUp } from './set-up.ts';
import { changeTheme } from './theme.ts';
import { type Say, speak, useWords } from './words/words.ts';

type Row = { readonly key: string; readonly group: string; readonly run: () => void };
type Doing = Row & {
  readonly kind: 'doing';
  readonly icon: LucideIcon;
  readonly name: string;
  readonly chord: string;
  /** Enter at the end of a scan must not do it. */
  readonly changesJob: boolean;
};
type Found = Row & { readonly kind: 'job'; readonly job: Job };
export type Option = Doing | Found;

/** `answered`: whether the hub has said what it finds for exactly this text. */
type Offer = { readonly options: readonly Option[]; readonly answered: boolean };

const nothingFound: readonly Job[] = [];

/** What was found for exactly this text: Enter must not open a hit of the text before. */
function useFound(text: string): { readonly jobs: readonly Job[]; readonly answered: boolean } {
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
  return found.text === text ? { jobs: found.jobs, answered: true } : { jobs: nothingFound, answered: text.trim() === '' };
}

/** The job that was in focus when the palette was opened, as it is now: what happens behind it must not change whom it speaks of. */
function useJobAtOpening(route: Route): Job | null {
  const [atOpening] = useState(() => jobInFocus(route));
  return useFloor((state) => (atOpening === null ? null : (state.jobs.get(atOpening.id) ?? atOpening)));
}

function nameOf(action: Action, job: Job, t: Say, language: Language): string {
  const { label, under } = actionWords(action, job, t, language);
  return under === null ? label : `${label}. ${under}`;
}

function ofJob(job: Job, group: string): Found {
  return { kind: 'job', key: `job ${job.id}`, group, job, run: () => go({ screen: 'job', jobId: job.id }) };
}

export function useOffer(route: Route, text: string): Offer {
  const { t, language } = useWords();
  const folders = useFloor((state) => state.hotFolders) ?? [];
  const setUp = useSetUp();
  const { jobs: found, answered } = useFound(text);
  const job = useJobAtOpening(route);
  const doing = (group: string, key: string, icon: LucideIcon, name: string, run: () => void): Doing => ({
    kind: 'doing',
    key,
    group,
    icon,
    name,
    chord: '',
    changesJob: false,
    run,
  });
  const screen = (key: string, icon: LucideIcon, name: string, to: Route): Doing =>
    doing(t('palette.screens'), key, icon, name, () => go(to));
  const setting = (key: string, icon: LucideIcon, name: string, run: () => void): Doing =>
    doing(t('palette.settings'), key, icon, name, run);
  const screens: readonly Doing[] = [
    screen('overview', LayoutList, t('app.overview'), overview()),
    screen('folders', Folders, t('app.folders'), { screen: 'folders', edit: null }),
    screen('settings', Settings2, t('settings.title'), { screen: 'settings' }),
    screen('security', ShieldCheck, t('app.security'), { screen: 'security' }),
    ...folders.map(({ id, name }) => screen(`press ${id}`, MonitorUp, t('press.title', { name }), { screen: 'press', folderId: id })),
    screen('statuses', BookOpen, t('guide.title'), { screen: 'statuses', code: null }),
    screen('welcome', RouteIcon, t('app.welcome'), { screen: 'welcome' }),
    setting('theme', Moon, t('app.themeHint'), changeTheme),
    ...languages
      .filter((other) => other !== language)
      .map((other) =>
        setting(`language ${other}`, Languages, t('trouble.folder', { name: t('app.language'), what: languageNames[other] }), () =>
          speak(other),
        ),
      ),
    ...(setUp !== null ? [setting('end set-up', LockOpen, t('setUp.end'), endSetUp)] : []),
    ...(window.desktop === undefined ? [setting('sign out', LogOut, t('app.signOut'), signOut)] : []),
  ];
  const doable: readonly Doing[] =
    job === null
      ? []
      : actionsFor(job).map((action) => ({
          ...doing(t('palette.actions', { number: job.number }), `do ${action.label}`, action.icon, nameOf(action, job, t, language), () =>
            startAction(action, job),
          ),
          chord: chordWords(action.key),
          changesJob: true,
        }));
  const words = text.toLocaleLowerCase().trim();
  const fits = ({ name }: Doing): boolean => name.toLocaleLowerCase().includes(words);
  // There are many: only those somebody looks for.
  const meanings = words === '' ? [] : statusCodes.map((code) => statusMeaning(code));
  function statusMeaning(code: (typeof statusCodes)[number]): Doing {
    return {
      ...screen(`status ${code}`, BookOpen, statusWords(code, null, language), { screen: 'statuses', code }),
      group: t('guide.title'),
    };
  }
  // Whoever typed a number means that job, before anything that has it in its name.
  const isMeant = ({ number }: Job): boolean => numberRank(text, number) !== notTyped;
  const options = [
    ...found.filter(isMeant).map((hit) => ofJob(hit, t('palette.jobs'))),
    ...doable.filter(fits),
    ...found.filter((hit) => !isMeant(hit)).map((hit) => ofJob(hit, t('palette.jobs'))),
    ...screens.filter(fits),
    ...meanings.filter(fits),
  ];
  return { options, answered };
}
