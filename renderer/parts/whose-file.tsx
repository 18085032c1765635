/** A file came, and two answers are possible: what it is, who it may belong to and why, and one button for each answer. */
import { ExternalLink, FilePlus2, FileX2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Arrival } from '../../shared/api.ts';
import { fileSource } from '../client.ts';
import { useFloor } from '../floor/floor.ts';
import { useSteady } from '../input/steady.ts';
import { writeRoute } from '../route.ts';
import { answerWhose, concernsJob, useWhoseFile, type Whose } from '../whose-file.ts';
import { useWords } from '../words/words.ts';
import { AskedFile, FileWords, LikenessWords, type Question, typeOf } from './asked-file.tsx';
import buttonCss from './button.module.css';
import { IconLink } from './icon-button.tsx';
import { JobNumber } from './job-words.tsx';
import { MoreButton } from './more-button.tsx';
import { FilePreview, isDrawnAtOnce } from './preview.tsx';
import { SignMark } from './sign.tsx';
import textCss from './text.module.css';
import troubleCss from './trouble.module.css';
import { WhenSeen } from './when-seen.tsx';
import css from './whose-file.module.css';
import { ToldLine } from './whose-told.tsx';

/** Signs are larger where one stands further away. */
const officeSize = 22;

type Candidate = Question['candidates'][number];

type AnswerProps = { readonly arrival: Arrival; readonly steady: boolean; readonly whose: Whose; readonly children: ReactNode };

function Answer({ arrival, steady, whose, children }: AnswerProps) {
  const busy = useWhoseFile((state) => state.busy.includes(arrival.id));
  const online = useFloor((state) => state.connection.kind === 'online');
  return (
    <button
      type="button"
      className={buttonCss['button']}
      data-whose={whose}
      disabled={busy || !online || !steady}
      onClick={() => void answerWhose(arrival, whose)}
    >
      {children}
    </button>
  );
}

/** `lookable`: its page can be opened; a press is not left for it. */
type CandidateProps = {
  readonly arrival: Arrival;
  readonly candidate: Candidate;
  readonly here: boolean;
  readonly lookable: boolean;
  readonly steady: boolean;
};

function CandidateAnswer({ arrival, candidate, here, lookable, steady }: CandidateProps) {
  const { t } = useWords();
  const look = t('whose.look', { number: candidate.number });
  const { files = [] } = candidate;
  // What it has already, to be held against what came.
  const drawn = files.findLast((file) => isDrawnAtOnce({ ...file, type: typeOf(file.name) }));
  return (
    <div className={css['candidate']}>
      {lookable && drawn !== undefined && (
        <WhenSeen>
          <FilePreview file={{ ...drawn, type: typeOf(drawn.name) }} id={drawn.id} sourceOf={() => fileSource(candidate.jobId, drawn.id)} />
        </WhenSeen>
      )}
      <Answer arrival={arrival} steady={steady} whose={candidate.jobId}>
        <span>
          {here && <b>{t('whose.thisJob')} </b>}
          <JobNumber number={candidate.number} />
          <bdi className={`${textCss['under']} ${css['title']}`}>{candidate.title}</bdi>
          <LikenessWords of={candidate} />
          <FileWords say="hasFiles" names={files.map(({ name }) => name)} />
          <small className={`${textCss['under']} ${textCss['soft']}`}>
            {candidate.evidence.map((name) => t(`whose.evidence.${name}`)).join(', ')}
          </small>
        </span>
      </Answer>
      {lookable && !here && <IconLink icon={ExternalLink} label={look} href={writeRoute({ screen: 'job', jobId: candidate.jobId })} />}
    </div>
  );
}

type Props = {
  readonly arrival: Arrival;
  readonly question: Question;
  readonly jobId: number | null;
  readonly size: number;
  /** It has stood here for a moment. */
  readonly steady: boolean;
};

function Asking({ arrival, question, jobId, size, steady }: Props) {
  const { t } = useWords();
  const online = useFloor((state) => state.connection.kind === 'online');
  const here = question.candidates.filter((candidate) => candidate.jobId === jobId);
  const candidates = [...here, ...question.candidates.filter((candidate) => candidate.jobId !== jobId)];
  return (
    <section
      className={`${troubleCss['attention']} ${css['whose']}`}
      data-part="trouble whose-file"
      data-testid="whose-file"
      aria-label={t(`whose.title.${question.about}`)}
    >
      <SignMark sign="attention" size={size} />
      <AskedFile arrival={arrival} question={question} />
      {!online && <p className={css['offline']}>{t('whose.offline')}</p>}
      <div className={css['answers']}>
        {candidates.map((candidate) => (
          <CandidateAnswer
            key={candidate.jobId}
            arrival={arrival}
            candidate={candidate}
            here={candidate.jobId === jobId}
            lookable={size === officeSize}
            steady={steady}
          />
        ))}
        <Answer arrival={arrival} steady={steady} whose="new">
          <FilePlus2 size={size} aria-hidden />
          <span>
            {t('whose.new')}
            {question.newNumber != null && (
              <span className={textCss['under']}>
                <JobNumber number={question.newNumber} />
              </span>
            )}
          </span>
        </Answer>
        <Answer arrival={arrival} steady={steady} whose="reject">
          <FileX2 size={size} aria-hidden />
          <span>{t('whose.reject')}</span>
        </Answer>
      </div>
    </section>
  );
}

type Shown = { readonly jobId?: number | null; readonly most?: number; readonly size?: number };

function useConcerned(jobId: number | null) {
  const asked = useFloor((state) => state.asked);
  const told = Object.values(useWhoseFile((state) => state.told));
  const concerns = (arrival: Arrival): boolean => jobId === null || concernsJob(arrival, jobId);
  return { answers: told.filter((one) => concerns(one.arrival)), open: asked.filter(concerns) };
}

/** What became of the questions answered here. */
export function ToldFiles({ jobId = null, size = officeSize }: Shown) {
  const { answers } = useConcerned(jobId);
  return answers.map((one) => <ToldLine key={one.arrival.id} told={one} size={size} />);
}

/** Every open question, or those that concern one job. */
export function AskedFiles({ jobId = null, most = 99, size = officeSize }: Shown) {
  const { t } = useWords();
  const [all, setAll] = useState(false);
  const { answers, open } = useConcerned(jobId);
  const shown = all ? open : open.slice(0, most);
  const steady = useSteady([...answers.map(({ arrival }) => `told ${arrival.id}`), ...shown.map(({ id }) => id)].join(' '));
  return (
    <>
      {shown.map((arrival) =>
        arrival.question == null ? null : (
          <Asking key={arrival.id} arrival={arrival} question={arrival.question} jobId={jobId} size={size} steady={steady} />
        ),
      )}
      {open.length > most && (
        <MoreButton open={all} toggle={() => setAll(!all)} label={t('whose.more', { count: open.length - most })} size={size} />
      )}
    </>
  );
}

export function WhoseFiles(shown: Shown) {
  return (
    <>
      <ToldFiles {...shown} />
      <AskedFiles {...shown} />
    </>
  );
}
