/** One rule being written: its name, its conditions, where it sends. */
import { Plus, Save, X } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import type { Problem } from '../../../shared/api.ts';
import type { HotFolder, Rule } from '../../../shared/hot-folder.ts';
import { hub, problemOf } from '../../client.ts';
import { escapeOf } from '../../input/escape.ts';
import buttonCss from '../../parts/button.module.css';
import fieldsCss from '../../parts/fields.module.css';
import { Field } from '../../parts/fields.tsx';
import { IconButton } from '../../parts/icon-button.tsx';
import { ProblemLine } from '../../parts/problem-line.tsx';
import textCss from '../../parts/text.module.css';
import { useTold } from '../../told.tsx';
import { useWords } from '../../words/words.ts';
import { changedIn, ruleSettingsIn } from './changed-in.ts';
import { type ConditionDraft, conditionKinds, conditionsOf, draftsOf, faultIn, newCondition, ruleSentence } from './rule-words.ts';
import rulesCss from './rules.module.css';

function Condition({
  draft,
  change,
  remove,
}: {
  readonly draft: ConditionDraft;
  readonly change: (draft: ConditionDraft) => void;
  readonly remove: () => void;
}) {
  const { t } = useWords();
  return (
    <div className={rulesCss['condition']}>
      <select
        value={draft.kind}
        aria-label={t('folders.rule.addCondition')}
        onChange={(event) => change({ ...draft, kind: conditionKinds.find((kind) => kind === event.target.value) ?? 'product' })}
      >
        {conditionKinds.map((kind) => (
          <option key={kind} value={kind}>
            {t(`folders.rule.condition.${kind}`)}
          </option>
        ))}
      </select>
      {draft.kind === 'quantity' ? (
        <div className={`${fieldsCss['pair']} ${fieldsCss['form']}`}>
          <input
            inputMode="numeric"
            value={draft.from}
            placeholder={t('folders.rule.from2')}
            aria-label={t('folders.rule.from')}
            onChange={(event) => change({ ...draft, from: event.target.value })}
          />
          <input
            inputMode="numeric"
            value={draft.to}
            placeholder={t('folders.rule.to2')}
            aria-label={t('folders.rule.to')}
            onChange={(event) => change({ ...draft, to: event.target.value })}
          />
        </div>
      ) : (
        <div className={fieldsCss['form']}>
          {draft.kind === 'attribute' && (
            <input
              value={draft.name}
              placeholder={t('folders.rule.attributeName')}
              aria-label={t('folders.rule.attributeName')}
              onChange={(event) => change({ ...draft, name: event.target.value })}
            />
          )}
          <input
            value={draft.values}
            placeholder={t('folders.rule.values')}
            aria-label={t('folders.rule.values')}
            onChange={(event) => change({ ...draft, values: event.target.value })}
          />
        </div>
      )}
      <IconButton icon={X} label={t('folders.rule.removeCondition')} onClick={remove} />
    </div>
  );
}

/** What somebody else has made of it meanwhile. */
function Stands({ rule: { name, conditions, hotFolderId }, folders }: { readonly rule: Rule; readonly folders: readonly HotFolder[] }) {
  const { t, language } = useWords();
  const target = hotFolderId === null ? null : folders.find(({ id }) => id === hotFolderId)?.name;
  const sentence = ruleSentence(conditions, target, t, language).map(({ text }) => text);
  return (
    <p data-testid="stands-now">
      <bdi>
        {name}: {sentence.join('')}
      </bdi>
    </p>
  );
}

export function RuleForm({
  rule,
  folders,
  close,
}: {
  readonly rule: Rule | null;
  readonly folders: readonly HotFolder[];
  readonly close: () => void;
}) {
  const { t } = useWords();
  const told = useTold<HTMLParagraphElement>();
  const [name, setName] = useState(rule?.name ?? '');
  const [drafts, setDrafts] = useState<readonly ConditionDraft[]>(() =>
    rule === null ? [newCondition('product')] : draftsOf(rule.conditions),
  );
  const [target, setTarget] = useState<number | null>(rule === null ? (folders[0]?.id ?? null) : rule.hotFolderId);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [stands, setStands] = useState(rule);
  const typed = [name, drafts, target];
  const [before] = useState(typed);
  const fault = faultIn(drafts);
  const busy = useRef(false);
  const save = async (): Promise<void> => {
    // The second press of a double one would make a second rule.
    if (busy.current) return;
    busy.current = true;
    const conditions = conditionsOf(drafts);
    const spoken =
      name.trim() ||
      Object.values(conditions)
        .flat()
        .filter((value) => typeof value === 'string')
        .join(', ') ||
      t('folders.rule.all');
    const settings = { name: spoken.slice(0, 100), conditions, hotFolderId: target };
    const begun = rule === null ? settings : { ...ruleSettingsIn(rule), conditions: conditionsOf(draftsOf(rule.conditions)) };
    try {
      if (rule === null) await hub().rules.create(settings);
      else if (stands !== null) await hub().rules.update({ id: rule.id, ...changedIn(settings, begun, ruleSettingsIn(stands)) });
      close();
    } catch (error) {
      const refused = problemOf(error);
      // Whoever saves once more has seen what stands there now.
      if (refused.fields !== undefined && rule !== null)
        setStands(
          await hub()
            .rules.get({ id: rule.id })
            .catch(() => stands),
        );
      setProblem(refused);
    } finally {
      busy.current = false;
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save();
  };
  return (
    <form className={fieldsCss['form']} onSubmit={submit} data-testid="rule-form">
      <h3>{rule === null ? t('folders.rule.newTitle') : <bdi>{rule.name}</bdi>}</h3>
      {drafts.map((draft, at) => (
        <Condition
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place.
          key={at}
          draft={draft}
          change={(next) => setDrafts(drafts.with(at, next))}
          remove={() => setDrafts(drafts.toSpliced(at, 1))}
        />
      ))}
      <div>
        <button type="button" className={buttonCss['plain']} onClick={() => setDrafts([...drafts, newCondition('product')])}>
          <Plus size={20} aria-hidden />
          {t('folders.rule.addCondition')}
        </button>
      </div>
      <div className={fieldsCss['pair']}>
        <label className={fieldsCss['field']}>
          <span className={fieldsCss['label']}>{t('folders.rule.target')}</span>
          <select value={target ?? ''} onChange={(event) => setTarget(event.target.value === '' ? null : Number(event.target.value))}>
            {folders.map((folder) => (
              <option key={folder.id} value={folder.id}>
                {folder.name}
              </option>
            ))}
            <option value="">{t('folders.rule.noFolder')}</option>
          </select>
        </label>
        <Field label={t('folders.rule.name')} value={name} onChange={setName} />
      </div>
      {problem !== null && <ProblemLine problem={problem} />}
      {problem?.fields !== undefined && stands !== null && <Stands rule={stands} folders={folders} />}
      {fault !== null && (
        <p ref={told} className={textCss['soft']}>
          {t(`folders.rule.${fault}`)}
        </p>
      )}
      <div className={buttonCss['buttons']}>
        <button type="submit" className={buttonCss['main']} disabled={fault !== null}>
          <Save size={20} aria-hidden />
          {t('folders.save')}
        </button>
        <button type="button" data-escape={escapeOf(typed, before)} className={buttonCss['plain']} onClick={close}>
          {t('folders.cancel')}
        </button>
      </div>
    </form>
  );
}
