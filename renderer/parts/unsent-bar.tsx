/** The hub came back with another record: what was meant for the old one was not sent, and a person must know. */
import { callWords } from '../actions/answer.tsx';
import { useFloor } from '../floor/floor.ts';
import { forgetUnsent } from '../other-record.ts';
import { useWords } from '../words/words.ts';
import { TroubleCard } from './trouble.tsx';

export function UnsentBar({ size }: { readonly size: number }) {
  const { t, language } = useWords();
  const unsent = useFloor((state) => state.unsent);
  if (unsent.length === 0) return null;
  const words = unsent.map(({ number, call }) => `${number}: ${callWords(call, t, language)}`).join(', ');
  return (
    <div className="record-bar" role="alert" data-testid="unsent">
      <TroubleCard
        trouble={{ what: t('unsent.what', { words }), todo: t('unsent.todo'), raw: null, since: null, sign: 'attention' }}
        size={size}
      >
        <button type="button" className="button" onClick={forgetUnsent}>
          {t('action.dismiss')}
        </button>
      </TroubleCard>
    </div>
  );
}
