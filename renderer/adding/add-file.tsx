/** Adding files to a job: the button, the place to drop them, and what becomes of each. */
import { FileInput, RotateCcw, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Problem } from '../../shared/api.ts';
import type { Job } from '../../shared/job.ts';
import type { Sign } from '../../shared/status.ts';
import buttonCss from '../parts/button.module.css';
import { IconButton } from '../parts/icon-button.tsx';
import { SignMark } from '../parts/sign.tsx';
import { type Say, useWords } from '../words/words.ts';
import css from './add-file.module.css';
import { type Adding, type AddingState, addFiles, leaveOut, sendAs, takeDropped, useAdding } from './adding.ts';

/** `wanted`: the missing file it is for. `main`: it is the next step that is expected. */
export function AddFileButton({
  job,
  wanted = null,
  main = false,
  size = 18,
}: {
  readonly job: Job;
  readonly wanted?: string | null;
  readonly main?: boolean;
  readonly size?: number;
}) {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className={main ? buttonCss['main'] : buttonCss['button']}
        aria-label={wanted === null ? undefined : `${t('job.addFile')}: ${wanted}`}
        onClick={() => input.current?.click()}
      >
        <FileInput size={size} aria-hidden />
        {t('job.addFile')}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple={wanted === null}
        onChange={({ target }) => {
          addFiles(
            job,
            [...(target.files ?? [])].map((file) => ({ file, isFolder: false })),
            wanted,
          );
          target.value = '';
        }}
      />
    </>
  );
}

function problemWords({ code, message, whatToDo }: Problem, t: Say): string {
  return code === 'OFFLINE' ? t('connection.offlineProblem') : `${message} ${whatToDo}`;
}

function words({ file, as, state }: Adding, t: Say): string {
  switch (state.kind) {
    case 'asks':
      return t('adding.asks', { name: file.name });
    case 'waits':
      return t('adding.waits', { name: as });
    case 'goes':
      return t('adding.goes', { name: as, percent: Math.floor(state.part * 100) });
    case 'added':
      return t('job.added', { name: as });
    case 'folder':
      return t('adding.folder', { name: file.name });
    case 'failed':
      return `${as}: ${problemWords(state.problem, t)}`;
  }
}

const signs = { asks: 'attention', waits: 'wait', goes: 'wait', added: 'done', folder: 'stop', failed: 'stop' } as const satisfies Record<
  AddingState['kind'],
  Sign
>;

function Row({ adding }: { readonly adding: Adding }) {
  const { t } = useWords();
  const { file, as, state } = adding;
  const isOver = state.kind === 'failed' || state.kind === 'folder';
  return (
    <li data-testid="adding" data-state={state.kind}>
      <SignMark sign={signs[state.kind]} size={20} />
      <p role={isOver ? 'alert' : 'status'}>
        <bdi>{words(adding, t)}</bdi>
      </p>
      {state.kind === 'goes' && <progress max={1} value={state.part} aria-hidden />}
      {(state.kind === 'asks' || isOver) && (
        <div className={`${buttonCss['buttons']} ${css['doing']}`}>
          {state.kind === 'asks' && (
            <>
              {state.missing.map((name) => (
                <button key={name} type="button" className={buttonCss['button']} onClick={() => sendAs(adding, name)}>
                  <bdi>{t('adding.is', { name })}</bdi>
                </button>
              ))}
              <button type="button" className={buttonCss['button']} onClick={() => sendAs(adding, file.name)}>
                {t('adding.own')}
              </button>
            </>
          )}
          {state.kind === 'failed' && (
            <button type="button" className={buttonCss['button']} onClick={() => sendAs(adding, as)}>
              <RotateCcw size={18} aria-hidden />
              {t('adding.again')}
            </button>
          )}
          <IconButton icon={X} label={t('adding.leave', { name: file.name })} onClick={() => leaveOut(adding)} />
        </div>
      )}
    </li>
  );
}

/** What becomes of the files that were added to this job from here. */
export function AddingList({ job }: { readonly job: Job }) {
  const all = useAdding((state) => state.all);
  const here = all.filter(({ jobId }) => jobId === job.id);
  const last = `${here.length} ${here.at(-1)?.state.kind}`;
  const list = useRef<HTMLUListElement>(null);
  // Where they are more than it shows, the last is the one that somebody waits for.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `last` says when there is something else to see.
  useEffect(() => {
    if (list.current !== null) list.current.scrollTop = list.current.scrollHeight;
  }, [last]);
  if (here.length === 0) return null;
  return (
    <ul className={css['adding']} ref={list}>
      {here.map((adding) => (
        <Row key={adding.id} adding={adding} />
      ))}
    </ul>
  );
}

/** The whole page takes what is dropped on it, and says for which job. */
export function DropPlace({ job }: { readonly job: Job }) {
  const { t } = useWords();
  const [over, setOver] = useState(false);
  useEffect(() => takeDropped(setOver, (chosen) => addFiles(job, chosen)), [job]);
  if (!over) return null;
  return (
    <div className={css['dropPlace']} data-testid="drop-place">
      <FileInput size={56} aria-hidden />
      <p>{t('adding.drop', { number: job.number })}</p>
    </div>
  );
}
