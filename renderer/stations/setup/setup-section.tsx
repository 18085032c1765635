/** A part of the set-up: what it is, one sentence about it, and a button at its end. */
import type { ReactNode } from 'react';
import sectionCss from '../../parts/section.module.css';
import textCss from '../../parts/text.module.css';

export function SetupSection({
  title,
  lead,
  end,
  children,
}: {
  readonly title: string;
  readonly lead: string;
  readonly end?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section>
      <div className={sectionCss['head']}>
        <div>
          <h2>{title}</h2>
          <p className={textCss['soft']}>{lead}</p>
        </div>
        {end}
      </div>
      {children}
    </section>
  );
}
