/** First run: from nothing to the first delivered file in three steps, each with a live check mark. */
import { ArrowRight, Check } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { Settings } from '../../../shared/api.ts';
import type { Job } from '../../../shared/job.ts';
import { hub } from '../../client.ts';
import { idsIn } from '../../floor/feed.ts';
import { noFilter } from '../../floor/filter.ts';
import { useFloor } from '../../floor/floor.ts';
import { jobsOf } from '../../floor/jobs.ts';
import { loadList } from '../../floor/load.ts';
import buttonCss from '../../parts/button.module.css';
import cardCss from '../../parts/card.module.css';
import { CopyBox } from '../../parts/copy-box.tsx';
import sectionCss from '../../parts/section.module.css';
import textCss from '../../parts/text.module.css';
import { useMaySetUp } from '../../rights.ts';
import { overview, writeRoute } from '../../route.ts';
import { useWords } from '../../words/words.ts';
import { FoldedAdminSignIn } from './admin-sign-in.tsx';
import css from './welcome.module.css';

type StepState = 'done' | 'now' | 'later';

function Step({
  number,
  title,
  state,
  children,
}: {
  readonly number: number;
  readonly title: string;
  readonly state: StepState;
  readonly children: ReactNode;
}) {
  const { t } = useWords();
  return (
    <li className={`${cardCss['card']} ${css['step']} ${state === 'later' ? '' : css[state]}`} data-step={number} data-state={state}>
      <span className={css['mark']}>
        {state === 'done' ? <Check size={28} strokeWidth={3} role="img" aria-label={t('signs.done')} /> : number}
      </span>
      <h2>{title}</h2>
      {children}
    </li>
  );
}

const delivered = new Set(['InHotFolder', 'InProduction', 'Printed']);

function isDelivered(job: Job): boolean {
  return job.tracks.production !== undefined && delivered.has(job.tracks.production.code);
}

/** What the three steps hang on, followed as it changes. */
function useFirstRun() {
  const online = useFloor((state) => state.connection.kind === 'online');
  const folders = useFloor((state) => state.hotFolders) ?? [];
  const watching = useFloor((state) => state.health?.watching) ?? [];
  const known = useFloor((state) => state.jobs);
  const list = useFloor((state) => state.list);
  const [settings, setSettings] = useState<Settings | null>(null);
  useEffect(() => {
    if (!online) return;
    hub()
      .settings.get()
      .then(setSettings, () => undefined);
    loadList(noFilter).catch(() => undefined);
  }, [online]);
  const jobs = jobsOf(known, idsIn(list));
  const ready = folders.find((folder) => folder.state === 'ready');
  return {
    incoming: watching[0]?.path ?? settings?.incoming[0]?.path ?? null,
    watched: watching.some((folder) => folder.state !== 'missing'),
    ready: ready !== undefined,
    folder: ready ?? folders[0] ?? null,
    job: jobs.find(isDelivered) ?? jobs[0] ?? null,
  };
}

function DropStep({ job, state }: { readonly job: Job | null; readonly state: StepState }) {
  const { t } = useWords();
  const words =
    job === null ? t('welcome.step3Wait') : t(state === 'done' ? 'welcome.step3Done' : 'welcome.step3Busy', { number: job.number });
  return (
    <Step number={3} title={t('welcome.step3')} state={state}>
      <p role="status">
        <bdi>{words}</bdi>
      </p>
      {job !== null && (
        <div className={buttonCss['buttons']}>
          <a className={state === 'done' ? buttonCss['main'] : buttonCss['button']} href={writeRoute({ screen: 'job', jobId: job.id })}>
            <bdi>{t('welcome.step3Open', { number: job.number })}</bdi>
          </a>
          <a className={buttonCss['button']} href={writeRoute(overview())}>
            {t('welcome.finish')}
            <ArrowRight size={20} aria-hidden />
          </a>
        </div>
      )}
    </Step>
  );
}

export function Welcome() {
  const { t } = useWords();
  const maySetUp = useMaySetUp();
  const { incoming, watched, ready, folder, job } = useFirstRun();
  const printed = job !== null && isDelivered(job);
  const done = [watched, ready, printed].filter(Boolean).length;
  return (
    <div className={sectionCss['page']}>
      <div className={`${sectionCss['inside']} ${sectionCss['narrow']}`}>
        <header className={sectionCss['part']}>
          <h1>{t('welcome.title')}</h1>
          <p className={textCss['soft']}>
            {t('welcome.lead')} <span role="status">{t('welcome.progress', { done })}</span>
          </p>
        </header>
        <ol className={css['steps']}>
          <Step number={1} title={t('welcome.step1')} state={watched ? 'done' : 'now'}>
            <p>{t(watched ? 'welcome.step1Done' : 'welcome.step1Wait')}</p>
            {incoming !== null && <CopyBox path={incoming} whole={maySetUp} />}
          </Step>
          <Step number={2} title={t('welcome.step2')} state={ready ? 'done' : watched ? 'now' : 'later'}>
            <p>{t(ready ? 'welcome.step2Done' : 'welcome.step2Wait')}</p>
            {folder !== null && <CopyBox path={folder.path} whole={maySetUp} />}
            {maySetUp ? (
              <div>
                <a className={buttonCss['button']} href={writeRoute({ screen: 'folders', edit: folder?.id ?? 'new' })}>
                  {t('welcome.step2Change')}
                </a>
              </div>
            ) : (
              <FoldedAdminSignIn />
            )}
          </Step>
          <DropStep job={job} state={printed ? 'done' : watched && ready ? 'now' : 'later'} />
        </ol>
        <section className={cardCss['card']}>
          <p>{t('welcome.demo')}</p>
          <CopyBox path={t('welcome.demoCommand')} />
        </section>
      </div>
    </div>
  );
}
