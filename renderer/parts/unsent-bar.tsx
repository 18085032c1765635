/** What was meant and has not been sent, and why: one card a cause, with how many, for which jobs, since when, and what a person may do about it. */
import { useState } from 'react';
import { callWords } from '../actions/answer.tsx';
import { useFloor } from '../floor/floor.ts';
import { useNow } from '../now.ts';
import { here } from '../wishes/here.ts';
import { noteSeen, sendNow, takeBack } from '../wishes/make.ts';
import { isUnsent } from '../wishes/next.ts';
import { causeOf, type UnsentCause, unsentByCause } from '../wishes/unsent.ts';
import type { Wish } from '../wishes/wish.ts';
import { type Say, useWords } from '../words/words.ts';
import barsCss from './bars.module.css';
import buttonCss from './button.module.css';
import { JobNumber } from './job-words.tsx';
import { TroubleCard } from './trouble.tsx';
import css from './unsent-bar.module.css';

const named = 3;

function todoOf(cause: UnsentCause, t: Say): string | null {
  return cause === 'otherRecord' ? t('unsent.todo') : t(`wishes.todo.${cause}`);
}

function Row({ wish, isOther }: { readonly wish: Wish; readonly isOther: boolean }) {
  const { t, language } = useWords();
  return (
    <li className={buttonCss['buttons']}>
      <span>
        <JobNumber number={wish.number} /> {callWords(wish.call, t, language)}
      </span>
      {!isOther && (
        <button type="button" className={buttonCss['button']} onClick={() => void takeBack(wish, true)}>
          {t(isUnsent(wish) ? 'wishes.takeBack' : 'wishes.giveUp')}
        </button>
      )}
    </li>
  );
}

/** Each by itself, to be taken back. `isOther`: meant for a record that is no more. */
export function UnsentRows({ wishes, isOther = false }: { readonly wishes: readonly Wish[]; readonly isOther?: boolean }) {
  return (
    <ul className={css['rows']}>
      {wishes.map((wish) => (
        <Row key={wish.actionId} wish={wish} isOther={isOther} />
      ))}
    </ul>
  );
}

function Card({ cause, wishes, size }: { readonly cause: UnsentCause; readonly wishes: readonly Wish[]; readonly size: number }) {
  const { t, language } = useWords();
  const [open, setOpen] = useState(false);
  const first = wishes.slice(0, named).map(({ number, call }) => `${number}: ${callWords(call, t, language)}`);
  const more = wishes.length - first.length;
  const words = [...first, ...(more > 0 ? [t('wishes.more', { count: more })] : [])].join(', ');
  const whose = [...new Set(wishes.map(({ whose: { name } }) => name || t('wishes.anotherKey')))].join(', ');
  const what = cause === 'others' ? t('wishes.others', { whose, words }) : t('unsent.what', { words });
  const since = new Date(Math.min(...wishes.map(({ at, hubAt }) => hubAt ?? at))).toISOString();
  return (
    <TroubleCard
      trouble={{ what, todo: todoOf(cause, t), raw: null, since: cause === 'otherRecord' ? null : since, sign: 'attention' }}
      size={size}
      below={open && <UnsentRows wishes={wishes} isOther={cause === 'otherRecord'} />}
    >
      {(cause === 'asks' || cause === 'trouble') && (
        <button
          type="button"
          className={buttonCss['button']}
          onClick={() => wishes.forEach((wish) => void sendNow(wish, cause === 'asks'))}
        >
          {t(cause === 'asks' ? 'wishes.sendStill' : 'connection.tryNow')}
        </button>
      )}
      {cause === 'otherRecord' ? (
        <button type="button" className={buttonCss['button']} onClick={() => wishes.forEach(noteSeen)}>
          {t('action.dismiss')}
        </button>
      ) : (
        <button type="button" className={buttonCss['button']} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('wishes.single')}
        </button>
      )}
    </TroubleCard>
  );
}

/** `besideLost`: what waits for the line alone is told with it. */
export function UnsentBar({ size, besideLost = false }: { readonly size: number; readonly besideLost?: boolean }) {
  const { t } = useWords();
  // Some become so by the time alone.
  useNow();
  const wishes = useFloor((state) => state.wishes);
  const later = useFloor((state) => state.laterWishes);
  useFloor((state) => state.connection);
  const causes = new Map([...unsentByCause(wishes, (all) => causeOf(all, here()))].filter(([cause]) => !(besideLost && cause === 'line')));
  if (causes.size === 0 && later === 0) return null;
  return (
    <div className={barsCss['record']} role="alert" data-testid="unsent">
      {[...causes].map(([cause, some]) => (
        <Card key={cause} cause={cause} wishes={some} size={size} />
      ))}
      {later > 0 && (
        <TroubleCard
          trouble={{ what: t('wishes.later', { count: later }), todo: t('wishes.laterTodo'), raw: null, since: null, sign: 'attention' }}
          size={size}
        />
      )}
    </div>
  );
}
