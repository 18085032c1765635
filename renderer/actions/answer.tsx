/** What became of the last action on a job, in place: being saved, waiting for the connection, saved, or refused with what to do. */
import { Check, Hourglass, OctagonX, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { Problem } from '../../shared/api.ts';
import type { Job } from '../../shared/job.ts';
import type { Language } from '../../shared/words/say.ts';
import { floor, useFloor, useJob } from '../floor/floor.ts';
import { byHubClock, hubNow } from '../hub-clock.ts';
import { useNow } from '../now.ts';
import answerCss from '../parts/answer.module.css';
import buttonCss from '../parts/button.module.css';
import { JobNumber } from '../parts/job-words.tsx';
import signCss from '../parts/sign.module.css';
import { statusLabel } from '../parts/status-look.ts';
import textCss from '../parts/text.module.css';
import { useTold } from '../told.tsx';
import { here } from '../wishes/here.ts';
import { noteSeen, takeBack, wish } from '../wishes/make.ts';
import { isUnsent } from '../wishes/next.ts';
import { causeOf, type UnsentCause } from '../wishes/unsent.ts';
import type { Call, Done, Wish } from '../wishes/wish.ts';
import { actorWords } from '../words/actor.ts';
import { clock } from '../words/time.ts';
import { type Say, useWords } from '../words/words.ts';
import { takenBackWords } from './action-words.ts';
import { refusalWords, undoOutcome } from './allowed.ts';
import { undoableSeq } from './latest.ts';
import { filesOf, stillRefused } from './refusal.ts';
import { ask } from './start.ts';

type InsistedCall = Exclude<Call, { kind: 'undo' }>;

export function callWords(call: Call, t: Say, language: Language): string {
  switch (call.kind) {
    case 'status':
      return [
        statusLabel({ code: call.code, custom: call.custom ?? null }, language),
        ...(call.counts === undefined ? [] : [t('action.counted', call.counts)]),
      ].join(', ');
    case 'undo':
      return t('action.undoShort');
    case 'deliver':
      return t('action.sent');
    case 'reprint':
      return t('action.reprintOf', { count: call.quantity });
  }
}

/** Somebody had said it before: nothing was recorded twice, and it says who and when. */
function alreadyWords({ event, call }: Done, t: Say, language: Language): string {
  const values = {
    what: callWords(call, t, language),
    who: actorWords(event?.actor ?? '', t),
    time: clock(Date.parse(event?.at ?? ''), language),
  };
  return t('action.already', values);
}

function doneWords(answer: Done, t: Say, language: Language): string {
  const { call, job } = answer;
  if (answer.already) return alreadyWords(answer, t, language);
  if (call.kind === 'deliver') return t('action.sent');
  if (call.kind === 'reprint' && job !== null) return t('action.reprintedAs', { count: call.quantity, number: job.number });
  if (call.kind === 'undo' && job !== null)
    return t('action.takenBack', { status: statusLabel({ code: job.status, custom: job.custom }, language) });
  return t('action.saved', { what: callWords(call, t, language) });
}

/** Takes back exactly this answer, and says before what that comes to. Not offered once somebody else has moved the job on. */
function TakeBack({ jobId, answer, seq }: { readonly jobId: number; readonly answer: Done; readonly seq: number }) {
  const { t, language } = useWords();
  const job = useJob(jobId) ?? answer.job;
  const outcome = job === null ? null : undoOutcome(job, seq);
  if (outcome === null || outcome.kind === 'over') return null;
  if (outcome.kind === 'passed') {
    const { by } = outcome;
    const values = { what: statusLabel(by, language), who: actorWords(by.actor, t), time: clock(Date.parse(by.at), language) };
    return (
      <p className={textCss['soft']}>
        <bdi>{t('action.passed', values)}</bdi>
      </p>
    );
  }
  const under = takenBackWords(outcome, t, language);
  return (
    <button
      type="button"
      className={buttonCss['button']}
      data-undo={seq}
      onClick={() => wish({ id: jobId, number: answer.number }, { kind: 'undo', seq }, true)}
    >
      <Undo2 size={22} aria-hidden />
      <span>
        {t('action.undoShort')}
        {under !== null && <small className={textCss['under']}>{under}</small>}
      </span>
    </button>
  );
}

/** Where the job itself is not shown, its number stands before what is said of it. */
function Named({ number }: { readonly number: string }) {
  return (
    <>
      <JobNumber number={number} />{' '}
    </>
  );
}

const newsForMs = 5000;

function DoneLine({ jobId, answer, named }: { readonly jobId: number; readonly answer: Done; readonly named: boolean }) {
  const { t, language } = useWords();
  const told = useTold<HTMLParagraphElement>();
  // Whoever opens a job that was done yesterday hears no news of it.
  const [isNews] = useState(() => Math.abs(hubNow() - answer.at) < newsForMs);
  const seq = undoableSeq(answer);
  return (
    <div className={answerCss['done']} data-part="answer" data-testid="answer">
      <Check className={signCss['done']} size={22} aria-hidden />
      <p ref={isNews ? told : null}>
        {named && <Named number={answer.number} />}
        {doneWords(answer, t, language)}
      </p>
      {named && seq !== null && <TakeBack jobId={jobId} answer={answer} seq={seq} />}
    </div>
  );
}

/** Who was first, and when: "(station Counter 2, 10:31)". */
function whoWords({ by = '', at }: Problem, t: Say, language: Language): string {
  return at === undefined ? `(${by})` : t('action.byAt', { who: by, time: clock(Date.parse(at), language) });
}

/** What is done all the same, and to which job: nobody goes on with something he cannot see. */
function insistWords(job: Job, call: InsistedCall, t: Say, language: Language, folderName: string | null): string {
  const { number } = job;
  switch (call.kind) {
    case 'status':
      return t('action.insist.status', { number, what: callWords(call, t, language) });
    case 'reprint':
      return t('action.insist.reprint', { number, count: call.quantity });
    case 'deliver': {
      const files = filesOf(job, call);
      const [only] = files;
      if (files.length === 1 && only !== undefined)
        return folderName === null
          ? t('action.insist.deliver', { number, name: only.name })
          : t('action.insist.deliverTo', { number, name: only.name, folder: folderName });
      const values = { number, count: files.length };
      return folderName === null
        ? t('action.insist.deliverAll', values)
        : t('action.insist.deliverAllTo', { ...values, folder: folderName });
    }
  }
}

/** What was insisted on before was read too; a hub that names no rule is told of none. */
function insistedAlso(call: InsistedCall, rule: string | undefined): InsistedCall {
  return rule === undefined ? call : { ...call, insists: [...(call.insists ?? []), rule] };
}

function GoOn({
  refused,
  call,
  job,
  rule,
}: {
  readonly refused: Wish;
  readonly call: InsistedCall;
  readonly job: Job;
  readonly rule: string | undefined;
}) {
  const { t, language } = useWords();
  const { jobId } = refused;
  const folderId = call.kind === 'deliver' ? call.hotFolderId : undefined;
  const folder = useFloor((state) => state.hotFolders?.find(({ id }) => id === folderId)?.name ?? null);
  return (
    <button
      type="button"
      className={buttonCss['button']}
      data-action="goOn"
      onClick={() => {
        noteSeen(refused);
        floor.setState({ pressFocus: jobId });
        ask({ jobId, kind: 'force', call: insistedAlso(call, rule), asks: { reason: 'goOn' } });
      }}
    >
      <span>
        {t('action.goOn')}
        <bdi className={textCss['under']}>{insistWords(job, call, t, language, folder)}</bdi>
      </span>
    </button>
  );
}

/** So long after a refusal the page may not have heard yet of what stood against it. */
const heardWithinMs = 5000;

type RefusedProps = {
  readonly refused: Wish;
  readonly problem: Problem;
  readonly at: number;
  readonly named: boolean;
  readonly insist: boolean;
};

/** It was so then: told until somebody has read it, and nothing hangs on it any more. */
function WasRefused({ refused, at, named }: Pick<RefusedProps, 'refused' | 'at' | 'named'>) {
  const { t, language } = useWords();
  const told = useTold<HTMLParagraphElement>();
  return (
    <div className={answerCss['answer']} data-part="answer" data-testid="was-refused">
      <p ref={told}>
        {named && <Named number={refused.number} />}
        {t('action.wasRefused', {
          what: refused.call.kind === 'deliver' ? t('action.sendAgain') : callWords(refused.call, t, language),
          time: clock(byHubClock(at), language),
        })}
      </p>
      <button type="button" className={buttonCss['button']} onClick={() => noteSeen(refused)}>
        {t('action.dismiss')}
      </button>
    </div>
  );
}

function RefusedLine({ refused, problem, at, named, insist }: RefusedProps) {
  const { t, language } = useWords();
  const { jobId, call } = refused;
  const job = useJob(jobId);
  const words = refusalWords(problem.rule ?? null, language) ?? { why: problem.message, whatToDo: problem.whatToDo };
  const mayInsist = problem.mayInsist ?? (call.kind === 'status' && problem.code === 'NOT_NOW');
  // What it was refused for may be heard of a moment after the refusal.
  const isFresh = Math.abs(useNow() - byHubClock(at)) < heardWithinMs;
  if (job !== null && !isFresh && !stillRefused(job, call, problem.rule ?? null))
    return <WasRefused refused={refused} at={at} named={named} />;
  return (
    <div className={answerCss['refused']} data-part="answer" role="alert" data-testid="answer">
      <OctagonX className={signCss['stop']} size={22} aria-hidden />
      <p>
        {named && <Named number={refused.number} />}
        <b>{t('action.refused')}:</b> {words.why} {problem.by !== undefined && <b>{whoWords(problem, t, language)} </b>}
        {words.whatToDo}
      </p>
      {mayInsist && call.kind !== 'undo' && insist && job !== null && <GoOn refused={refused} call={call} job={job} rule={problem.rule} />}
      <button type="button" className={buttonCss['button']} onClick={() => noteSeen(refused)}>
        {t('action.dismiss')}
      </button>
    </div>
  );
}

/** What somebody has to do something about first. */
const staysHere: ReadonlySet<UnsentCause | undefined> = new Set<UnsentCause>(['asks', 'others', 'tooOld', 'otherRecord']);

function waitingWords({ kept, state }: Wish, cause: UnsentCause | undefined, online: boolean, recording: boolean) {
  if (staysHere.has(cause)) return 'wishes.stays';
  if (kept === 'no') return 'wishes.here';
  const isSentAgain = state.kind === 'waits' && state.tried !== null;
  if (kept === 'trying' && (isSentAgain || !online)) return 'wishes.trying';
  if (!online) return 'action.waiting';
  if (!recording) return 'action.notRecorded';
  return isSentAgain ? 'wishes.again' : 'action.saving';
}

/** What is saved within this time is heard as saved alone. */
const savingMs = 1000;

function WaitingLine({ waiting, named }: { readonly waiting: Wish; readonly named: boolean }) {
  const { t, language } = useWords();
  const online = useFloor((state) => state.connection.kind === 'online');
  const recording = useFloor((state) => (state.health?.record ?? null) === null);
  const told = useTold<HTMLParagraphElement>(savingMs);
  // Some become so by the time alone.
  useNow();
  const cause = causeOf(
    useFloor((state) => state.wishes),
    here(),
  ).get(waiting);
  return (
    <div className={answerCss['answer']} data-part="answer" data-testid="waiting" data-kept={waiting.kept}>
      <Hourglass className={signCss['wait']} size={22} aria-hidden />
      <p ref={told}>
        {named && <Named number={waiting.number} />}
        <b>{callWords(waiting.call, t, language)}.</b> {t(waitingWords(waiting, cause, online, recording))}
      </p>
      {isUnsent(waiting) && (!online || !recording) && (
        <button type="button" className={buttonCss['button']} onClick={() => void takeBack(waiting)}>
          <Undo2 size={22} aria-hidden />
          {t('wishes.takeBack')}
        </button>
      )}
    </div>
  );
}

/** `named`: the job itself may no longer be shown, so its number is said, and it can be taken back here. `insist`: its question can be shown. */
type Props = { readonly jobId: number; readonly named?: boolean; readonly insist?: boolean };

/** All that waits for a job in its order, or what was done last; and each refusal until somebody has read it. */
export function AnswerLine({ jobId, named = false, insist = true }: Props) {
  const wishes = useFloor((state) => state.wishes).filter((one) => one.jobId === jobId);
  const answer = useFloor((state) => state.answers[jobId]);
  const waiting = wishes.filter(({ state }) => state.kind === 'waits');
  // Keyed by the action: a button never becomes the button of another one under a finger or the focus.
  return (
    <>
      {wishes.map(
        (one) =>
          one.state.kind === 'refused' && (
            <RefusedLine key={one.actionId} refused={one} problem={one.state.problem} at={one.state.at} named={named} insist={insist} />
          ),
      )}
      {waiting.map((one) => (
        <WaitingLine key={one.actionId} waiting={one} named={named} />
      ))}
      {waiting.length === 0 && answer !== undefined && <DoneLine key={answer.actionId} jobId={jobId} answer={answer} named={named} />}
    </>
  );
}
