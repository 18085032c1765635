/** A file came, and two answers are possible: what it is, who it may belong to and why, and one button for each answer. */
import { FilePlus2, FileQuestionMark, FileX2 } from 'lucide-react';
import type { Arrival } from '../../shared/api.ts';
import { useFloor } from '../store.ts';
import { answerWhose, concernsJob, forgetTold, type Told, useWhoseFile } from '../whose-file.ts';
import { useWords } from '../words/words.ts';
import { JobNumber, Moment } from './job-words.tsx';
import { SignMark } from './sign.tsx';

type Question = NonNullable<Arrival['question']>;
type Candidate = Question['candidates'][number];

function CandidateWords({ candidate, jobId }: { readonly candidate: Candidate; readonly jobId: number | null }) {
  const { t } = useWords();
  return (
    <span>
      {candidate.jobId === jobId && <b>{t('whose.thisJob')} </b>}
      <JobNumber number={candidate.number} />
      <bdi className="under-word">{candidate.title}</bdi>
      <small className="under-word soft">{candidate.evidence.map((name) => t(`whose.evidence.${name}`)).join(', ')}</small>
    </span>
  );
}

type Props = { readonly arrival: Arrival; readonly question: Question; readonly jobId: number | null; readonly size: number };

function Asking({ arrival, question, jobId, size }: Props) {
  const { t } = useWords();
  const busy = useWhoseFile((state) => state.busy.includes(arrival.id));
  const online = useFloor((state) => state.connection.kind === 'online');
  const here = question.candidates.filter((candidate) => candidate.jobId === jobId);
  const candidates = [...here, ...question.candidates.filter((candidate) => candidate.jobId !== jobId)];
  return (
    <section className="trouble attention whose-file" data-testid="whose-file" aria-label={t(`whose.title.${question.about}`)}>
      <SignMark sign="attention" size={size} />
      <div>
        <p className="what">
          {t(`whose.title.${question.about}`)} <bdi className="file-name">{arrival.name}</bdi>
        </p>
        <p>
          {t(`whose.why.${question.why}`)}{' '}
          <span className="soft">
            {t('whose.came')} <Moment at={arrival.at} />, <bdi>{arrival.folder}</bdi>
          </span>
        </p>
        {!online && <p>{t('whose.offline')}</p>}
      </div>
      <div className="answers">
        {candidates.map((candidate) => (
          <button
            key={candidate.jobId}
            type="button"
            className="button"
            data-whose={candidate.jobId}
            disabled={busy || !online}
            onClick={() => void answerWhose(arrival, candidate.jobId)}
          >
            <FileQuestionMark size={size} aria-hidden />
            <CandidateWords candidate={candidate} jobId={jobId} />
          </button>
        ))}
        <button
          type="button"
          className="button"
          data-whose="new"
          disabled={busy || !online}
          onClick={() => void answerWhose(arrival, 'new')}
        >
          <FilePlus2 size={size} aria-hidden />
          <span>
            {t('whose.new')}
            {question.newNumber !== null && (
              <span className="under-word">
                <JobNumber number={question.newNumber} />
              </span>
            )}
          </span>
        </button>
        <button
          type="button"
          className="button"
          data-whose="reject"
          disabled={busy || !online}
          onClick={() => void answerWhose(arrival, 'reject')}
        >
          <FileX2 size={size} aria-hidden />
          {t('whose.reject')}
        </button>
      </div>
    </section>
  );
}

/** What became of the answer; whoever was second reads who was first. */
function ToldLine({ told: { arrival, problem }, size }: { readonly told: Told; readonly size: number }) {
  const { t } = useWords();
  const number = arrival.question?.candidates.find((candidate) => candidate.jobId === arrival.jobId)?.number ?? null;
  const words =
    problem !== null
      ? problem.code === 'OFFLINE'
        ? `${t('connection.offlineProblem')} ${t('connection.offlineTodo')}`
        : `${problem.message} ${problem.whatToDo}`
      : arrival.answer?.what === 'reject'
        ? t('whose.toNobody')
        : number === null
          ? t('whose.toNew')
          : t('whose.toJob', { number });
  return (
    <div
      className={`answer ${problem === null ? 'done' : 'refused'}`}
      role={problem === null ? 'status' : 'alert'}
      data-testid="whose-told"
    >
      <SignMark sign={problem === null ? 'done' : 'stop'} size={size} />
      <p>
        <b>
          <bdi>{arrival.name}:</bdi>
        </b>{' '}
        <bdi>{words}</bdi>
      </p>
      <button type="button" className="button" onClick={() => forgetTold(arrival.id)}>
        {t('action.dismiss')}
      </button>
    </div>
  );
}

/** Every open question, or those that concern one job, and what became of the ones answered here. */
export function WhoseFiles({
  jobId = null,
  most = 99,
  size = 22,
}: {
  readonly jobId?: number | null;
  readonly most?: number;
  readonly size?: number;
}) {
  const { t } = useWords();
  const asked = useFloor((state) => state.asked);
  const told = Object.values(useWhoseFile((state) => state.told));
  const concerns = (arrival: Arrival): boolean => jobId === null || concernsJob(arrival, jobId);
  const open = asked.filter(concerns);
  return (
    <>
      {told
        .filter((one) => concerns(one.arrival))
        .map((one) => (
          <ToldLine key={one.arrival.id} told={one} size={size} />
        ))}
      {open
        .slice(0, most)
        .map((arrival) =>
          arrival.question === null ? null : (
            <Asking key={arrival.id} arrival={arrival} question={arrival.question} jobId={jobId} size={size} />
          ),
        )}
      {open.length > most && <p>{t('whose.more', { count: open.length - most })}</p>}
    </>
  );
}
