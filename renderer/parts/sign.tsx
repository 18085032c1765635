/** The four signs, each a colour, a shape and a word: green tick, amber triangle, red octagon, blue hourglass. */
import { Circle, CircleCheck, Hourglass, type LucideIcon, OctagonX, TriangleAlert } from 'lucide-react';
import type { Sign } from '../../shared/status.ts';
import { useWords } from '../words/words.ts';
import css from './sign.module.css';

const shapes: Readonly<Record<Sign, LucideIcon>> = {
  done: CircleCheck,
  attention: TriangleAlert,
  stop: OctagonX,
  wait: Hourglass,
  neutral: Circle,
};

/** The word is for those who hear the screen; where it stands alone, put the word beside it. */
export function SignMark({ sign, size = 20 }: { readonly sign: Sign; readonly size?: number }) {
  const { t } = useWords();
  const Shape = shapes[sign] ?? Circle;
  return <Shape className={css[sign]} size={size} strokeWidth={2.2} role="img" aria-label={t(`signs.${sign}`)} />;
}
