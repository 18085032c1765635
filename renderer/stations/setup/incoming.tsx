/** Where files arrive. Changes are saved when the person says so. */
import { FolderSearch, Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Health, Problem, Settings } from '../../../shared/api.ts';
import { filesLieThereIn } from '../../../shared/files-lie-there.ts';
import { otherHubIn } from '../../../shared/other-hub.ts';
import { chooseFolder, hub, problemOf } from '../../client.ts';
import { useFloor } from '../../floor/floor.ts';
import { askHealth } from '../../health.ts';
import buttonCss from '../../parts/button.module.css';
import cardCss from '../../parts/card.module.css';
import { ConfirmQuestion } from '../../parts/confirm-question.tsx';
import fieldsCss from '../../parts/fields.module.css';
import { IconButton } from '../../parts/icon-button.tsx';
import { otherHubWords, TakeOverCard } from '../../parts/other-hub.tsx';
import { ProblemLine } from '../../parts/problem-line.tsx';
import { RawError } from '../../parts/raw-error.tsx';
import { SignMark } from '../../parts/sign.tsx';
import textCss from '../../parts/text.module.css';
import { useWords } from '../../words/words.ts';
import css from './incoming.module.css';
import { SaveLine } from './save-line.tsx';
import { SetupSection } from './setup-section.tsx';
import { typedPath } from './typed-path.ts';

type Incoming = Settings['incoming'][number];

/** What a person has answered about folders of the list that is being saved, by their paths. */
type Said = { readonly takeOver: readonly string[]; readonly confirm: readonly string[] };
const nothingSaid: Said = { takeOver: [], confirm: [] };

/** A watch needs a moment for its first look. */
const askAgainMs = 700;

/** What is saved is watched at once; how that goes is asked until it is known. */
function useFirstLook(paths: readonly string[]): void {
  const unknown = useFloor((state) => paths.some((path) => state.health?.watching.every((watched) => watched.path !== path) === true));
  useEffect(() => {
    if (!unknown) return;
    const timer = setInterval(() => void askHealth().catch(() => undefined), askAgainMs);
    return () => clearInterval(timer);
  }, [unknown]);
}

function WatchedLine({
  watched: { path, state, reason },
  confirm,
}: {
  readonly watched: Health['watching'][number];
  readonly confirm: () => Promise<unknown>;
}) {
  const { t, language } = useWords();
  const files = filesLieThereIn(reason);
  if (files !== null)
    return (
      <div className={css['watched']}>
        <ConfirmQuestion path={path} count={files} confirm={confirm} />
      </div>
    );
  const missing = state === 'missing';
  return (
    <div className={css['watched']}>
      <p>
        <SignMark sign={missing ? 'stop' : 'done'} size={18} />{' '}
        {otherHubIn(reason) === null ? t(`folders.watch.${state}`) : otherHubWords(reason, t, language)}
        {missing && otherHubIn(reason) === null && `. ${t('folders.watch.missingTodo')}`}
      </p>
      {missing && <RawError raw={reason} />}
    </div>
  );
}

function Line({
  folder,
  saved,
  change,
  remove,
  confirm,
}: {
  readonly folder: Incoming;
  readonly saved: boolean;
  readonly change: (folder: Incoming) => void;
  readonly remove: () => void;
  /** The files that lay in it before are meant to be taken in. */
  readonly confirm: () => Promise<unknown>;
}) {
  const { t } = useWords();
  const watched = useFloor((state) => state.health?.watching.find((candidate) => candidate.path === folder.path));
  const browse = async (): Promise<void> => {
    const path = await chooseFolder?.();
    if (path != null) change({ ...folder, path });
  };
  return (
    <li className={css['incoming']}>
      <input
        value={folder.path}
        spellCheck={false}
        aria-label={t('folders.field.path')}
        onChange={(event) => change({ ...folder, path: event.target.value })}
      />
      <select
        value={folder.location}
        aria-label={t('folders.field.location')}
        onChange={(event) => change({ ...folder, location: event.target.value === 'network' ? 'network' : 'local' })}
      >
        <option value="local">{t('folders.field.local')}</option>
        <option value="network">{t('folders.field.network')}</option>
      </select>
      {chooseFolder !== null && <IconButton icon={FolderSearch} label={t('folders.browse')} framed onClick={() => void browse()} />}
      <IconButton icon={Trash2} label={t('folders.remove')} onClick={remove} />
      {watched !== undefined ? (
        <WatchedLine watched={watched} confirm={confirm} />
      ) : (
        saved && (
          <p className={`${css['watched']} ${textCss['soft']}`}>
            <SignMark sign="wait" size={18} /> {t('folders.watch.first')}
          </p>
        )
      )}
    </li>
  );
}

/** What was typed and not saved stays, whatever other screen is looked at meanwhile. */
let typed: { readonly folders: readonly Incoming[]; readonly seen: Settings['incoming'] | null } | null = null;

