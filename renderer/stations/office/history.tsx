/** What happened to a job, newest first, in plain words: who, when, what, why. Undone lines are struck through. */
import { Undo2 } from 'lucide-react';
import type { JobEvent } from '../../../shared/event.ts';
import { changesIn } from '../../../shared/job/changes.ts';
import { countsIn } from '../../../shared/job/counts.ts';
import { historyWords } from '../../../shared/job/in-history.ts';
import { ChangeWords } from '../../parts/change-words.tsx';
import { countWords } from '../../parts/count-words.ts';
import historyCss from '../../parts/history.module.css';
import { Moment } from '../../parts/job-words.tsx';
import { RawError } from '../../parts/raw-error.tsx';
import signCss from '../../parts/sign.module.css';
import { lookOf, statusLabel } from '../../parts/status-look.ts';
import textCss from '../../parts/text.module.css';
import { reasonWords } from '../../parts/trouble.tsx';
import { actorWords } from '../../words/actor.ts';
import { reasonIn } from '../../words/ready-reasons.ts';
import { useWords } from '../../words/words.ts';

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function Line({
  event,
  undone,
  undoneEvent,
}: {
  readonly event: JobEvent;
  readonly undone: boolean;
  readonly undoneEvent: JobEvent | undefined;
}) {
  const { t, language } = useWords();
  const Icon = event.undoes === null ? lookOf(event).icon : Undo2;
  const label =
    event.undoes === null
      ? statusLabel(event, language)
      : t('job.undoes', { what: undoneEvent === undefined ? '' : statusLabel(undoneEvent, language) });
  const actor = actorWords(event.actor, t);
  const changes = changesIn(event.data);
  const counts = countsIn(event.data);
  const lies = event.data['problem'] === 'LiesThoughPrinted' ? text(event.data['lies']) : null;
  const known = reasonWords(text(event.data['reasonCode']) ?? (changes.length > 0 ? text(event.data['problem']) : null), language);
  const words = historyWords(language, event, (why) => reasonIn(language, why));
  const said = words === null ? null : reasonIn(language, words);
  const reason = known?.what ?? (changes.length > 0 ? null : said);
  return (
    <li title={event.code}>
      <Icon className={signCss['sign']} size={20} aria-hidden />
      <div className={undone ? historyCss['undone'] : undefined}>
        <p className={historyCss['say']}>
          <bdi>{label}</bdi>
          {undone && <span className={textCss['hidden']}> ({t('job.undone')})</span>}
        </p>
        {reason !== null && reason !== '' && (
          <p>
            <bdi>{reason}</bdi>
          </p>
        )}
        {changes.map((change) => (
          <p key={change.field}>
            <bdi>
              <ChangeWords change={change} />
            </bdi>
          </p>
        ))}
        {lies !== null && (
          <p>
            <bdi>{t('job.stillLay', { names: lies })}</bdi>
          </p>
        )}
        {counts !== null && <p>{countWords(counts, t)}</p>}
        <p className={historyCss['under']}>
          <bdi>{t('job.by', { who: actor })}</bdi>
          {event.station !== null && !actor.includes(event.station) && <bdi>, {t('job.at', { where: event.station })}</bdi>}
          {event.data['hotFolder'] !== undefined && text(event.data['hotFolder']) !== null && <bdi> · {text(event.data['hotFolder'])}</bdi>}
        </p>
        <RawError raw={text(event.data['raw'])} />
      </div>
      <Moment at={event.at} telling="ago" />
    </li>
  );
}

export function History({ events }: { readonly events: readonly JobEvent[] }) {
  const { t } = useWords();
  if (events.length === 0) return <p className={textCss['soft']}>{t('job.noHistory')}</p>;
  const bySeq = new Map(events.map((event) => [event.seq, event]));
  const undone = new Set(events.map((event) => event.undoes));
  return (
    <ol className={historyCss['history']} data-testid="history">
      {events.toReversed().map((event) => (
        <Line
          key={event.seq}
          event={event}
          undone={undone.has(event.seq)}
          undoneEvent={event.undoes === null ? undefined : bySeq.get(event.undoes)}
        />
      ))}
    </ol>
  );
}
