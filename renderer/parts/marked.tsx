/** A text in which is marked what was searched for. */
import { piecesOf } from '../floor/hits.ts';
import css from './marked.module.css';

export function Marked({ text, q }: { readonly text: string; readonly q: string }) {
  let at = 0;
  return piecesOf(text, q).map(({ text: piece, hit }) =>
    hit ? (
      <mark key={at++} className={css['mark']}>
        {piece}
      </mark>
    ) : (
      <span key={at++}>{piece}</span>
    ),
  );
}
