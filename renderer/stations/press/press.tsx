/** The press station: one hot folder's queue. One job in focus, the next ones beside it, two to four big actions below. */
import { CloudOff, LogOut, MonitorUp, PrinterX, Wifi } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import type { Job } from '../../../shared/job.ts';
import type { Action } from '../../actions/action.ts';
import { ActionBar } from '../../actions/action-bar.tsx';
import { remedyFor } from '../../actions/all.ts';
import { ask, letGoOfOthers } from '../../actions/start.ts';
import { floor, staleSince, useFloor, useQueueJobs } from '../../floor/floor.ts';
import { loadQueue } from '../../floor/load.ts';
import { useNow } from '../../now.ts';
import { Bars } from '../../parts/bars.tsx';
import { Empty } from '../../parts/empty.tsx';
import { DueWords, JobNumber } from '../../parts/job-words.tsx';
import { PausedLine } from '../../parts/paused-line.tsx';
import { Region } from '../../parts/region.tsx';
import { SignMark } from '../../parts/sign.tsx';
import { troubleOf } from '../../parts/trouble.tsx';
import { overview, type Route, writeRoute } from '../../route.ts';
import { clock } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';
import { FolderBanner } from '../office/notices.tsx';
import { FocusJob } from './focus-job.tsx';
import { PressAnswers } from './press-answers.tsx';
import { focusOf, inPressOrder } from './queue-order.ts';

const shownNext = 30;

/** The button on the one problem that is shown: it is not offered again below. */
function shownRemedy({ attention: [first] }: Job): Action | null {
  return first === undefined ? null : remedyFor(first);
}

function Top({ name, route }: { readonly name: string; readonly route: Route }) {
  const { t, language } = useWords();
  const connection = useFloor((state) => state.connection.kind);
  const since = useFloor((state) => staleSince(state, route));
  const recording = useFloor((state) => (state.health?.record ?? null) === null);
  const now = useNow();
  return (
    <header className="top">
      <h1 className="cut">
        <bdi>{name}</bdi>
      </h1>
      <span className="state">
        {connection === 'online' && since === null ? (
          <Wifi className={`sign ${recording ? 'done' : 'stop'}`} size={32} aria-hidden />
        ) : (
          <CloudOff className="sign attention" size={32} aria-hidden />
        )}
        {since !== null
          ? t('connection.asOf', { time: clock(since, language) })
          : t(connection === 'online' ? 'connection.online' : 'connection.connecting')}
      </span>
      <time>{clock(now, language)}</time>
      <a className="button plain" href={writeRoute(overview())}>
        <LogOut size={26} aria-hidden />
        {t('press.leave')}
      </a>
    </header>
  );
}

function Next({ jobs, more, focus }: { readonly jobs: readonly Job[]; readonly more: boolean; readonly focus: number }) {
  const { t, language } = useWords();
  return (
    <aside className="queue" data-testid="queue">
      <h2>
        <span>{t('press.next')}</span>
        <span>{jobs.length > 1 && t(more ? 'press.queueOver' : 'press.queue', { count: jobs.length - 1 })}</span>
      </h2>
      {jobs.slice(0, shownNext).map((job) => (
        <button
          key={job.id}
          type="button"
          className="queue-item"
          aria-current={job.id === focus}
          onClick={() => floor.setState({ pressFocus: job.id })}
        >
          <SignMark
            sign={
              job.attention[0] !== undefined
                ? troubleOf(job.attention[0], language).sign
                : job.stage === 'press' || job.stage === 'queue'
                  ? 'wait'
                  : 'neutral'
            }
            size={32}
          />
          <span className="cut">
            <JobNumber number={job.number} />
          </span>
          <bdi className="cut">{job.title}</bdi>
          <span className="cut soft">
            <DueWords job={job} />
          </span>
        </button>
      ))}
    </aside>
  );
}

export function Press({ folderId }: { readonly folderId: number }) {
  const { t } = useWords();
  const folders = useFloor((state) => state.hotFolders);
  const queue = useFloor((state) => (state.queue?.folderId === folderId ? state.queue : null));
  const chosen = useFloor((state) => state.pressFocus);
  const online = useFloor((state) => state.connection.kind === 'online');
  const resyncs = useFloor((state) => state.resyncs);
  const route = useMemo((): Route => ({ screen: 'press', folderId }), [folderId]);
  const stale = useFloor((state) => staleSince(state, route) !== null);
  useEffect(() => {
    if (online || resyncs > 0) void loadQueue(folderId);
  }, [folderId, online, resyncs]);
  const folder = folders?.find((candidate) => candidate.id === folderId);
  const jobs = useQueueJobs();
  const ordered = inPressOrder(queue === null ? [] : jobs);
  const focus = focusOf(ordered, chosen);
  useEffect(() => {
    floor.setState({ pressFocus: focus?.id ?? null });
    letGoOfOthers(focus?.id ?? null);
  }, [focus?.id]);
  useEffect(() => () => ask(null), []);

  return (
    <div className="station">
      <Bars route={route} size={36} />
      <Top name={folder?.name ?? ''} route={route} />
      {folders !== null && folder === undefined ? (
        <Empty icon={PrinterX} title={t('press.gone')} text={t('press.goneTodo')}>
          <div className="pick">
            {folders.map((other) => (
              <a key={other.id} className="button" href={writeRoute({ screen: 'press', folderId: other.id })}>
                <MonitorUp size={28} aria-hidden />
                <bdi>{other.name}</bdi>
              </a>
            ))}
          </div>
        </Empty>
      ) : (
        <div className={`middle${stale ? ' stale' : ''}`}>
          <div className="focus-job">
            {folder?.state === 'trouble' && <FolderBanner folder={folder} size={36} named={false} />}
            {folder?.state === 'paused' && <PausedLine folder={folder} size={32} />}
            {focus !== null ? (
              <Region key={focus.id} name={t('broken.detail')}>
                <FocusJob job={focus} quiet={folder?.state === 'trouble'} />
              </Region>
            ) : queue?.loaded === true ? (
              <Empty icon={MonitorUp} title={t('press.nothing')} text={t('press.nothingTodo', { name: folder?.name ?? '' })} />
            ) : (
              <span className="shape" style={{ height: 360 }} role="status" aria-label={t('app.loading')} />
            )}
          </div>
          <Region name={t('press.next')}>
            <Next jobs={ordered} more={queue?.more === true} focus={focus?.id ?? 0} />
          </Region>
        </div>
      )}
      <footer className="bottom">
        <Region name={t('broken.bar')}>
          <PressAnswers jobs={ordered} />
        </Region>
        {focus !== null && (
          <Region key={focus.id} name={t('broken.bar')}>
            <ActionBar
              job={focus}
              most={4}
              size={30}
              answersElsewhere
              except={folder?.state !== 'trouble' && shownRemedy(focus)?.rule(focus) === true ? shownRemedy(focus) : null}
            />
          </Region>
        )}
      </footer>
    </div>
  );
}
