/** A job's facts as every screen shows them: number, status, moments. */
import { CopyPlus } from 'lucide-react';
import type { CSSProperties } from 'react';
import type { Job } from '../../shared/job.ts';
import { isStatusCode } from '../../shared/status.ts';
import { type Language, say } from '../../shared/words/say.ts';
import { useNow } from '../now.ts';
import { writeRoute } from '../route.ts';
import { exact, numberGroups, since } from '../words/time.ts';
import { type Say, useWords } from '../words/words.ts';
import css from './job-words.module.css';
import { lookOf, type Said, statusLabel } from './status-look.ts';
import textCss from './text.module.css';

export function JobNumber({ number }: { readonly number: string }) {
  let at = 0;
  // How long it is: where it must not break it shrinks to fit.
  const signs = { '--signs': number.length } as CSSProperties;
  return (
    <bdi className={css['number']} data-part="number" style={signs}>
      {numberGroups(number).map((group) => (
        <span key={at++} className={/^[\p{L}\p{N}]/u.test(group) ? css['group'] : undefined}>
          {group}
        </span>
      ))}
    </bdi>
  );
}

/** What a time says: how long something has been so ("for 4 min"), how long ago it was ("4 min ago"), or no more than it is, beside what it is a time of. */
type Telling = 'lasts' | 'ago' | 'bare';

function tell(ms: number, now: number, telling: Telling, t: Say, language: Language): string {
  const fresh = t('time.now');
  const time = since(ms, now, language, fresh);
  if (telling === 'bare') return time;
  if (time === fresh) return t(telling === 'ago' ? 'time.justNow' : 'trouble.justNow');
  if (now - ms >= 3_600_000) return telling === 'ago' ? time : t('trouble.since', { time });
  // What is still to come has been for no time.
  if (ms > now) return time;
  return t(telling === 'ago' ? 'time.ago' : 'trouble.sinceAgo', { time });
}

/** A moment in relative words, exact on hover. */
export function Moment({ at, telling = 'bare' }: { readonly at: string; readonly telling?: Telling }) {
  const { t, language } = useWords();
  const now = useNow();
  const ms = Date.parse(at);
  return (
    <time dateTime={at} title={exact(ms, language)}>
      {tell(ms, now, telling, t, language)}
    </time>
  );
}

/** Which job it prints again, and by which it is printed again, each to be opened. */
export function ReprintLinks({ job, size = 20 }: { readonly job: Pick<Job, 'reprintOf' | 'reprints'>; readonly size?: number }) {
  const { t } = useWords();
  if (job.reprintOf === null && job.reprints.length === 0) return null;
  const links = [
    ...(job.reprintOf === null ? [] : [{ ...job.reprintOf, words: t('job.reprintOf', { number: job.reprintOf.number }) }]),
    ...job.reprints.map((one) => ({ ...one, words: t('job.reprintedAs', { number: one.number }) })),
  ];
  return (
    <p className={css['reprints']} data-testid="reprints">
      {links.map(({ id, words }) => (
        <a key={id} href={writeRoute({ screen: 'job', jobId: id })}>
          <CopyPlus size={size} aria-hidden />
          <bdi>{words}</bdi>
        </a>
      ))}
    </p>
  );
}

type BadgeProps = {
  readonly said: Said;
  readonly at: string | null;
  readonly size?: number;
  /** Within another link, or in the guide itself: what it means is told where the mouse rests, and no more. */
  readonly plain?: boolean;
};

/** A status, which opens the guide at what it means. */
export function StatusBadge({ said, at, size = 18, plain = false }: BadgeProps) {
  const { t, language } = useWords();
  const { icon: Icon, sign } = lookOf(said);
  const label = statusLabel(said, language);
  const { code } = said;
  // What only a newer hub knows stands in no guide of ours.
  const known = isStatusCode(code) ? code : null;
  const badge = (
    <span className={css[sign]} data-part="badge" title={known === null ? label : `${label}. ${say(language, `guide.${known}`)}`}>
      <Icon size={size} aria-hidden />
      <bdi className={textCss['cut']}>{label}</bdi>
      {at !== null && <Moment at={at} />}
    </span>
  );
  if (plain || known === null) return badge;
  return (
    <a className={css['toGuide']} href={writeRoute({ screen: 'statuses', code: known })}>
      {badge}
      <span className={textCss['hidden']}>{t('guide.open')}</span>
    </a>
  );
}
