/** The status guide: each of the 59, what it means, whose turn it is, what can come next, and how many jobs are there now. */
import { ArrowLeft, BookOpen } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { isHeadline } from '../../../shared/job/state.ts';
import { statusRules } from '../../../shared/job/table.ts';
import { whatFollows } from '../../../shared/job/what-follows.ts';
import { type StatusCode, statusCodes, statusEntry, statusWords, trackNames } from '../../../shared/status.ts';
import { say } from '../../../shared/words/say.ts';
import buttonCss from '../../parts/button.module.css';
import cardCss from '../../parts/card.module.css';
import { Empty } from '../../parts/empty.tsx';
import { StatusBadge } from '../../parts/job-words.tsx';
import sectionCss from '../../parts/section.module.css';
import shapeCss from '../../parts/shape.module.css';
import signCss from '../../parts/sign.module.css';
import { lookOf } from '../../parts/status-look.ts';
import textCss from '../../parts/text.module.css';
import { goBack, overview, writeRoute } from '../../route.ts';
import { amount } from '../../words/time.ts';
import { useWords } from '../../words/words.ts';
import jobListCss from '../office/job-list.module.css';
import { useStatusCounts } from './status-counts.ts';
import css from './statuses.module.css';

type Counts = ReturnType<typeof useStatusCounts>;

function JobsThere({ code, counts }: { readonly code: StatusCode; readonly counts: Counts }) {
  const { t, language } = useWords();
  if (counts === null)
    return <span className={shapeCss['shape']} style={{ width: 48, height: 20 }} role="status" aria-label={t('app.loading')} />;
  const count = counts.get(code) ?? 0;
  // The list finds jobs by what is "the status"; what is told beside that stands on the job's own page.
  if (count === 0 || !isHeadline(code)) return amount(count, language);
  return (
    <a className={buttonCss['button']} href={writeRoute(overview({ status: code }))}>
      {t('guide.show', { count })}
    </a>
  );
}

function Meaning({ code, counts }: { readonly code: StatusCode; readonly counts: Counts }) {
  const { t, language } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever opens another one is led there.
  useEffect(() => heading.current?.focus(), [code]);
  const { who, stage } = statusEntry(code);
  const next = whatFollows(code);
  return (
    <article className={`${cardCss['card']} ${css['meaning']}`} data-testid="meaning" data-status={code}>
      <h2 ref={heading} tabIndex={-1}>
        <StatusBadge said={{ code, custom: null }} at={null} size={24} plain />
      </h2>
      <p className={css['says']}>{say(language, `guide.${code}`)}</p>
      <dl className={css['facts']}>
        <dt>{t('guide.jobs')}</dt>
        <dd data-testid="jobs-there">
          <JobsThere code={code} counts={counts} />
        </dd>
        <dt>{t('guide.turn')}</dt>
        <dd>{who === null ? t('guide.nobody') : t(`role.${who}` as 'role.admin')}</dd>
        <dt>{t('guide.next')}</dt>
        <dd>
          {next.length === 0 ? (
            t(statusRules[code].undo === 'release' ? 'guide.released' : 'guide.stays')
          ) : (
            <ul className={css['nextStatuses']}>
              {next.map((one) => (
                <li key={one.custom ?? one.code}>
                  <StatusBadge said={one} at={null} />
                </li>
              ))}
            </ul>
          )}
        </dd>
        <dt>{t('guide.place')}</dt>
        <dd>{stage === null ? t('guide.anywhere') : t(`stage.${stage}`)}</dd>
        <dt>{t('guide.code')}</dt>
        <dd>
          <code>{code}</code>
        </dd>
      </dl>
    </article>
  );
}

function List({ chosen, counts }: { readonly chosen: StatusCode | null; readonly counts: Counts }) {
  const { t, language } = useWords();
  const [text, setText] = useState('');
  const words = text.toLocaleLowerCase().trim();
  const nameOf = (code: StatusCode): string => statusWords(code, null, language);
  const found = statusCodes.filter((code) => `${nameOf(code)} ${code}`.toLocaleLowerCase().includes(words));
  return (
    <div className={css['statuses']}>
      <input
        id="search"
        type="search"
        value={text}
        maxLength={100}
        placeholder={t('guide.find')}
        aria-label={t('guide.find')}
        onChange={({ target }) => setText(target.value)}
      />
      {trackNames.map((track) => {
        const some = found.filter((code) => statusEntry(code).track === track);
        return some.length === 0 ? null : (
          <section key={track}>
            <h3>{t(`track.${track}`)}</h3>
            <ul>
              {some.map((code) => {
                const { icon: Icon, sign } = lookOf({ code, custom: null });
                const count = counts?.get(code) ?? 0;
                return (
                  <li key={code}>
                    <a href={writeRoute({ screen: 'statuses', code })} aria-current={code === chosen ? 'true' : undefined} data-code={code}>
                      <Icon className={signCss[sign]} size={20} aria-hidden />
                      <span>{nameOf(code)}</span>
                      {count > 0 && <b className={jobListCss['toEnd']}>{amount(count, language)}</b>}
                    </a>
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
      {found.length === 0 && <p className={textCss['soft']}>{t('guide.none')}</p>}
    </div>
  );
}

export function StatusesScreen({ code }: { readonly code: StatusCode | null }) {
  const { t } = useWords();
  const counts = useStatusCounts();
  return (
    <div className={sectionCss['page']}>
      <div className={`${sectionCss['inside']} ${sectionCss['wide']}`}>
        <div className={sectionCss['head']}>
          <div>
            <h1>{t('guide.title')}</h1>
            <p className={textCss['soft']}>{t('guide.lead')}</p>
          </div>
          <button type="button" className={buttonCss['button']} onClick={() => goBack()}>
            <ArrowLeft size={20} aria-hidden />
            {t('guide.back')}
          </button>
        </div>
        <div className={css['parts']}>
          <div className={css['shown']}>
            {code === null ? (
              <Empty icon={BookOpen} title={t('guide.title')} text={t('guide.choose')} />
            ) : (
              <Meaning code={code} counts={counts} />
            )}
          </div>
          <List chosen={code} counts={counts} />
        </div>
      </div>
    </div>
  );
}
