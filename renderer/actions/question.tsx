/** Asks in place for what an action needs: a reason, ready-made or in own words, or a hot folder. */
import { FolderInput, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Job } from '../../shared/job.ts';
import { intend } from '../intention.ts';
import { takeFocus } from '../parts/take-focus.ts';
import { useFloor } from '../store.ts';
import { useWords } from '../words/words.ts';
import { ask, type Question } from './start.ts';

function finish(job: Job, question: Question, answer: { readonly reason: string; readonly hotFolderId?: number }): void {
  const call = question.kind === 'force' ? { ...question.call, force: true, reason: answer.reason } : question.action.perform(job, answer);
  ask(null);
  if (call !== null) intend(job, call, true);
}

function Folders({ job, question }: { readonly job: Job; readonly question: Question }) {
  const { t } = useWords();
  const folders = useFloor((floor) => floor.hotFolders) ?? [];
  return (
    <div className="buttons">
      {folders.map((folder) => (
        <button
          key={folder.id}
          type="button"
          className="button"
          onClick={() => finish(job, question, { reason: t('action.chooseFolder'), hotFolderId: folder.id })}
        >
          <FolderInput size={20} aria-hidden />
          <bdi>{t('action.goOnFolder', { name: folder.name })}</bdi>
        </button>
      ))}
    </div>
  );
}

function Reasons({ job, question, offered }: { readonly job: Job; readonly question: Question; readonly offered: readonly string[] }) {
  const { t } = useWords();
  const [own, setOwn] = useState<string | null>(null);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (own !== null && own.trim() !== '') finish(job, question, { reason: own.trim() });
  };
  if (own !== null) {
    return (
      <form className="with-button" onSubmit={send}>
        <input
          ref={takeFocus}
          maxLength={500}
          value={own}
          aria-label={t('action.otherReasonLabel')}
          placeholder={t('action.otherReasonLabel')}
          onChange={(event) => setOwn(event.target.value)}
        />
        <button type="submit" className="button main" disabled={own.trim() === ''}>
          {t('action.confirm')}
        </button>
      </form>
    );
  }
  return (
    <div className="buttons">
      {offered.map((reason) => (
        <button key={reason} type="button" className="button" onClick={() => finish(job, question, { reason })}>
          {reason}
        </button>
      ))}
      <button type="button" className="button" onClick={() => setOwn('')}>
        {t('action.otherReason')}
      </button>
    </div>
  );
}

export function QuestionBox({ job, question }: { readonly job: Job; readonly question: Question }) {
  const { t } = useWords();
  const asks = question.kind === 'force' ? { reason: 'goOn' as const } : question.action.asks;
  if (asks === 'nothing') return null;
  return (
    <section className="ask" data-testid="question">
      <header>
        <h3>{t(asks === 'folder' ? 'action.reasonFor.chooseFolder' : `action.reasonFor.${asks.reason}`)}</h3>
        <button type="button" className="button plain" onClick={() => ask(null)}>
          <X size={20} aria-hidden />
          {t('action.cancel')}
        </button>
      </header>
      {asks === 'folder' ? (
        <Folders job={job} question={question} />
      ) : (
        <Reasons job={job} question={question} offered={t(`action.reasons.${asks.reason}`, { returnObjects: true })} />
      )}
    </section>
  );
}
