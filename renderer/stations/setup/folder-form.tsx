/** Adds or changes a hot folder. It is tried first, each step with its tick; only what works can be saved. */
import { ChevronRight, FlaskConical, FolderSearch, LoaderCircle, Save } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Problem } from '../../../shared/api.ts';
import type { HotFolder, ProbeResult } from '../../../shared/hot-folder.ts';
import { chooseFolder, hub, problemOf } from '../../client.ts';
import { escapeOf } from '../../input/escape.ts';
import buttonCss from '../../parts/button.module.css';
import cardCss from '../../parts/card.module.css';
import fieldsCss from '../../parts/fields.module.css';
import { Choice, Field, TickField } from '../../parts/fields.tsx';
import { otherHubWords, TakeOverCard } from '../../parts/other-hub.tsx';
import { ProblemLine } from '../../parts/problem-line.tsx';
import rawErrorCss from '../../parts/raw-error.module.css';
import textCss from '../../parts/text.module.css';
import { useWords } from '../../words/words.ts';
import { changedIn } from './changed-in.ts';
import { type Draft, draftOf, isWhole, newDraft, settingsOf } from './folder-settings.ts';
import { ProbeSteps } from './probe-steps.tsx';
import { type Waiting, WaitingQuestion } from './waiting-question.tsx';

type Changer = <Key extends keyof Draft>(key: Key, value: Draft[Key]) => void;

function More({ draft, change }: { readonly draft: Draft; readonly change: Changer }) {
  const { t } = useWords();
  return (
    <details className={rawErrorCss['raw']}>
      <summary>
        <ChevronRight size={16} aria-hidden />
        {t('folders.field.more')}
      </summary>
      <div className={fieldsCss['form']}>
        <div className={fieldsCss['pair']}>
          <Field
            label={t('folders.field.types')}
            hint={t('folders.field.typesHint')}
            value={draft.types}
            onChange={(value) => change('types', value)}
          />
          <Field
            label={t('folders.field.template')}
            hint={t('folders.field.templateHint')}
            value={draft.template}
            onChange={(value) => change('template', value)}
          />
        </div>
        <TickField label={t('folders.field.contract')} on={draft.contract} onChange={(on) => change('contract', on)} />
        <Choice
          label={t('folders.field.outcome')}
          value={draft.outcome}
          onChange={(value) => change('outcome', value)}
          options={[
            ['none', t('folders.field.outcomeNone')],
            ['kodak', t('folders.field.outcomeKodak')],
            ['named', t('folders.field.outcomeNamed')],
          ]}
        />
        {draft.outcome === 'named' && (
          <div className={fieldsCss['pair']}>
            <Field label={t('folders.field.done')} value={draft.done} onChange={(value) => change('done', value)} />
            <Field label={t('folders.field.failed')} value={draft.failed} onChange={(value) => change('failed', value)} />
          </div>
        )}
        <Choice
          label={t('folders.field.temp')}
          value={draft.temp}
          onChange={(value) => change('temp', value)}
          options={[
            ['auto', t('folders.field.tempAuto')],
            ['beside', t('folders.field.tempBeside')],
            ['inside', t('folders.field.tempInside')],
            ['staging', t('folders.field.tempStaging')],
          ]}
        />
        {draft.temp === 'staging' && (
          <Field label={t('folders.field.staging')} value={draft.staging} onChange={(value) => change('staging', value)} />
        )}
        <div className={fieldsCss['pair']}>
          <Field
            label={t('folders.field.capacity')}
            hint={t('folders.field.capacityHint')}
            numeric
            value={draft.capacity}
            onChange={(value) => change('capacity', value)}
          />
          <Field label={t('folders.field.takenAfter')} numeric value={draft.takenAfter} onChange={(value) => change('takenAfter', value)} />
          <Field label={t('folders.field.lyingAfter')} numeric value={draft.lyingAfter} onChange={(value) => change('lyingAfter', value)} />
        </div>
      </div>
    </details>
  );
}

