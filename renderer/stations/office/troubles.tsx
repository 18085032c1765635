/** What is wrong with a job, the most urgent first, each with its one button; what is not shown is counted, and opens in place. */
import { FileCheck2, FolderSearch } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Arrival } from '../../../shared/api.ts';
import type { HotFolder } from '../../../shared/hot-folder.ts';
import type { Attention } from '../../../shared/job/state.ts';
import type { Job } from '../../../shared/job.ts';
import { ActionButton } from '../../actions/action-bar.tsx';
import { type Lead, remedyOf } from '../../actions/lead.ts';
import { isJustMoved } from '../../actions/moved.ts';
import { useTroublesTold } from '../../actions/use-lead.ts';
import { AddFileButton } from '../../adding/add-file.tsx';
import { askedForMissing } from '../../asked-for.ts';
import { useFloor } from '../../floor/floor.ts';
import buttonCss from '../../parts/button.module.css';
import { CheckFolder } from '../../parts/check-folder.tsx';
import { MoreButton } from '../../parts/more-button.tsx';
import textCss from '../../parts/text.module.css';
import type { Told } from '../../parts/told.ts';
import { TroubleCard, troubleOf } from '../../parts/trouble.tsx';
import { AskedFiles, ToldFiles } from '../../parts/whose-file.tsx';
import { type Route, writeRoute } from '../../route.ts';
import { answerWhose, useWhoseFile } from '../../whose-file.ts';
import { useWords } from '../../words/words.ts';
import { FolderBanner, folderTrouble } from './notices.tsx';

type TroubleButtonProps = {
  readonly job: Job;
  readonly problem: Attention;
  readonly leads: boolean;
  readonly size: number;
};

/** What the job misses has come: the answer to the question that stands above. */
type IsThisProps = { readonly job: Job; readonly arrival: Arrival; readonly leads: boolean; readonly size: number };

function IsThis({ job, arrival, leads, size }: IsThisProps) {
  const { t } = useWords();
  const busy = useWhoseFile((state) => state.busy.includes(arrival.id));
  const online = useFloor((state) => state.connection.kind === 'online');
  return (
    <button
      type="button"
      className={buttonCss[leads ? 'main' : 'button']}
      disabled={busy || !online}
      onClick={() => {
        if (!isJustMoved(job.id)) void answerWhose(arrival, job.id);
      }}
    >
      <FileCheck2 size={size} aria-hidden />
      <bdi>{t('whose.isThis', { name: arrival.name })}</bdi>
    </button>
  );
}

/** Where the file lies that asks for somebody. */
function folderToLookAt(job: Job): Route {
  const lies = job.deliveries.findLast(({ state }) => state === 'lying') ?? job.deliveries.findLast(({ state }) => state === 'delivered');
  const look = lies?.hotFolderId ?? job.hotFolderId;
  return { screen: 'folders', edit: null, ...(look !== null && { look }) };
}

/** What ends it, or where to look before anything is said of it. */
function TroubleButton({ job, problem, leads, size }: TroubleButtonProps) {
  const { t } = useWords();
  const waits = useFloor(({ asked }) => askedForMissing(asked, job));
  const folder = useFloor((state) => state.hotFolders?.find(({ id }) => id === job.hotFolderId));
  const remedy = remedyOf(job, problem, folder);
  if (remedy === null) return null;
  switch (remedy) {
    case 'check':
      return job.hotFolderId === null ? null : <CheckFolder id={job.hotFolderId} main={leads} size={size} />;
    case 'file': {
      if (waits !== null) return <IsThis job={job} arrival={waits} leads={leads} size={size} />;
      // Several are chosen together, and each goes where its name says.
      const [only = null, ...others] = job.missing;
      return <AddFileButton job={job} wanted={others.length > 0 ? null : only} main={leads} size={size} />;
    }
    case 'look':
      return (
        <a className={buttonCss[leads ? 'main' : 'button']} data-action="lookAtFolder" href={writeRoute(folderToLookAt(job))}>
          <FolderSearch size={size} aria-hidden />
          {t('trouble.look')}
        </a>
      );
    default:
      return <ActionButton action={remedy.action} job={job} main={leads} size={size} />;
  }
}

type ProblemCardProps = { readonly job: Job; readonly problem: Attention; readonly size: number; readonly leads: boolean };

function ProblemCard({ job, problem, size, leads }: ProblemCardProps) {
  const { t, language } = useWords();
  const trouble = troubleOf(problem, language);
  const isNames = problem.code === 'LiesThoughPrinted';
  return (
    <TroubleCard
      trouble={isNames ? { ...trouble, raw: null } : trouble}
      details={isNames ? problem.raw : null}
      size={size}
      extra={size === 22 && <span className={textCss['soft']}> · {t('job.who', { who: t(`role.${problem.who}` as 'role.admin') })}</span>}
    >
      <TroubleButton job={job} problem={problem} leads={leads} size={size > 22 ? 28 : 20} />
    </TroubleCard>
  );
}

type Props = {
  readonly job: Job;
  readonly size?: number;
  readonly most: number;
  /** The folder that all of this screen is about, where something is wrong with it. */
  readonly fault?: HotFolder | undefined;
  /** The one button that leads on this screen. */
  readonly lead: Lead;
};

export function Troubles({ job, size = 22, most, fault, lead }: Props) {
  const { t, language } = useWords();
  const [all, setAll] = useState(false);
  const told = useTroublesTold(job, fault);
  const cardOf = (one: Told): ReactNode => {
    switch (one.kind) {
      case 'folder':
        return fault === undefined ? null : (
          <FolderBanner key="folder" folder={fault} size={size} named={false} leads={lead?.kind === 'folder'} />
        );
      case 'asked':
        return <AskedFiles key="asked" jobId={job.id} most={most} size={size > 22 ? 28 : 22} />;
      case 'problem':
        return (
          <ProblemCard
            key={`${one.problem.code} ${one.problem.seq}`}
            job={job}
            problem={one.problem}
            size={size}
            leads={lead?.kind === 'problem' && lead.problem === one.problem}
          />
        );
    }
  };
  const nameOf = (one: Told): string => {
    if (one.kind === 'folder') return fault === undefined ? '' : folderTrouble(fault, false, t, language).what;
    return one.kind === 'asked' ? t('whose.title.file') : troubleOf(one.problem, language).what;
  };
  const hidden = told.slice(most);
  return (
    <>
      <ToldFiles jobId={job.id} size={size > 22 ? 28 : 22} />
      {(all ? told : told.slice(0, most)).map(cardOf)}
      {hidden[0] !== undefined && (
        <MoreButton
          open={all}
          toggle={() => setAll(!all)}
          label={t('press.also', { count: hidden.length })}
          first={<bdi>{nameOf(hidden[0])}</bdi>}
          size={size > 22 ? 28 : 20}
        />
      )}
    </>
  );
}
