/** Where files arrive, and how long they must lie unchanged. Changes are saved when the person says so. */
import { FolderSearch, Plus, Save, Trash2 } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import type { Problem, Settings } from '../../../shared/api.ts';
import { chooseFolder, hub, problemOf } from '../../client.ts';
import { Field } from '../../parts/fields.tsx';
import { SignMark } from '../../parts/sign.tsx';
import { useFloor } from '../../store.ts';
import { useWords } from '../../words/words.ts';
import { ProblemLine } from './probe-steps.tsx';
import { SetupSection } from './setup-section.tsx';

type Incoming = Settings['incoming'][number];

function Line({
  folder,
  change,
  remove,
}: {
  readonly folder: Incoming;
  readonly change: (folder: Incoming) => void;
  readonly remove: () => void;
}) {
  const { t } = useWords();
  const watched = useFloor((state) => state.health?.watching.find((candidate) => candidate.path === folder.path));
  const browse = async (): Promise<void> => {
    const path = await chooseFolder?.();
    if (path != null) change({ ...folder, path });
  };
  return (
    <li className="incoming">
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
      {chooseFolder !== null && (
        <button
          type="button"
          className="button icon-only"
          title={t('folders.browse')}
          aria-label={t('folders.browse')}
          onClick={() => void browse()}
        >
          <FolderSearch size={20} aria-hidden />
        </button>
      )}
      <button
        type="button"
        className="button plain icon-only"
        title={t('folders.remove')}
        aria-label={t('folders.remove')}
        onClick={remove}
      >
        <Trash2 size={20} aria-hidden />
      </button>
      {watched !== undefined && (
        <p className="watched">
          <SignMark sign={watched.state === 'missing' ? 'stop' : 'done'} size={18} /> {t(`folders.watch.${watched.state}`)}
        </p>
      )}
    </li>
  );
}

export function Incoming() {
  const { t } = useWords();
  const online = useFloor((state) => state.connection.kind === 'online');
  const [folders, setFolders] = useState<readonly Incoming[] | null>(null);
  const [settle, setSettle] = useState('');
  const [changed, setChanged] = useState(false);
  const [saved, setSaved] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    if (!online || changed) return;
    hub()
      .settings.get()
      .then(
        (settings) => {
          setFolders(settings.incoming);
          setSettle(String(settings.settleMs / 1000));
        },
        (error) => setProblem(problemOf(error)),
      );
  }, [online, changed]);
  const change = (next: readonly Incoming[]): void => {
    setFolders(next);
    setChanged(true);
    setSaved(false);
  };
  const save = async (): Promise<void> => {
    const seconds = Number(settle.replace(',', '.'));
    try {
      const settings = {
        incoming: (folders ?? []).filter((folder) => folder.path.trim() !== ''),
        ...(Number.isFinite(seconds) ? { settleMs: Math.max(0, Math.round(seconds * 1000)) } : {}),
      };
      await hub().settings.update(settings);
      setProblem(null);
      setChanged(false);
      setSaved(true);
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save();
  };
  return (
    <SetupSection
      title={t('folders.incoming')}
      lead={t('folders.incomingLead')}
      end={
        <button type="button" className="button" onClick={() => change([...(folders ?? []), { path: '', location: 'local' }])}>
          <Plus size={20} aria-hidden />
          {t('folders.addIncoming')}
        </button>
      }
    >
      <form className="card form" onSubmit={submit}>
        <ul className="form">
          {folders?.map((folder, at) => (
            <Line
              // biome-ignore lint/suspicious/noArrayIndexKey: a folder being typed has no identity but its place.
              key={at}
              folder={folder}
              change={(next) => change(folders.with(at, next))}
              remove={() => change(folders.toSpliced(at, 1))}
            />
          ))}
        </ul>
        <Field
          label={t('folders.settle')}
          hint={t('folders.settleHint')}
          numeric
          value={settle}
          onChange={(value) => {
            setSettle(value);
            setChanged(true);
            setSaved(false);
          }}
        />
        {problem !== null && <ProblemLine problem={problem} />}
        <div className="buttons">
          <button type="submit" className={`button${changed ? ' main' : ''}`} disabled={!changed}>
            <Save size={20} aria-hidden />
            {t('folders.save')}
          </button>
          {saved && (
            <p role="status" style={{ alignSelf: 'center' }}>
              <SignMark sign="done" size={18} /> {t('folders.saved')}
            </p>
          )}
        </div>
      </form>
    </SetupSection>
  );
}