export function FolderForm({ folder, close }: { readonly folder: HotFolder | null; readonly close: () => void }) {
  const { t, language } = useWords();
  const [before] = useState<Draft>(() => (folder === null ? newDraft : draftOf(folder)));
  const [draft, setDraft] = useState<Draft>(before);
  const [tried, setTried] = useState<{ readonly draft: Draft; readonly probe: ProbeResult } | null>(null);
  // What was typed while it was being tried is not what was tried.
  const probe = tried?.draft === draft ? tried.probe : null;
  const [problem, setProblem] = useState<Problem | null>(null);
  const [stands, setStands] = useState(folder);
  const [busy, setBusy] = useState<'try' | 'save' | null>(null);
  const change: Changer = (key, value) => {
    setDraft({ ...draft, [key]: value });
    setProblem(null);
  };
  const run = async (what: 'try' | 'save', work: () => Promise<void>): Promise<void> => {
    setBusy(what);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      const refused = problemOf(error);
      // Whoever saves once more has seen what stands there now.
      if (refused.fields !== undefined && folder !== null)
        setStands(
          await hub()
            .hotFolders.get({ id: folder.id })
            .catch(() => stands),
        );
      setProblem(refused);
    }
    setBusy(null);
  };
  const settings = settingsOf(draft, folder?.paused ?? false);
  const complete = settings.name !== '' && settings.path !== '' && isWhole(draft);
  const tryOut = (takeOver: boolean): Promise<void> =>
    run('try', async () => setTried({ draft, probe: await hub().hotFolders.tryOut({ ...settings, takeOver }) }));
  const otherHub = probe?.reasonCode === 'OtherHub' ? (probe.steps.find(({ ok }) => !ok)?.raw ?? null) : null;
  const save = (waiting?: Waiting): Promise<void> =>
    run('save', async () => {
      if (folder === null) await hub().hotFolders.create(settings);
      else {
        const { paused: _, ...wished } = settings;
        const { paused: __, ...begun } = settingsOf(before, false);
        await hub().hotFolders.update({
          id: folder.id,
          ...changedIn(wished, begun, stands ?? folder),
          ...(waiting !== undefined && { waiting }),
        });
      }
      close();
    });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save();
  };
  const waitingCount = problem?.code === 'CONFLICT' ? (problem.waiting ?? 0) : 0;
  const browse = async (): Promise<void> => {
    const path = await chooseFolder?.();
    if (path != null) change('path', path);
  };
  return (
    <form className={`${cardCss['card']} ${fieldsCss['form']}`} onSubmit={submit} data-testid="folder-form">
      <h3>
        <bdi>{folder === null ? t('folders.newTitle') : t('folders.editTitle', { name: folder.name })}</bdi>
      </h3>
      <div className={fieldsCss['pair']}>
        <Field
          label={t('folders.field.name')}
          hint={t('folders.field.nameHint')}
          value={draft.name}
          onChange={(value) => change('name', value)}
          focus
        />
        <Choice
          label={t('folders.field.location')}
          value={draft.location}
          onChange={(value) => change('location', value)}
          options={[
            ['local', t('folders.field.local')],
            ['network', t('folders.field.network')],
          ]}
        />
      </div>
      <div className={chooseFolder === null ? undefined : fieldsCss['withButton']}>
        <Field
          label={t('folders.field.path')}
          hint={t('folders.field.pathHint')}
          value={draft.path}
          onChange={(value) => change('path', value)}
        />
        {chooseFolder !== null && (
          <button type="button" className={buttonCss['button']} style={{ alignSelf: 'center' }} onClick={() => void browse()}>
            <FolderSearch size={20} aria-hidden />
            {t('folders.browse')}
          </button>
        )}
      </div>
      <More draft={draft} change={change} />
      {probe !== null && <ProbeSteps probe={probe} />}
      {otherHub !== null && (
        <TakeOverCard trouble={{ what: otherHubWords(otherHub, t, language), raw: null, since: null }} takeOver={() => tryOut(true)} />
      )}
      {waitingCount > 0 ? (
        <WaitingQuestion
          count={waitingCount}
          busy={busy !== null}
          answer={(waiting) => void save(waiting)}
          keep={() => change('path', folder?.path ?? draft.path)}
        />
      ) : (
        problem !== null && <ProblemLine problem={problem} />
      )}
      <div className={buttonCss['buttons']}>
        <button
          type="button"
          className={probe?.ok === true ? buttonCss['button'] : buttonCss['main']}
          // Not disabled while it tries: whoever pressed it would lose the focus.
          disabled={!complete}
          aria-disabled={busy !== null}
          onClick={() => busy === null && void tryOut(false)}
        >
          {busy === 'try' ? <LoaderCircle className={textCss['spin']} size={20} aria-hidden /> : <FlaskConical size={20} aria-hidden />}
          {t(busy === 'try' ? 'folders.trying' : 'folders.tryOut')}
        </button>
        <button
          type="submit"
          className={probe?.ok === true ? buttonCss['main'] : buttonCss['button']}
          disabled={!complete || probe?.ok !== true || busy !== null}
          title={probe?.ok === true ? undefined : t('folders.tryFirst')}
        >
          <Save size={20} aria-hidden />
          {t('folders.save')}
        </button>
        <button type="button" data-escape={escapeOf(draft, before)} className={buttonCss['plain']} onClick={close}>
          {t('folders.cancel')}
        </button>
      </div>
    </form>
  );
}
