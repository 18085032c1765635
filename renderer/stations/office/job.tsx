/** One job: what it is, where it stands, what is wrong, what can be done, and everything that happened to it. */
import { ArrowLeft, FileQuestion, Layers, Maximize2, MonitorUp, X } from 'lucide-react';
import { useEffect } from 'react';
import type { Job } from '../../../shared/job.ts';
import { ActionBar } from '../../actions/action-bar.tsx';
import { leadingRemedy } from '../../actions/all.ts';
import { type Lead, waitsForFolder, waitsForTrouble } from '../../actions/lead.ts';
import { useLead } from '../../actions/use-lead.ts';
import { AddFileButton, AddingList, DropPlace } from '../../adding/add-file.tsx';
import { useFloor, useJob } from '../../floor/floor.ts';
import { openJob } from '../../floor/load.ts';
import buttonCss from '../../parts/button.module.css';
import { DueWords } from '../../parts/due-words.tsx';
import { Empty } from '../../parts/empty.tsx';
import { IconButton, IconLink } from '../../parts/icon-button.tsx';
import { JobNumber, ReprintLinks, StatusBadge } from '../../parts/job-words.tsx';
import { PausedLine } from '../../parts/paused-line.tsx';
import { PrintPictures, usePrintFiles, VersionWarnings } from '../../parts/print-files.tsx';
import shapeCss from '../../parts/shape.module.css';
import textCss from '../../parts/text.module.css';
import { backToOverview, overview, writeRoute } from '../../route.ts';
import { useWords } from '../../words/words.ts';
import { History } from './history.tsx';
import css from './job.module.css';
import { Deliveries, Facts, Files, Part, Tracks } from './job-parts.tsx';
import { FolderBanner } from './notices.tsx';
import { Troubles } from './troubles.tsx';

/** None is folded away. */
const allCards = 99;

/** What waits for a folder that is paused, or in trouble, says so: nothing else on it would. */
function WaitsForFolder({ job, lead }: { readonly job: Job; readonly lead: Lead }) {
  const folder = useFloor((state) => state.hotFolders?.find((candidate) => candidate.id === job.hotFolderId));
  if (folder === undefined || !waitsForFolder(job)) return null;
  if (folder.state === 'paused') return <PausedLine folder={folder} named />;
  return waitsForTrouble(job, folder) ? <FolderBanner folder={folder} leads={lead?.kind === 'folder'} /> : null;
}

/** What is wrong, what it waits for, and what can be done: one button leads. */
function Doing({ job }: { readonly job: Job }) {
  const lead = useLead(job, allCards, undefined);
  return (
    <>
      <Troubles job={job} most={allCards} lead={lead} />
      <AddingList job={job} />
      <WaitsForFolder job={job} lead={lead} />
      <ActionBar job={job} except={leadingRemedy(job)} lead={lead} />
    </>
  );
}

function Head({ job, close }: { readonly job: Job; readonly close: (() => void) | null }) {
  const { t } = useWords();
  return (
    <header className={css['head']}>
      <div className={css['line']}>
        {close === null && <IconLink icon={ArrowLeft} label={t('app.overview')} href={writeRoute(backToOverview())} />}
        <h1>
          <JobNumber number={job.number} />
        </h1>
        <StatusBadge said={{ code: job.status, custom: job.custom }} at={job.statusAt} size={20} />
        <span className={css['end']}>
          {job.partOf !== null && (
            <IconLink icon={Layers} label={t('job.openWhole')} href={writeRoute({ screen: 'job', jobId: job.partOf })} />
          )}
          {job.hotFolderId !== null && (
            <IconLink icon={MonitorUp} label={t('job.openPress')} href={writeRoute({ screen: 'press', folderId: job.hotFolderId })} />
          )}
          {close !== null && <IconLink icon={Maximize2} label={t('job.full')} href={writeRoute({ screen: 'job', jobId: job.id })} />}
          {close !== null && <IconButton icon={X} label={t('job.closeDetail')} onClick={close} />}
        </span>
      </div>
      <ReprintLinks job={job} />
      <p style={{ fontSize: 18 }}>
        <bdi>{job.title}</bdi>
      </p>
      <p className={textCss['soft']}>
        <bdi>
          {[
            job.product,
            job.quantity === null ? null : t('job.pieces', { count: job.quantity }),
            job.customer?.company ?? job.customer?.name,
          ]
            .filter(Boolean)
            .join(' · ')}
        </bdi>
        {job.dueAt !== null && (
          <>
            {' '}
            · <DueWords job={job} />
          </>
        )}
      </p>
    </header>
  );
}

/** Which file and version it is stands with it, and what of it is not printed. */
function Pictures({ job }: { readonly job: Job }) {
  return (
    <>
      <VersionWarnings job={job} />
      <PrintPictures job={job} files={usePrintFiles(job)} caption />
    </>
  );
}

/** `close` is given where the job stands beside the list. */
export function JobView({ id, close = null }: { readonly id: number; readonly close?: (() => void) | null }) {
  const { t } = useWords();
  const online = useFloor((state) => state.connection.kind === 'online');
  const resyncs = useFloor((state) => state.resyncs);
  const open = useFloor((state) => (state.open?.id === id ? state.open : null));
  const job = useJob(id);
  useEffect(() => {
    if (online || resyncs > 0) void openJob(id);
  }, [id, online, resyncs]);
  if (open?.problem?.code === 'NOT_FOUND')
    return (
      <Empty icon={FileQuestion} title={t('job.notFound')} text={t('job.notFoundTodo')}>
        <a className={buttonCss['button']} href={writeRoute(overview())}>
          {t('app.overview')}
        </a>
      </Empty>
    );
  if (job === null)
    return (
      <div className={css['job']} role="status" aria-label={t('app.loading')}>
        <span className={shapeCss['shape']} style={{ height: 36, width: 240 }} />
        <span className={shapeCss['shape']} style={{ height: 360 }} />
        <span className={shapeCss['shape']} style={{ height: 160 }} />
      </div>
    );
  return (
    <article className={css['job']} key={job.id}>
      <Head job={job} close={close} />
      {close === null && <DropPlace job={job} />}
      <Doing job={job} />
      <div className={css['body']}>
        <div className={css['look']}>
          <Pictures job={job} />
        </div>
        <div className={css['parts']}>
          <Part title={t('job.facts')}>
            <Facts job={job} />
          </Part>
          <Part title={t('job.tracks')}>
            <Tracks job={job} />
          </Part>
          <Part title={t('job.files')} end={<AddFileButton job={job} />}>
            <Files job={job} />
          </Part>
          <Part title={t('job.deliveries')}>
            <Deliveries job={job} />
          </Part>
          <Part title={t('job.history')}>
            <History events={open?.history ?? []} />
          </Part>
        </div>
      </div>
    </article>
  );
}
