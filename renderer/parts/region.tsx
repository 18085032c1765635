/** One region of a screen. What breaks in it stays in it: it says what broke and offers to try again, and the rest goes on. */
import { RotateCw } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { useWords } from '../words/words.ts';
import buttonCss from './button.module.css';
import { RawError } from './raw-error.tsx';
import css from './region.module.css';
import { SignMark } from './sign.tsx';
import troubleCss from './trouble.module.css';

type Props = { readonly name: string; readonly children: ReactNode };
type State = { readonly broken: unknown };

function Broken({ name, error, retry }: { readonly name: string; readonly error: unknown; readonly retry: () => void }) {
  const { t } = useWords();
  return (
    <div className={`${troubleCss['stop']} ${css['broken']}`} data-part="trouble" role="alert" data-testid="broken">
      <SignMark sign="stop" size={22} />
      <div>
        <p className={troubleCss['what']}>{t('broken.what', { name })}</p>
        <p>{t('broken.todo')}</p>
        <RawError raw={error instanceof Error ? (error.stack ?? error.message) : String(error)} />
      </div>
      <div className={`${buttonCss['buttons']} ${troubleCss['doing']}`}>
        <button type="button" className={buttonCss['button']} onClick={retry}>
          {t('broken.retry')}
        </button>
        <button type="button" className={buttonCss['main']} onClick={() => location.reload()}>
          <RotateCw size={20} aria-hidden />
          {t('broken.reload')}
        </button>
      </div>
    </div>
  );
}

/** `name`: what the region is called on the screen. Give it a key, so that another screen or job begins whole. */
export class Region extends Component<Props, State> {
  override state: State = { broken: null };

  static getDerivedStateFromError(error: unknown): State {
    return { broken: error ?? new Error('Nothing was thrown') };
  }

  override render(): ReactNode {
    const { broken } = this.state;
    if (broken === null) return this.props.children;
    return <Broken name={this.props.name} error={broken} retry={() => this.setState({ broken: null })} />;
  }
}
