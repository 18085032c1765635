/** The larger part of the press screen: what is wrong with the folder, and the job in focus, or what will appear there. */
import { MonitorUp, RotateCw } from 'lucide-react';
import type { Problem } from '../../../shared/api.ts';
import type { HotFolder } from '../../../shared/hot-folder.ts';
import type { Job } from '../../../shared/job.ts';
import { loadQueue } from '../../floor/load.ts';
import buttonCss from '../../parts/button.module.css';
import { Empty } from '../../parts/empty.tsx';
import { PausedLine } from '../../parts/paused-line.tsx';
import { ProblemLine } from '../../parts/problem-line.tsx';
import { Region } from '../../parts/region.tsx';
import shapeCss from '../../parts/shape.module.css';
import { useWords } from '../../words/words.ts';
import { FolderBanner } from '../office/notices.tsx';
import css from './focus.module.css';
import { FocusJob } from './focus-job.tsx';

function Nothing({ name, asideCount }: { readonly name: string; readonly asideCount: number }) {
  const { t } = useWords();
  return asideCount > 0 ? (
    <Empty icon={MonitorUp} title={t('press.noneReady')} text={t('press.asideTodo')} />
  ) : (
    <Empty icon={MonitorUp} title={t('press.nothing')} text={t('press.nothingTodo', { name })} />
  );
}

/** Never shown as an empty queue: nobody knows what waits. */
function NotLoaded({ problem, folderId }: { readonly problem: Problem; readonly folderId: number }) {
  const { t } = useWords();
  return (
    <div className={css['notLoaded']}>
      <h2>{t('list.failed')}</h2>
      <ProblemLine problem={problem} />
      <button type="button" className={buttonCss['main']} onClick={() => void loadQueue(folderId)}>
        <RotateCw size={28} aria-hidden />
        {t('list.retry')}
      </button>
    </div>
  );
}

type Props = {
  readonly job: Job | null;
  readonly folder: HotFolder | undefined;
  readonly loaded: boolean;
  /** Why the queue could not be loaded. */
  readonly problem: Problem | null;
  readonly asideCount: number;
};

export function Focus({ job, folder, loaded, problem, asideCount }: Props) {
  const { t } = useWords();
  const fault = folder?.state === 'trouble' ? folder : undefined;
  const paused = folder?.state === 'paused' && <PausedLine folder={folder} size={32} />;
  return (
    <main className={css['focus']}>
      {job === null && fault !== undefined && <FolderBanner folder={fault} size={48} named={false} />}
      {job === null && paused}
      {problem !== null && <NotLoaded problem={problem} folderId={folder?.id ?? 0} />}
      {job !== null ? (
        <Region key={job.id} name={t('broken.detail')}>
          <FocusJob job={job} fault={fault} paused={paused} />
        </Region>
      ) : problem !== null ? null : loaded ? (
        <Nothing name={folder?.name ?? ''} asideCount={asideCount} />
      ) : (
        <span className={shapeCss['shape']} style={{ height: 360 }} role="status" aria-label={t('app.loading')} />
      )}
    </main>
  );
}
