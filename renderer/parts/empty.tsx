/** A place where nothing is yet: what will appear here, and how to make it appear. */
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import css from './empty.module.css';

export function Empty({
  icon: Icon,
  title,
  text,
  children,
}: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className={css['empty']}>
      <Icon size={40} strokeWidth={1.6} aria-hidden />
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
    </div>
  );
}
