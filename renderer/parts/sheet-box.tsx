/** A sheet over the screen, opened by the person and closed by Escape, a click beside it, or its own doing. */
import { type ReactNode, useEffect, useRef } from 'react';
import { closeSheet } from '../sheet.ts';
import css from './sheet-box.module.css';

export function SheetBox({
  label,
  className,
  children,
}: {
  readonly label: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    box.current?.showModal();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself; the click is the mouse's way.
    <dialog ref={box} aria-label={label} onClose={closeSheet} onClick={(event) => event.target === box.current && box.current.close()}>
      <div className={`${css['sheet']} ${className ?? ''}`}>{children}</div>
    </dialog>
  );
}
