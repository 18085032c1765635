/** What is wrong on the floor and belongs to no single job: folders in trouble, one banner each, and files that were not accepted. */
import { useState } from 'react';
import type { Arrival, Health } from '../../../shared/api.ts';
import { filesLieThereIn } from '../../../shared/files-lie-there.ts';
import type { HotFolder } from '../../../shared/hot-folder.ts';
import { otherHubIn } from '../../../shared/other-hub.ts';
import { foundIn } from '../../../shared/words/recall.ts';
import { type Language, sentence } from '../../../shared/words/say.ts';
import { hub } from '../../client.ts';
import { useFloor } from '../../floor/floor.ts';
import { noteArrival } from '../../floor/load.ts';
import { askHealth } from '../../health.ts';
import buttonCss from '../../parts/button.module.css';
import { CheckFolder } from '../../parts/check-folder.tsx';
import { ConfirmQuestion } from '../../parts/confirm-question.tsx';
import { FoldedNotice } from '../../parts/folded-notice.tsx';
import { otherHubWords, TakeOverCard } from '../../parts/other-hub.tsx';
import textCss from '../../parts/text.module.css';
import { reasonWords, type Trouble, TroubleCard } from '../../parts/trouble.tsx';
import { AskedFiles, ToldFiles } from '../../parts/whose-file.tsx';
import { useMaySetUp } from '../../rights.ts';
import { type Say, useWords } from '../../words/words.ts';
import css from './notices.module.css';

export function folderTrouble(folder: HotFolder, named: boolean, t: Say, language: Language): Trouble {
  const words = reasonWords(folder.reasonCode, language) ?? { what: t('trouble.unknown'), todo: t('trouble.unknownTodo') };
  const what = folder.reasonCode === 'OtherHub' ? otherHubWords(folder.raw, t, language) : words.what;
  return {
    what: named ? t('trouble.folder', { name: folder.name, what }) : what,
    todo: words.todo,
    raw: folder.raw,
    since: folder.troubleSince,
    sign: 'stop',
  };
}

/** `named` is left out where everything on the screen is about this folder. `leads`: nothing comes before it. */
export function FolderBanner({
  folder,
  size = 22,
  named = true,
  leads = true,
}: {
  readonly folder: HotFolder;
  readonly size?: number;
  readonly named?: boolean;
  readonly leads?: boolean;
}) {
  const { t, language } = useWords();
  const { held = 0 } = folder;
  const { reasonCode: reason } = folder;
  const waits = folder.queued > held && (
    <>
      {' '}
      <b>{t('trouble.waiting', { count: folder.queued - held })}.</b>
    </>
  );
  if (reason === 'OtherHub' || reason === 'OtherFolder') {
    return (
      <TakeOverCard
        trouble={folderTrouble(folder, named, t, language)}
        reason={reason}
        size={size}
        extra={waits}
        takeOver={() => hub().hotFolders.probe({ id: folder.id, takeOver: true })}
      >
        <CheckFolder id={folder.id} size={size > 22 ? 28 : 20} />
      </TakeOverCard>
    );
  }
  return (
    <TroubleCard trouble={folderTrouble(folder, named, t, language)} size={size} extra={waits}>
      <CheckFolder id={folder.id} main={leads} size={size > 22 ? 28 : 20} />
    </TroubleCard>
  );
}

function FolderNotice({ folder, leads }: { readonly folder: HotFolder; readonly leads: boolean }) {
  const { t, language } = useWords();
  const { reasonCode: reason, held = 0 } = folder;
  const isOthers = reason === 'OtherHub' || reason === 'OtherFolder';
  const { what } = folderTrouble(folder, true, t, language);
  const waits = folder.queued > held ? ` ${t('trouble.waiting', { count: folder.queued - held })}.` : '';
  return (
    <FoldedNotice
      sign="stop"
      what={what + waits}
      since={folder.troubleSince}
      button={isOthers ? undefined : <CheckFolder id={folder.id} main={leads} size={20} />}
    >
      <FolderBanner folder={folder} leads={leads} />
    </FoldedNotice>
  );
}

/** An incoming folder that nothing is taken from. */
function MissingIncoming({ watched: { path, reason } }: { readonly watched: Health['watching'][number] }) {
  const { t, language } = useWords();
  const maySetUp = useMaySetUp();
  const save = async (said: { readonly takeOver?: string[]; readonly confirm?: string[] }): Promise<void> => {
    const { incoming } = await hub().settings.get();
    await hub().settings.update({ incoming, ...said });
    await askHealth();
  };
  const files = filesLieThereIn(reason);
  if (files !== null) {
    const words = reasonWords('FilesLieThere', language);
    const trouble: Trouble = {
      what: t('trouble.folder', { name: path, what: words?.what ?? '' }),
      todo: words?.todo ?? null,
      raw: null,
      since: null,
      sign: 'attention',
    };
    const question = <ConfirmQuestion path={path} count={files} confirm={() => save({ confirm: [path] })} />;
    return <TroubleCard trouble={trouble} below={maySetUp ? question : <p className={textCss['soft']}>{t('app.adminOnly')}</p>} />;
  }
  if (otherHubIn(reason) === null)
    return (
      <TroubleCard
        trouble={{ what: t('trouble.watching', { path }), todo: t('trouble.watchingTodo'), raw: reason, since: null, sign: 'stop' }}
      />
    );
  const what = t('trouble.folder', { name: path, what: otherHubWords(reason, t, language) });
  return <TakeOverCard trouble={{ what, raw: reason, since: null }} takeOver={() => save({ takeOver: [path] })} />;
}

