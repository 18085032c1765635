/** A failure: what, since when, why in plain words, what to do, the raw error folded, and room for one right button. */
import type { ReactNode } from 'react';
import type { Attention } from '../../shared/job/state.ts';
import { signOf } from '../../shared/job/urgency.ts';
import { isReasonCode, reasonWords as wordsOfReason } from '../../shared/reason.ts';
import { isStatusCode, type Sign, statusWords } from '../../shared/status.ts';
import { type Language, say } from '../../shared/words/say.ts';
import { hubReasonIn } from '../words/hub-reason.ts';
import { reasonIn } from '../words/ready-reasons.ts';
import buttonCss from './button.module.css';
import { Moment } from './job-words.tsx';
import { RawError } from './raw-error.tsx';
import { SignMark } from './sign.tsx';
import textCss from './text.module.css';
import css from './trouble.module.css';

/** `happened`: something that was over in a moment, so "since" would be the wrong word. */
export type Trouble = {
  readonly what: string;
  readonly todo: string | null;
  readonly raw: string | null;
  readonly since: string | null;
  readonly sign: Extract<Sign, 'stop' | 'attention'>;
  readonly happened?: boolean;
};

/** Reason and remedy in plain words; null when the table does not know the code. */
export function reasonWords(code: string | null, language: Language): { readonly what: string; readonly todo: string } | null {
  if (code === null || !isReasonCode(code)) return null;
  return wordsOfReason(language, code);
}

/** An open problem of a job. The reason table speaks the reader's language; the sentence on record is what is left when it is silent. */
export function troubleOf(attention: Attention, language: Language): Trouble {
  const known = reasonWords(attention.reasonCode ?? attention.code, language);
  const label = isStatusCode(attention.code) ? statusWords(attention.code, null, language) : null;
  const { reason } = attention;
  const byHub = reason === null ? null : hubReasonIn(language, reason);
  const said = byHub ?? (reason === null ? null : reasonIn(language, reason));
  const what = known?.what ?? said ?? label ?? attention.code;
  // What the hub says of missing files says so itself
  const saysAll = attention.code === 'AwaitingData' && byHub !== null;
  return {
    what: label !== null && label !== what && !saysAll ? say(language, 'phrases.about', { about: label, what }) : what,
    todo: known?.todo ?? null,
    raw: attention.raw,
    since: attention.since,
    sign: signOf(attention),
  };
}

export function TroubleCard({
  trouble,
  children,
  extra,
  details = null,
  below,
  size = 22,
}: {
  readonly trouble: Trouble;
  readonly children?: ReactNode;
  readonly extra?: ReactNode;
  /** What the hub found, word for word, where it is needed to mend it. */
  readonly details?: string | null;
  /** What is asked or answered, over the whole width. */
  readonly below?: ReactNode;
  readonly size?: number;
}) {
  return (
    <div className={css[trouble.sign]} data-part="trouble" data-testid="trouble">
      <SignMark sign={trouble.sign} size={size} />
      <div>
        <p className={css['what']}>
          <bdi>{trouble.what}</bdi>
        </p>
        <p>
          {trouble.todo !== null && (
            <>
              <bdi>{trouble.todo}</bdi>{' '}
            </>
          )}
          {trouble.since !== null && (
            <span className={textCss['soft']}>
              <Moment at={trouble.since} telling={trouble.happened === true ? 'ago' : 'lasts'} />
            </span>
          )}
          {extra}
        </p>
        {details !== null && (
          <p>
            <bdi>{details}</bdi>
          </p>
        )}
        <RawError raw={trouble.raw} />
      </div>
      <div className={`${buttonCss['buttons']} ${css['doing']}`}>{children}</div>
      {below !== undefined && below !== false && <div className={css['below']}>{below}</div>}
    </div>
  );
}
