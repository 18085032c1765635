/** The job in focus at a press: what is wrong with it, what it is in letters readable from three metres, and what comes next. */
import type { ReactNode } from 'react';
import type { HotFolder } from '../../../shared/hot-folder.ts';
import { isHeld } from '../../../shared/job/may-say.ts';
import { mustStopNow } from '../../../shared/job/urgency.ts';
import type { Job } from '../../../shared/job.ts';
import { useLead } from '../../actions/use-lead.ts';
import { useFloor } from '../../floor/floor.ts';
import { JobNumber, ReprintLinks, StatusBadge } from '../../parts/job-words.tsx';
import { PrintPictures, usePrintFiles, VersionWarnings } from '../../parts/print-files.tsx';
import { statusLabel } from '../../parts/status-look.ts';
import textCss from '../../parts/text.module.css';
import { inTellingOrder } from '../../parts/told.ts';
import { reasonIn } from '../../words/ready-reasons.ts';
import { clock } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';
import { Troubles } from '../office/troubles.tsx';
import focusCss from './focus.module.css';
import { JobFacts } from './job-facts.tsx';
import { stepOf } from './step.ts';

/** The failure leads, and covers nothing: what else is wrong is counted. */
export const cardsShown = 1;

/** What is expected now. Where what is wrong is told above with its remedy, nothing more; who stopped it, and why, always. */
function Step({ job, toldAbove }: { readonly job: Job; readonly toldAbove: boolean }) {
  const { t, language } = useWords();
  const folder = useFloor((state) => state.hotFolders?.find((candidate) => candidate.id === job.hotFolderId));
  const rests = useFloor((state) => (state.health?.record ?? null) !== null);
  const step = stepOf(job, folder, rests);
  const { hold } = job.tracks;
  const held = hold !== undefined && isHeld(job) ? hold : null;
  if (held === null && step === 'failed' && toldAbove) return null;
  return (
    <p className={focusCss['step']}>
      <span className={textCss['hidden']}>{t('press.nextStep')}: </span>
      {held !== null && !(toldAbove && job.attention[0]?.code === 'Blocked') && (
        <bdi>
          <b>
            {statusLabel(held, language)}
            {held.reason !== null && `: ${reasonIn(language, held.reason)}`}
          </b>{' '}
        </bdi>
      )}
      {(step !== 'failed' || held === null) && `${t(`press.step.${step}`)} `}
      {held !== null && <bdi>{t('action.byAt', { who: held.actor, time: clock(Date.parse(held.at), language) })}</bdi>}
    </p>
  );
}

type Props = {
  readonly job: Job;
  /** Its folder, where something is wrong with that. */
  readonly fault: HotFolder | undefined;
  /** That a person has paused the press. */
  readonly paused: ReactNode;
};

export function FocusJob({ job, fault, paused }: Props) {
  const files = usePrintFiles(job);
  const lead = useLead(job, cardsShown, fault);
  const [first] = inTellingOrder(job.attention, { folderFault: fault !== undefined, isAsked: false });
  const stopNow = first?.kind === 'problem' && mustStopNow(first.problem);
  return (
    <>
      {!stopNow && paused}
      <Troubles job={job} size={48} most={cardsShown} fault={fault} lead={lead} />
      {stopNow && paused}
      <div className={focusCss['words']} data-testid="focus">
        <div className={focusCss['head']}>
          <h2>
            <JobNumber number={job.number} />
          </h2>
          <StatusBadge said={{ code: job.status, custom: job.custom }} at={job.statusAt} size={28} />
        </div>
        <ReprintLinks job={job} size={28} />
        <p className={focusCss['title']}>
          {job.title !== job.number && <bdi>{job.title}</bdi>}
          {job.product !== null && job.product !== job.title && (
            <bdi className={`${textCss['soft']} ${focusCss['product']}`}>{job.product}</bdi>
          )}
        </p>
        <Step job={job} toldAbove={first?.kind === 'problem'} />
        <VersionWarnings job={job} size={28} />
        <div className={focusCss['main']}>
          <PrintPictures job={job} files={files} />
          <JobFacts job={job} files={files} />
        </div>
      </div>
    </>
  );
}
