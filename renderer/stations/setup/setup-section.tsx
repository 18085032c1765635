/** A part of the set-up: what it is, one sentence about it, and a button at its end. */
import type { ReactNode } from 'react';

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
      <div className="section-head">
        <div>
          <h2>{title}</h2>
          <p className="soft">{lead}</p>
        </div>
        {end}
      </div>
      {children}
    </section>
  );
}
