/** A button or link that shows only its sign; its word is there for pointers and readers of screens. */
import type { LucideIcon } from 'lucide-react';
import buttonCss from './button.module.css';

type Look = { readonly icon: LucideIcon; readonly label: string };

type ButtonProps = Look & { readonly onClick: () => void; readonly disabled?: boolean; readonly framed?: boolean };

export function IconButton({ icon: Icon, label, onClick, disabled = false, framed = false }: ButtonProps) {
  return (
    <button
      type="button"
      className={framed ? buttonCss['icon'] : buttonCss['plainIcon']}
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
    <a className={buttonCss['plainIcon']} href={href} title={label} aria-label={label}>
      <Icon size={20} aria-hidden />
    </a>
  );
}
