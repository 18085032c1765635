/** The rules in their order, as sentences; moved, changed, added, removed. */
import { ArrowDown, ArrowUp, ListOrdered, type LucideIcon, Pencil, Trash2 } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../../../shared/api.ts';
import type { HotFolder, Rule } from '../../../shared/hot-folder.ts';
import { neverReached } from '../../../shared/routing.ts';
import { hub, problemOf } from '../../client.ts';
import { useFloor } from '../../floor/floor.ts';
import { useSteady } from '../../input/steady.ts';
import askCss from '../../parts/ask.module.css';
import buttonCss from '../../parts/button.module.css';
import cardCss from '../../parts/card.module.css';
import { Empty } from '../../parts/empty.tsx';
import { IconButton } from '../../parts/icon-button.tsx';
import { ProblemLine } from '../../parts/problem-line.tsx';
import { SignMark } from '../../parts/sign.tsx';
import { takeFocus } from '../../parts/take-focus.ts';
import textCss from '../../parts/text.module.css';
import { useWords } from '../../words/words.ts';
import { ruleSettingsIn } from './changed-in.ts';
import { RuleForm } from './rule-form.tsx';
import { ruleSentence } from './rule-words.ts';
import css from './rules.module.css';
import { SetupSection } from './setup-section.tsx';

type SentenceProps = {
  readonly rule: Rule;
  readonly folders: readonly HotFolder[];
  /** Where the rule stands that takes every job this one would; null: jobs come to it. */
  readonly behind: number | null;
};

function Sentence({ rule, folders, behind }: SentenceProps) {
  const { t, language } = useWords();
  const target = rule.hotFolderId === null ? null : folders.find((folder) => folder.id === rule.hotFolderId)?.name;
  let at = 0;
  return (
    <div>
      <p>
        {ruleSentence(rule.conditions, target, t, language).map(({ text, typed }) =>
          typed ? (
            <b key={at++}>
              <bdi>{text}</bdi>
            </b>
          ) : (
            <span key={at++}>{text}</span>
          ),
        )}
      </p>
      <p className={textCss['soft']}>
        <bdi>{rule.name}</bdi>
      </p>
      {behind !== null && (
        <p className={css['never']} data-testid="never-reached">
          <SignMark sign="attention" size={18} /> {t('folders.rule.never', { place: behind })}
        </p>
      )}
    </div>
  );
}

/** Asks before a rule is removed, and says first what that comes to. */
type RemovalProps = { readonly rule: Rule; readonly behind: number; readonly remove: () => void; readonly keep: () => void };

function RuleRemoval({ rule, behind, remove, keep }: RemovalProps) {
  const { t } = useWords();
  const folder = useFloor((state) => state.hotFolders?.find(({ id }) => id === rule.hotFolderId) ?? null);
  return (
    <section className={askCss['ask']} data-testid="rule-removal">
      <h4>
        <bdi>{t('folders.rule.removeSure', { name: rule.name })}</bdi>
      </h4>
      <p>
        {t('folders.rule.behind', { count: behind })}
        {folder !== null && ` ${t('folders.rule.there', { count: folder.queued + folder.lying, name: folder.name })}`}
      </p>
      <p>{t('folders.rule.removal')}</p>
      <div className={buttonCss['buttons']}>
        <button type="button" className={buttonCss['button']} onClick={remove}>
          {t('folders.removeYes')}
        </button>
        <button type="button" data-escape="leave" className={buttonCss['button']} onClick={keep} ref={takeFocus}>
          {t('folders.keep')}
        </button>
      </div>
    </section>
  );
}