export function Incoming() {
  const { t, language } = useWords();
  const online = useFloor((state) => state.connection.kind === 'online');
  const [folders, setFolders] = useState<readonly Incoming[] | null>(typed?.folders ?? null);
  const [seen, setSeen] = useState<Settings['incoming'] | null>(typed?.seen ?? null);
  const [changed, setChanged] = useState(typed !== null);
  typed = changed && folders !== null ? { folders, seen } : null;
  const [saved, setSaved] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [said, setSaid] = useState<Said>(nothingSaid);
  useEffect(() => {
    if (!online || changed) return;
    // An answer that comes after somebody began to type is too late.
    let late = false;
    hub()
      .settings.get()
      .then(
        (settings) => {
          if (late) return;
          setFolders(settings.incoming);
          setSeen(settings.incoming);
        },
        (error) => setProblem(problemOf(error)),
      );
    return () => {
      late = true;
    };
  }, [online, changed]);
  useFirstLook(changed || folders === null ? [] : folders.map(({ path }) => path));
  const answer = useRef<HTMLDivElement>(null);
  // On a small screen the answer to *Save* would stand below what is seen.
  useEffect(() => {
    if (problem !== null) answer.current?.scrollIntoView({ block: 'nearest' });
  }, [problem]);
  const change = (next: readonly Incoming[]): void => {
    setFolders(next);
    setChanged(true);
    setSaved(false);
  };
  const save = async (say: Said): Promise<void> => {
    setSaid(say);
    try {
      const settings = {
        incoming: (folders ?? []).flatMap(({ path, location }) => (typedPath(path) === '' ? [] : [{ path: typedPath(path), location }])),
        takeOver: [...say.takeOver],
        confirm: [...say.confirm],
        ...(seen !== null && { seen: { incoming: seen } }),
      };
      const { incoming } = await hub().settings.update(settings);
      setSeen(incoming);
      setProblem(null);
      setChanged(false);
      setSaved(true);
      if (say.confirm.length > 0) await askHealth();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const whoIn = (path: string, raw: string | null): string => t('trouble.folder', { name: path, what: otherHubWords(raw, t, language) });
  /** Several may be somebody else's; each is asked about. */
  const sayToo = (what: keyof Said, path: string): Promise<void> => save({ ...said, [what]: [...said[what], path] });
  /** Somebody else was quicker: what stands there now is read, and what is typed here goes or holds. */
  const afterTheirs = async (mineHolds: boolean): Promise<void> => {
    setProblem(null);
    if (!mineHolds) {
      setChanged(false);
      return;
    }
    try {
      const { incoming } = await hub().settings.get();
      setSeen(incoming);
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save(nothingSaid);
  };
  return (
    <SetupSection
      title={t('folders.incoming')}
      lead={t('folders.incomingLead')}
      end={
        <button type="button" className={buttonCss['button']} onClick={() => change([...(folders ?? []), { path: '', location: 'local' }])}>
          <Plus size={20} aria-hidden />
          {t('folders.addIncoming')}
        </button>
      }
    >
      <form className={`${cardCss['card']} ${fieldsCss['form']}`} onSubmit={submit} data-testid="incoming">
        <ul className={fieldsCss['form']}>
          {folders?.map((folder, at) => (
            <Line
              // biome-ignore lint/suspicious/noArrayIndexKey: a folder being typed has no identity but its place.
              key={at}
              folder={folder}
              saved={!changed}
              change={(next) => change(folders.with(at, next))}
              remove={() => change(folders.toSpliced(at, 1))}
              confirm={() => sayToo('confirm', folder.path)}
            />
          ))}
        </ul>
        {problem !== null && (
          <div className={fieldsCss['form']} ref={answer}>
            {problem.reasonCode === 'OtherHub' && problem.path !== undefined ? (
              <TakeOverCard
                key={problem.path}
                trouble={{ what: whoIn(problem.path, problem.raw ?? null), raw: null, since: null }}
                takeOver={() => sayToo('takeOver', problem.path ?? '')}
              />
            ) : problem.reasonCode === 'FilesLieThere' && problem.path !== undefined ? (
              <ConfirmQuestion
                key={problem.path}
                path={problem.path}
                count={problem.files ?? 1}
                confirm={() => sayToo('confirm', problem.path ?? '')}
                leave={() => setProblem(null)}
              />
            ) : (
              <>
                <ProblemLine problem={problem} />
                {problem.code === 'CONFLICT' && problem.fields !== undefined && (
                  <div className={buttonCss['buttons']} data-testid="changed-meanwhile">
                    <button type="button" className={buttonCss['button']} onClick={() => void afterTheirs(false)}>
                      {t('settings.takeTheirs')}
                    </button>
                    <button type="button" className={buttonCss['button']} onClick={() => void afterTheirs(true)}>
                      {t('settings.keepMine')}
                    </button>
                  </div>
                )}
              </>
            )}
          </div>
        )}
        <div className={buttonCss['buttons']}>
          <SaveLine changed={changed} allowed saved={saved} />
          {changed && (
            <button
              type="button"
              className={buttonCss['plain']}
              onClick={() => {
                setProblem(null);
                setChanged(false);
              }}
            >
              {t('settings.discard')}
            </button>
          )}
        </div>
      </form>
    </SetupSection>
  );
}
