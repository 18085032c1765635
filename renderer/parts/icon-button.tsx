/** A button or link that shows only its sign; its word is there for pointers and readers of screens. */
import type { LucideIcon } from 'lucide-react';

type Look = { readonly icon: LucideIcon; readonly label: string };

type ButtonProps = Look & { readonly onClick: () => void; readonly disabled?: boolean; readonly framed?: boolean };

export function IconButton({ icon: Icon, label, onClick, disabled = false, framed = false }: ButtonProps) {
  return (
    <button
      type="button"
      className={`button icon-only${framed ? '' : ' plain'}`}
      disabled={disabled}
      title={label}
      aria-label={label}
      onClick={onClick}
    >
      <Icon size={20} aria-hidden />
    </button>
  );
}

export function IconLink({ icon: Icon, label, href }: Look & { readonly href: string }) {
  return (
    <a className="button plain icon-only" href={href} title={label} aria-label={label}>
      <Icon size={20} aria-hidden />
    </a>
  );
}