/** What to do about these stands in their details: row, column, field. */
const readsDetails: ReadonlySet<string> = new Set(['BrokenTicket', 'HostileTicket', 'JobTooLarge']);

function RejectedNotice({ arrival }: { readonly arrival: Arrival }) {
  const { t, language } = useWords();
  const words = reasonWords(arrival.reasonCode, language)?.what ?? t('trouble.unknown');
  const what = [t('trouble.folder', { name: arrival.name, what: words }), detailsOf(arrival, language)].filter(Boolean).join(' ');
  return (
    <FoldedNotice
      sign="attention"
      what={what}
      since={arrival.at}
      happened
      button={
        <button type="button" className={buttonCss['button']} onClick={() => void noteArrival(arrival)}>
          {t('trouble.noted')}
        </button>
      }
    >
      <RejectedCard arrival={arrival} />
    </FoldedNotice>
  );
}

/** What was found, word for word, where it is needed to mend it. */
function detailsOf(arrival: Arrival, language: Language): string | null {
  const { details } = arrival;
  const said = details === null || details.key.startsWith('found.') ? null : sentence(language, details);
  return said ?? (readsDetails.has(arrival.reasonCode ?? '') ? arrival.detail : null);
}

function RejectedCard({ arrival }: { readonly arrival: Arrival }) {
  const { t, language } = useWords();
  const words = reasonWords(arrival.reasonCode, language) ?? { what: t('trouble.unknown'), todo: t('trouble.unknownTodo') };
  const details = detailsOf(arrival, language);
  const raw = [
    details === null && arrival.detail !== null ? foundIn(language, arrival.detail) : null,
    arrival.path === null ? null : `${t('trouble.lies')} ${arrival.path}`,
  ]
    .filter((line) => line !== null && line !== '')
    .join('\n');
  return (
    <TroubleCard
      trouble={{
        what: t('trouble.folder', { name: arrival.name, what: words.what }),
        todo: words.todo,
        raw,
        since: arrival.at,
        sign: 'attention',
        happened: true,
      }}
      details={details}
    >
      <button type="button" className={buttonCss['button']} onClick={() => void noteArrival(arrival)}>
        {t('trouble.noted')}
      </button>
    </TroubleCard>
  );
}

function WhoseFileNotice() {
  const { t } = useWords();
  const [first, ...others] = useFloor((state) => state.asked);
  return (
    <>
      <ToldFiles />
      {first !== undefined && (
        <FoldedNotice
          sign="attention"
          what={[
            `${t(`whose.title.${first.question?.about ?? 'file'}`)} ${first.name}`,
            ...(others.length > 0 ? [t('whose.more', { count: others.length })] : []),
          ].join(' · ')}
          since={first.at}
          happened
          label={t('whose.answer')}
        >
          <AskedFiles most={1} />
        </FoldedNotice>
      )}
    </>
  );
}

const shownAtFirst = 1;

/** `lead`: nothing else on the screen has a button that leads. */
export function Notices({ lead }: { readonly lead: boolean }) {
  const { t } = useWords();
  const folders = useFloor((state) => state.hotFolders) ?? [];
  const rejected = useFloor((state) => state.rejected);
  const rejectedMore = useFloor((state) => state.rejectedMore);
  const missing = (useFloor((state) => state.health?.watching) ?? []).filter((watched) => watched.state === 'missing');
  const [all, setAll] = useState(false);
  const shown = all ? rejected : rejected.slice(0, shownAtFirst);
  return (
    <div className={css['notices']}>
      {folders
        .filter((folder) => folder.state === 'trouble')
        .map((folder, at) => (
          <FolderNotice key={folder.id} folder={folder} leads={lead && at === 0} />
        ))}
      {missing.map((watched) => (
        <MissingIncoming key={watched.path} watched={watched} />
      ))}
      <WhoseFileNotice />
      {shown.map((arrival) => (
        <RejectedNotice key={arrival.id} arrival={arrival} />
      ))}
      {rejected.length > shownAtFirst && (
        <p>
          <b>{t(rejectedMore ? 'trouble.rejectedOver' : 'trouble.rejectedCount', { count: rejected.length })}. </b>
          <button type="button" className={buttonCss['plain']} aria-expanded={all} onClick={() => setAll(!all)}>
            {t(all ? 'trouble.showLess' : 'trouble.showAll')}
          </button>
        </p>
      )}
    </div>
  );
}
