/** The hub can record nothing at present: then nothing on the floor goes on, and every screen says so above all else. */
import { useFloor } from '../floor/floor.ts';
import { useWords } from '../words/words.ts';
import barsCss from './bars.module.css';
import { reasonWords, TroubleCard } from './trouble.tsx';

export function RecordBar({ size }: { readonly size: number }) {
  const { language } = useWords();
  const record = useFloor((state) => state.health?.record ?? null);
  if (record === null) return null;
  const words = reasonWords(record.code, language) ?? { what: record.message, todo: record.whatToDo };
  return (
    <div className={barsCss['record']} role="alert" data-testid="record">
      <TroubleCard trouble={{ ...words, raw: record.raw, since: record.since, sign: 'stop' }} size={size} />
    </div>
  );
}
