/** The overview: everything on the floor, with the detail beside the list where there is room. */
import { useEffect, useState } from 'react';
import type { Filter } from '../../floor/filter.ts';
import { useFloor } from '../../floor/floor.ts';
import { isListLoaded, loadList } from '../../floor/load.ts';
import { Region } from '../../parts/region.tsx';
import { go } from '../../route.ts';
import { useMedia } from '../../use-media.ts';
import { useWords } from '../../words/words.ts';
import { Filters } from './filters.tsx';
import { JobView } from './job.tsx';
import { JobList, ListFailed } from './job-list.tsx';
import { Notices } from './notices.tsx';
import css from './overview.module.css';

export function Overview({ filter, jobId }: { readonly filter: Filter; readonly jobId: number | null }) {
  const { t } = useWords();
  const online = useFloor((state) => state.connection.kind === 'online');
  const wide = useMedia('(min-width: 1500px)');
  const [failed, setFailed] = useState(false);
  const [again, setAgain] = useState(0);
  const { q, stage, status, hotFolder, attention, finished, order, reverse } = filter;

  useEffect(() => {
    const wanted = { q, stage, status, hotFolder, attention, finished, order, reverse };
    if (!online || (again === 0 && isListLoaded(wanted))) return;
    let current = true;
    setFailed(false);
    loadList(wanted).catch(() => current && setFailed(true));
    return () => {
      current = false;
    };
  }, [q, stage, status, hotFolder, attention, finished, order, reverse, again, online]);
  useEffect(() => {
    if (!wide && jobId !== null) go({ screen: 'job', jobId }, true);
  }, [wide, jobId]);

  return (
    <div className={`${css['overview']} ${wide && jobId !== null ? css['withDetail'] : ''}`}>
      <div className={css['listSide']}>
        <Filters filter={filter} />
        <Region name={t('broken.notices')}>
          <Notices lead={!wide || jobId === null} />
        </Region>
        <div className={css['rowsBox']}>
          <Region key={again} name={t('list.heading')}>
            {failed && online ? <ListFailed retry={() => setAgain(again + 1)} /> : <JobList jobId={jobId} wide={wide} />}
          </Region>
        </div>
      </div>
      {wide && jobId !== null && (
        <aside className={`${css['beside']} ${css['jobPage']}`}>
          <Region key={jobId} name={t('broken.detail')}>
            <JobView id={jobId} close={() => go({ screen: 'overview', jobId: null, filter })} />
          </Region>
        </aside>
      )}
    </div>
  );
}
