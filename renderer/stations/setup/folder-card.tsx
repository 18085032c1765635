/** One hot folder: its state in words, its health in numbers, what lies there, and what can be done with it. */
import { ArrowLeft, MonitorUp, Pause, Pencil, Play, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { HotFolder } from '../../../shared/hot-folder.ts';
import type { Sign } from '../../../shared/status.ts';
import { hub, problemOf } from '../../client.ts';
import buttonCss from '../../parts/button.module.css';
import cardCss from '../../parts/card.module.css';
import { CheckFolder } from '../../parts/check-folder.tsx';
import { Moment } from '../../parts/job-words.tsx';
import rawErrorCss from '../../parts/raw-error.module.css';
import { SignMark } from '../../parts/sign.tsx';
import textCss from '../../parts/text.module.css';
import { reasonWords } from '../../parts/trouble.tsx';
import { useMaySetUp } from '../../rights.ts';
import { goBack, overview, writeRoute } from '../../route.ts';
import { amount, size, span } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';
import { FolderBanner } from '../office/notices.tsx';
import css from './folder-card.module.css';
import { Removal } from './removal.tsx';

const signs: Readonly<Record<HotFolder['state'], Sign>> = { ready: 'done', paused: 'attention', trouble: 'stop' };
/** Clocks closer than this are the same for people. */
const sameClockMs = 2000;

function Measures({ folder }: { readonly folder: HotFolder }) {
  const { t, language } = useWords();
  const { health, held = 0 } = folder;
  const clock = health?.clockDifferenceMs ?? null;
  const jobs = writeRoute(overview({ hotFolder: folder.id }));
  return (
    <dl className={css['measures']}>
      <div>
        <dt>{t('folders.queued')}</dt>
        <dd>
          <a href={jobs}>{amount(folder.queued - held, language)}</a>
        </dd>
      </div>
      {held > 0 && (
        <div>
          <dt>{t('folders.held')}</dt>
          <dd>
            <a href={jobs}>{amount(held, language)}</a>
          </dd>
        </div>
      )}
      <div>
        <dt>{t('folders.lying')}</dt>
        <dd>
          <a href={writeRoute(overview({ hotFolder: folder.id, stage: 'queue' }))}>{amount(folder.lying, language)}</a>
        </dd>
      </div>
      <div>
        <dt>{t('folders.free')}</dt>
        <dd>{health?.freeBytes == null ? t('folders.notKnown') : size(health.freeBytes, language)}</dd>
      </div>
      <div>
        <dt>{t('folders.clock')}</dt>
        <dd>
          {clock === null
            ? t('folders.notKnown')
            : Math.abs(clock) < sameClockMs
              ? t('folders.clockSame')
              : t(clock > 0 ? 'folders.clockAhead' : 'folders.clockBehind', { time: span(clock, language) })}
        </dd>
      </div>
      <div>
        <dt>{t('folders.roundTrip')}</dt>
        <dd>{health?.roundTripMs == null ? t('folders.notKnown') : `${amount(Math.round(health.roundTripMs * 10) / 10, language)} ms`}</dd>
      </div>
      <div>
        <dt>{t('folders.probed')}</dt>
        <dd>{health === null ? t('folders.never') : <Moment at={health.at} telling="ago" />}</dd>
      </div>
    </dl>
  );
}

/** `looked`: somebody was sent to look at it. It comes into view, is marked, and leads back to where he was. `leads`: what is wrong with it comes first on this screen. */
type CardProps = { readonly folder: HotFolder; readonly looked: boolean; readonly leads: boolean };

export function FolderCard({ folder, looked, leads }: CardProps) {
  const { t, language } = useWords();
  const maySetUp = useMaySetUp();
  const [removing, setRemoving] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!looked) return;
    card.current?.scrollIntoView({ block: 'center' });
    card.current?.focus({ preventScroll: true });
  }, [looked]);
  const pause = async (): Promise<void> => {
    try {
      await hub().hotFolders.update({ id: folder.id, paused: !folder.paused });
    } catch (error) {
      const problem = problemOf(error);
      setSaid(problem.code === 'OFFLINE' ? t('connection.offlineProblem') : `${problem.message} ${problem.whatToDo}`);
    }
  };
  return (
    <article
      ref={card}
      className={`${cardCss['card']} ${css['folder']} ${looked ? css['looked'] : ''}`}
      data-folder={folder.id}
      tabIndex={looked ? -1 : undefined}
      aria-label={looked ? folder.name : undefined}
    >
      {looked && (
        <button
          type="button"
          className={`${buttonCss['button']} ${css['back']}`}
          data-action="back"
          onClick={() => goBack({ screen: 'press', folderId: folder.id })}
        >
          <ArrowLeft size={20} aria-hidden />
          {t('folders.back')}
        </button>
      )}
      <div className={css['head']}>
        <SignMark sign={signs[folder.state]} size={24} />
        <h3>
          <bdi>{folder.name}</bdi>
        </h3>
        <span>{t(`folders.state.${folder.state}`)}</span>
        <code className={css['path']} dir="ltr">
          {folder.path}
        </code>
      </div>
      {folder.state === 'trouble' && <FolderBanner folder={folder} named={false} leads={leads} />}
      {folder.elsewhere?.map((left) => (
        <p key={left.path} className={textCss['late']} data-testid="elsewhere">
          <bdi>{t('folders.elsewhere', { path: left.path, why: reasonWords(left.reasonCode, language)?.what ?? left.raw })}</bdi>
        </p>
      ))}
      <Measures folder={folder} />
      {folder.unknownFiles.length > 0 && (
        <details className={rawErrorCss['raw']}>
          <summary>{t('trouble.unknownFiles', { count: folder.unknownFiles.length })}</summary>
          <pre>{folder.unknownFiles.join('\n')}</pre>
        </details>
      )}
      {said !== null && (
        <p role="alert" className={textCss['late']}>
          {said}
        </p>
      )}
      {removing ? (
        <Removal
          folder={folder}
          done={(words) => {
            setRemoving(false);
            setSaid(words);
          }}
        />
      ) : (
        <div className={buttonCss['buttons']}>
          {maySetUp && (
            <>
              {folder.state !== 'trouble' && <CheckFolder id={folder.id} />}
              <button type="button" className={buttonCss['button']} onClick={() => void pause()}>
                {folder.paused ? <Play size={20} aria-hidden /> : <Pause size={20} aria-hidden />}
                {t(folder.paused ? 'folders.resume' : 'folders.pause')}
              </button>
              <a className={buttonCss['button']} href={writeRoute({ screen: 'folders', edit: folder.id })}>
                <Pencil size={20} aria-hidden />
                {t('folders.edit')}
              </a>
            </>
          )}
          <a className={buttonCss['button']} href={writeRoute({ screen: 'press', folderId: folder.id })}>
            <MonitorUp size={20} aria-hidden />
            {t('folders.press')}
          </a>
          {maySetUp && (
            <button type="button" className={buttonCss['plain']} onClick={() => setRemoving(true)}>
              <Trash2 size={20} aria-hidden />
              {t('folders.remove')}
            </button>
          )}
        </div>
      )}
    </article>
  );
}
