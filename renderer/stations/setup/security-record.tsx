/** What touched security, newest first: what, by whom, from where, and what it was before. */
import { FolderCog, KeyRound, ListTree, type LucideIcon, Settings2, ShieldAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Problem } from '../../../shared/api.ts';
import { foreignRequests, type SecurityEntry, type SecurityKind } from '../../../shared/security.ts';
import { hub, problemOf, whileShown } from '../../client.ts';
import { useFloor } from '../../floor/floor.ts';
import buttonCss from '../../parts/button.module.css';
import cardCss from '../../parts/card.module.css';
import historyCss from '../../parts/history.module.css';
import { ProblemLine } from '../../parts/problem-line.tsx';
import shapeCss from '../../parts/shape.module.css';
import signCss from '../../parts/sign.module.css';
import textCss from '../../parts/text.module.css';
import { actorWords } from '../../words/actor.ts';
import { exact } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';
import { aboutWords, changeWords } from './record-words.ts';
import { SetupSection } from './setup-section.tsx';

const icons: Readonly<Record<SecurityKind, LucideIcon>> = {
  tokenMade: KeyRound,
  tokenRevoked: KeyRound,
  tokenUsed: KeyRound,
  tokenWrong: ShieldAlert,
  tokenEnded: ShieldAlert,
  rightRefused: ShieldAlert,
  foreignRequest: ShieldAlert,
  dataWasOpen: ShieldAlert,
  markerIgnored: ShieldAlert,
  takeOverSaid: FolderCog,
  settingsChanged: Settings2,
  folderAdded: FolderCog,
  folderChanged: FolderCog,
  folderRemoved: FolderCog,
  ruleAdded: ListTree,
  ruleChanged: ListTree,
  ruleRemoved: ListTree,
};

/** What strangers did, of which the record keeps a word and no text of theirs. */
const signs = ['unknown', 'unreadable', ...foreignRequests] as const;
const isSign = (about: string): about is (typeof signs)[number] => signs.some((sign) => sign === about);

function Line({ entry }: { readonly entry: SecurityEntry }) {
  const { t, language } = useWords();
  const hotFolders = useFloor((state) => state.hotFolders) ?? [];
  const { kind, at, until, times, actor, address, about, changes } = entry;
  const Icon = icons[kind] ?? ShieldAlert;
  const what = isSign(about) ? t(`security.wrong.${about}`) : aboutWords(entry, t);
  const who = [
    actor === null ? null : t('job.by', { who: actorWords(actor, t) }),
    address === null ? null : t('security.from', { address }),
    times === 1 ? null : t('security.times', { count: times, when: exact(Date.parse(until), language) }),
  ].filter((part) => part !== null);
  return (
    <li data-kind={kind}>
      <Icon className={icons[kind] === ShieldAlert ? signCss['attention'] : signCss['sign']} size={20} aria-hidden />
      <div>
        <p className={historyCss['say']}>
          <bdi>{t(`security.kind.${kind}`, { about: what })}</bdi>
        </p>
        {changes.map((change, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list says several things of one field, and never changes.
          <p key={at}>
            <bdi>{changeWords(kind, change, { t, language, hotFolders })}</bdi>
          </p>
        ))}
        <p className={historyCss['under']}>
          <bdi>{who.join(' · ')}</bdi>
        </p>
      </div>
      <time dateTime={at}>{exact(Date.parse(at), language)}</time>
    </li>
  );
}

export function SecurityRecord() {
  const { t } = useWords();
  const online = useFloor((state) => state.connection.kind === 'online');
  const [entries, setEntries] = useState<readonly SecurityEntry[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    if (!online) return;
    const tell = (first: { readonly items: readonly SecurityEntry[]; readonly next: string | null }): void => {
      setEntries(first.items);
      setNext(first.next);
    };
    return whileShown(hub().security.list({ limit: 50 }), tell, setProblem);
  }, [online]);
  const more = async (cursor: string): Promise<void> => {
    setBusy(true);
    try {
      const page = await hub().security.list({ limit: 50, cursor });
      setEntries((before) => [...(before ?? []), ...page.items]);
      setNext(page.next);
      setProblem(null);
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  return (
    <SetupSection title={t('security.record')} lead={t('security.recordLead')}>
      {entries === null && problem === null && (
        <span className={shapeCss['shape']} style={{ height: 160 }} role="status" aria-label={t('app.loading')} />
      )}
      {entries?.length === 0 && <p className={textCss['soft']}>{t('security.nothing')}</p>}
      {entries !== null && entries.length > 0 && (
        <ol className={`${cardCss['card']} ${historyCss['history']}`} data-testid="security-record">
          {entries.map((entry) => (
            <Line key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {problem !== null && <ProblemLine problem={problem} />}
      {next !== null && (
        <div className={buttonCss['buttons']}>
          <button type="button" className={buttonCss['button']} disabled={busy} onClick={() => void more(next)}>
            {t('security.more')}
          </button>
        </div>
      )}
    </SetupSection>
  );
}
