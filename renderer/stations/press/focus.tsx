/** The larger part of the press screen: what is wrong with the folder, and the job in focus, or what will appear there. */
import { MonitorUp } from 'lucide-react';
import type { HotFolder } from '../../../shared/hot-folder.ts';
import type { Job } from '../../../shared/job.ts';
import { Empty } from '../../parts/empty.tsx';
import { PausedLine } from '../../parts/paused-line.tsx';
import { Region } from '../../parts/region.tsx';
import { useWords } from '../../words/words.ts';
import { FolderBanner } from '../office/notices.tsx';
import { FocusJob } from './focus-job.tsx';

function Nothing({ name, asideCount }: { readonly name: string; readonly asideCount: number }) {
  const { t } = useWords();
  return asideCount > 0 ? (
    <Empty icon={MonitorUp} title={t('press.noneReady')} text={t('press.asideTodo')} />
  ) : (
    <Empty icon={MonitorUp} title={t('press.nothing')} text={t('press.nothingTodo', { name })} />
  );
}

type Props = {
  readonly job: Job | null;
  readonly folder: HotFolder | undefined;
  readonly loaded: boolean;
  readonly asideCount: number;
};

export function Focus({ job, folder, loaded, asideCount }: Props) {
  const { t } = useWords();
  return (
    <div className="focus-job">
      {folder?.state === 'trouble' && <FolderBanner folder={folder} size={48} named={false} />}
      {folder?.state === 'paused' && <PausedLine folder={folder} size={32} />}
      {job !== null ? (
        <Region key={job.id} name={t('broken.detail')}>
          <FocusJob job={job} quiet={folder?.state === 'trouble'} />
        </Region>
      ) : loaded ? (
        <Nothing name={folder?.name ?? ''} asideCount={asideCount} />
      ) : (
        <span className="shape" style={{ height: 360 }} role="status" aria-label={t('app.loading')} />
      )}
    </div>
  );
}
