/** What became of the last action on a job, in place: being saved, waiting for the connection, saved, or refused with what to do. */
import { Check, Hourglass, OctagonX } from 'lucide-react';
import type { Language } from '../../shared/status.ts';
import { type Call, forgetAnswer, intend } from '../intention.ts';
import { JobNumber, statusLabel } from '../parts/job-words.tsx';
import { useFloor } from '../store.ts';
import { type Say, useWords } from '../words/words.ts';
import { ask } from './start.ts';

function callWords(call: Call, t: Say, language: Language): string {
  switch (call.kind) {
    case 'status':
      return statusLabel({ code: call.code, custom: call.custom ?? null }, language);
    case 'undo':
      return t('action.undoShort');
    case 'deliver':
      return t('action.sent');
  }
}

export function AnswerLine({ jobId, undoHere }: { readonly jobId: number; readonly undoHere: boolean }) {
  const { t, language } = useWords();
  const waiting = useFloor((floor) => floor.intentions.find((intention) => intention.jobId === jobId));
  const answer = useFloor((floor) => floor.answers[jobId]);
  const online = useFloor((floor) => floor.connection.kind === 'online');
  if (waiting !== undefined) {
    return (
      <div className="answer" role="status">
        <Hourglass className="sign wait" size={22} aria-hidden />
        <p>
          <b>{callWords(waiting.call, t, language)}.</b> {t(online ? 'action.saving' : 'action.waiting')}
        </p>
      </div>
    );
  }
  if (answer === undefined) return null;
  if (answer.kind === 'done') {
    const { event, call } = answer;
    return (
      <div className="answer done" role="status" data-testid="answer">
        <Check className="sign done" size={22} aria-hidden />
        <p>
          {undoHere && (
            <>
              <JobNumber number={answer.number} />{' '}
            </>
          )}
          {call.kind === 'deliver' ? t('action.sent') : t('action.saved', { what: callWords(call, t, language) })}
        </p>
        {undoHere && event !== null && call.kind === 'status' && (
          <button
            type="button"
            className="button"
            onClick={() => intend({ id: jobId, number: answer.number }, { kind: 'undo', seq: event.seq }, true)}
          >
            {t('action.undoShort')}
          </button>
        )}
      </div>
    );
  }
  const { problem, call } = answer;
  return (
    <div className="answer refused" role="alert" data-testid="answer">
      <OctagonX className="sign stop" size={22} aria-hidden />
      <p>
        <b>{t('action.refused')}:</b> {problem.message} {problem.whatToDo}
      </p>
      {problem.code === 'NOT_NOW' && call.kind === 'status' && (
        <button
          type="button"
          className="button"
          onClick={() => {
            forgetAnswer(jobId);
            ask({ jobId, kind: 'force', call });
          }}
        >
          {t('action.goOn')}
        </button>
      )}
      <button type="button" className="button" onClick={() => forgetAnswer(jobId)}>
        {t('action.dismiss')}
      </button>
    </div>
  );
}
