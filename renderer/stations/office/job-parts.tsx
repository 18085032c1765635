/** The pieces of the job page: ticket facts, tracks, files with their versions, deliveries. */
import type { ReactNode } from 'react';
import { countedBefore } from '../../../shared/job/counts.ts';
import { printLines } from '../../../shared/job/print-files.ts';
import type { Job } from '../../../shared/job.ts';
import { type Track, trackNames } from '../../../shared/status.ts';
import { AddFileButton } from '../../adding/add-file.tsx';
import { countWords, doneWords } from '../../parts/count-words.ts';
import { DueWords } from '../../parts/due-words.tsx';
import { type Fact, FactList } from '../../parts/fact-list.tsx';
import { Moment, StatusBadge } from '../../parts/job-words.tsx';
import { RawError } from '../../parts/raw-error.tsx';
import { Region } from '../../parts/region.tsx';
import sectionCss from '../../parts/section.module.css';
import signCss from '../../parts/sign.module.css';
import textCss from '../../parts/text.module.css';
import { reasonWords } from '../../parts/trouble.tsx';
import { attributeWords } from '../../words/attribute.ts';
import { clock, exact, size } from '../../words/time.ts';
import { type Say, useWords } from '../../words/words.ts';
import jobCss from './job.module.css';

export function Part({ title, children, end }: { readonly title: string; readonly children: ReactNode; readonly end?: ReactNode }) {
  return (
    <section className={sectionCss['part']}>
      <div className={sectionCss['head']}>
        <h2>{title}</h2>
        {end}
      </div>
      <Region name={title}>{children}</Region>
    </section>
  );
}

export function Facts({ job }: { readonly job: Job }) {
  const { t, language } = useWords();
  const { customer } = job;
  const counted = countedBefore(job);
  const facts: readonly Fact[] = [
    [t('job.product'), job.product],
    [
      t('job.quantity'),
      [job.quantity === null ? null : t('job.pieces', { count: job.quantity }), doneWords(job, t)].filter(Boolean).join(', ') || null,
    ],
    [t('job.counted'), counted === null ? null : countWords(counted, t)],
    [t('job.customer'), [customer?.name, customer?.company].filter(Boolean).join(', ') || null],
    [t('job.contact'), [customer?.email, customer?.phone].filter(Boolean).join(', ') || null],
    [t('job.due'), job.dueAt === null ? null : <DueWords key="due" job={job} whole />],
    [t('job.start'), job.startAt === null ? null : exact(Date.parse(job.startAt), language, job.startDayOnly)],
    [t('job.fulfilment'), job.fulfilment === null ? null : t(job.fulfilment === 'collection' ? 'job.collection' : 'job.deliveryWay')],
    [t('job.hotFolder'), job.hotFolder],
    [t('job.priority'), job.priority === 0 ? null : String(job.priority)],
    [t('job.created'), <Moment key="created" at={job.createdAt} telling="ago" />],
    [t('job.notes'), job.notes],
    ...Object.entries(job.attributes).map(([name, value]) => [attributeWords(name, t), value] as const),
  ];
  return <FactList facts={facts} />;
}

export function Tracks({ job }: { readonly job: Job }) {
  const { t } = useWords();
  const standing = trackNames.filter((track): track is Track => job.tracks[track] !== undefined);
  return (
    <dl className={jobCss['tracks']}>
      {standing.map((track) => {
        const now = job.tracks[track];
        return now === undefined ? null : (
          <div key={track}>
            <dt>{t(`track.${track}`)}</dt>
            <dd>
              <StatusBadge said={now} at={now.at} size={16} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** Where each file stands at the printer, by its id, where something is known of it. */
function standingWords({ files, deliveries }: Job, t: Say): ReadonlyMap<number, string> {
  const told = printLines(files, deliveries).flatMap(({ shown, others }) => [shown, ...others]);
  return new Map(told.flatMap(({ file, standing }) => (standing === 'none' ? [] : [[file.id, t(`preview.standing.${standing}`)]])));
}

export function Files({ job }: { readonly job: Job }) {
  const { t, language } = useWords();
  const standing = standingWords(job, t);
  if (job.files.length === 0 && job.missing.length === 0) return <p className={textCss['soft']}>{t('job.noFiles')}</p>;
  return (
    <ul className={jobCss['lines']}>
      {job.files.map((file) => (
        <li key={file.id} className={file.current ? undefined : textCss['soft']}>
          <bdi>{file.name}</bdi>
          <span className={jobCss['end']}>
            <Moment at={file.arrivedAt} telling="ago" />
          </span>
          <span className={jobCss['under']}>
            {t('job.version', { n: file.version })}, {size(file.size, language)}
            {!file.current && `, ${t('job.replaced')}`}
            {standing.get(file.id) !== undefined && `, ${standing.get(file.id)}`}{' '}
            <span className={textCss['mono']} title={`SHA-256 ${file.sha256}`}>
              {file.sha256.slice(0, 8)}
            </span>
          </span>
        </li>
      ))}
      {job.missing.map((name) => (
        <li key={name}>
          <bdi>{name}</bdi>
          <span className={`${signCss['attention']} ${jobCss['end']}`}>{t('job.missing')}</span>
          <span className={jobCss['under']}>
            <AddFileButton job={job} wanted={name} />
          </span>
        </li>
      ))}
    </ul>
  );
}

export function Deliveries({ job }: { readonly job: Job }) {
  const { t, language } = useWords();
  if (job.deliveries.length === 0) return <p className={textCss['soft']}>{t('job.noDeliveries')}</p>;
  return (
    <ul className={jobCss['lines']}>
      {job.deliveries.toReversed().map((delivery) => (
        <li key={delivery.id}>
          <span>
            <bdi>{t('trouble.folder', { name: delivery.hotFolder, what: t(`delivery.${delivery.state}`) })}</bdi>
          </span>
          <span className={jobCss['end']}>{delivery.deliveredAt !== null && <Moment at={delivery.deliveredAt} telling="ago" />}</span>
          <span className={jobCss['under']}>
            <bdi>{delivery.name}</bdi>
            {delivery.send > 1 && `, ${t('job.send', { n: delivery.send })}`}
            {delivery.tries > 1 && `, ${t('job.tries', { count: delivery.tries })}`}
            {delivery.nextTryAt !== null && `, ${t('job.nextTry', { time: clock(Date.parse(delivery.nextTryAt), language) })}`}
            {delivery.reasonCode !== null && (
              <>
                <br />
                {reasonWords(delivery.reasonCode, language)?.what ?? delivery.reasonCode}
              </>
            )}
          </span>
          <RawError raw={delivery.raw} />
        </li>
      ))}
    </ul>
  );
}
