/** The press station: one hot folder's queue. One job in focus, the next ones beside it, two to five big actions below. */
import { MonitorUp, PrinterX } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import type { HotFolder } from '../../../shared/hot-folder.ts';
import type { Job } from '../../../shared/job.ts';
import type { Action } from '../../actions/action.ts';
import { ActionBar } from '../../actions/action-bar.tsx';
import { remedyFor } from '../../actions/all.ts';
import { ask } from '../../actions/start.ts';
import { useLead } from '../../actions/use-lead.ts';
import { staleSince, useFloor, useQueueJobs } from '../../floor/floor.ts';
import { loadQueue } from '../../floor/load.ts';
import { Bars } from '../../parts/bars.tsx';
import buttonCss from '../../parts/button.module.css';
import { Empty } from '../../parts/empty.tsx';
import { Region } from '../../parts/region.tsx';
import textCss from '../../parts/text.module.css';
import { inTellingOrder } from '../../parts/told.ts';
import { type Route, writeRoute } from '../../route.ts';
import { useScreenOn } from '../../screen-on.ts';
import { useWords } from '../../words/words.ts';
import { Focus } from './focus.tsx';
import { cardsShown } from './focus-job.tsx';
import { Next } from './next.tsx';
import css from './press.module.css';
import { PressAnswers } from './press-answers.tsx';
import { pressQueue } from './queue-order.ts';
import { Top } from './top.tsx';
import { useFocus } from './use-focus.ts';

/** The button on the one problem that is shown: it is not offered again below. */
function shownRemedy(job: Job, folderFault: boolean): Action | null {
  const [first] = inTellingOrder(job.attention, { folderFault, isAsked: false });
  return first?.kind === 'problem' ? remedyFor(first.problem) : null;
}

function Gone({ others }: { readonly others: readonly HotFolder[] }) {
  const { t } = useWords();
  return (
    <Empty icon={PrinterX} title={t('press.gone')} text={t('press.goneTodo')}>
      <div className={css['pick']}>
        {others.map(({ id, name }) => (
          <a key={id} className={buttonCss['button']} href={writeRoute({ screen: 'press', folderId: id })}>
            <MonitorUp size={28} aria-hidden />
            <bdi>{name}</bdi>
          </a>
        ))}
      </div>
    </Empty>
  );
}

function Actions({ job, fault }: { readonly job: Job; readonly fault: HotFolder | undefined }) {
  const remedy = shownRemedy(job, fault !== undefined);
  const lead = useLead(job, cardsShown, fault);
  return <ActionBar job={job} placed size={30} answersElsewhere except={remedy?.rule(job) === true ? remedy : null} lead={lead} />;
}

export function Press({ folderId }: { readonly folderId: number }) {
  const { t } = useWords();
  const folders = useFloor((state) => state.hotFolders);
  const queue = useFloor((state) => (state.queue?.folderId === folderId ? state.queue : null));
  const online = useFloor((state) => state.connection.kind === 'online');
  const resyncs = useFloor((state) => state.resyncs);
  const route = useMemo((): Route => ({ screen: 'press', folderId }), [folderId]);
  const stale = useFloor((state) => staleSince(state, route) !== null);
  useEffect(() => {
    if (online || resyncs > 0) void loadQueue(folderId);
  }, [folderId, online, resyncs]);
  useEffect(() => () => ask(null), []);
  useScreenOn();
  const jobs = useQueueJobs();
  const shown = pressQueue(queue === null ? [] : jobs);
  const focus = useFocus(shown);
  const folder = folders?.find((candidate) => candidate.id === folderId);
  const isGone = folders !== null && folder === undefined;
  const answers = (
    <Region name={t('broken.bar')}>
      <PressAnswers jobs={jobs} />
    </Region>
  );

  return (
    <div className={css['station']} data-distance="station">
      <Bars route={route} size={36} isShort />
      <Top name={folder?.name ?? ''} route={route} />
      {isGone ? (
        <Gone others={folders} />
      ) : (
        <div className={`${css['middle']} ${stale ? textCss['stale'] : ''}`} data-stale={stale}>
          <Focus
            job={focus}
            folder={folder}
            loaded={queue?.loaded === true}
            problem={queue?.problem ?? null}
            asideCount={shown.aside.length}
          />
          <div className={css['side']}>
            <Region name={t('press.next')}>
              <Next {...shown} more={queue?.more === true} focus={focus} />
            </Region>
            {answers}
          </div>
        </div>
      )}
      <footer className={css['bottom']}>
        {isGone && answers}
        {focus !== null && (
          <Region key={focus.id} name={t('broken.bar')}>
            <Actions job={focus} fault={folder?.state === 'trouble' ? folder : undefined} />
          </Region>
        )}
      </footer>
    </div>
  );
}