export function Rules({ icon: Icon, folders }: { readonly icon: LucideIcon; readonly folders: readonly HotFolder[] }) {
  const { t } = useWords();
  const online = useFloor((state) => state.connection.kind === 'online');
  const [rules, setRules] = useState<readonly Rule[] | null>(null);
  const [edit, setEdit] = useState<number | 'new' | null>(null);
  const [removing, setRemoving] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const load = useCallback(async (): Promise<void> => {
    try {
      setRules((await hub().rules.list()).items.toSorted((a, b) => a.position - b.position));
    } catch (error) {
      setProblem(problemOf(error));
    }
  }, []);
  useEffect(() => {
    if (online) void load();
  }, [online, load]);
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(problemOf(error));
    }
    await load();
  };
  /** Both get a new position even when they shared one. */
  const swap = (rule: Rule, other: Rule | undefined, earlier: boolean): void => {
    if (other === undefined) return;
    const [low, high] = [Math.min(rule.position, other.position), Math.max(rule.position, other.position)];
    const apart = high === low ? low + 1 : high;
    void run(async () => {
      const seen = ({ name, position }: Rule) => ({ name, position });
      await hub().rules.update({ id: rule.id, position: earlier ? low : apart, seen: seen(rule) });
      await hub().rules.update({ id: other.id, position: earlier ? apart : low, seen: seen(other) });
    });
  };
  // A second tap meant for the rule that has just gone would take the next one.
  const steady = useSteady((rules ?? []).map(({ id }) => id).join(' '));
  const never = neverReached(rules ?? []);
  const behind = ({ id }: Rule): number | null => {
    const first = never.get(id);
    return first === undefined || rules === null ? null : rules.indexOf(first) + 1;
  };
  const close = (): void => {
    setEdit(null);
    void load();
  };
  return (
    <SetupSection
      title={t('folders.rules')}
      lead={t('folders.rulesLead')}
      end={
        edit !== 'new' && (
          <button type="button" className={buttonCss['button']} onClick={() => setEdit('new')}>
            <Icon size={20} aria-hidden />
            {t('folders.addRule')}
          </button>
        )
      }
    >
      {problem !== null && <ProblemLine problem={problem} />}
      {rules?.length === 0 && edit !== 'new' && (
        <Empty icon={ListOrdered} title={t('folders.rule.none')} text={t('folders.rule.noneTodo')} />
      )}
      {rules !== null && rules.length > 0 && (
        <ol className={cardCss['card']} data-testid="rules">
          {rules.map((rule, at) => (
            <li key={rule.id} className={edit === rule.id || removing === rule.id ? undefined : css['rule']}>
              {edit === rule.id ? (
                <RuleForm rule={rule} folders={folders} close={close} />
              ) : removing === rule.id ? (
                <RuleRemoval
                  rule={rule}
                  behind={rules.length - 1 - at}
                  keep={() => setRemoving(null)}
                  remove={() => {
                    setRemoving(null);
                    void run(() => hub().rules.remove({ id: rule.id, seen: ruleSettingsIn(rule) }));
                  }}
                />
              ) : (
                <>
                  <span className={css['place']}>{at + 1}</span>
                  <Sentence rule={rule} folders={folders} behind={behind(rule)} />
                  <span className={buttonCss['buttons']}>
                    <IconButton
                      icon={ArrowUp}
                      label={t('folders.rule.up')}
                      disabled={at === 0}
                      onClick={() => swap(rule, rules[at - 1], true)}
                    />
                    <IconButton
                      icon={ArrowDown}
                      label={t('folders.rule.down')}
                      disabled={at === rules.length - 1}
                      onClick={() => swap(rule, rules[at + 1], false)}
                    />
                    <IconButton icon={Pencil} label={t('folders.edit')} onClick={() => setEdit(rule.id)} />
                    <IconButton icon={Trash2} label={t('folders.remove')} disabled={!steady} onClick={() => setRemoving(rule.id)} />
                  </span>
                </>
              )}
            </li>
          ))}
        </ol>
      )}
      {edit === 'new' && (
        <div className={cardCss['card']}>
          <RuleForm rule={null} folders={folders} close={close} />
        </div>
      )}
    </SetupSection>
  );
}
