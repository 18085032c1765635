/** First run: from nothing to the first delivered file in three steps, each with a live check mark. */
import { ArrowRight, Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Settings } from '../../../shared/api.ts';
import { hub } from '../../client.ts';
import { noFilter } from '../../feed.ts';
import { loadList } from '../../load.ts';
import { overview, writeRoute } from '../../route.ts';
import { useFloor } from '../../store.ts';
import { useWords } from '../../words/words.ts';

function PathBox({ path }: { readonly path: string }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const text = useRef<HTMLElement>(null);
  // A page over plain HTTP, or with the permission denied, may not use the clipboard: then the path is marked for Ctrl C.
  const mark = (): void => {
    if (text.current !== null) getSelection()?.selectAllChildren(text.current);
  };
  const copy = (): void => {
    if (!isSecureContext) mark();
    else void navigator.clipboard.writeText(path).then(() => setCopied(true), mark);
  };
  return (
    <div className="path-box">
      <code dir="ltr" ref={text}>{path}</code>
      <button type="button" className="button" onClick={copy}>{copied ? <Check size={20} aria-hidden /> : <Copy size={20} aria-hidden />}{t(copied ? 'welcome.copied' : 'welcome.copy')}</button>
    </div>
  );
}

function Step({ number, title, state, children }: { readonly number: number; readonly title: string; readonly state: 'done' | 'now' | 'later'; readonly children: ReactNode }) {
  const { t } = useWords();
  return (
    <li className={`card welcome-step ${state}`} data-step={number} data-state={state}>
      <span className="mark">{state === 'done' ? <Check size={28} strokeWidth={3} role="img" aria-label={t('signs.done')} /> : number}</span>
      <h2>{title}</h2>
      {children}
    </li>
  );
}

const delivered = new Set(['InHotFolder', 'InProduction', 'Printed']);

export function Welcome() {
  const { t } = useWords();
  const online = useFloor((state) => state.connection.kind === 'online');
  const folders = useFloor((state) => state.hotFolders) ?? [];
  const watching = useFloor((state) => state.health?.watching) ?? [];
  const list = useFloor((state) => state.list);
  const [settings, setSettings] = useState<Settings | null>(null);
  useEffect(() => {
    if (!online) return;
    hub().settings.get().then(setSettings, () => undefined);
    loadList(noFilter).catch(() => undefined);
  }, [online]);
  const paths = watching.length > 0 ? watching.map((watched) => watched.path) : (settings?.incoming.map((folder) => folder.path) ?? []);
  const incoming = paths[0] ?? null;
  const watched = watching.some((folder) => folder.state !== 'missing');
  const ready = folders.find((folder) => folder.state === 'ready') ?? null;
  const jobs = [...list.fresh, ...list.pages.flatMap((page) => page.jobs ?? [])];
  const arrived = jobs.find((job) => job.tracks.production !== undefined && delivered.has(job.tracks.production.code)) ?? jobs[0] ?? null;
  const printed = arrived?.tracks.production !== undefined && delivered.has(arrived.tracks.production.code);
  const done = [watched, ready !== null, printed].filter(Boolean).length;
  return (
    <div className="page">
      <div className="inside" style={{ maxWidth: 800 }}>
        <header className="part">
          <h1>{t('welcome.title')}</h1>
          <p className="soft">{t('welcome.lead')} <span role="status">{t('welcome.progress', { done })}</span></p>
        </header>
        <ol className="welcome-steps">
          <Step number={1} title={t('welcome.step1')} state={watched ? 'done' : 'now'}>
            <p>{t(watched ? 'welcome.step1Done' : 'welcome.step1Wait')}</p>
            {incoming !== null && <PathBox path={incoming} />}
          </Step>
          <Step number={2} title={t('welcome.step2')} state={ready !== null ? 'done' : watched ? 'now' : 'later'}>
            <p>{t(ready !== null ? 'welcome.step2Done' : 'welcome.step2Wait')}</p>
            {(ready ?? folders[0]) !== undefined && <PathBox path={(ready ?? folders[0])?.path ?? ''} />}
            <div><a className="button" href={writeRoute({ screen: 'folders', edit: folders[0]?.id ?? 'new' })}>{t('welcome.step2Change')}</a></div>
          </Step>
          <Step number={3} title={t('welcome.step3')} state={printed ? 'done' : watched && ready !== null ? 'now' : 'later'}>
            <p role="status"><bdi>{printed ? t('welcome.step3Done', { number: arrived.number }) : arrived === null ? t('welcome.step3Wait') : t('welcome.step3Busy', { number: arrived.number })}</bdi></p>
            {arrived !== null && (
              <div className="buttons">
                <a className={`button${printed ? ' main' : ''}`} href={writeRoute({ screen: 'job', jobId: arrived.id })}><bdi>{t('welcome.step3Open', { number: arrived.number })}</bdi></a>
                <a className="button" href={writeRoute(overview())}>{t('welcome.finish')}<ArrowRight size={20} aria-hidden /></a>
              </div>
            )}
          </Step>
        </ol>
        <section className="card">
          <p>{t('welcome.demo')}</p>
          <PathBox path={t('welcome.demoCommand')} />
        </section>
      </div>
    </div>
  );
}
