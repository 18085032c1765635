/** Security: who may talk to this hub, and what touched that in the last year. The admin sees it. */
import sectionCss from '../../parts/section.module.css';
import { useMaySetUp } from '../../rights.ts';
import { useWords } from '../../words/words.ts';
import { AdminSignIn } from './admin-sign-in.tsx';
import { HelpSection } from './help-section.tsx';
import { SecurityRecord } from './security-record.tsx';
import { Tokens } from './tokens.tsx';

export function SecurityScreen() {
  const { t } = useWords();
  const maySetUp = useMaySetUp();
  return (
    <div className={sectionCss['page']}>
      <div className={sectionCss['inside']}>
        <h1>{t('security.title')}</h1>
        {maySetUp ? (
          <>
            <Tokens />
            <HelpSection />
            <SecurityRecord />
          </>
        ) : (
          <AdminSignIn />
        )}
      </div>
    </div>
  );
}
